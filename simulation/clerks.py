"""What a simulated person does with an item of the inbox: look, find out, choose among the events open to the post.

No outcome is drawn. Draws say whether a person notices what is wrong; what follows is what the declaration says.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from engine.actors import Actor
from engine.clock import civil_day
from engine.commands import Engine
from engine.errors import Refusal
from engine.options import Option
from engine.scope import check_results
from engine.store import OpenItem
from engine.work import Work
from procedures.plan import Established, Plan, Reply
from simulation.applications import Application
from simulation.draws import choose, share, whole

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Chosen:
    """The event a person means to let happen, and those to try when it is refused."""

    option: Option
    instead: tuple[Option, ...] = ()


class Clerk:
    """One person's hands and eyes for one procedure; all that is remembered is in the application's story."""

    def __init__(self, engine: Engine, plan: Plan, seed: int) -> None:
        self._engine = engine
        self._plan = plan
        self._seed = seed

    def examine(self, application: Application, item: OpenItem, actor: Actor) -> Chosen | None:
        """Look at an item and choose; None when nothing can be done with it today."""
        if item.task == 0:
            self._hear(application)
            self._look(application, item, actor)
            self._establish(application, item, actor)
        options = [o for o in self._engine.options(item.case_id, actor) if o.task == item.task]
        by_name = {option.event: option for option in options}
        wanted = self._wanted(application, item, actor)
        found = [by_name[name] for name in wanted if name in by_name]
        return Chosen(found[0], tuple(found[1:])) if found else None

    def do(self, application: Application, item: OpenItem, actor: Actor, chosen: Chosen) -> str | None:
        """The event that happened; None when every way was refused."""
        for option in (chosen.option, *chosen.instead):
            answers = self._answers(application, item, actor, option)
            try:
                self._engine.fire(item.case_id, option.event, actor, answers, task=option.task or None)
            except Refusal:
                continue
            return option.event
        return None

    def _wanted(self, application: Application, item: OpenItem, actor: Actor) -> list[str]:
        """Events in the order of preference: what a failed check calls for, then the usual way."""
        with self._engine.reading(item.case_id, actor) as work:
            if item.task:
                return self._on_route(application, item, work)
            results = check_results(work)
            checks = work.edition.procedure.checks
        here = [c.on_fail for c in checks if c.stage == item.state and results[c.id] is False]
        wanted = list(here)
        fault = application.fault
        if fault is not None and results.get(fault.check or "") is False:
            application.noticed = True
        if fault is not None and application.noticed:  # seen on the route: the stage of its check is long past
            wanted += [c.on_fail for c in checks if c.id == fault.check and c.stage != item.state]
        instead = [use for name in wanted for row in self._plan.otherwise if row.event == name for use in row.use]
        if fault is not None and application.visits.get("genuine"):
            instead, wanted = [use for row in self._plan.otherwise for use in row.use], []
        usual = [e for row in self._plan.usual if row.at == item.state for e in row.events]
        return list(dict.fromkeys([*wanted, *instead, *([] if here else usual)]))

    def _on_route(self, application: Application, item: OpenItem, work: Work) -> list[str]:
        """Endorse or decide as usual, unless the person notices what others have missed and can still be mended."""
        role, fault = item.desk, application.fault
        rows = [row for row in self._plan.usual if row.task == item.kind and row.role in {None, role}]
        usual = [event for row in rows for event in row.events]
        objections = [row.event for row in self._plan.objections if row.task == item.kind]
        known = fault is not None and check_results(work).get(fault.check or "") is False
        known = known or _refuses(work)
        if not objections or fault is None or known or not self._mendable(fault.check, work):
            return usual
        if application.noticed or self._notices(application, role, f"{item.kind} {item.task}"):
            application.noticed = True
            return objections + usual
        return usual

    def _mendable(self, check_id: str | None, work: Work) -> bool:
        """Whether the event that a failed check calls for can leave from where the draft was made."""
        drafted_in = work.whole.case.memo.get("proposal", {}).get("drafted_in", "")
        leaving = {event.id for event in work.edition.machine.leaving(drafted_in)}
        return any(c.id == check_id and c.on_fail in leaving for c in work.edition.procedure.checks)

    def _look(self, application: Application, item: OpenItem, actor: Actor) -> None:
        """Record what the person finds in the checks of this stage that are not yet passed."""
        with self._engine.reading(item.case_id, actor) as work:
            results = check_results(work)
            checks = [c for c in work.edition.procedure.checks if c.stage == item.state and c.passes is None]
        fault = application.fault
        found: dict[str, bool] = {}
        for check in checks:
            if fault is not None and fault.check == check.id and self._sees(application, item):
                found[check.id] = False
            elif results[check.id] is not True:
                found[check.id] = True
        changed = {name: passed for name, passed in found.items() if results[name] is not passed}
        if changed:
            self._engine.look(item.case_id, actor, changed)

    def _sees(self, application: Application, item: OpenItem) -> bool:
        """Whether the person sees the mistake: once noticed it stays noticed."""
        if not application.noticed:
            application.noticed = self._notices(application, item.desk, item.state)
        return application.noticed

    def _notices(self, application: Application, role: str, place: str) -> bool:
        chance = next((row.share for row in self._plan.noticing if row.role == role), 1.0)
        visit = application.visits.get(place, 0)
        return share(self._seed, application.number, "notices", role, place, visit) < chance

    def _establish(self, application: Application, item: OpenItem, actor: Actor) -> None:
        """Look up the facts that belong to this stage and are not known yet."""
        with self._engine.reading(item.case_id, actor) as work:
            known = set(work.whole.case.memo.get("facts", {}))
            declared = {fact.id for fact in work.edition.procedure.facts}
        rows = [r for r in self._plan.established if r.at == item.state and r.fact in declared - known]
        facts = {row.fact: self._fact(row, application) for row in rows}
        if application.visits.get("genuine") and application.fault is not None:
            brought = next(g.establishes for g in self._plan.genuine if g.error == application.fault.id)
            facts |= {name: value for name, value in brought.items() if name not in known}
        if facts:
            self._engine.establish(item.case_id, actor, facts)

    def _hear(self, application: Application) -> None:
        """What an answered inquiry brings out about a mistake: it is so, or there was none."""
        fault = application.fault
        if fault is None or not application.noticed or not application.visits.pop("heard", 0):
            return
        row = next((g for g in self._plan.genuine if g.error == fault.id), None)
        if row is not None and share(self._seed, application.number, "genuine") < row.share:
            application.visit("genuine")
        else:
            application.mended = True

    def _fact(self, row: Established, application: Application) -> object:
        if row.between is not None:
            return whole(*row.between, self._seed, application.number, row.fact)
        if row.shares:
            return _plain(choose(row.shares, self._seed, application.number, row.fact))
        return row.value

    def _answers(self, application: Application, item: OpenItem, actor: Actor, option: Option) -> dict[str, Any] | None:
        """What the person writes into the small form of the event."""
        if option.asks is None:
            return None
        rows = [r for r in self._plan.replies if r.input == option.asks and r.event in {None, option.event}]
        with self._engine.reading(item.case_id, actor) as work:
            answers: dict[str, Any] = {}
            for row in rows:
                answers[row.field] = self._reply(row, application, work, answers)
        return answers

    def _reply(self, row: Reply, application: Application, work: Work, answers: dict[str, Any]) -> object:
        today = civil_day(work.now)
        if row.cel is not None:
            return work.value(*row.cel.split(".")) if row.cel.startswith("rules.") else None
        if row.payment_day:
            first = str(work.value("rules", row.month_from) or "") if row.month_from else ""
            return next_payment_day(self._plan, work, today + ONE_DAY, first).isoformat()
        if row.month_before is not None:
            return _month_before(str(answers[row.month_before]))
        if row.opening_days is not None:
            return work.ports.calendar.add_open_days(today, row.opening_days).isoformat()
        if row.yes_share is not None:
            return share(self._seed, application.number, row.input, row.field) < row.yes_share
        return row.value


def _refuses(work: Work) -> bool:
    """Whether the draft on the route refuses: then nobody sends it back for a mistake in the papers."""
    outcome = work.edition.outcomes.get(work.whole.case.memo.get("proposal", {}).get("outcome", ""))
    return outcome is not None and outcome.reasons == "always"


def next_payment_day(plan: Plan, work: Work, after: dt.date, first_month: str = "") -> dt.date:
    """The first regular payment day from a day on by which a month is over; a closed day moves to the one before."""
    declared = plan.payment_days
    if declared is None:
        return after
    day = after
    while True:
        if day.month in declared.months:
            pays = work.ports.calendar.previous_open_day(day.replace(day=declared.day))
            if pays >= after and _month_before(pays.isoformat()) >= first_month:
                return pays
        day = (day.replace(day=1) + 32 * ONE_DAY).replace(day=1)


def _month_before(day: str) -> str:
    return (dt.date.fromisoformat(day).replace(day=1) - ONE_DAY).isoformat()[:7]


def _plain(text: str) -> object:
    if text in {"true", "false"}:
        return text == "true"
    return int(text) if text.isdigit() else text
