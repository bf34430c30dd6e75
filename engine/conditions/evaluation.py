"""Runs what is plain in a condition directly, so that the runtime is only asked about the rest.

Every call of a host function by the runtime (cel-expr-python 0.1.3) keeps its arguments and its result for ever, and an
evaluation there costs ten times as much. So a linked expression becomes nested Python functions, once, at load. They
answer only where nothing is in doubt: an error, a null where none belongs, an overflow, a mixture of types, a function
that is not listed here raise `Unsure`, and then the runtime decides as it always did, in the same words.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from engine.conditions.binding import UNFIT, Fill, is_scalar, reader
from engine.conditions.operators import BINARY, STANDARD, UNARY, Unsure, boolean, whole
from engine.conditions.signatures import Function, Parameter
from engine.conditions.tree import Call, Comprehension, Ident, Literal, Node, Select, dotted
from engine.shapes import Shape

Environment = dict[str, Any]
Run = Callable[[Environment], Any]

_TYPES: Mapping[Parameter, type] = {
    "day": str,
    "month": str,
    "day_or_month": str,
    "text": str,
    "whole": int,
    "yes_no": bool,
    "numbers": list,
    "list": list,
}
_RESULTS = frozenset({str, int, bool, list, type(None)})
_YES_OR_NO = frozenset({"&&", "||", "!", "==", "!=", "<", "<=", ">", ">=", "in"})
_ABSENT = object()


def runnable(node: Node, functions: Iterable[Function], shapes: Mapping[str, Shape] | None = None) -> Run:
    """What gives the value of a linked expression in an environment of roots.

    The result is nobody else's: lists and records in it are copies.

    Args:
        shapes: the roots that stand in the environment as they were built; the others are filled.

    Raises:
        Unsure: (when run) the runtime has to decide.
    """
    run = _Writer({function.name: function for function in functions}, shapes or {}).written(node)
    if isinstance(node, Call) and node.function in _YES_OR_NO:
        return run

    def own(environment: Environment) -> Any:
        found = run(environment)
        return copy.deepcopy(found) if type(found) in {list, dict} else found

    return own


class _Writer:
    def __init__(self, functions: Mapping[str, Function], shapes: Mapping[str, Shape]) -> None:
        self._functions = functions
        self._shapes = shapes

    def written(self, node: Node) -> Run:
        root, *path = (dotted(node) or "").split(".")
        if root in self._shapes:
            read = reader(self._shapes[root], path)
            return _scalar_of(root, path, read) if is_scalar(self._shapes[root], path) else _built(root, read)
        match node:
            case Literal(value):
                return lambda _environment: value
            case Ident(name):
                return _root(name)
            case Select(operand, name):
                return _field(self.written(operand), name)
            case Comprehension():
                return self._macro(node)
            case Call(function, args):
                return self._compared(node) or self._call(function, [self.written(arg) for arg in args])

    def _compared(self, node: Call) -> Run | None:
        """A comparison with texts, a yes/no or null: what is equal to one is of the same type, nothing is in doubt."""
        match node:
            case Call("==", (left, Literal(str() | bool() | None as value))):
                return _same(self.written(left), value)
            case Call("!=", (left, Literal(str() | bool() | None as value))):
                return _other(self.written(left), value)
            case Call("in", (left, Call("list", args))):
                texts = [one.value for one in args if isinstance(one, Literal) and isinstance(one.value, str)]
                return _among(self.written(left), tuple(texts)) if len(texts) == len(args) else None
            case _:
                return None

    def _call(self, function: str, args: list[Run]) -> Run:
        if function in _FORMS:
            return _FORMS[function](*args)
        if function in BINARY and len(args) == 2:  # noqa: PLR2004 - a function may have the name of a sign
            return _binary(BINARY[function], *args)
        if (known := UNARY.get(function) or STANDARD.get(function)) is not None:
            return lambda environment: known(*[arg(environment) for arg in args])
        return _host(self._functions[function], args) if function in self._functions else unsure

    def _macro(self, node: Comprehension) -> Run:
        inside = _Writer(self._functions, {root: one for root, one in self._shapes.items() if root != node.variable})
        name, over, body = node.variable, self.written(node.over), inside.written(node.body)
        if node.kind == "bind":
            return lambda environment: _with(environment, name, [over(environment)], body)[0]
        if node.kind == "map":
            where = None if node.where is None else inside.written(node.where)
            return _mapped(name, over, body, where)
        if node.kind == "filter":
            return _filtered(name, over, body)
        if node.kind in {"exists", "all"}:
            return _quantified(name, over, body, stop=node.kind == "exists")
        return lambda environment: _given(name, over, body)(environment).count(True) == 1


def _built(name: str, read: Fill) -> Run:
    """A path of a root that is as it was built."""

    def built(environment: Environment) -> Any:
        if name not in environment:
            raise Unsure
        found = read(environment[name])
        if found is UNFIT:
            raise Unsure
        return found

    return built


def _scalar_of(name: str, path: Sequence[str], read: Fill) -> Run:
    """The same for a scalar; most are what every filler leaves as it is."""

    def built(environment: Environment) -> Any:
        found: Any = environment.get(name)
        for step in path:
            found = found.get(step) if type(found) is dict else None
        kind = type(found)
        if (kind is str and found.isprintable()) or kind is bool or (found is None and name in environment):
            return found
        return otherwise(environment)

    otherwise = _built(name, read)
    return built


def _same(run: Run, value: object) -> Run:
    if isinstance(value, str):
        return lambda environment: run(environment) == value
    return lambda environment: run(environment) is value


def _other(run: Run, value: object) -> Run:
    if isinstance(value, str):
        return lambda environment: run(environment) != value
    return lambda environment: run(environment) is not value


def _among(run: Run, texts: tuple[str, ...]) -> Run:
    return lambda environment: run(environment) in texts


def _root(name: str) -> Run:
    def root(environment: Environment) -> Any:
        found = environment.get(name, _ABSENT)
        if found is _ABSENT:
            raise Unsure
        return found

    return root


def _field(operand: Run, name: str) -> Run:
    def field(environment: Environment) -> Any:
        record = operand(environment)
        if type(record) is not dict or name not in record:
            raise Unsure
        return record[name]

    return field


def _short(left: Run, right: Run, *, stop: bool) -> Run:
    """`||` stops at true, `&&` at false; where the first raises, the runtime asks whether the second decides."""
    other = not stop

    def short(environment: Environment) -> bool:
        found = left(environment)
        if found is not other:
            return boolean(found)
        found = right(environment)
        return other if found is other else boolean(found)

    return short


def _choice(test: Run, then: Run, otherwise: Run) -> Run:
    return lambda environment: then(environment) if boolean(test(environment)) else otherwise(environment)


_FORMS: Mapping[str, Callable[..., Run]] = {
    "&&": lambda left, right: _short(left, right, stop=False),
    "||": lambda left, right: _short(left, right, stop=True),
    "?:": _choice,
    "list": lambda *args: lambda environment: [arg(environment) for arg in args],
}


def _binary(run: Callable[[Any, Any], Any], left: Run, right: Run) -> Run:
    return lambda environment: run(left(environment), right(environment))


def unsure(_environment: Environment) -> Any:
    """What is left to the runtime altogether."""
    raise Unsure


def _host(function: Function, args: list[Run]) -> Run:
    """A call whose arguments have exactly the types it takes, or are null where null goes through."""
    types = [_TYPES.get(parameter) for _, parameter in function.takes]
    run, null_to_null = function.run, function.null_to_null

    def call(environment: Environment) -> Any:
        given = [arg(environment) for arg in args]
        for value, kind in zip(given, types, strict=True):
            if value is not None and type(value) is not kind:
                raise Unsure
        if null_to_null and None in given:
            return None
        try:
            found = run(*given)
        except Exception as error:  # whatever it is: the runtime calls it again and says it as an error
            raise Unsure from error
        if type(found) not in _RESULTS or (type(found) is str and not _is_text(found)):
            raise Unsure
        return whole(found) if type(found) is int else found

    return call


def _is_text(found: str) -> bool:
    """Whether it is made of characters; half of a surrogate pair is none, and the runtime will not hold it."""
    return found.isascii() or found.isprintable() or not any("\ud800" <= one <= "\udfff" for one in found)


def _elements(over: Run, environment: Environment) -> list[Any]:
    found = over(environment)
    if type(found) is not list:
        raise Unsure
    return found


def _with(environment: Environment, name: str, values: list[Any], body: Run) -> list[Any]:
    """What a body gives for each value of a variable; outside, the variable is what it was."""
    before = environment.get(name, _ABSENT)
    try:
        found = []
        for environment[name] in values:
            found.append(body(environment))
        return found
    finally:
        if before is _ABSENT:
            environment.pop(name, None)
        else:
            environment[name] = before


def _given(name: str, over: Run, body: Run) -> Callable[[Environment], list[bool]]:
    """What a yes/no body gives for each element."""
    return lambda environment: [boolean(one) for one in _with(environment, name, _elements(over, environment), body)]


def _quantified(name: str, over: Run, body: Run, *, stop: bool) -> Run:
    asked = _given(name, over, body)
    return lambda environment: (stop in asked(environment)) is stop


def _filtered(name: str, over: Run, body: Run) -> Run:
    def kept(environment: Environment) -> list[Any]:
        elements = _elements(over, environment)
        wanted = _with(environment, name, elements, body)
        return [one for one, is_wanted in zip(elements, wanted, strict=True) if boolean(is_wanted)]

    return kept


def _mapped(name: str, over: Run, body: Run, where: Run | None) -> Run:
    source = over if where is None else _filtered(name, over, where)
    return lambda environment: _with(environment, name, _elements(source, environment), body)
