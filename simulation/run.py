"""A period of a city's work, run through the real engine on a virtual clock.

Order at one instant: completions, timers, answers from outside, arrivals, then assignment; ties by the order of planning.
People take the item their inbox shows first; the free person with the lowest number takes it.
"""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from engine.actors import Actor
from engine.clock import SimulatedClock, civil_day, from_seconds
from engine.commands import Engine, Receipt
from engine.definition import Procedure
from engine.errors import Refusal
from engine.fold import RIPE
from engine.state import TaskState
from engine.store import OpenItem
from simulation.applications import Application, Sampler, arrival, schedule, write
from simulation.clerks import Chosen, Clerk
from simulation.draws import around, share
from simulation.people import ONE_DAY, Person, Staff
from simulation.plan import Plan, Scenario, Wait, Work
from simulation.records import Interval, Records

COMPLETE, TIMER, REPLY, ARRIVE, ASSIGN = range(5)
LONGEST = dt.timedelta(days=3 * 366)

Action = Callable[[], None]


@dataclass(frozen=True)
class Settings:
    """Which period, by which scenario, with which luck."""

    first: dt.date
    last: dt.date
    scenario: Scenario
    seed: int
    population: int


@dataclass(frozen=True)
class Simulated:
    """One procedure in the run: its declaration, assumptions and a maker of documents."""

    procedure: Procedure
    plan: Plan
    sample: Sampler
    roles: Mapping[str, frozenset[str]]


@dataclass
class Run:
    """The event loop. `records` holds what the log does not: who worked when, and how long things lay."""

    engine: Engine
    clock: SimulatedClock
    staff: Staff
    simulated: Mapping[str, Simulated]
    settings: Settings
    progress: Callable[[dt.date], None] = lambda _day: None
    records: Records = field(default_factory=Records)

    def __post_init__(self) -> None:
        self._heap: list[tuple[int, int, int, Action]] = []
        self._planned = 0
        self._applications: dict[int, Application] = {}
        self._clerks = {
            name: Clerk(self.engine, one.plan, self.settings.seed) for name, one in self.simulated.items()
        }
        self._ready: dict[tuple[int, int], int] = {}
        self._sleeping: dict[tuple[int, int], int] = {}
        self._timed: set[int] = set()
        self._assigning: set[int] = set()
        self._dirty: set[str] = set(self.staff.people)
        self._day = dt.date.min

    def run(self) -> None:
        """Take every application of the period and work until nothing is left to happen."""
        number = 0
        for name, one in sorted(self.simulated.items()):
            settings = self.settings
            days = schedule(one.plan, settings.population, settings.first, settings.last, settings.seed, name)
            for day in days:
                number += 1
                self._plan_arrival(one, number, day)
        self._loop()

    # ---- the loop -----------------------------------------------------------------------------------------------

    def _loop(self) -> None:
        horizon = self.settings.last + LONGEST
        while self._heap:
            at, _, _, action = heapq.heappop(self._heap)
            self.clock.set(from_seconds(at))
            day = civil_day(at)
            if day > horizon:
                return
            if day != self._day:
                self._day = day
                self.progress(min(day, self.settings.last))
            action()

    def _at(self, at: int, order: int, action: Action) -> None:
        self._planned += 1
        heapq.heappush(self._heap, (at, order, self._planned, action))

    def _now(self) -> int:
        return int(self.clock.now().timestamp())

    # ---- applicants and the world -------------------------------------------------------------------------------

    def _plan_arrival(self, one: Simulated, number: int, day: dt.date) -> None:
        settings = self.settings
        hours, calendar = self.staff.hours, self.staff.calendar
        channel, at = arrival(one.plan, day, number, settings.scenario, hours, calendar, settings.seed)
        self._at(at, ARRIVE, lambda: self._arrive(one, number, channel, at))

    def _arrive(self, one: Simulated, number: int, channel: object, at: int) -> None:
        chosen = next(c for c in one.plan.channels if c is channel)
        day = civil_day(at)
        seed = self.settings.seed
        document, clean, planted = write(one.plan, one.procedure, chosen, number, day, one.sample, seed)
        application = Application(number, one.procedure.id, chosen, at, document, clean, planted)
        filer = f"{one.procedure.id}-{number}"
        actor = Actor(chosen.enters, filer) if chosen.enters == "applicant" else self._at_post(one, chosen.enters)
        opened = self.engine.open(one.procedure.id, actor, filer=filer)
        application.case_id = opened.case_id
        self._applications[opened.case_id] = application
        self.records.applications.append(application)
        submit = next(o for o in self.engine.options(opened.case_id, actor) if o.asks == "form")
        self._heard(self.engine.fire(opened.case_id, submit.event, actor, document))
        for act in one.plan.acts:
            if share(seed, number, "act", act.event) < act.share:
                later = at + round(around(act.days, 0.6, seed, number, "act", act.event) * 86_400)
                self._at(later, REPLY, lambda event=act.event: self._act(application, event))  # type: ignore[misc]

    def _act(self, application: Application, event: str) -> None:
        """Something an applicant does unasked; it may be too late for it."""
        filer = Actor("applicant", f"{application.procedure}-{application.number}")
        plan = self.simulated[application.procedure].plan
        answers = {r.field: r.value for r in plan.replies if r.input == "withdrawal" and event == "withdraw"}
        self._try(lambda: self.engine.fire(application.case_id, event, filer, answers or None))

    def _at_post(self, one: Simulated, role: str) -> Actor:
        key = next((key for key, roles in one.roles.items() if role in roles), None)
        person = self.staff.people[key][0] if key else None
        return Actor(person.post, person.name) if person else Actor(role, role)

    def _expect_answers(self, application: Application, tasks: Mapping[int, TaskState]) -> None:
        """Plan what people outside will do about tasks that now wait for them."""
        plan = self.simulated[application.procedure].plan
        for number, task in sorted(tasks.items()):
            for wait in plan.waits:
                key = (number, task.state, task.state_since)
                if wait.task == task.kind and wait.during == task.state and task.open and key not in application.replied:
                    application.replied.add(key)
                    self._plan_answer(application, task, wait)

    def _plan_answer(self, application: Application, task: TaskState, wait: Wait) -> None:
        key = (application.number, wait.id, task.number)
        seed = self.settings.seed
        if share(seed, *key, "never") < wait.never_share:
            return
        asked = self._now()
        at = asked + round(around(wait.days, wait.spread, seed, *key, "days") * 86_400)
        if wait.on is not None:
            at = max(asked + 3_600, self._instant_of(application, wait.on))
        event = wait.instead if wait.instead and share(seed, *key, "instead") < wait.instead_share else wait.until
        number = task.number
        self._at(at, REPLY, lambda: self._answer(application, number, wait, event or wait.until, asked))

    def _instant_of(self, application: Application, path: str) -> int:
        """Ten in the morning of the day that an answer named."""
        _, input_id, name = path.split(".")
        with self.engine.reading(application.case_id) as work:
            day = str(work.answers(input_id).get(name) or work.today.isoformat())
        return self.staff.opening(dt.date.fromisoformat(day))[0] + 5_400

    def _answer(self, application: Application, number: int, wait: Wait, event: str, asked: int) -> None:
        one = self.simulated[application.procedure]
        row = next(e for e in one.procedure.tasks[wait.task].events if e.id == event)
        sides = {role.id: role.side for role in one.procedure.roles}
        role = next((r for r in row.by if sides.get(r) != "office"), row.by[0])
        person = f"{application.procedure}-{application.number}" if sides.get(role) == "citizen" else role
        document = self._mended(application, wait) if row.asks == "form" else None
        replies = {r.field: r.value for r in one.plan.replies if r.input == row.asks}
        answers = document if document is not None else (replies or None)
        case, actor = application.case_id, Actor(role, person)
        if self._try(lambda: self.engine.fire(case, event, actor, answers, task=number)):
            self.records.outside.append((application.procedure, wait.id, (self._now() - asked) // 86_400))
            if row.asks != "form" and wait.task in {w.task for w in one.plan.waits if w.until == "answer"}:
                application.visit("inquiry answered")

    def _mended(self, application: Application, wait: Wait) -> dict[str, object]:
        key = (application.number, wait.id, "mends", application.visit("mended"))
        if application.noticed and share(self.settings.seed, *key) < wait.mends_share:
            application.mended = True
            application.document = application.clean
        return application.document

    # ---- people -------------------------------------------------------------------------------------------------

    def _assign(self) -> None:
        """Give the waiting items to the people who are free."""
        now = self._now()
        self._assigning.discard(now)
        for post in [key for key in self.staff.people if key in self._dirty]:
            self._dirty.discard(post)
            self._assign_post(post, now)

    def _assign_post(self, post: str, now: int) -> None:
        roles = sorted({role for one in self.simulated.values() for role in one.roles.get(post, ())})
        person = self.staff.idle(post, now)
        if person is None or not roles:
            return
        taken = {p.busy_with for people in self.staff.people.values() for p in people if p.busy_with}
        for item in self.engine.inbox(roles, person.post):
            key = (item.case_id, item.task)
            if key in taken or self._sleeping.get(key, 0) > now or item.case_id not in self._applications:
                continue
            self._begin(person, item, now)
            taken.add(key)
            person = self.staff.idle(post, now)
            if person is None:
                return

    def _begin(self, person: Person, item: OpenItem, now: int) -> None:
        application = self._applications[item.case_id]
        one = self.simulated[application.procedure]
        person.busy_with = (item.case_id, item.task)
        place = item.state if item.task == 0 else f"{item.kind}.{item.state}"
        visit = application.visit(place)
        rows = [
            w
            for w in one.plan.work
            if w.during == item.state and w.task == (item.kind or None) and not (w.first_visit_only and visit > 1)
        ]
        end = self._spend(person, item, rows, visit, now)
        self._at(end, COMPLETE, lambda: self._examined(person, item))

    def _spend(self, person: Person, item: OpenItem, rows: list[Work], visit: int, start: int) -> int:
        """Put the minutes of some steps into a person's days, one after the other; gives when they are done."""
        application = self._applications[item.case_id]
        one = self.simulated[application.procedure]
        at = start
        for row in rows:
            minutes = around(row.of(self.settings.scenario), one.plan.work_spread, self.settings.seed,
                             application.number, row.id, visit)
            seconds = max(1, round(minutes * 60))
            end, spent = self.staff.finish(person, at, seconds)
            waited = start - self._ready.get((item.case_id, item.task), start) if row is rows[0] else 0
            self.records.work.append(
                Interval(one.procedure.id, item.case_id, row.id, person.key, seconds, waited, visit, tuple(spent))
            )
            at = end
        ready = self._ready.get((item.case_id, item.task), start)
        self.records.queue.append((person.key, ready, start))
        return at

    def _examined(self, person: Person, item: OpenItem) -> None:
        """The looking is done: choose, and if the event itself takes work, do that first."""
        actor = Actor(person.post, person.name)
        application = self._applications[item.case_id]
        clerk = self._clerks[application.procedure]
        try:
            chosen = clerk.examine(application, item, actor)
        except Refusal:  # somebody else moved the case meanwhile
            self.records.refused += 1
            chosen = None
        if chosen is None:
            self._lay_aside(person, item)
            return
        rows = [w for w in self.simulated[application.procedure].plan.work if chosen.option.event in w.with_]
        if rows:
            end = self._spend_more(person, item, rows)
            self._at(end, COMPLETE, lambda: self._act_on(person, item, chosen))
        else:
            self._act_on(person, item, chosen)

    def _spend_more(self, person: Person, item: OpenItem, rows: list[Work]) -> int:
        application = self._applications[item.case_id]
        return self._spend(person, item, rows, application.visit(rows[0].id), self._now())

    def _act_on(self, person: Person, item: OpenItem, chosen: Chosen) -> None:
        application = self._applications[item.case_id]
        actor = Actor(person.post, person.name)
        done = self._clerks[application.procedure].do(application, item, actor, chosen)
        if done is None:
            self.records.refused += 1
            self._lay_aside(person, item)
            return
        self._free(person)
        self._look_at(item.case_id)

    def _lay_aside(self, person: Person, item: OpenItem) -> None:
        """Nothing can be done with it today; it is looked at again on the next opening day."""
        self._sleeping[(item.case_id, item.task)] = again = self.staff.next_opening(self._now())
        self._free(person)
        self._look_at(item.case_id)
        self._wake(again)

    def _free(self, person: Person) -> None:
        person.busy_with = None
        self._dirty.add(person.key)
        self._wake(self._now())

    def _wake(self, at: int) -> None:
        """See to it that people look at their inboxes at an instant, or when the office next opens."""
        when = at if self.staff.is_open(at) else self.staff.next_opening(at)
        if when not in self._assigning:
            self._assigning.add(when)
            self._at(when, ASSIGN, self._woken)

    def _woken(self) -> None:
        self._dirty.update(self.staff.people)
        self._assign()

    # ---- after a command ----------------------------------------------------------------------------------------

    def _try(self, command: Callable[[], Receipt]) -> bool:
        try:
            self._heard(command())
        except Refusal:
            self.records.refused += 1
            return False
        return True

    def _heard(self, receipt: Receipt) -> None:
        self._look_at(receipt.case_id)

    def _look_at(self, case_id: int) -> None:
        """Take note of what a case now waits for: people, answers, timers."""
        application = self._applications.get(case_id)
        if application is None:
            return
        with self.engine.reading(case_id) as work:
            whole = work.whole
        waiting = {0: whole.case.state_since} if whole.case.desk and not whole.case.closed else {}
        waiting |= {n: t.state_since for n, t in whole.tasks.items() if t.open and t.desk}
        for number, since in waiting.items():
            self._ready[(case_id, number)] = max(since, self._ready.get((case_id, number), 0))
        self._expect_answers(application, whole.tasks)
        for timer in whole.timers.values():
            if timer.due_at != RIPE and timer.due_at not in self._timed:
                self._timed.add(timer.due_at)
                self._at(timer.due_at, TIMER, self._tick)
        self._wake(self._now())

    def _tick(self) -> None:
        for receipt in self.engine.tick():
            self._heard(receipt)


def end_of(run: Run) -> dt.date:
    """The last day on which anything happened."""
    return max(run.settings.last, civil_day(int(run.clock.now().timestamp())))


__all__ = ["ONE_DAY", "Run", "Settings", "Simulated", "end_of"]
