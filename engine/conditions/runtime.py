"""The only module that knows the CEL runtime (Google's C++ library): it checks types, and it runs.

Two kinds of environment. A typed one knows every field and is only asked whether a text is right; a plain one takes
dictionaries and runs what the typed one checked. Neither can be pickled: another process compiles again.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from typing import Any

from cel_expr_python import cel
from cel_expr_python.ext import ext_bindings

from engine.conditions import wire
from engine.conditions.descriptor import WRAPPERS, Messages
from engine.conditions.expression import Refused, to_tree
from engine.conditions.signatures import Called, Function, Parameter, Signature
from engine.conditions.tree import START, Node, Position
from engine.shapes import Kind, Many, Record, Scalar, Shape

Activation = cel.Activation
Expression = cel.Expression
CelType = cel.Type

_ROOT = cel.Type.Map(cel.Type.STRING, cel.Type.DYN)
_LIST = cel.Type.List(cel.Type.DYN)
_TAKES: dict[Parameter, cel.Type] = {
    "day": cel.Type.STRING,
    "month": cel.Type.STRING,
    "day_or_month": cel.Type.STRING,
    "text": cel.Type.STRING,
    "whole": cel.Type.INT,
    "number": cel.Type.DOUBLE,
    "yes_no": cel.Type.BOOL,
    "numbers": _LIST,
    "list": _LIST,
}
_ELEMENTS: dict[Parameter, tuple[tuple[cel.Type, Kind], ...]] = {
    "numbers": ((cel.Type.INT, "whole"), (cel.Type.DOUBLE, "number")),
    "list": ((cel.Type.INT, "whole"), (cel.Type.DOUBLE, "number"), (cel.Type.STRING, "text")),
}
# Arithmetic with something unknown is unknown, and a whole number may meet one with a fraction (JSON does not tell 3
# from 3.0): CEL has no overload for either and would make an error of it.
_ARITHMETIC: dict[str, tuple[tuple[str, ...], Callable[..., object] | None]] = {
    "_+_": (("INT", "DOUBLE", "STRING"), operator.add),
    "_-_": (("INT", "DOUBLE"), operator.sub),
    "_*_": (("INT", "DOUBLE"), operator.mul),
    "_/_": (("INT", "DOUBLE"), operator.truediv),
    "_%_": (("INT",), None),
}
_COMPLAINT = re.compile(r"ERROR: <input>:(-?\d+):(-?\d+): (.*)")


@dataclass(frozen=True)
class Complaint:
    """What the runtime has against a text, in its own English, and where."""

    said: str
    at: Position


class Unreadable(Exception):
    """A text that does not parse or does not pass the type check; `complaints` are all the runtime has found."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        found = [Complaint(m[3], (int(m[1]), int(m[2]))) for m in _COMPLAINT.finditer(said)]
        self.complaints = [c if c.at > (0, 0) else Complaint(c.said, START) for c in found] or [Complaint(said, START)]


@lru_cache(maxsize=10_000)  # a text is mostly the same on every date of a declaration
def parse(text: str) -> tuple[Node, tuple[Refused, ...]]:
    """The tree of a text, before any types, and what conditions may not contain.

    Raises:
        Unreadable: no expression of CEL.
    """
    tree, found = to_tree(untyped(text))
    return tree, tuple(found)


def untyped(text: str) -> Any:
    """The expression of a text as it stands, before any types.

    Raises:
        Unreadable: no expression of CEL.
    """
    return _compiled(_untyped(), text, untyped=True)[0]


class Checker:
    """A typed environment.

    Args:
        variables: the type of each root, named condition and parameter.
        numbers: the type that a rule with parameters gives where its declaration says only that it is a number.
    """

    def __init__(
        self,
        messages: Messages,
        variables: Mapping[str, CelType],
        functions: Iterable[Signature],
        numbers: Mapping[str, str],
    ) -> None:
        self._env = cel.NewEnv(
            descriptor_pool=messages.pool,
            variables=dict(variables),
            functions=[_declared(function, numbers) for function in functions],
            extensions=[ext_bindings.ExtBindings()],
        )

    def check(self, text: str) -> tuple[Any, str]:
        """The CheckedExpr of a text and the name of the CEL type it gives, wrappers as what they wrap.

        Raises:
            Unreadable: with every error of the type check.
        """
        return _compiled(self._env, text)


class Plain:
    """The environment that runs: every root is a dictionary (or a list), every host function is there."""

    def __init__(self, roots: Mapping[str, Shape], functions: Iterable[Function]) -> None:
        self._env = cel.NewEnv(
            variables={name: _LIST if isinstance(shape, Many) else _ROOT for name, shape in roots.items()},
            functions=[*(_running(function) for function in functions), *_more_arithmetic()],
            extensions=[ext_bindings.ExtBindings()],
        )
        self.activation: Callable[[Mapping[str, object]], Activation] = self._env.Activation
        """The values to run on. A root is only looked at when an expression first needs it, and then kept."""

    def runnable(self, checked: Any) -> Expression:
        """What runs a CheckedExpr."""
        return self._env.deserialize(wire.write(checked))


def type_of(messages: Messages, shape: Shape) -> CelType:
    """The CEL type of a root or of a list's element."""
    match shape:
        case Scalar(kind):
            return cel.Type(WRAPPERS[kind])
        case Record():
            return cel.Type(messages.named(shape))
        case Many(item):
            return cel.Type.List(type_of(messages, item))
        case _:
            return _ROOT


def type_of_result(kind: Kind, given: str | None) -> CelType:
    """The CEL type of a named condition: a yes/no is never null, a number is what its text gives."""
    if kind == "yes_no":
        return cel.Type.BOOL
    if kind != "number":
        return cel.Type(WRAPPERS[kind])
    wrapper: dict[str | None, Kind] = {"INT": "whole", "DOUBLE": "number"}
    return cel.Type(WRAPPERS[wrapper[given]]) if given in wrapper else cel.Type.DYN


def is_error(value: Any) -> bool:
    """Whether an evaluation failed; its `.value()` is then a text, which is truthy."""
    return bool(value.type() == cel.Type.ERROR)


@cache
def _untyped() -> cel.Env:
    return cel.NewEnv(extensions=[ext_bindings.ExtBindings()])


def _compiled(env: cel.Env, text: str, *, untyped: bool = False) -> tuple[Any, str]:
    try:
        compiled = env.compile(text, disable_check=untyped)
    except RuntimeError as error:
        raise Unreadable(str(error)) from None
    return wire.read(compiled.serialize()), compiled.return_type().name()


def _declared(function: Signature, numbers: Mapping[str, str]) -> cel.FunctionDecl:
    """What the type checker knows of a function. Its result may be null unless it is a yes/no of our own."""
    overloads = [
        cel.Overload(f"{function.name}_{n}", return_type=gives, parameters=list(types), is_member=False)
        for n, (types, gives) in enumerate(_typed(function, numbers))
    ]
    return cel.FunctionDecl(function.name, overloads)


def _typed(function: Signature, numbers: Mapping[str, str]) -> list[tuple[tuple[CelType, ...], CelType]]:
    """The types a function takes together, with what it then gives."""
    takes = [parameter for _, parameter in function.takes]
    match function.gives:
        case "of_list":
            return [((cel.Type.List(one),), cel.Type(WRAPPERS[kind])) for one, kind in _ELEMENTS[takes[0]]]
        case "the_list":
            lists = [(cel.Type.List(one), cel.Type(WRAPPERS[kind])) for one, kind in _ELEMENTS[takes[0]]]
            return [((one,), cel.Type.List(element)) for one, element in lists]
        case "months" | "wholes":
            gives = cel.Type.List(cel.Type(WRAPPERS["month" if function.gives == "months" else "whole"]))
        case "unknown":
            gives = cel.Type.DYN
        case "yes_no" if isinstance(function, Called):
            gives = cel.Type(WRAPPERS["yes_no"])
        case kind:
            gives = type_of_result(kind, numbers.get(function.rule) if isinstance(function, Called) else None)
    choices = ((_TAKES["whole"], _TAKES[one]) if one == "number" else (_TAKES[one],) for one in takes)
    return [(types, gives) for types in product(*choices)]


def _running(function: Function) -> cel.FunctionDecl:
    """What runs: one overload for every choice of arguments that are null, because the runtime takes types exactly."""
    choices = list(product(*((_TAKES[parameter], cel.Type.NULL) for _, parameter in function.takes)))
    return _overloads(function.name, choices, [function.run, *[_null_answer(function)] * (len(choices) - 1)])


def _null_answer(function: Function) -> Callable[..., object]:
    return _nothing if function.null_to_null else function.run


def _more_arithmetic() -> list[cel.FunctionDecl]:
    declared = [_overloads("-_", [(cel.Type.NULL,)], [_nothing])]
    for sign, (kinds, mixed) in _ARITHMETIC.items():
        types = [getattr(cel.Type, kind) for kind in kinds]
        pairs = [pair for one in types for pair in ((cel.Type.NULL, one), (one, cel.Type.NULL))]
        pairs.append((cel.Type.NULL, cel.Type.NULL))
        runs: list[Callable[..., object]] = [_nothing] * len(pairs)
        if mixed is not None:
            pairs += [(cel.Type.INT, cel.Type.DOUBLE), (cel.Type.DOUBLE, cel.Type.INT)]
            runs += [mixed, mixed]
        declared.append(_overloads(sign, pairs, runs))
    return declared


def _overloads(
    name: str, choices: Iterable[tuple[CelType, ...]], runs: Iterable[Callable[..., object]]
) -> cel.FunctionDecl:
    made = [
        cel.Overload(f"{name}_{n}", return_type=cel.Type.DYN, parameters=list(types), is_member=False, impl=run)
        for n, (types, run) in enumerate(zip(choices, runs, strict=True))
    ]
    return cel.FunctionDecl(name, made)


def _nothing(*_: object) -> None:
    return None
