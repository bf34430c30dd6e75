"""What a simulated person does with an item of the inbox: look, find out, choose among the events open to the post.

No outcome is drawn. Draws say whether a person notices what is wrong and what a register says; what follows is what the
declaration says.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.actors import Actor, roles_of
from engine.commands import Engine, Receipt
from engine.definition.rows import Event
from engine.errors import BadAnswers, Refusal
from engine.moves import machine_of
from engine.scope import check_results
from engine.standing import objection
from engine.state import TaskState
from engine.store import OpenItem
from engine.work import Work
from procedures.plan import Plan
from simulation.applications import Application
from simulation.draws import choose
from simulation.eyes import MOST_TIMES, Eyes
from simulation.means import Search
from simulation.papers import Papers
from simulation.ways import Place, Ways

MANY_TIMES = 40
"""How often one event of a case happens at most by the same people's hands; what repeats by law repeats less often."""
SOON = 7
"""Days before the end of a period from which on it is prolonged, where the declaration does not say."""


@dataclass(frozen=True)
class Chosen:
    """The event a person means to let happen, with what must be known for it and what is written.

    `by` is the role to whom the person hands it on, where it is for others to do. Without an event, what is found out
    is enough.
    """

    event: str
    facts: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Any] | None = None
    by: str | None = None


class Clerk:
    """One person's hands and eyes for one procedure; all that is remembered is in the application's story.

    Args:
        filled: the roles that some post of the office fills.
    """

    def __init__(self, engine: Engine, plan: Plan, papers: Papers, seed: int, filled: Collection[str]) -> None:
        self._engine = engine
        self._plan = plan
        self._papers = papers
        self._seed = seed
        self._filled = filled
        self._search = Search()
        self._eyes = Eyes(plan, papers, self._search, seed)
        self._ways: dict[str, Ways] = {}

    def examine(
        self, application: Application, item: OpenItem, actor: Actor, event: str | None = None
    ) -> Chosen | None:
        """Look at an item and choose; None when nothing can be done with it today.

        Args:
            event: the one that is meant, where there is nothing to choose.
        """
        if item.task == 0:
            self._eyes.hear(application)
        with self._engine.reading(item.case_id, actor) as work:
            facts = self._eyes.to_establish(application, item, work)
            looks = {} if facts else self._eyes.to_record(application, item, work)
            if not facts and not looks:
                return self._choice(application, item, work, event)
        if facts:
            self._try(lambda: self._engine.establish(item.case_id, actor, facts))
            with self._engine.reading(item.case_id, actor) as work:
                looks = self._eyes.to_record(application, item, work)
        if looks:
            self._try(lambda: self._engine.look(item.case_id, actor, looks))
        with self._engine.reading(item.case_id, actor) as work:
            return self._choice(application, item, work, event)

    def _choice(self, application: Application, item: OpenItem, work: Work, event: str | None) -> Chosen | None:
        wanted = [event] if event else self.wanted(application, item, work)
        return next(self._possible(application, item, work, wanted), None)

    def do(self, application: Application, item: OpenItem, actor: Actor, chosen: Chosen) -> bool:
        """Whether the event happened."""
        try:
            if chosen.facts:
                self._engine.establish(item.case_id, actor, chosen.facts)
            if chosen.event:
                self._fire(item, actor, chosen)
        except Refusal:
            application.visit(f"refused {item.task} {chosen.event}")
            return False
        application.visit(f"did {item.task} {chosen.event}")
        return True

    def _fire(self, item: OpenItem, actor: Actor, chosen: Chosen) -> None:
        """Let the event happen; what else must be written for it is filled in when it is asked for."""
        task = item.task or None
        try:
            self._engine.fire(item.case_id, chosen.event, actor, chosen.answers, task=task)
        except BadAnswers as bad:
            missing = [problem.pointer.removeprefix("/") for problem in bad.problems]
            with self._engine.reading(item.case_id, actor) as work:
                row = machine_of(work, work.whole.tasks.get(item.task)).events[chosen.event]
                full = self._search.filled(work, row, chosen.answers or {}, missing)
            self._engine.fire(item.case_id, chosen.event, actor, full, task=task)

    def asks_around(self, application: Application, item: OpenItem, event: str) -> bool:
        """Whether an event that leaves the case where it is asks somebody about what a person found wrong."""
        if item.task or not event:
            return False
        with self._engine.reading(item.case_id) as work:
            checks = [c for c in work.edition.procedure.checks if c.on_fail == event and c.passes is None]
            stays = work.edition.machine.events[event].to is None
        if stays and checks:
            application.visit("heard")
        return stays and bool(checks)

    def ways(self, work: Work) -> Ways:
        """The ways through the edition of a case."""
        if work.edition.hash not in self._ways:
            self._ways[work.edition.hash] = Ways(work.edition)
        return self._ways[work.edition.hash]

    def _possible(self, application: Application, item: OpenItem, work: Work, wanted: list[str]) -> Iterator[Chosen]:
        """The events wanted that can happen, with the means for each, the most wanted first."""
        task = work.whole.tasks.get(item.task)
        if (task.state if task else work.whole.case.state) != item.state:
            return  # somebody else was first
        roles = roles_of(work.actor, work.edition.procedure, work.ports.municipality)
        leaving = {event.id: event for event in machine_of(work, task).leaving(item.state)}
        known = self._papers.facts_known(application, work)
        calls = {check.on_fail for check in work.edition.procedure.checks}
        later: list[str] = []
        for name in wanted:
            event = leaving.get(name)
            if event is not None and event.auto:
                yield from self._brought_about(work, event, task, known)
                continue
            if event is None or objection(work, event, task, roles) is not None or _too_early(work, event):
                continue
            other = None if roles & set(event.by) else self._colleague(event)
            if other is None and not roles & set(event.by):
                continue
            done, refused = (application.visits.get(f"{how} {item.task} {name}", 0) for how in ("did", "refused"))
            most = MOST_TIMES if event.id in calls or event.to is None else MANY_TIMES
            if done >= most:
                continue
            if refused > MOST_TIMES and name in wanted[:-1]:
                later.append(name)  # others first: it may be possible another day
                continue
            said = self._papers.said(application, work, event)
            means = self._search.for_event(work, event, task, known, said)
            if means is not None:
                written = self._papers.whole(application, work, event, means.answers)
                yield Chosen(name, means.facts, written, other)
        if later:
            yield from self._possible(application, item, work, later)

    def _brought_about(
        self, work: Work, event: Event, task: TaskState | None, known: Mapping[str, Any]
    ) -> Iterator[Chosen]:
        """What must be found out so that something happens by itself."""
        means = self._search.for_event(work, event, task, known, {})
        if means is not None and means.facts:
            yield Chosen("", means.facts)

    def _colleague(self, event: Event) -> str | None:
        """The role of the office that may let an event happen, if any post fills it."""
        return next((role for role in event.by if role in self._filled), None)

    def wanted(self, application: Application, item: OpenItem, work: Work) -> list[str]:
        """Events in the order of preference: what a failed check calls for, then the usual way, then giving up."""
        way = self.ways(work).at(item.state, item.kind)
        usual = [e for row in self._plan.usual if _is_for(row.at, row.task, row.role, item) for e in row.events]
        usual = [*self._drawn(application, item), *usual, *self._leading_on(work, item, way)]
        last = [event.id for event in (*way.by_itself, *way.aside, *way.giving_up)]
        if item.task:
            return list(dict.fromkeys([*self._on_route(application, item, work), *usual, *last]))
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
        return list(dict.fromkeys([*wanted, *instead, *usual, *last]))

    def _leading_on(self, work: Work, item: OpenItem, way: Place) -> list[str]:
        """What leads on, and before it the events that ask for what its condition reads and nobody has given yet."""
        given = work.whole.case.memo.get("given", {})
        found: list[str] = []
        for event in way.onward:
            path = ("tasks", item.kind, "events", event.id, "when") if item.task else ("events", event.id, "when")
            asked = self._search.inputs_behind(work, path) - given.keys()
            found += [other.id for other in way.stays if other.asks in asked]
            found.append(event.id)
        return found

    def _drawn(self, application: Application, item: OpenItem) -> list[str]:
        """The event drawn for this place, where a plan gives shares; the same however often it is looked at."""
        place = item.state if item.task == 0 else f"{item.kind}.{item.state}"
        row = next((r for r in self._plan.chooses if (r.at, r.task or "") == (item.state, item.kind)), None)
        if row is None:
            return []
        times = sum(application.visits.get(f"did {item.task} {event}", 0) for event in row.shares)
        return [choose(row.shares, self._seed, application.number, "chooses", place, times)]

    def _on_route(self, application: Application, item: OpenItem, work: Work) -> list[str]:
        """What somebody who notices what others have missed, and what can still be mended, does first."""
        fault = application.fault
        objections = [row.event for row in self._plan.objections if row.task == item.kind]
        known = fault is not None and check_results(work).get(fault.check or "") is False
        if not objections or fault is None or known or _refuses(work) or not _mendable(fault.check, work):
            return []
        if application.visits.get("objected"):
            return []
        if application.noticed or self._eyes.notices(application, item.desk, f"{item.kind} {item.task}"):
            application.noticed = True
            application.visit("objected")
            return objections
        return []

    def _try(self, command: Callable[[], Receipt]) -> None:
        """Somebody else may have the say over a check or fact; then it stays as it is."""
        try:
            command()
        except Refusal:
            return


def _is_for(at: str | None, task: str | None, role: str | None, item: OpenItem) -> bool:
    """Whether a row is about the place of an item and the role at whose desk it lies."""
    here = task == item.kind if item.task else at == item.state
    return here and role in {None, item.desk}


def _too_early(work: Work, event: Event) -> bool:
    """Whether an event would prolong a period that is not about to end."""
    for name, clock in work.edition.procedure.clocks.items():
        if clock.extended_by is not None and clock.extended_by.event == event.id:
            run = work.whole.clocks.get(name)
            before = max(clock.due.days_before) if clock.due else SOON
            if run is None or run.due_on is None or (dt.date.fromisoformat(run.due_on) - work.today).days > before:
                return True
    return False


def _mendable(check_id: str | None, work: Work) -> bool:
    """Whether the event that a failed check calls for can leave from where the draft was made."""
    drafted_in = work.whole.case.memo.get("proposal", {}).get("drafted_in", "")
    leaving = {event.id for event in work.edition.machine.leaving(drafted_in)}
    return any(c.id == check_id and c.on_fail in leaving for c in work.edition.procedure.checks)


def _refuses(work: Work) -> bool:
    """Whether the draft on the route refuses: then nobody sends it back for a mistake in the papers."""
    outcome = work.edition.outcomes.get(work.whole.case.memo.get("proposal", {}).get("outcome", ""))
    return outcome is not None and outcome.reasons == "always"
