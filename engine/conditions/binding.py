"""Only what conditions read is bound: a shape cut down to the fields read, and a value filled and made exact for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from engine.shapes import Anything, Many, Record, Scalar, Shape

Fill = Callable[[Any], Any]
_Branches = dict[str, "_Branches"]
_WHOLE = "*"
UNFIT: Any = object()
"""What stands where nothing is that a condition may read."""
_LIMIT = 2**63
_AS_THEY_ARE = frozenset({type(None), bool, float})


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
    """What `engine.shapes.fill` does for one shape, prepared once, and safe for the runtime.

    Whole numbers become whole and others get a fraction, because JSON writes 3 and 3.0 for one number. What the
    runtime would misread (a text is cut at a NUL there) or choke on is left out, and reading it is then an error.
    """
    match shape:
        case Scalar("whole" | "yen"):
            return _whole
        case Scalar("number"):
            return _fraction
        case Scalar():
            return _scalar
        case Record(fields):
            return _record([(name, filler(inner)) for name, inner in fields.items()])
        case Many(item):
            return _list(filler(item))
        case Anything():
            return _anything


def reader(shape: Shape, path: Sequence[str]) -> Fill:
    """What `filler` would put at a path below a root, out of the root as it was built; where nothing is, `UNFIT`.

    Args:
        shape: the root's, cut down to what is read of it.
    """
    above: list[str] = []
    for name in path:
        if isinstance(shape, Anything):
            return _out_of_a_map(above, path[len(above) :])
        if not isinstance(shape, Record) or name not in shape.fields:
            return lambda _root: UNFIT
        shape = shape.fields[name]
        above.append(name)
    return _out_of_records(above, filler(shape))


def is_scalar(shape: Shape, path: Sequence[str]) -> bool:
    """Whether a path below a root leads through records to a scalar."""
    for name in path:
        if not isinstance(shape, Record) or name not in shape.fields:
            return False
        shape = shape.fields[name]
    return isinstance(shape, Scalar)


def _out_of_records(path: list[str], fill: Fill) -> Fill:
    def read(root: Any) -> Any:
        for name in path:
            if not isinstance(root, dict):
                return fill(None)
            root = root.get(name)
        return fill(root)

    return read


def _out_of_a_map(above: list[str], path: Sequence[str]) -> Fill:
    """A key that is not there is nothing; what lies in a map has no shape."""
    outer = _out_of_records(above, lambda value: value)

    def read(root: Any) -> Any:
        found = outer(root)
        for name in path:
            if not isinstance(found, dict) or name not in found:
                return UNFIT
            found = found[name]
        return _anything_or_null(found)

    return read


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
    fills = [(name, fill, fill in _SCALARS) for name, fill in fields]

    def fill_record(value: Any) -> dict[str, Any]:
        given = value if isinstance(value, dict) else {}
        filled: dict[str, Any] = {}
        for name, fill, is_scalar in fills:
            inner = given.get(name)
            if inner is not None or not is_scalar:
                inner = fill(inner)
            if inner is not UNFIT:
                filled[name] = inner
        return filled

    return fill_record


def _list(fill: Fill) -> Fill:
    def fill_list(value: Any) -> Any:
        filled = [fill(one) for one in value] if isinstance(value, list) else []
        for one in filled:  # by identity: `in` would ask records whether they are equal
            if one is UNFIT:
                return UNFIT
        return filled

    return fill_list


def _scalar(value: Any) -> Any:
    kind = type(value)
    if kind in _AS_THEY_ARE or (kind is str and value.isprintable()):
        return value
    if isinstance(value, str):
        return value if _is_safe(value) else UNFIT
    return value if isinstance(value, int) and -_LIMIT <= value < _LIMIT else UNFIT


def _whole(value: Any) -> Any:
    return _scalar(int(value) if isinstance(value, float) and value.is_integer() else value)


def _fraction(value: Any) -> Any:
    return float(value) if type(value) is int and -_LIMIT <= value < _LIMIT else _scalar(value)


_SCALARS = frozenset({_scalar, _whole, _fraction})


def _anything(value: Any) -> Any:
    if isinstance(value, dict):
        filled = {name: _anything_or_null(inner) for name, inner in value.items() if _scalar(name) is not UNFIT}
        return {name: inner for name, inner in filled.items() if inner is not UNFIT}
    return {} if value is None else _anything_or_null(value)


def _anything_or_null(value: Any) -> Any:
    if isinstance(value, dict):
        return _anything(value)
    if isinstance(value, list):
        return _list(_anything_or_null)(value)
    return _scalar(value)


def _is_safe(text: str) -> bool:
    try:
        return "\0" not in text and (text.isascii() or bool(text.encode()))
    except UnicodeEncodeError:
        return False
