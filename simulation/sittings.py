"""Sittings: what a meeting decides on the day on whose list the engine has put the case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from engine.sittings import booking_of
from engine.store import OpenItem
from engine.work import Work
from simulation.agenda import Kind
from simulation.applications import Application
from simulation.people import ONE_DAY
from simulation.settings import Stage

Answer = Callable[[Application, OpenItem, list[str]], bool]
AFTERNOON = 5 * 3_600  # seconds after the office opens at half past eight
DAY = 86_400


class Sittings:
    """All sittings of a city. `answer` lets an event of a case happen as somebody who sits there."""

    def __init__(self, stage: Stage, answer: Answer) -> None:
        self._agenda = stage.agenda
        self._engine = stage.engine
        self._staff = stage.staff
        self._records = stage.records
        self._answer = answer

    def expect(self, application: Application, work: Work, item: OpenItem) -> None:
        """Let a case wait for the sitting on whose list it stands; for the next opening day if it stands on none."""
        booked = booking_of(work, work.whole.tasks.get(item.task))
        day = (
            dt.date.fromisoformat(booked["on"]) if booked else self._staff.calendar.next_open_day(work.today + ONE_DAY)
        )
        self._call(application, item, booked["id"] if booked else "meeting", day, self._agenda.now)

    def _call(self, application: Application, item: OpenItem, name: str, day: dt.date, since: int) -> None:
        at = max(self._staff.opening(day)[0] + AFTERNOON, self._agenda.now)
        self._agenda.at(at, Kind.REPLY, lambda: self._sit(application, item, name, since))

    def _sit(self, application: Application, item: OpenItem, name: str, since: int) -> None:
        """Decide, or look at it again a week later while it still waits."""
        with self._engine.reading(item.case_id) as work:
            task = work.whole.tasks.get(item.task)
            case = work.whole.case
            here = (task.state, task.state_since) if task else (case.state, case.state_since)
            again = self._staff.calendar.next_open_day(work.today + 7 * ONE_DAY)
        if here != (item.state, item.since):
            return
        if self._answer(application, item, []):
            self._records.outside.append((application.procedure, name, (self._agenda.now - since) // DAY))
        else:
            self._call(application, item, name, again, since)
