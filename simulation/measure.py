"""From a run's log and records to its results: nothing is estimated, everything is counted."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.actors import SYSTEM
from engine.calendar import OpeningCalendar
from engine.clock import civil_day
from engine.definition import Procedure
from engine.state import CaseState, ClockRun, LogRow
from procedures.plan import Plan
from simulation.applications import Application
from simulation.case_spans import case_spans
from simulation.phases import phases_of, stays_of
from simulation.records import Records
from simulation.results import (
    Arrival,
    ChannelCases,
    Definition,
    Exchange,
    LeadTime,
    Limit,
    Move,
    Outcome,
    OutsideWait,
    Payments,
    PlantedError,
    ProcedureResults,
    StateCount,
    StepWork,
)

AT_REST = {"settled", "final"}
RESULTS = {"granted", "refused", "accepted"}


@dataclass(frozen=True)
class History:
    """One case as it ended, with its log and clocks."""

    case: CaseState
    log: Sequence[LogRow]
    clocks: dict[str, ClockRun]
    application: Application
    kinds: dict[int, str]
    paid: int = 0

    def entered(self) -> list[tuple[str, int]]:
        """Every state the case entered, with the instant, in order."""
        found = [(row.to_state, row.at) for row in self.log if row.task == 0 and row.event == "open"]
        moved = [r for r in self.log if r.task == 0 and r.kind in {"event", "auto", "timer", "signal"}]
        return found + [(row.to_state, row.at) for row in moved if row.to_state != row.from_state]


@dataclass
class Measured:
    """Counts of one procedure's histories."""

    procedure: Procedure
    plan: Plan
    calendar: OpeningCalendar
    behaviour: tuple[str, ...]
    versions: tuple[str, ...]
    posts: Mapping[str, str]
    histories: list[History] = field(default_factory=list)

    def results(self, records: Records) -> ProcedureResults:
        """Everything the report tells of the procedure."""
        return ProcedureResults(
            definition=Definition(
                self.procedure.id,
                self.procedure.number,
                self.procedure.title,
                "・".join(self.behaviour),
                self.versions,
            ),
            opened=len(self.histories),
            arrivals=self._arrivals(),
            states=self._states(),
            moves=self._moves(),
            outcomes=self._outcomes(),
            limits=self._limits(),
            leads=self._leads(),
            exchanges=self._exchanges(),
            errors=self._errors(),
            steps=self._steps(records),
            waits=self._waits(records),
            payments=self._payments(),
            phases=phases_of(self.procedure, {h.case.id: (h, at) for h, at in self._told()}),
            stays=stays_of(self.procedure, self._ends()),
            channels=self._channels(),
            spans=case_spans(self.procedure, self.histories, {h.case.id: at for h, at in self._told()}),
        )

    def _arrivals(self) -> tuple[Arrival, ...]:
        opened: Counter[tuple[str, str]] = Counter()
        arrived: Counter[tuple[str, str]] = Counter()
        for history in self.histories:
            key = (civil_day(history.case.opened_at).isoformat()[:7], history.application.channel.id)
            opened[key] += 1
            arrived[key] += history.case.arrived_at is not None
        labels = {history.application.channel.id: history.application.channel.label for history in self.histories}
        return tuple(Arrival(m, c, labels[c], opened[(m, c)], arrived[(m, c)]) for m, c in sorted(opened))

    def _channels(self) -> tuple[ChannelCases, ...]:
        """By channel, the cases with a mistake and those whose applicant was asked to correct something."""
        corrections = _corrections(self.procedure)
        found = []
        for one in {h.application.channel.id: h.application.channel for h in self.histories}.values():
            if one.enters == SYSTEM.post:
                continue  # nobody applied
            ours = [h for h in self.histories if h.application.channel.id == one.id]
            mistaken = sum(h.application.planted is not None for h in ours)
            corrected = sum(not corrections.isdisjoint(h.kinds.values()) for h in ours)
            online = one.at == "any_time"
            found.append(ChannelCases(one.id, one.label, online, len(ours), mistaken, corrected))
        return tuple(sorted(found, key=lambda row: row.channel))

    def _states(self) -> tuple[StateCount, ...]:
        now = Counter(history.case.state for history in self.histories)
        visits: Counter[str] = Counter()
        cases: defaultdict[str, set[int]] = defaultdict(set)
        for history in self.histories:
            for state, _ in history.entered():
                visits[state] += 1
                cases[state].add(history.case.id)
        rows = {state.id: state for state in self.procedure.states}
        return tuple(
            StateCount(s.id, s.label, s.kind in AT_REST, now[s.id], len(cases[s.id]), visits[s.id])
            for s in rows.values()
        )

    def _moves(self) -> tuple[Move, ...]:
        labels = {event.id: event.label for event in self.procedure.events}
        found = Counter(
            (row.from_state, row.to_state, labels[row.event])
            for history in self.histories
            for row in history.log
            if row.task == 0 and row.event in labels and row.from_state != row.to_state
        )
        return tuple(Move(*key, count) for key, count in sorted(found.items()))

    def _outcomes(self) -> tuple[Outcome, ...]:
        found = Counter(history.case.outcome for history in self.histories)
        rows = {row.id: row for row in self.procedure.outcomes}
        return tuple(Outcome(o.id, o.label, o.disposition, found[o.id]) for o in rows.values() if found[o.id])

    def _limits(self) -> tuple[Limit, ...]:
        found = []
        laws = {law.id: f"{law.act}{law.article}" for law in self.procedure.law}
        for name, clock in self.procedure.clocks.items():
            runs = [h.clocks[name] for h in self.histories if name in h.clocks]
            standard = clock.breach is None or clock.breach.severity == "warning"
            found.append(
                Limit(
                    name,
                    clock.label,
                    "standard" if standard else "statutory",
                    clock.limit.days or 30 * (clock.limit.months or 12 * (clock.limit.years or 0)),
                    clock.limit.unit,
                    laws.get(clock.law or "", ""),
                    clock.limit.assumption,
                    len(runs),
                    sum(run.overran for run in runs),
                )
            )
        return tuple(found)

    def _leads(self) -> tuple[LeadTime, ...]:
        """From arrival to the notice of the decision, or to the end where a procedure has no such notice."""
        first = next(iter(self.procedure.clocks), None)
        found = []
        for history, at in self._told():
            if history.case.arrived_at is None:
                continue
            start, end = civil_day(history.case.arrived_at), civil_day(at)
            run = history.clocks.get(first or "")
            found.append(
                LeadTime(
                    str(history.case.id),
                    (end - start).days,
                    self.calendar.open_days_between(start, end),
                    (end - start).days - _paused(run),
                    bool(run and run.overran),
                )
            )
        return tuple(found)

    def _told(self) -> list[tuple[History, int]]:
        """The cases that came to their notice, or to an end that is none of nothing, with the instant."""
        told = {event.to for event in self.procedure.events if event.to and self._issues(event.id)}
        ends = told or {state.id for state in self.procedure.states if state.result in RESULTS}
        first = (
            (history, next((at for state, at in history.entered() if state in ends), None))
            for history in self.histories
        )
        return [(history, at) for history, at in first if at is not None]

    def _ends(self) -> list[tuple[History, int | None]]:
        """Every case with the instant of its notice."""
        told = {history.case.id: at for history, at in self._told()}
        return [(history, told.get(history.case.id)) for history in self.histories]

    def _issues(self, event: str) -> bool:
        return any(row.id == event and row.issues for row in self.procedure.effects)

    def _exchanges(self) -> tuple[Exchange, ...]:
        """Tasks that wait for somebody outside: asked, answered, closed without an answer."""
        found = []
        for kind, task in self.procedure.tasks.items():
            waiting = {s.id for s in task.states if s.kind in {"waiting_applicant", "waiting_outside"}}
            if task.states[0].id not in waiting or task.many:
                continue
            done = {s.id for s in task.states if s.kind == "done"}
            ends = [_task_end(history.log, kind) for history in self.histories]
            asked = [end for per_case in ends for end in per_case]
            answered = sum(state in done for state, _ in asked)
            unanswered = sum(state not in done and closed for state, closed in asked)
            found.append(Exchange(kind, task.label, len(asked), answered, unanswered))
        return tuple(found)

    def _errors(self) -> tuple[PlantedError, ...]:
        found = []
        for row in self.procedure.common_errors:
            ours = [h for h in self.histories if h.application.planted and h.application.planted.id == row.id]
            noticed = sum(h.application.noticed for h in ours)
            slipped = sum(not h.application.noticed and h.case.decided_at is not None for h in ours)
            if ours:
                found.append(PlantedError(row.id, row.says, len(ours), noticed, slipped))
        return tuple(found)

    def _steps(self, records: Records) -> tuple[StepWork, ...]:
        found = []
        for row in self.plan.work:
            ours = [w for w in records.work if w.procedure == self.procedure.id and w.step == row.id]
            repeats = len(ours) - len({w.case_id for w in ours})
            worked, waited = sum(w.seconds for w in ours), sum(w.waited for w in ours)
            post = [self.posts.get(key, key) for key, _ in Counter(w.post for w in ours).most_common(1)]
            found.append(StepWork(row.id, row.label, post[0] if post else row.by, len(ours), repeats, worked, waited))
        return tuple(found)

    def _waits(self, records: Records) -> tuple[OutsideWait, ...]:
        rows = []
        for wait in self.plan.waits:
            days = [d for name, kind, d in records.outside if name == self.procedure.id and kind == wait.id]
            if days:
                rows.append(OutsideWait(wait.id, wait.label, tuple(days)))
        return tuple(rows)

    def _payments(self) -> Payments:
        rows = self.plan.payment_days
        if rows is None:
            return Payments()
        made = sum(_count(h.log, rows.paid, rows.task, h) for h in self.histories)
        returned = sum(_count(h.log, rows.returned, rows.task, h) for h in self.histories)
        return Payments(made, sum(h.paid for h in self.histories), returned)


def _paused(run: ClockRun | None) -> int:
    """The civil days a clock stood still: from the day after each pause began to its last day."""
    spans = run.pauses if run else []
    return sum((dt.date.fromisoformat(b) - dt.date.fromisoformat(a)).days for a, b in spans if a and b)


def _task_end(log: Iterable[LogRow], kind: str) -> list[tuple[str, bool]]:
    """Of each task of a kind: the state it ended in, and whether it was closed."""
    ends: dict[int, tuple[str, bool]] = {}
    for row in log:
        for effect in json.loads(row.effects):
            _follow(ends, effect, kind)
    return list(ends.values())


def _follow(ends: dict[int, tuple[str, bool]], effect: list[Any], kind: str) -> None:
    if effect[0] == "task+" and effect[2] == kind:
        ends[effect[1]] = (effect[3]["state"], False)
    elif effect[0] == "task" and effect[1] in ends:
        state, closed = ends[effect[1]]
        ends[effect[1]] = (effect[2].get("state", state), closed or effect[2].get("open") is False)


def _count(log: Iterable[LogRow], event: str, kind: str, history: History) -> int:
    return sum(row.event == event and history.kinds.get(row.task) == kind for row in log)


def _corrections(procedure: Procedure) -> set[str]:
    """The kinds of tasks in which an applicant mends something: a failed check opens them, and they wait for them."""
    on_fail = {check.on_fail for check in procedure.checks}
    opened = {kind for effect in procedure.effects if effect.id in on_fail for kind in effect.opens}
    return {kind for kind in opened if procedure.tasks[kind].states[0].kind == "waiting_applicant"}
