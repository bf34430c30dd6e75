"""The office floor: people take what lies first on their desk, work on it, and let an event happen.

The free person with the lowest number takes the item. What cannot be done today is laid aside until the next opening,
and each time nothing can be done for twice as long, up to eight opening days. Work under way at closing time goes on
when the person is next in; nobody is interrupted for something else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from engine.actors import Actor
from engine.clock import civil_day
from engine.errors import Refusal
from engine.store import OpenItem
from engine.work import Work
from procedures.plan import Plan
from procedures.plan_rows import ANY
from procedures.plan_rows import Work as Step
from simulation.agenda import Kind
from simulation.applications import WEEKDAYS, Application
from simulation.clerks import Chosen, Clerk
from simulation.desks import Desks, Errand, Place
from simulation.draws import around, share
from simulation.people import ONE_DAY, Person
from simulation.records import Interval
from simulation.settings import Stage

WAITING = frozenset({"waiting_applicant", "waiting_outside"})
DAY = 86_400
PATIENCE = 7 * DAY
LONGEST_ASIDE = 8
"""Opening days after which what could not be done is looked at again, at the latest."""


class Floor:
    """All people of the office at work. `changed` is told each case that somebody acted on."""

    def __init__(
        self,
        stage: Stage,
        applications: Mapping[int, Application],
        clerks: Mapping[str, Clerk],
        changed: Callable[[int], None],
    ) -> None:
        self._agenda = stage.agenda
        self._staff = stage.staff
        self._simulated = stage.simulated
        self._settings = stage.settings
        self._records = stage.records
        self._applications = applications
        self._clerks = clerks
        self._changed = changed
        self._desks = Desks(stage.staff.posts, stage.simulated)
        self._ready: dict[Place, int] = {}
        self._asleep: dict[Place, int] = {}
        self._nights: dict[tuple[Place, str], int] = {}
        self._waking: set[int] = set()
        self._seen: set[tuple[int, int, int]] = set()
        self._dirty: dict[str, bool] = dict.fromkeys(stage.staff.people, False)
        self._held: set[Place] = set()

    def see(self, work: Work) -> None:
        """Take note of what a case now has on the office's desks, and see to it that people look."""
        items, gone = self._desks.see(work.whole)
        for place in gone:
            self._asleep.pop(place, None)
            self._ready.pop(place, None)
        for item in items:
            kind = (work.edition.tasks[item.kind].states if item.kind else work.edition.machine.states)[item.state].kind
            if kind == "waiting_meeting":
                continue
            place = (item.case_id, item.task)
            if self._desks.handed_on(item):
                continue
            if item.since > self._ready.get(place, -1):
                self._ready[place] = item.since
                self._asleep.pop(place, None)
                ahead = self._ahead(item, kind)
                if ahead:
                    self._wait_first(item, ahead)
            if place not in self._held and self._asleep.get(place, 0) <= self._agenda.now:
                self._look_at_once(self._desks.put(item))

    def _ahead(self, item: OpenItem, kind: str) -> int:
        """The seconds until an item on a desk is for the office: an appointment ahead, patience with those outside."""
        application = self._applications[item.case_id]
        rows = (w for w in self._plan(application).waits if (w.task, w.during) == (item.kind, item.state))
        row = next(rows, None)
        if kind in WAITING:
            return PATIENCE
        if row is None:
            return 0
        key = (application.number, row.id, item.task, application.visit(f"ahead {row.id}"))
        days = around(row.days, row.spread, self._settings.seed, *key)
        self._records.outside.append((application.procedure, row.id, round(days)))
        return round(days * DAY)

    def _wait_first(self, item: OpenItem, ahead: int) -> None:
        """Leave alone for a while what lies on a desk of the office."""
        until = self._asleep[(item.case_id, item.task)] = item.since + ahead
        self._agenda.at(until, Kind.TIMER, lambda: self._changed(item.case_id))

    def errand(self, errand: Errand) -> None:
        """An appointment that has come: somebody of the office keeps it."""
        place = (errand.item.case_id, errand.item.task)
        self._desks.errands[place] = errand
        self._ready[place] = errand.item.since
        self._look_at_once(self._desks.put(errand.item))

    def _look_at_once(self, keys: Iterable[str]) -> None:
        for key in keys:
            self._dirty[key] = True
            self._wake_at(self._agenda.now if self._staff.is_open(self._agenda.now) else self._opening())

    def _opening(self) -> int:
        return self._staff.next_opening(self._agenda.now)

    def _wake_at(self, when: int) -> None:
        """See to it that the posts with something to look at do so at an instant."""
        if when not in self._waking:
            self._waking.add(when)
            self._agenda.at(when, Kind.ASSIGN, lambda: self._assign(when))

    def _assign(self, now: int) -> None:
        self._waking.discard(now)
        for key in self._staff.people:
            if self._dirty[key]:
                self._dirty[key] = False
                self._assign_post(key, now)

    def _assign_post(self, key: str, now: int) -> None:
        """Give what lies at a post to the people who are free; a post with nobody free looks again later."""
        person = self._staff.idle(key, now)
        later: set[int] = set()
        if person is None and not self._staff.is_open(now):
            later.add(self._opening())
        for _, item in list(self._desks.on(key)) if person else ():
            if not self._staff.is_open(now, key, item.procedure):
                later.add(self._staff.next_opening(now, key, item.procedure))
                continue
            if person is not None:
                self._begin(person, item, now)
                person = self._staff.idle(key, now)
            if person is None:
                break
        absent = self._desks.on(key) and not any(p.busy_with for p in self._staff.people[key])
        if absent and person is None:
            later.add(self._opening())
        for when in sorted(later):
            self._dirty[key] = True
            self._wake_at(when)

    def _begin(self, person: Person, item: OpenItem, now: int) -> None:
        application = self._applications[item.case_id]
        place = (item.case_id, item.task)
        person.busy_with = place
        self._held.add(place)
        self._desks.take(place)
        visit = application.visit(item.state if item.task == 0 else f"{item.kind}.{item.state}")
        errand = self._desks.errands.pop(place, None)
        rows = self._work_at(application, item, visit, person) if errand is None else []
        rows = [] if (*place, item.since) in self._seen else rows
        self._seen.add((*place, item.since))
        self._records.queue.append((person.key, self._ready.get(place, now), now))
        end = self._spend(person, item, rows, visit)
        if errand is None:
            self._agenda.at(end, Kind.COMPLETE, lambda: self._examined(person, item, None))
        else:
            self._agenda.at(end, Kind.COMPLETE, lambda: self._examined(person, item, errand.event))

    def _work_at(self, application: Application, item: OpenItem, visit: int, person: Person) -> Sequence[Step]:
        """The work of a place: by the rows about it, otherwise by the row for any other place."""
        kind = item.kind or None
        roles = self._simulated[item.procedure].roles[person.key]
        rows = [w for w in self._plan(application).work if w.by in {item.desk, ANY} or w.by in roles]
        here = [w for w in rows if (w.during, w.task) == (item.state, kind)]
        found = here or [w for w in rows if w.during == ANY][:1]
        return [w for w in found if visit == 1 or not w.first_visit_only]

    def _spend(self, person: Person, item: OpenItem, rows: Sequence[Step], visit: int) -> int:
        """Put the minutes of some steps into a person's days, one after the other; gives when they are done."""
        application = self._applications[item.case_id]
        at = start = self._agenda.now
        lay = start - self._ready.get((item.case_id, item.task), start)
        spread = self._plan(application).work_spread or 0.0
        for row in rows:
            key = (application.number, row.id, item.task, visit)
            usual = row.minutes(self._settings.scenario, application.channel.id)
            if not usual:
                continue  # a step that is done away with
            minutes = around(usual, spread, self._settings.seed, *key)
            wrong = row.goes_wrong.get(application.channel.id, 0.0)
            if wrong and share(self._settings.seed, *key, "goes wrong") < wrong:
                minutes += row.redo_minutes
            seconds = max(1, round(60 * minutes))
            began, (at, spent) = at, self._staff.finish(person, at, seconds, item.procedure)
            name = application.procedure
            done = Interval(name, item.case_id, row.id, person.key, seconds, lay, visit, tuple(spent), began)
            self._records.work.append(done)
            lay = 0
        return at

    def _examined(self, person: Person, item: OpenItem, event: str | None) -> None:
        """The looking is done: choose, and if the event itself takes work, do that first."""
        application = self._applications[item.case_id]
        chosen = self._choose(application, item, Actor(person.post, person.name), event)
        if chosen is None:
            self._lay_aside(person, item)
            return
        if chosen.by is not None:
            self._hand_on(person, item, chosen.event, chosen.by)
            return
        until = self._gathered(application, chosen)
        if until is not None:
            self._lay_aside(person, item, until)
            return
        rows = [w for w in self._plan(application).work if chosen.event in w.with_ and w.task in {None, item.kind}]
        if rows:
            end = self._spend(person, item, rows, application.visit(f"with {chosen.event}"))
            self._agenda.at(end, Kind.COMPLETE, lambda: self._act(person, item, chosen))
        else:
            self._act(person, item, chosen)

    def _choose(self, application: Application, item: OpenItem, actor: Actor, event: str | None) -> Chosen | None:
        try:
            return self._clerks[application.procedure].examine(application, item, actor, event)
        except Refusal:  # somebody outside moved the case meanwhile
            self._records.refused += 1
            return None

    def _act(self, person: Person, item: OpenItem, chosen: Chosen) -> None:
        application = self._applications[item.case_id]
        actor = Actor(person.post, person.name)
        if not self._clerks[application.procedure].do(application, item, actor, chosen):
            self._records.refused += 1
            self._lay_aside(person, item)
            return
        self._asleep.pop((item.case_id, item.task), None)
        if self._clerks[application.procedure].asks_around(application, item, chosen.event):
            self._lay_aside(person, item, self._agenda.now + PATIENCE)
            return
        self._free(person)
        self._changed(item.case_id)

    def _hand_on(self, person: Person, item: OpenItem, event: str, role: str) -> None:
        """What is ready, and for others to do, goes to their desk."""
        self._free(person)
        self.errand(Errand(item._replace(desk=role, since=self._agenda.now), event))

    def _gathered(self, application: Application, chosen: Chosen) -> int | None:
        """When the day comes for which an event is gathered; None when it is today or the event is not gathered."""
        row = next((b for b in self._plan(application).batches if b.event == chosen.event), None)
        today = civil_day(self._agenda.now)
        if row is None or self._settings.scenario not in row.scenarios:
            return None
        ahead = (WEEKDAYS.index(row.weekday) - today.weekday()) % 7
        day = self._staff.calendar.next_open_day(today + ahead * ONE_DAY)
        return None if day == today else self._staff.opening(day)[0]

    def _lay_aside(self, person: Person, item: OpenItem, until: int | None = None) -> None:
        """Nothing can be done with it today; it is looked at again later, or on a day named."""
        place = (item.case_id, item.task)
        again = until or self._later((place, item.state))
        self._asleep[place] = again
        self._free(person)
        self._changed(item.case_id)
        self._agenda.at(again, Kind.TIMER, lambda: self._changed(item.case_id))

    def _later(self, stuck: tuple[Place, str]) -> int:
        nights = self._nights[stuck] = min(2 * self._nights.get(stuck, 0), LONGEST_ASIDE) or 1
        day = self._staff.calendar.add_open_days(civil_day(self._agenda.now), nights)
        return self._staff.opening(day)[0]

    def _free(self, person: Person) -> None:
        if person.busy_with is not None:
            self._held.discard(person.busy_with)
        person.busy_with = None
        self._look_at_once([person.key])

    def _plan(self, application: Application) -> Plan:
        return self._simulated[application.procedure].plan
