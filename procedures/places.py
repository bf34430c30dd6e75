"""From a path of ids to the place in a file: the map that gives every later finding its line and column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from engine.problems import Problem
from procedures.drafts import TABLE_LISTS, Draft, DraftRow, Place
from procedures.positions import Step

_CEL_LISTS = (("conditions",), ("rules",))


class Places:
    """The places of an expanded declaration.

    A path names a list or table, then ids and keys: ("events", "accept", "when"), ("tasks", "survey", "events",
    "answer", "to"). Where rows share an id, the row's `since` may follow it: ("rules", "amount", "2024-10-01", "cel").
    The word itself may follow a key that holds several: ("events", "accept", "from", "arrived").
    """

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def place(self, path: tuple[str, ...], on: dt.date | None = None) -> Place:
        """The place of a path, or of the nearest enclosing thing that is written.

        Args:
            on: of rows that share an id, the one in force on this day.
        """
        draft = self._draft
        if not path:
            return Place(draft.source)
        head, rest = path[0], path[1:]
        if head in draft.lists:
            return self._row(draft.lists[head], rest, Place(draft.source, (head,)), on)
        if rest and rest[0] in draft.tables.get(head, {}):
            table = draft.tables[head][rest[0]]
            inner = rest[1:]
            if inner and inner[0] in TABLE_LISTS.get(head, ()):
                return self._row(table.lists.get(inner[0], []), inner[1:], table.row.place_of(inner[0]), on)
            return _below(table.row, inner)
        if head in draft.plain:
            return _below(draft.plain[head], rest)
        return _below(draft.scalars, path)

    def locate(self, problem: Problem, on: dt.date | None = None) -> Problem:
        """The problem with file, line and column; one that has them already stays as it is.

        A condition or rule named without a key means its CEL text, and an offset is counted inside that text.
        """
        if problem.line:
            return problem
        path = problem.path
        if path[:-1] in _CEL_LISTS:
            path = (*path, "cel")
        place = self.place(path, on)
        spot = place.spot()
        if problem.offset != (1, 1):
            spot = place.source.positions.inside(place.path, *problem.offset) or spot
        return problem.at(place.source.file, spot.line, spot.column)

    def locate_all(self, problems: Iterable[Problem], on: dt.date | None = None) -> list[Problem]:
        """Every problem with its place, in the order of files and lines."""
        return sorted(self.locate(problem, on) for problem in problems)

    def _row(self, rows: list[DraftRow], rest: tuple[str, ...], list_place: Place, on: dt.date | None) -> Place:
        if not rest:
            return list_place
        same = [row for row in rows if row.id == rest[0]]
        if not same:
            return list_place.below(rest[0])
        keys = rest[1:]
        for row in same:
            if keys and str(row.values.get("since")) == keys[0]:
                return _below(row, keys[1:])
        return _below(next((row for row in same if on is not None and row.in_force(on)), same[0]), keys)


def _below(row: DraftRow, keys: tuple[str, ...]) -> Place:
    if not keys:
        return row.place
    steps: tuple[Step, ...] = keys[1:]
    return row.place_of(keys[0]).below(*steps)
