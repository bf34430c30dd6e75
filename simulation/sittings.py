"""Sittings that take many cases at once: what waits for one is taken in the order in which it came, up to its capacity.

Procedures whose plans name the same sitting share it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from engine.clock import civil_day
from engine.store import OpenItem
from procedures.plan_rows import ANY, Meeting, Weekday
from simulation.agenda import Kind
from simulation.applications import WEEKDAYS, Application
from simulation.people import ONE_DAY
from simulation.settings import Stage

Answer = Callable[[Application, OpenItem, list[str]], bool]
AFTERNOON = 5 * 3_600  # seconds after the office opens at half past eight


class Sittings:
    """All sittings of a city. `answer` lets an event of a case happen as somebody who sits there."""

    def __init__(self, stage: Stage, answer: Answer) -> None:
        self._agenda = stage.agenda
        self._engine = stage.engine
        self._staff = stage.staff
        self._simulated = stage.simulated
        self._figures = stage.settings.figures
        self._records = stage.records
        self._answer = answer
        self._waiting: dict[str, list[tuple[int, Application, OpenItem]]] = {}
        self._called: set[tuple[str, int]] = set()

    def expect(self, application: Application, item: OpenItem) -> None:
        """Let something wait for its sitting."""
        row = self._row(application, item)
        name = f"{application.procedure}/{row.id}" if row.at == ANY else row.id
        self._waiting.setdefault(name, []).append((self._agenda.now, application, item))
        self._call(name, row)

    def _row(self, application: Application, item: OpenItem) -> Meeting:
        rows = self._simulated[application.procedure].plan.meetings
        kind = item.kind or None
        return next((r for r in rows if (r.at, r.task) == (item.state, kind)), rows[-1])

    def _call(self, name: str, row: Meeting) -> None:
        """Plan the next sitting, once."""
        at = self._next(row)
        if (name, at) not in self._called:
            self._called.add((name, at))
            self._agenda.at(at, Kind.REPLY, lambda: self._sit(name, row))

    def _next(self, row: Meeting) -> int:
        stated = self._figures.get(row.days_of or "")
        days = tuple(cast("Weekday", day) for day in stated) if isinstance(stated, list | tuple) else row.weekdays
        day = civil_day(self._agenda.now) + ONE_DAY
        while not (self._staff.calendar.is_open(day) and WEEKDAYS[day.weekday()] in days):
            day += ONE_DAY
        return self._staff.opening(day)[0] + AFTERNOON

    def _sit(self, name: str, row: Meeting) -> None:
        """Take what has waited longest; what is left, or cannot be decided yet, waits for the next sitting."""
        stated = self._figures.get(row.capacity_of or "")
        capacity = stated if isinstance(stated, int) else row.capacity
        waiting, self._waiting[name] = self._waiting[name], []
        left: list[tuple[int, Application, OpenItem]] = []
        taken = 0
        for since, application, item in waiting:
            if not self._still(item):
                continue
            if taken < capacity and self._answer(application, item, []):
                taken += 1
                days = (self._agenda.now - since) // 86_400
                self._records.outside.append((application.procedure, row.id, days))
            else:
                left.append((since, application, item))
        self._waiting[name] = left + self._waiting[name]
        if self._waiting[name]:
            self._call(name, row)

    def _still(self, item: OpenItem) -> bool:
        with self._engine.reading(item.case_id) as work:
            task = work.whole.tasks.get(item.task)
            return (task.state if task else work.whole.case.state) == item.state
