"""A condition where only part of what it reads is known: it holds, it does not, or nobody can say."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

from engine.conditions.tree import Call, Comprehension, Ident, Literal, Node, Select


class _Unknown:
    """What nobody can say here."""


UNKNOWN = _Unknown()
_COMPARED: Mapping[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def may_hold(tree: Node, known: Mapping[str, Any]) -> bool:
    """Whether a condition may hold; what stands in `known` is known, and nothing else."""
    found = value(tree, known)
    return found is True or found is UNKNOWN


def must_hold(tree: Node, known: Mapping[str, Any]) -> bool:
    """Whether a condition holds whatever else is so."""
    return value(tree, known) is True


def value(node: Node, known: Mapping[str, Any]) -> Any:  # noqa: ANN401, C901, PLR0911 - a case for each kind
    """The value of a part of a condition, or `UNKNOWN`."""
    match node:
        case Literal(found):
            return found
        case Ident(name):
            return known.get(name, UNKNOWN)
        case Select(operand, name):
            holder = value(operand, known)
            return holder.get(name, UNKNOWN) if isinstance(holder, Mapping) else UNKNOWN
        case Comprehension():
            return _over(node, known)
        case Call("&&" | "||", _):
            return _joined(node, known)
        case Call("!", (inner,)):
            found = value(inner, known)
            return UNKNOWN if found is UNKNOWN else not found
        case Call("?:", (test, yes, no)):
            found = value(test, known)
            if found is UNKNOWN:
                either = (value(yes, known), value(no, known))
                return either[0] if either[0] is either[1] else UNKNOWN
            return value(yes if found is True else no, known)
        case Call("list", items):
            return [value(one, known) for one in items]
        case Call("in", (one, many)):
            return _among(value(one, known), value(many, known))
        case Call(sign, (left, right)) if sign in _COMPARED:
            return _compared(sign, value(left, known), value(right, known))
        case _:
            return UNKNOWN


def _joined(node: Call, known: Mapping[str, Any]) -> Any:  # noqa: ANN401
    """All of several, or any: one part that decides is enough."""
    decides = node.function == "||"
    found = [value(one, known) for one in node.args]
    if any(one is decides for one in found):
        return decides
    return UNKNOWN if any(one is UNKNOWN for one in found) else not decides


def _among(one: Any, many: Any) -> Any:  # noqa: ANN401
    if one is UNKNOWN or not isinstance(many, list):
        return UNKNOWN
    if one in [item for item in many if item is not UNKNOWN]:
        return True
    return UNKNOWN if UNKNOWN in many else False


def _compared(sign: str, left: Any, right: Any) -> Any:  # noqa: ANN401
    if left is UNKNOWN or right is UNKNOWN:
        return UNKNOWN
    if sign in {"==", "!="}:
        return _COMPARED[sign](left, right)
    try:
        return _COMPARED[sign](left, right)
    except TypeError:
        return False  # as the engine has it: what cannot be compared does not hold


def _over(node: Comprehension, known: Mapping[str, Any]) -> Any:  # noqa: ANN401
    if node.kind == "bind":
        return value(node.body, {**known, node.variable: value(node.over, known)})
    items = value(node.over, known)
    if not isinstance(items, list):
        return UNKNOWN
    found = [value(node.body, {**known, node.variable: item}) for item in items]
    match node.kind:
        case "exists":
            return True if True in found else UNKNOWN if UNKNOWN in found else False
        case "all":
            return False if False in found else UNKNOWN if UNKNOWN in found else True
        case _:
            return UNKNOWN
