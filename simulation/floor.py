"""The office floor: people take what their inbox shows first, work on it, and let an event happen.

The free person with the lowest number takes the item. What cannot be done today is laid aside until the next opening.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from engine.actors import Actor
from engine.clock import civil_day
from engine.errors import Refusal
from engine.state import Whole
from engine.store import OpenItem
from procedures.plan import Plan, Work
from simulation.agenda import Kind
from simulation.applications import Application
from simulation.clerks import Chosen, Clerk
from simulation.draws import around
from simulation.people import ONE_DAY, Person
from simulation.records import Interval
from simulation.settings import Stage

Key = tuple[int, int]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")


class Floor:
    """All people of the office at work. `changed` is told each case that somebody acted on."""

    def __init__(self, stage: Stage, applications: Mapping[int, Application], changed: Callable[[int], None]) -> None:
        self._agenda = stage.agenda
        self._engine = stage.engine
        self._staff = staff = stage.staff
        self._simulated = simulated = stage.simulated
        self._settings = stage.settings
        self._records = stage.records
        self._applications = applications
        self._changed = changed
        self._clerks = {name: Clerk(stage.engine, one.plan, stage.settings.seed) for name, one in simulated.items()}
        self._ready: dict[Key, int] = {}
        self._asleep: dict[Key, int] = {}
        self._waking: set[int] = set()
        self._seen: set[tuple[int, int, int]] = set()
        self._dirty: dict[str, bool] = dict.fromkeys(staff.people, True)
        self._roles = {
            key: sorted({role for one in simulated.values() for role in one.roles.get(key, ())}) for key in staff.people
        }

    def see(self, whole: Whole) -> None:
        """Take note of what a case now has on the office's desks, and see to it that people look."""
        case = whole.case
        waiting = {0: case.state_since} if case.desk and not case.closed else {}
        waiting |= {n: task.state_since for n, task in whole.tasks.items() if task.open and task.desk}
        for number, since in waiting.items():
            if since > self._ready.get((case.id, number), -1):
                self._ready[(case.id, number)] = since
                self._asleep.pop((case.id, number), None)
        self._look_again()

    def _wake(self, at: int) -> None:
        """See to it that each post looks at its inbox at an instant, or when its time for this work next begins."""
        for when in sorted({self._next_look(at, key) for key in self._dirty if self._dirty[key]}):
            if when not in self._waking:
                self._waking.add(when)
                self._agenda.at(when, Kind.ASSIGN, self._assigning(when))

    def _next_look(self, at: int, key: str) -> int:
        return at if self._staff.is_open(at, key) else self._staff.next_opening(at, key)

    def _assigning(self, when: int) -> Callable[[], None]:
        return lambda: self._assign(when)

    def _assign(self, now: int) -> None:
        self._waking.discard(now)
        for key in self._staff.people:
            if self._dirty[key] or key not in self._roles:
                self._assign_post(key, now)

    def _assign_post(self, key: str, now: int) -> None:
        """Give the items of a post's inbox to the people who are free; a post with nobody free looks again later."""
        person = self._staff.idle(key, now)
        if person is None or not self._roles[key]:
            return
        self._dirty[key] = False
        taken = {p.busy_with for people in self._staff.people.values() for p in people if p.busy_with}
        for item in self._engine.inbox(self._roles[key], person.post):
            place = (item.case_id, item.task)
            if place in taken or self._asleep.get(place, 0) > now or item.case_id not in self._applications:
                continue
            self._begin(person, item, now)
            taken.add(place)
            person = self._staff.idle(key, now)
            if person is None:
                self._dirty[key] = True
                return

    def _begin(self, person: Person, item: OpenItem, now: int) -> None:
        application = self._applications[item.case_id]
        person.busy_with = (item.case_id, item.task)
        visit = application.visit(item.state if item.task == 0 else f"{item.kind}.{item.state}")
        kind = item.kind or None
        rows = [w for w in self._plan(application).work if (w.during, w.task, w.by) == (item.state, kind, item.desk)]
        rows = [w for w in rows if visit == 1 or not w.first_visit_only]
        rows = [] if (item.case_id, item.task, item.since) in self._seen else rows
        self._seen.add((item.case_id, item.task, item.since))
        self._records.queue.append((person.key, self._ready.get((item.case_id, item.task), now), now))
        end = self._spend(person, item, rows, visit)
        self._agenda.at(end, Kind.COMPLETE, lambda: self._examined(person, item))

    def _spend(self, person: Person, item: OpenItem, rows: list[Work], visit: int) -> int:
        """Put the minutes of some steps into a person's days, one after the other; gives when they are done."""
        application = self._applications[item.case_id]
        at = start = self._agenda.now
        lay = start - self._ready.get((item.case_id, item.task), start)
        for row in rows:
            minutes = row.of(self._settings.scenario)
            key = (application.number, row.id, visit)
            seconds = max(
                1, round(60 * around(minutes, self._plan(application).work_spread, self._settings.seed, *key))
            )
            at, spent = self._staff.finish(person, at, seconds)
            name = application.procedure
            self._records.work.append(
                Interval(name, item.case_id, row.id, person.key, seconds, lay, visit, tuple(spent))
            )
            lay = 0
        return at

    def _examined(self, person: Person, item: OpenItem) -> None:
        """The looking is done: choose, and if the event itself takes work, do that first."""
        application = self._applications[item.case_id]
        chosen = self._choose(application, item, Actor(person.post, person.name))
        if chosen is None:
            self._lay_aside(person, item)
            return
        until = self._gathered(application, chosen)
        if until is not None:
            self._lay_aside(person, item, until)
            return
        rows = [w for w in self._plan(application).work if chosen.option.event in w.with_]
        end = self._spend(person, item, rows, application.visit(f"with {chosen.option.event}")) if rows else 0
        if rows:
            self._agenda.at(end, Kind.COMPLETE, lambda: self._act(person, item, chosen))
        else:
            self._act(person, item, chosen)

    def _choose(self, application: Application, item: OpenItem, actor: Actor) -> Chosen | None:
        try:
            return self._clerks[application.procedure].examine(application, item, actor)
        except Refusal:  # somebody outside moved the case meanwhile
            self._records.refused += 1
            return None

    def _act(self, person: Person, item: OpenItem, chosen: Chosen) -> None:
        application = self._applications[item.case_id]
        actor = Actor(person.post, person.name)
        if self._clerks[application.procedure].do(application, item, actor, chosen) is None:
            self._records.refused += 1
            self._lay_aside(person, item)
            return
        self._free(person)
        self._changed(item.case_id)

    def _gathered(self, application: Application, chosen: Chosen) -> int | None:
        """When the day comes for which an event is gathered; None when it is today or the event is not gathered."""
        row = next((b for b in self._plan(application).batches if b.event == chosen.option.event), None)
        today = civil_day(self._agenda.now)
        if row is None or self._settings.scenario not in row.scenarios:
            return None
        ahead = (WEEKDAYS.index(row.weekday) - today.weekday()) % 7
        day = self._staff.calendar.next_open_day(today + ahead * ONE_DAY)
        return None if day == today else self._staff.opening(day)[0]

    def _lay_aside(self, person: Person, item: OpenItem, until: int | None = None) -> None:
        """Nothing can be done with it today; it is looked at again on the next opening day, or on a day named."""
        again = until or self._staff.next_opening(self._agenda.now)
        self._asleep[(item.case_id, item.task)] = again
        self._free(person)
        self._changed(item.case_id)
        self._agenda.at(again, Kind.TIMER, self._look_again)

    def _look_again(self) -> None:
        """What was laid aside may be looked at again."""
        for key in self._dirty:
            self._dirty[key] = True
        self._wake(self._agenda.now)

    def _free(self, person: Person) -> None:
        person.busy_with = None
        self._dirty[person.key] = True
        self._wake(self._agenda.now)

    def _plan(self, application: Application) -> Plan:
        return self._simulated[application.procedure].plan
