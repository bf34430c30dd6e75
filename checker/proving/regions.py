"""The values that stand for all that a term can have: one of each region between the constants it is held against."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from checker.proving.terms import Uses
from engine.conditions.tree import Call, Comprehension, Node, Plain, dotted
from engine.shapes import Kind, Many, Record, Scalar, Shape

OTHER = "…"
"""A text that no condition names."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_COUNTING = frozenset({"size", "age_at"})
_NUMBERS: frozenset[Kind] = frozenset({"whole", "yen"})
_FAR = 400


def scalar_at(shapes: dict[str, Shape], node: Node) -> Scalar | None:
    """The shape of a field, or None where the term is none."""
    path = dotted(node)
    shape: Shape | None = Record(shapes) if path else None
    for name in path.split(".") if path else ():
        shape = shape.fields.get(name) if isinstance(shape, Record) else None
    return shape if isinstance(shape, Scalar) else None


def regions(node: Node, use: Uses, scalar: Scalar | None, *, null: bool) -> list[Any]:
    """A value of each region of a term, null last where it may be that; none where regions cannot be told.

    Args:
        scalar: its shape, where it is a field.
    """
    found = _of_field(scalar, use) if scalar is not None else _of_whole(node, use)
    return [*found, None] if null and found else found


def _of_field(scalar: Scalar, use: Uses) -> list[Any]:
    constants = [one for one in use.constants if one is not None]
    if scalar.choices:
        return list(scalar.choices)
    match scalar.kind:
        case "yes_no":
            return [True, False]
        case "date" | "month":
            return _days([str(one) for one in constants], months=scalar.kind == "month")
        case "text":
            return [] if use.ordered else [*sorted(str(one) for one in constants), OTHER]
        case kind:
            return _numbers(constants, whole=kind in _NUMBERS)


def _of_whole(node: Node, use: Uses) -> list[Any]:
    """Of a term that is no field, by what it is held against."""
    constants = [one for one in use.constants if one is not None]
    test = isinstance(node, Comprehension) or (isinstance(node, Call) and node.function in {"==", "<", "in"})
    if test or (use.asked and not constants) or (constants and all(isinstance(one, bool) for one in constants)):
        return [True, False]
    if not constants:
        return [OTHER]
    if all(isinstance(one, int | float) and not isinstance(one, bool) for one in constants):
        counted = isinstance(node, Call) and node.function in _COUNTING
        return [one for one in _numbers(constants, whole=counted) if not counted or one >= 0]
    if not all(isinstance(one, str) for one in constants):
        return []
    texts = [str(one) for one in constants]
    if not use.ordered:
        return [*sorted(texts), OTHER]
    days, months = (all(pattern.fullmatch(one) for one in texts) for pattern in (_DAY, _MONTH))
    return _days(texts, months=months) if days or months else []


def _numbers(constants: Iterable[Plain], *, whole: bool) -> list[Any]:
    known = sorted({one for one in constants if isinstance(one, int | float)})
    if not known:
        return [1, 0]
    between = [(one + other) / 2 for one, other in pairwise(known)]
    if whole:
        between = [int(one) + 1 for one, other in pairwise(known) if int(one) + 1 < other]
    return sorted({known[0] - 1, *known, *between, known[-1] + 1})


def _days(constants: Iterable[str], *, months: bool) -> list[Any]:
    """The days or months themselves, one before, between and after; nothing where one is not to be read."""
    known = sorted(set(constants))
    if not known:
        return ["2024-10" if months else "2024-10-01"]
    try:
        days = [dt.date.fromisoformat(f"{one}-01" if months else one) for one in known]
    except ValueError:
        return []
    step = dt.timedelta(days=31 if months else 1)
    between = [one + step for one, other in pairwise(days) if one + step < other]
    found = {days[0] - dt.timedelta(days=_FAR), days[0] - dt.timedelta(days=1), *days, *between, days[-1] + step}
    return sorted({one.isoformat()[: 7 if months else 10] for one in found})


def is_list(shapes: dict[str, Shape], node: Node) -> bool:
    """Whether a field is a list."""
    path = dotted(node)
    shape: Shape | None = Record(shapes) if path else None
    for name in path.split(".") if path else ():
        shape = shape.fields.get(name) if isinstance(shape, Record) else None
    return isinstance(shape, Many)
