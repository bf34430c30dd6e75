"""Those who apply: when they come, what they do unasked, and what registers report of them meanwhile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from engine.actors import SYSTEM, Actor
from engine.clock import civil_day
from engine.commands import Receipt
from engine.definition.rows import State
from engine.delivery import register_event
from engine.edition import Edition
from engine.errors import Refusal
from engine.opening import ANYONE
from engine.people import Person
from engine.work import Work
from procedures.plan_rows import Arrivals, Channel
from simulation.agenda import Kind
from simulation.applications import Application, arrival, instant, schedule, write
from simulation.draws import around, share, whole
from simulation.settings import Simulated, Stage

DAY = 86_400
SURGE, OPENED, OPENED_EACH = 250_000, 750_000, 100_000
EACH = 1_000_000
"""Numbers kept for the applications of one procedure, so that another procedure beside it changes no luck."""
FROM_OTHERS = Channel(id="signal", label="ほかの手続・公簿から", at="any_time", enters="system", as_is=0, to_be=0)


class World:
    """Plans what applicants do, and lets it happen. `heard` is told every case in which something happened.

    `coming` counts the applications that are planned and have not come yet.
    """

    def __init__(self, stage: Stage, heard: Callable[[int], None]) -> None:
        self._agenda = stage.agenda
        self._engine = stage.engine
        self._staff = stage.staff
        self._simulated = stage.simulated
        self._settings = stage.settings
        self._records = stage.records
        self._heard = heard
        self.applications: dict[int, Application] = {}
        self.coming = 0
        self._filed: dict[str, list[Application]] = {}

    def plan_arrivals(self) -> None:
        """Plan every application of the period."""
        settings = self._settings
        for name, one in sorted(self._simulated.items()):
            for number, day in enumerate(self._days(one.plan.arrivals, name), _first_number(one)):
                if one.procedure.has_version(day):  # nobody applies before there is a law to apply under
                    self._plan_arrival(one, number, day)
            self._plan_opened(one)
        surge = settings.surge
        if surge is not None:
            one = self._simulated[surge.procedure]
            more = replace(one, plan=one.plan.model_copy(update={"answers": surge.answers + one.plan.answers}))
            for number, day in enumerate(surge.days(settings.first), _first_number(one) + SURGE):
                self._plan_arrival(more, number, day)

    def _days(self, arrivals: Arrivals | None, name: str) -> list[dt.date]:
        settings = self._settings
        return schedule(arrivals, settings.population, settings.first, settings.last, settings.seed, name)

    def _plan_opened(self, one: Simulated) -> None:
        """Plan every case that a register opens, spread over the year as the applications are."""
        arrivals = one.plan.arrivals
        for place, row in enumerate(one.plan.opened if arrivals else ()):
            many = arrivals.model_copy(update={"per_year": row.per_year}) if arrivals else None
            begin = _first_number(one) + OPENED + place * OPENED_EACH
            for number, day in enumerate(self._days(many, f"{one.procedure.id} {row.id}"), begin):
                if one.procedure.has_version(day):
                    self._plan_arrival(one, number, day, row.channel)

    def adopt(self, work: Work) -> Application | None:
        """The story of a case that another one opened; None for a procedure that nobody works on here."""
        case = work.whole.case
        one = self._simulated.get(case.procedure)
        if one is None:
            return None
        number = _first_number(one) + EACH // 2 + case.id
        document = work.answers("form") or one.sample(number, {}, work.today)
        made = Application(number, case.procedure, FROM_OTHERS, self._agenda.now, document, document, who=case.filer)
        made.case_id = case.id
        self.applications[case.id] = made
        self._records.applications.append(made)
        if work.case_state.kind == "initial":
            after = round(around(7, 0.7, self._settings.seed, number, "files") * DAY)
            self._agenda.at(self._agenda.now + after, Kind.ARRIVE, lambda: self._hand_in(made))
        return made

    def _plan_arrival(self, one: Simulated, number: int, day: dt.date, way: Channel | None = None) -> None:
        hours, calendar, settings = self._staff.hours, self._staff.calendar, self._settings
        self.coming += 1
        if way is None:
            channel, at = arrival(one.plan, day, number, settings.scenario, hours, calendar, settings.seed)
        else:
            channel, at = way, instant(way, day, number, hours, calendar, settings.seed)
        self._agenda.at(at, Kind.ARRIVE, lambda: self._arrive(one, number, channel, at))

    def _arrive(self, one: Simulated, number: int, channel: Channel, at: int) -> None:
        self.coming -= 1
        seed, day = self._settings.seed, civil_day(at)
        before = self._returning(one)
        person = _same_person(one, before) if before else None
        document, clean, planted = write(one.plan, one.procedure, channel, number, day, one.sample, seed, person)
        application = Application(number, one.procedure.id, channel, at, document, clean, planted)
        application.who = before.filer if before else ""
        state, actor = self._opener(one, application, channel.enters)
        opened = self._engine.open(one.procedure.id, actor, state=state.id, filer=application.filer)
        application.case_id = opened.case_id
        self.applications[opened.case_id] = application
        self._filed.setdefault(one.procedure.id, []).append(application)
        self._records.applications.append(application)
        self._hand_in(application, actor)
        self._plan_acts(one, application)
        self._plan_register_events(one, application)

    def _opener(self, one: Simulated, application: Application, enters: str) -> tuple[State, Actor]:
        """Where a case begins and who opens it: whoever the channel says, or whoever may."""
        edition = self._edition(one)
        states = edition.initial()
        found = next((s for s in states if enters in (s.opened_by or ANYONE)), states[0])
        openers = found.opened_by or ANYONE
        role = enters if enters in openers else openers[0]
        return found, self._actor(one, application, role)

    def _actor(self, one: Simulated, application: Application, role: str) -> Actor:
        sides = {row.id: row.side for row in one.procedure.roles}
        if role == SYSTEM.post:
            return SYSTEM
        if sides.get(role) == "office":
            return one.somebody(role, self._staff)
        return Actor(role, application.filer if sides.get(role) == "citizen" else role)

    def _hand_in(self, application: Application, actor: Actor | None = None) -> None:
        """Let the event happen that asks for the form where the case begins; a refused document is put right once."""
        somebody = actor or Actor("applicant", application.filer)
        options = self._engine.options(application.case_id, somebody)
        submit = next((o for o in options if o.asks == "form"), None)
        if submit is not None:
            for document in (application.document, application.clean):
                application.document = document
                if self._try(lambda: self._engine.fire(application.case_id, submit.event, somebody, document)):  # noqa: B023 - called at once
                    break
        elif options and actor is not None and options[0].asks is None:
            self._try(lambda: self._engine.fire(application.case_id, options[0].event, somebody))
        self._heard(application.case_id)

    def _returning(self, one: Simulated) -> Application | None:
        """Somebody whom another procedure registered and who has not come back yet, if this one is for such people."""
        of = one.plan.arrivals.of if one.plan.arrivals else None
        for former in self._filed.get(of or "", ()):
            if former.visits.get("came back") is None and self._registered(former):
                former.visit("came back")
                return former
        return None

    def _registered(self, application: Application) -> bool:
        """Whether something is registered that came of his case and lives."""
        with self._engine.store.reading() as tx:
            return any(one.ended_at is None for one in tx.registrations(application.case_id))

    def _plan_acts(self, one: Simulated, application: Application) -> None:
        seed, number = self._settings.seed, application.number
        events = {event.id: event for event in one.procedure.events}
        for act in one.plan.acts:
            if act.event in events and share(seed, number, "act", act.event) < act.share:
                after = round(around(act.days, 0.6, seed, number, "act", act.event) * DAY)
                self._agenda.at(application.arrives_at + after, Kind.REPLY, self._acting(application, act.event))

    def _acting(self, application: Application, event: str) -> Callable[[], None]:
        """Something an applicant does unasked; it may be too late for it."""
        one = self._simulated[application.procedure]
        row = next(e for e in one.procedure.events if e.id == event)
        answers = {r.field: r.value for r in one.plan.replies if r.input == row.asks} or None
        filer = Actor("applicant", application.filer)

        def act() -> None:
            if self._try(lambda: self._engine.fire(application.case_id, event, filer, answers)):
                self._heard(application.case_id)

        return act

    def _plan_register_events(self, one: Simulated, application: Application) -> None:
        known = {row.event or row.id for row in one.procedure.signals if row.register_ is not None}
        seed, number = self._settings.seed, application.number
        for row in one.plan.register_events:
            if row.event in known and share(seed, number, "register", row.event) < row.share:
                after = whole(1, row.within_days, seed, number, "register day", row.event) * DAY
                self._agenda.at(application.arrives_at + after, Kind.REPLY, self._reporting(application, row.event))

    def _reporting(self, application: Application, event: str) -> Callable[[], None]:
        """What a register reports of somebody, to every case that concerns him."""

        def report() -> None:
            day, number = civil_day(self._agenda.now), f"{event}-{application.number}"
            register_event(self._engine, number, event, Person(id=application.filer), day, {})
            self._records.reported[event] += 1
            self._heard(application.case_id)

        return report

    def _edition(self, one: Simulated) -> Edition:
        return self._engine.ports.definitions.edition(one.procedure.id, civil_day(self._agenda.now))

    def _try(self, command: Callable[[], Receipt]) -> bool:
        try:
            command()
        except Refusal:
            self._records.refused += 1
            return False
        return True


def _first_number(one: Simulated) -> int:
    return one.procedure.number * EACH + 1


def _same_person(one: Simulated, before: Application) -> dict[str, Any]:
    """Who it is, by the paths of this procedure's form: as the former application named him."""
    subject = one.procedure.subjects.get("person", "")
    if not isinstance(subject, str) or not subject:
        return {}
    path = subject.removeprefix("form.")
    given = _record(before.document, path)
    return {f"{path}.{name}": given[name] for name in ("name_kana", "birth_date") if name in given}


def _record(document: Any, path: str) -> dict[str, Any]:  # noqa: ANN401 - any part of a document
    for name in path.split("."):
        document = document.get(name) if isinstance(document, dict) else None
    return document if isinstance(document, dict) else {}
