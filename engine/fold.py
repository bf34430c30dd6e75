"""The reducer: a case's present state is the fold of the effects recorded in its events, and nothing else.

A command applies its effects through this same function, so what is stored and what the log says cannot differ.
An effect is a JSON list whose first word names it; it carries all it needs, so folding asks no definition.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterable
from typing import Any

from engine.clock import civil_day
from engine.state import CaseState, ClockRun, LogRow, TaskState, TimerRun, Whole

Effect = list[Any]

RIPE = 9_999_999_999  # a timer that has run out and waits only for its event's condition


def fold(rows: Iterable[LogRow]) -> Whole | None:
    """The whole state that a history leads to; None for an empty history."""
    whole: Whole | None = None
    for row in rows:
        effects: list[Effect] = json.loads(row.effects)
        if whole is None:
            whole = Whole(_begin(row.case_id, effects[0][1], row.at))
            effects = effects[1:]
        for effect in effects:
            apply(whole, effect, row.at)
        whole.case.version = row.seq
        whole.case.head = row.hash
    return whole


def _begin(case_id: int, given: dict[str, Any], at: int) -> CaseState:
    return CaseState(id=case_id, state_since=at, opened_at=at, **given)


def begin(case_id: int, at: int, given: dict[str, Any]) -> tuple[Whole, Effect]:
    """A new case and the effect that says so."""
    return Whole(_begin(case_id, copy.deepcopy(given), at)), ["opened", given]


def apply(whole: Whole, effect: Effect, at: int) -> None:
    """Change the state as one effect says; `at` is the instant of its event."""
    _REDUCERS[effect[0]](whole, at, *effect[1:])


def _state(whole: Whole, at: int, state: str, desk: str | None) -> None:
    case = whole.case
    case.state, case.state_since, case.desk = state, at, desk


def _pin(whole: Whole, _at: int, edition: str, nature: str | None, priority: int) -> None:
    whole.case.edition, whole.case.nature, whole.case.priority = edition, nature, priority


def _migrated(whole: Whole, _at: int, _before: str, after: str) -> None:
    whole.case.edition = after


def _case_placed(whole: Whole, _at: int, given: dict[str, Any]) -> None:
    """Under another edition the same place may have another name or desk; how long the case is there stays."""
    for name, value in given.items():
        setattr(whole.case, name, value)


def _arrived(whole: Whole, at: int, since: int | None = None) -> None:
    whole.case.arrived_at = at if since is None else since  # a case opened in place of another keeps its date


def _outcome(whole: Whole, at: int, outcome: str, decided: bool) -> None:  # noqa: FBT001 - read from the log
    whole.case.outcome = outcome
    if decided:
        whole.case.decided_at = at


def _closed(whole: Whole, _at: int, closed: bool) -> None:  # noqa: FBT001 - read from the log
    whole.case.closed = closed


def _memo(whole: Whole, _at: int, section: str, key: str, value: object) -> None:
    part = whole.case.memo.setdefault(section, {})
    if value is None:
        part.pop(key, None)
    else:
        part[key] = value


def _draft(whole: Whole, _at: int, number: int, given: dict[str, Any]) -> None:
    drafts = whole.case.memo.setdefault("drafts", {})
    drafts[str(number)] = {**drafts.get(str(number), {}), **given}


def _task_opened(whole: Whole, at: int, number: int, kind: str, given: dict[str, Any]) -> None:
    own = {**given, "memo": dict(given.get("memo", {}))}  # what is recorded must not change with the task
    whole.tasks[number] = TaskState(whole.case.id, number, kind, state_since=at, opened_at=at, **own)


def _task_moved(whole: Whole, at: int, number: int, given: dict[str, Any]) -> None:
    task = whole.tasks[number]
    if given.get("state", task.state) != task.state:
        task.state_since = at
    for name, value in given.items():
        setattr(task, name, value)
    task.version += 1


def _task_placed(whole: Whole, _at: int, number: int, given: dict[str, Any]) -> None:
    task = whole.tasks[number]
    for name, value in given.items():
        setattr(task, name, value)
    task.version += 1


def _task_memo(whole: Whole, _at: int, number: int, key: str, value: object) -> None:
    whole.tasks[number].memo[key] = value


def _case_booked(whole: Whole, _at: int, meeting: str, on: str, place: int) -> None:
    whole.case.memo["meeting"] = {"id": meeting, "on": on, "place": place}


def _task_booked(whole: Whole, _at: int, number: int, meeting: str, on: str, place: int) -> None:
    whole.tasks[number].memo["meeting"] = {"id": meeting, "on": on, "place": place}


def _case_unbooked(whole: Whole, _at: int, held: bool) -> None:  # noqa: FBT001 - read from the log
    _unbooked(whole.case.memo, held=held)


def _task_unbooked(whole: Whole, _at: int, number: int, held: bool) -> None:  # noqa: FBT001 - read from the log
    _unbooked(whole.tasks[number].memo, held=held)


def _unbooked(memo: dict[str, Any], *, held: bool) -> None:
    """It waits for the meeting no more; one that was held is remembered, for the next has to be a later one."""
    was = memo.pop("meeting")
    if held:
        memo["met"] = {"id": was["id"], "on": was["on"]}


def _clock_started(whole: Whole, _at: int, clock: str, starts_on: str, due_on: str | None) -> None:
    whole.clocks[clock] = ClockRun(whole.case.id, clock, "running", starts_on, due_on)


def _clock_due(whole: Whole, _at: int, clock: str, due_on: str | None) -> None:
    whole.clocks[clock].due_on = due_on


def _clock_extended(whole: Whole, at: int, clock: str, until: str) -> None:
    run = whole.clocks[clock]
    run.memo["extensions"] = [*run.extensions, [civil_day(at).isoformat(), until]]
    run.due_on = until if run.state == "running" else None
    run.memo.pop("told", None)  # the new end has rungs of its own
    if run.breached:
        run.breached, run.memo["breaches"] = False, run.memo.get("breaches", 0) + 1


def _clock_told(whole: Whole, _at: int, clock: str, rungs: list[int], *_missed: bool) -> None:
    run = whole.clocks[clock]
    run.memo["told"] = [*run.memo.get("told", []), *rungs]


def _clock_paused(whole: Whole, at: int, clock: str, state: str | None = None) -> None:
    run = whole.clocks[clock]
    run.state, run.due_on = "paused", None
    if state is not None:
        run.memo["paused_in"] = [*run.memo.get("paused_in", []), state]
    run.pauses = [*run.pauses, [civil_day(at).isoformat(), None]]


def _clock_resumed(whole: Whole, at: int, clock: str, due_on: str | None) -> None:
    run = whole.clocks[clock]
    run.state, run.due_on = "running", due_on
    begun = run.pauses[-1][0] or ""
    run.pauses = [*run.pauses[:-1], [begun, max(begun, civil_day(at).isoformat())]]


def _clock_ended(whole: Whole, at: int, clock: str, state: str) -> None:
    run = whole.clocks[clock]
    run.state = "satisfied" if state == "satisfied" else "stopped"
    run.satisfied_on = civil_day(at).isoformat() if state == "satisfied" else None


def _clock_breached(whole: Whole, _at: int, clock: str) -> None:
    whole.clocks[clock].breached = True


def _timer_set(whole: Whole, _at: int, owner: int, event: str, due_at: int, turn: int) -> None:
    whole.timers[(owner, event)] = TimerRun(whole.case.id, owner, event, due_at, turn)


def _timer_dropped(whole: Whole, _at: int, owner: int, event: str) -> None:
    whole.timers.pop((owner, event), None)


def _destroyed(whole: Whole, at: int, reason: str, digests: dict[str, str]) -> None:
    whole.case.memo.setdefault("destroyed", {}).update({field: [at, reason] for field in digests})


def _recorded(_whole: Whole, _at: int, *_given: object) -> None:
    """A row of its own table says it; the case's state is not changed by it."""


_REDUCERS: dict[str, Callable[..., None]] = {
    "state": _state,
    "pin": _pin,
    "migrated": _migrated,
    "case.placed": _case_placed,
    "arrived": _arrived,
    "outcome": _outcome,
    "closed": _closed,
    "memo": _memo,
    "draft": _draft,
    "task+": _task_opened,
    "task": _task_moved,
    "task.placed": _task_placed,
    "task.memo": _task_memo,
    "case.booked": _case_booked,
    "task.booked": _task_booked,
    "case.unbooked": _case_unbooked,
    "task.unbooked": _task_unbooked,
    "clock+": _clock_started,
    "clock.due": _clock_due,
    "clock.extend": _clock_extended,
    "clock.told": _clock_told,
    "clock.pause": _clock_paused,
    "clock.resume": _clock_resumed,
    "clock.end": _clock_ended,
    "clock.breach": _clock_breached,
    "timer+": _timer_set,
    "timer-": _timer_dropped,
    "destroyed": _destroyed,
    "notice": _recorded,
    "number": _recorded,
    "registration": _recorded,
    "registration.set": _recorded,
    "link": _recorded,
    "signal": _recorded,
    "subjects": _recorded,
    "noted": _recorded,
}

CONCERNS = {name: name.partition(".")[0].rstrip("+-") for name in _REDUCERS}
"""What each kind of effect is about: a task, a clock, a timer or the case."""
