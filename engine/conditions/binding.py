"""Only what conditions read is bound: a shape cut down to the fields read, and a value filled and made exact for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from engine.shapes import Anything, Many, Record, Scalar, Shape

Fill = Callable[[Any], Any]
_Branches = dict[str, "_Branches"]
_WHOLE = "*"


def cut(root: str, shape: Shape, paths: Iterable[str], *, spread: bool = False) -> Shape:
    """The shape of a root with only what the dotted paths read, lists as `children[].birth_date`.

    Args:
        spread: a map whose keys are not known becomes a record of those that are read.
    """
    branches: _Branches = {}
    for path in sorted(paths):
        first, *rest = path.replace("[]", ".[]").split(".")
        if first == root:
            branch = branches
            for part in rest:
                branch = branch.setdefault(part, {})
            branch.setdefault(_WHOLE, {})
    return _cut(shape, branches, spread)


def filler(shape: Shape) -> Fill:
    """What `engine.shapes.fill` does for one shape, prepared once; and whole numbers whole, others with a fraction.

    JSON writes 3 and 3.0 for one number, and CEL does not calculate with both.
    """
    match shape:
        case Scalar("whole" | "yen"):
            return _whole
        case Scalar("number"):
            return _fraction
        case Scalar():
            return _as_it_is
        case Record(fields):
            return _record([(name, filler(inner)) for name, inner in fields.items()])
        case Many(item):
            return _list(filler(item))
        case Anything():
            return _anything


def _cut(shape: Shape, branches: _Branches, spread: bool) -> Shape:  # noqa: FBT001 - handed on as it came
    match shape:
        case Record(fields) if _WHOLE not in branches:
            return Record({name: _cut(fields[name], at, spread) for name, at in branches.items() if name in fields})
        case Many(item) if "[]" in branches:
            return Many(_cut(item, branches["[]"], spread))
        case Many(Record()):
            return Many(Record())  # only how many there are
        case Anything() if spread and "[]" in branches:
            return Many(_cut(shape, branches["[]"], spread))
        case Anything() if spread and branches.keys() - {_WHOLE}:
            return Record({name: _cut(shape, at, spread) for name, at in branches.items() if name != _WHOLE})
        case _:
            return shape


def _record(fields: list[tuple[str, Fill]]) -> Fill:
    plain = [name for name, fill in fields if fill is _as_it_is]
    others = [(name, fill) for name, fill in fields if fill is not _as_it_is]

    def fill_record(value: Any) -> dict[str, Any]:
        given = value if isinstance(value, dict) else {}
        filled = {name: given.get(name) for name in plain}
        for name, fill in others:
            filled[name] = fill(given.get(name))
        return filled

    return fill_record


def _list(fill: Fill) -> Fill:
    return lambda value: [fill(one) for one in value] if isinstance(value, list) else []


def _as_it_is(value: Any) -> Any:
    return value


def _anything(value: Any) -> Any:
    return {} if value is None else value


def _whole(value: Any) -> Any:
    return int(value) if type(value) is float and value.is_integer() else value


def _fraction(value: Any) -> Any:
    return float(value) if type(value) is int else value
