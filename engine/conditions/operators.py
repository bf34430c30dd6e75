"""The operators and standard functions of CEL where nothing is in doubt; anything else raises `Unsure`."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

_LEAST, _MOST = -(2**63), 2**63 - 1
_NUMBERS = frozenset({int, float})
_ORDERED = frozenset({int, float, str, bool})
_COMPARABLE = frozenset({int, float, str, bool, type(None)})


class Unsure(Exception):
    """Only the runtime can say what comes of this."""


def boolean(value: Any) -> bool:
    """A yes or no."""
    if value is True or value is False:
        return bool(value)
    raise Unsure


def equal(left: Any, right: Any) -> bool:
    """Whether two values are equal; a yes/no is never a number, a whole number may equal one with a fraction."""
    one, other = type(left), type(right)
    if one in _COMPARABLE and (one is other or other in _COMPARABLE):
        return bool(left == right) if one is other or {one, other} == _NUMBERS else False
    if one is list and other is list:
        return len(left) == len(right) and all(map(equal, left, right))
    if {one, other} <= {*_COMPARABLE, list, dict} and one is not other:
        return False
    raise Unsure


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    def compared(left: Any, right: Any) -> bool:
        kind = type(left)
        if kind is type(right) and kind in _ORDERED:
            return compare(left, right)
        raise Unsure

    return compared


def _arithmetic(run: Callable[[Any, Any], Any], *, texts: bool = False) -> Callable[[Any, Any], Any]:
    def calculated(left: Any, right: Any) -> Any:
        kind = type(left)
        if kind is type(right):
            if kind is int:
                return whole(run(left, right))
            if texts and kind in {str, list}:
                return run(left, right)
        raise Unsure

    return calculated


def whole(value: int) -> int:
    """A whole number of 64 bits."""
    if _LEAST <= value <= _MOST:
        return value
    raise Unsure


def _divided(left: int, right: int) -> int:
    """Towards zero, as CEL divides."""
    if right == 0:
        raise Unsure
    quotient = abs(left) // abs(right)
    return quotient if (left < 0) == (right < 0) else -quotient


def _rest(left: int, right: int) -> int:
    return left - right * _divided(left, right)


def _contained(one: Any, many: Any) -> bool:
    if type(many) is not list:
        raise Unsure
    return any(equal(one, element) for element in many)


def _element(many: Any, place: Any) -> Any:
    if type(many) is list and type(place) is int and 0 <= place < len(many):
        return many[place]
    raise Unsure


def _not(value: Any) -> bool:
    return not boolean(value)


def _negative(value: Any) -> int:
    if type(value) is int:
        return whole(-value)
    raise Unsure


def _size(value: Any) -> int:
    if type(value) in {str, list}:
        return len(value)
    raise Unsure


def _of_texts(run: Callable[[str, str], bool]) -> Callable[[Any, Any], bool]:
    def asked(text: Any, part: Any) -> bool:
        if type(text) is str and type(part) is str:
            return run(text, part)
        raise Unsure

    return asked


def _text(value: Any) -> str:
    if type(value) in {str, int}:
        return str(value)
    raise Unsure


def _as_whole(value: Any) -> int:
    if type(value) is int:
        return value
    raise Unsure


BINARY: Mapping[str, Callable[[Any, Any], Any]] = {
    "==": equal,
    "!=": lambda left, right: not equal(left, right),
    "<": _ordered(operator.lt),
    "<=": _ordered(operator.le),
    ">": _ordered(operator.gt),
    ">=": _ordered(operator.ge),
    "+": _arithmetic(operator.add, texts=True),
    "-": _arithmetic(operator.sub),
    "*": _arithmetic(operator.mul),
    "/": _arithmetic(_divided),
    "%": _arithmetic(_rest),
    "in": _contained,
    "[]": _element,
}
UNARY: Mapping[str, Callable[[Any], Any]] = {"!": _not, "neg": _negative}
STANDARD: Mapping[str, Callable[..., Any]] = {
    "size": _size,
    "startsWith": _of_texts(str.startswith),
    "endsWith": _of_texts(str.endswith),
    "contains": _of_texts(lambda text, part: part in text),
    "string": _text,
    "int": _as_whole,
    "dyn": lambda value: value,
}
