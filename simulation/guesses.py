"""What may be written where a value of a type is asked for, the likeliest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from engine.clock import civil_day
from engine.conditions import Condition, Literal
from engine.conditions.tree import walk
from engine.work import Work

ONE_DAY = dt.timedelta(days=1)
PLAIN: Mapping[str, tuple[Any, ...]] = {
    "yes_no": (True, False),
    "text": ("記録のとおり",),
    "file": ("file-1",),
    "whole": (1, 0, 2, 3),
    "number": (1, 0),
    "yen": (0, 1000, 100_000, 1_000_000),
}


class Guesses:
    """What a case in hand lets one guess for a condition; each type of value is worked out once."""

    def __init__(self, work: Work, condition: Condition | None) -> None:
        self._work = work
        self._condition = condition
        self._known: dict[str, list[Any]] = {}

    def of_type(self, kind: str) -> list[Any]:
        """Values of a type: what the rules and named values behind the condition give, facts, literals, plain ones."""
        if kind not in self._known:
            self._known[kind] = self._worked_out(kind)
        return self._known[kind]

    def plain(self, kind: str) -> list[Any]:
        """Values of a type of which nothing is asked but that they are there."""
        return _days(self._work) if kind == "date" else _months(self._work) if kind == "month" else list(PLAIN[kind])

    def _worked_out(self, kind: str) -> list[Any]:
        work, procedure = self._work, self._work.edition.procedure
        behind = _names_behind(work, self._condition)
        rules = [row.id for row in procedure.rules if row.id in behind and row.type == kind and not row.takes]
        named = [row.id for row in procedure.conditions if row.id in behind and row.type == kind]
        given = [work.value("rules", name) for name in rules] + [work.value("conditions", name) for name in named]
        facts = [work.read(f"fact.{row.id}") for row in procedure.facts if row.type == kind]
        plain = self.plain(kind)
        values = [*given, *facts, *_named(self._condition, type(plain[0])), *plain]
        return list(dict.fromkeys(value for value in values if value is not None))


def _names_behind(work: Work, condition: Condition | None) -> set[str]:
    """The rules and named conditions that a condition reads, itself or through those it names."""
    found, names = set[str](), list(condition.names) if condition else []
    while names:
        name = names.pop().removeprefix("rules.")
        if name in found:
            continue
        found.add(name)
        behind = work.edition.condition("conditions", name) or work.edition.condition("rules", name)
        names += behind.names if behind else ()
    return found


def _named(condition: Condition | None, kind: type) -> list[Any]:
    """The values of a type that a condition names."""
    if condition is None or kind is bool:
        return []
    literals = (node.value for node in walk(condition.whole) if isinstance(node, Literal))
    return [value for value in literals if type(value) is kind and value != ""]


def _days(work: Work) -> list[str]:
    arrived = work.whole.case.arrived_at
    ahead = work.ports.calendar.next_open_day(work.today + ONE_DAY)
    known = [work.today, *([civil_day(arrived)] if arrived is not None else []), ahead]
    return [day.isoformat() for day in known] + _written_days(work.answers("form"))


def _months(work: Work) -> list[str]:
    this = work.today.replace(day=1)
    facts = [work.read(f"fact.{row.id}") for row in work.edition.procedure.facts if row.type == "date"]
    days = [day.isoformat() for day in (this, this - ONE_DAY, this + 32 * ONE_DAY)]
    return [day[:7] for day in (*days, *_written_days(work.answers("form")), *(str(one) for one in facts if one))]


def _written_days(document: Mapping[str, Any]) -> list[str]:
    """The days among the answers at the top of a form."""
    found = []
    for value in document.values():
        try:
            found.append(dt.date.fromisoformat(value).isoformat())
        except (TypeError, ValueError):
            continue
    return found[:6]
