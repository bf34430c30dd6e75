"""Those who are waited for: applicants, doctors, banks, other offices, boards. When they answer, and by which event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from engine.actors import Actor
from engine.definition.rows import State
from engine.state import TaskState, Whole
from engine.store import OpenItem
from engine.work import Work
from procedures.plan_rows import ANY, Wait
from simulation.agenda import Kind
from simulation.applications import Application
from simulation.clerks import Clerk
from simulation.desks import Errand
from simulation.draws import around, share
from simulation.settings import Stage
from simulation.sittings import Sittings
from simulation.ways import Ways

DAY = 86_400
TEN_IN_THE_MORNING = 5_400  # seconds after the office opens at half past eight
MOST_ATTEMPTS = 4
WAITING = frozenset({"waiting_applicant", "waiting_outside", "waiting_meeting"})


class Outside:
    """Plans the answers of those outside. `changed` is told each case in which one came, `appoint` each appointment.

    `coming` counts the answers that are planned and have not come yet.
    """

    def __init__(
        self,
        stage: Stage,
        clerks: Mapping[str, Clerk],
        changed: Callable[[int], None],
        appoint: Callable[[Errand], None],
    ) -> None:
        self._agenda = stage.agenda
        self._engine = stage.engine
        self._staff = stage.staff
        self._simulated = stage.simulated
        self._seed = stage.settings.seed
        self._records = stage.records
        self._clerks = clerks
        self._changed = changed
        self._appoint = appoint
        self.coming = 0
        self._sittings = Sittings(stage, self.answer)

    def expect(self, application: Application, work: Work) -> None:
        """Plan what people outside will do about a case that now waits for them."""
        waited_for = False
        for _, task in sorted(work.whole.tasks.items()):
            if task.open:
                state = work.edition.tasks[task.kind].states[task.state]
                here = OpenItem(*_place(work.whole, task), task.state_since, work.whole.case.arrived_at, 0)
                waited_for |= self._wait(application, work, here, state)
        case = work.whole.case
        here = OpenItem(*_place(work.whole, None), case.state_since, case.arrived_at, 0)
        self._wait(application, work, here, work.case_state, explicit=waited_for)

    def _wait(
        self, application: Application, work: Work, item: OpenItem, state: State, *, explicit: bool = False
    ) -> bool:
        """Whether somebody outside is waited for at a place; his answer is planned once."""
        ways = self._clerks[application.procedure].ways(work)
        if item.kind in ways.routes:
            return False  # whose turn it is not yet waits for a colleague
        resting = state.kind not in WAITING and (state.by or not self._others_only(ways, item))
        if resting and not (state.kind == "settled" and self._named(application, item)):
            return False  # work of the office, however long it waits, or a rest from which nobody is said to move
        key = (item.task, item.state, item.since)
        if state.kind == "waiting_meeting":
            if key not in application.replied:
                application.replied.add(key)
                self._sittings.expect(application, work, item)
            return True
        wait = self._row(application, item, work, ways, explicit=explicit or bool(state.by and _office(ways, state.by)))
        if wait is not None and key not in application.replied and item.task not in application.awaited:
            application.replied.add(key)
            self._plan_answer(application, item, wait, work)
        return wait is not None

    def _others_only(self, ways: Ways, item: OpenItem) -> bool:
        """Whether a place leads on, and only by those outside."""
        onward = ways.at(item.state, item.kind).onward
        return bool(onward) and not item.kind and not any(ways.of_office(event) for event in onward)

    def _named(self, application: Application, item: OpenItem) -> Wait | None:
        rows = self._simulated[application.procedure].plan.waits
        return next((w for w in rows if (w.task, w.during) == (item.kind, item.state)), None)

    def _row(self, application: Application, item: OpenItem, work: Work, ways: Ways, *, explicit: bool) -> Wait | None:
        """The row about a place; the one for any other place where somebody may end the waiting, and no row must."""
        rows = self._simulated[application.procedure].plan.waits
        own = self._named(application, item)
        if own is not None or explicit or not ways.outside(item.state, item.kind):
            return own
        other = next((w for w in rows if w.during == ANY), None)
        machine = work.edition.tasks[item.kind] if item.kind else work.edition.machine
        ends = any(event.to for event in machine.unattended(item.state) if event.after)
        return other if other is None or ends else other.model_copy(update={"never_share": 0.0})

    def _plan_answer(self, application: Application, item: OpenItem, wait: Wait, work: Work) -> None:
        key = (application.number, wait.id, item.state, item.task, application.visit(f"asked {wait.id}"))
        asked = self._agenda.now
        if share(self._seed, *key, "never") < wait.never_share:
            return
        at = asked + round(around(wait.days, wait.spread, self._seed, *key, "days") * DAY)
        if wait.on is not None:
            at = max(asked + 3_600, self._day_named(work, wait.on))
        unlucky = wait.instead is not None and share(self._seed, *key, "instead") < wait.instead_share
        ways = self._clerks[application.procedure].ways(work)
        named = wait.instead if unlucky else wait.until
        events = [named] if named else [event.id for event in ways.outside(item.state, item.kind)]
        application.awaited.add(item.task)
        self.coming += 1
        self._agenda.at(at, Kind.REPLY, lambda: self._come(application, item, wait, events, asked, 1))

    def _come(
        self, application: Application, item: OpenItem, wait: Wait, events: list[str], asked: int, attempt: int
    ) -> None:
        """The answer comes, or nobody can give it yet and it is tried again."""
        self.coming -= 1
        with self._engine.reading(item.case_id) as work:
            application.awaited.discard(item.task)
            task = work.whole.tasks.get(item.task)
            machine = work.edition.tasks[item.kind] if item.kind else work.edition.machine
            state, since = (task or work.whole.case).state, (task or work.whole.case).state_since
            rows = [machine.events[name] for name in events if state in machine.sources(name)]
        if not rows or (task is not None and not task.open):
            return  # it is over
        item = item._replace(state=state, since=since)
        self._mend(application, wait, asks_form=any(row.asks == "form" for row in rows[:1]))
        if self.answer(application, item, events):
            days = (self._agenda.now - asked) // DAY
            self._records.outside.append((application.procedure, wait.id, days))
            if rows and rows[0].asks != "form":
                application.visit("heard")
        elif attempt < MOST_ATTEMPTS:
            application.awaited.add(item.task)
            self.coming += 1
            again = self._agenda.now + attempt * 7 * DAY
            self._agenda.at(again, Kind.REPLY, lambda: self._come(application, item, wait, events, asked, attempt + 1))

    def answer(self, application: Application, item: OpenItem, events: list[str]) -> bool:
        """Whether one of these events happened, or is left to somebody of the office as an appointment.

        Args:
            events: none where whoever answers may choose.
        """
        one, clerk = self._simulated[application.procedure], self._clerks[application.procedure]
        with self._engine.reading(item.case_id) as work:
            machine = work.edition.tasks[item.kind] if item.kind else work.edition.machine
            wanted = events or clerk.wanted(application, item, work)
            ways = clerk.ways(work)
            rows = [machine.events[name] for name in wanted if name in machine.events]
            rows = [row for row in rows if events or row.at_meeting or not ways.of_office(row)]
        for row in rows:
            if row.auto:
                office = next(role for role, side in ways.sides.items() if side == "office" and one.has(role))
                actor = one.somebody(office, self._staff)
                found = clerk.examine(application, item, actor, row.id)
                if found is not None and clerk.do(application, item, actor, found):
                    self._changed(item.case_id)
                    return True
                continue
            role = next((r for r in row.by if not _office(ways, r)), None)
            if role is None:
                desk = next((r for r in row.by if one.has(r)), row.by[0])
                self._appoint(Errand(item._replace(desk=desk, since=self._agenda.now), row.id))
                return True
            actor = Actor(role, application.filer if ways.sides[role] == "citizen" else role)
            chosen = clerk.examine(application, item, actor, row.id)
            if chosen is not None and clerk.do(application, item, actor, chosen):
                self._changed(item.case_id)
                return True
        self._records.refused += 1
        return False

    def _mend(self, application: Application, wait: Wait, *, asks_form: bool) -> None:
        """The document filed again: what was noticed is put right, mostly."""
        if not asks_form:
            return
        key = (application.number, wait.id, "mends", application.visit("mended"))
        if application.noticed and share(self._seed, *key) < wait.mends_share:
            application.mended = True
            application.document = application.clean

    def _day_named(self, work: Work, path: str) -> int:
        """Ten in the morning of the day that an answer named, given.<input>.<field>."""
        _, input_id, name = path.split(".")
        day = str(work.answers(input_id).get(name) or work.today.isoformat())
        return self._staff.opening(dt.date.fromisoformat(day))[0] + TEN_IN_THE_MORNING


def _office(ways: Ways, role: str) -> bool:
    return ways.sides.get(role, "office") == "office"


def _place(whole: Whole, task: TaskState | None) -> tuple[int, int, str, str, str, str, str | None]:
    case = whole.case
    if task is None:
        return (case.id, 0, "", case.procedure, case.state, case.desk or "", None)
    return (case.id, task.number, task.kind, case.procedure, task.state, task.desk or "", task.post)
