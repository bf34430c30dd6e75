"""Everybody outside the office: applicants who come, answer, change their minds; other offices and banks that reply."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from engine.actors import Actor
from engine.clock import civil_day
from engine.commands import Receipt
from engine.errors import Refusal
from engine.state import TaskState
from procedures.plan import Channel, Wait
from simulation.agenda import Kind
from simulation.applications import Application, arrival, schedule, write
from simulation.draws import around, share
from simulation.settings import Simulated, Stage

DAY = 86_400
TEN_IN_THE_MORNING = 5_400  # seconds after the office opens at half past eight


class World:
    """Plans what comes from outside, and lets it happen. `heard` is told every receipt."""

    def __init__(self, stage: Stage, heard: Callable[[Receipt], None]) -> None:
        self._agenda = stage.agenda
        self._engine = stage.engine
        self._staff = stage.staff
        self._simulated = stage.simulated
        self._settings = stage.settings
        self._records = stage.records
        self._heard = heard
        self.applications: dict[int, Application] = {}

    def plan_arrivals(self) -> None:
        """Plan every application of the period."""
        number, settings = 0, self._settings
        for name, one in sorted(self._simulated.items()):
            days = schedule(one.plan, settings.population, settings.first, settings.last, settings.seed, name)
            for day in days:
                number += 1
                self._plan_arrival(one, number, day)

    def expect_answers(self, application: Application, tasks: Mapping[int, TaskState]) -> None:
        """Plan what people outside will do about tasks that now wait for them."""
        plan = self._simulated[application.procedure].plan
        for number, task in sorted(tasks.items()):
            key = (number, task.state, task.state_since)
            for wait in plan.waits:
                if (
                    wait.task == task.kind
                    and wait.during == task.state
                    and task.open
                    and key not in application.replied
                ):
                    application.replied.add(key)
                    self._plan_answer(application, task, wait)

    def _plan_arrival(self, one: Simulated, number: int, day: dt.date) -> None:
        hours, calendar, settings = self._staff.hours, self._staff.calendar, self._settings
        channel, at = arrival(one.plan, day, number, settings.scenario, hours, calendar, settings.seed)
        self._agenda.at(at, Kind.ARRIVE, lambda: self._arrive(one, number, channel, at))

    def _arrive(self, one: Simulated, number: int, channel: Channel, at: int) -> None:
        seed = self._settings.seed
        document, clean, planted = write(one.plan, one.procedure, channel, number, civil_day(at), one.sample, seed)
        application = Application(number, one.procedure.id, channel, at, document, clean, planted)
        enters = channel.enters
        actor = Actor(enters, application.filer) if enters == "applicant" else one.somebody(enters, self._staff)
        opened = self._engine.open(one.procedure.id, actor, filer=application.filer)
        application.case_id = opened.case_id
        self.applications[opened.case_id] = application
        self._records.applications.append(application)
        submit = next(o for o in self._engine.options(opened.case_id, actor) if o.asks == "form")
        self._heard(self._engine.fire(opened.case_id, submit.event, actor, document))
        self._plan_acts(one, application)

    def _plan_acts(self, one: Simulated, application: Application) -> None:
        seed, number = self._settings.seed, application.number
        for act in one.plan.acts:
            if share(seed, number, "act", act.event) < act.share:
                after = round(around(act.days, 0.6, seed, number, "act", act.event) * DAY)
                self._agenda.at(application.arrives_at + after, Kind.REPLY, self._acting(application, act.event))

    def _acting(self, application: Application, event: str) -> Callable[[], None]:
        """Something an applicant does unasked; it may be too late for it."""
        one = self._simulated[application.procedure]
        row = next(e for e in one.procedure.events if e.id == event)
        answers = self._written(one, row.asks)
        filer = Actor("applicant", application.filer)

        def act() -> None:
            self._try(lambda: self._engine.fire(application.case_id, event, filer, answers))

        return act

    def _plan_answer(self, application: Application, task: TaskState, wait: Wait) -> None:
        key = (application.number, wait.id, task.number, application.visit(f"asked {wait.id}"))
        seed, asked = self._settings.seed, self._agenda.now
        if share(seed, *key, "never") < wait.never_share:
            return
        at = asked + round(around(wait.days, wait.spread, seed, *key, "days") * DAY)
        if wait.on is not None:
            at = max(asked + 3_600, self._day_named(application, wait.on))
        unlucky = wait.instead is not None and share(seed, *key, "instead") < wait.instead_share
        event, number = (wait.instead or wait.until) if unlucky else wait.until, task.number
        self._agenda.at(at, Kind.REPLY, lambda: self._answer(application, number, wait, event, asked))

    def _day_named(self, application: Application, path: str) -> int:
        """Ten in the morning of the day that an answer named, given.<input>.<field>."""
        _, input_id, name = path.split(".")
        with self._engine.reading(application.case_id) as work:
            day = str(work.answers(input_id).get(name) or work.today.isoformat())
        return self._staff.opening(dt.date.fromisoformat(day))[0] + TEN_IN_THE_MORNING

    def _answer(self, application: Application, number: int, wait: Wait, event: str, asked: int) -> None:
        one = self._simulated[application.procedure]
        row = next(e for e in one.procedure.tasks[wait.task].events if e.id == event)
        sides = {role.id: role.side for role in one.procedure.roles}
        role = next((r for r in row.by if sides.get(r) != "office"), row.by[0])
        person = application.filer if sides.get(role) == "citizen" else role
        mends = row.asks == "form"
        answers = self._mended(application, wait) if mends else self._written(one, row.asks)
        actor, case = Actor(role, person), application.case_id
        if self._try(lambda: self._engine.fire(case, event, actor, answers, task=number)):
            self._records.outside.append((application.procedure, wait.id, (self._agenda.now - asked) // DAY))
            if not mends:
                application.visit("heard")

    def _written(self, one: Simulated, input_id: str | None) -> dict[str, Any] | None:
        return {r.field: r.value for r in one.plan.replies if r.input == input_id} or None

    def _mended(self, application: Application, wait: Wait) -> dict[str, Any]:
        """The document filed again: what was noticed is put right, mostly."""
        key = (application.number, wait.id, "mends", application.visit("mended"))
        if application.noticed and share(self._settings.seed, *key) < wait.mends_share:
            application.mended = True
            application.document = application.clean
        return application.document

    def _try(self, command: Callable[[], Receipt]) -> bool:
        try:
            self._heard(command())
        except Refusal:
            self._records.refused += 1
            return False
        return True
