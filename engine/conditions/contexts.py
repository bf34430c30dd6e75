"""The two roots that differ from place to place: what was asked by this event, and the task at hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.conditions.places import Place
from engine.conditions.sources import Source
from engine.shapes import Anything, Record, Scalar, Shape

LOCAL = ("asked", "task")


def local_shapes(source: Source) -> dict[str, Record]:
    """The shapes of the local roots that a text may read by itself."""
    return {name: shape for name in LOCAL if (shape := getattr(source, name)) is not None}


def merged_locals(sources: Iterable[Source]) -> dict[str, Shape]:
    """Each local root with the fields it has anywhere, for named texts that leave its shape open.

    Where no text has a shape for it, nothing is known of it and anything may be read.
    """
    sources = list(sources)
    found: dict[str, Shape] = {}
    for name in LOCAL:
        shapes = {id(shape): shape for source in sources if (shape := getattr(source, name)) is not None}
        found[name] = merged(list(shapes.values())) if shapes else Anything()
    return found


def merged(records: list[Record]) -> Record:
    """The fields of all records together; where two differ in more than their choices, the first one's."""
    fields: dict[str, Shape] = {}
    for record in records:
        for name, shape in record.fields.items():
            fields[name] = _joined(fields[name], shape) if name in fields else shape
    return Record(fields)


def _joined(one: Shape, other: Shape) -> Shape:
    match one, other:
        case Record(), Record():
            return merged([one, other])
        case Scalar(kind, choices, sensitivity), Scalar(same, others) if kind == same:
            together = tuple(dict.fromkeys((*choices, *others))) if choices and others else ()
            return Scalar(kind, together, sensitivity)
        case _:
            return one


def missing_locally(paths: Iterable[str], here: Mapping[str, Shape], there: Mapping[str, Shape]) -> str | None:
    """The first path below a local root that a text reads through another, and that is not the same `here`."""
    for path in sorted(paths):
        if path.replace("[", ".").split(".")[0] in LOCAL:
            ours, theirs = _at(path, here), _at(path, there)
            if ours is None or (theirs is not None and not _alike(ours.shape, theirs.shape)):
                return path
    return None


def _at(path: str, roots: Mapping[str, Shape]) -> Place | None:
    first, *rest = path.replace("[]", ".[]").split(".")
    place = Place(roots[first], first) if first in roots else None
    for part in rest:
        if place is None:
            return None
        place = place.element() if part == "[]" else place.field(part)
    return place


def _alike(one: Shape, other: Shape) -> bool:
    if isinstance(one, Anything) or isinstance(other, Anything):
        return True
    if isinstance(one, Scalar) and isinstance(other, Scalar):
        return one.kind == other.kind
    return type(one) is type(other)
