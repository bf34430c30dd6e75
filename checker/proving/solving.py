"""The choices of regions for which a tree holds, found one by one; none means that it holds for no case at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from checker.exploring.guessing import UNKNOWN
from checker.proving.budget import Steps
from checker.proving.terms import Known, value
from engine.conditions.tree import Node

Values = Callable[[str], Sequence[Any]]
"""The values that stand for all that a term can have; none where they cannot be told."""


class Untold(Exception):
    """A term has no regions: nothing is proved of a tree that hangs on it."""


def choices(tree: Node, values: Values, steps: Steps, known: Known | None = None) -> Iterator[dict[str, Any]]:
    """The choices of regions, by term, for which a tree holds; terms that do not matter are left out.

    Raises:
        OutOfSteps: there were too many.
        Untold: a term that matters has no regions.
    """
    at: dict[str, Any] = dict(known or {})
    steps.take()
    missing: list[str] = []
    found = value(tree, at, missing)
    if found is not UNKNOWN:
        if found is True:
            yield at
        return
    term = missing[0]
    able = values(term)
    if not able:
        raise Untold
    for one in able:
        yield from choices(tree, values, steps, {**at, term: one})


def none_holds(
    guards: Sequence[Node], values: Values, fixed: Callable[[str], bool], steps: Steps, known: Known
) -> Iterator[Known]:
    """The choices of what is fixed for which no guard holds, whatever else is or becomes so.

    Raises:
        OutOfSteps: there were too many.
        Untold: a term that matters has no regions.
    """
    steps.take()
    missing: list[str] = []
    found = [value(one, known, missing) for one in guards]
    if any(one is True for one in found):
        return
    term = next((one for one in missing if fixed(one)), None)
    if term is None:
        still = [one for one, is_ in zip(guards, found, strict=True) if is_ is UNKNOWN]
        if all(next(choices(one, values, steps, known), None) is None for one in still):
            yield known
        return
    able = values(term)
    if not able:
        raise Untold
    for one in able:
        yield from none_holds(guards, values, fixed, steps, {**known, term: one})
