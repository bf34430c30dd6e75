"""Taking a case as it stands into another edition: where each thing finds its place, and what has none there."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Literal

from engine import clockwork, rungs, timers
from engine.clockwork import ENDED
from engine.edition import Edition
from engine.errors import NotPossibleNow
from engine.tasks import DONE, desk_of, is_live

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.definition.rows import State
    from engine.machine import Machine
    from engine.state import TaskState
    from engine.work import Work


Reason = Literal["closed", "ended", "decided", "drafted", "state", "task", "clock", "destroyed", "answers", "other_day"]


class CannotMove(NotPossibleNow):
    """The case stays where it is; `reason` says why in one word, the sentences in many."""

    def __init__(self, reason: Reason, ja: str, en: str, **facts: object) -> None:
        super().__init__(ja, en, reason=reason, **facts)
        self.reason: Reason = reason


class Names:
    """What the states, tasks and answers of earlier editions are called in this one."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._rows = {(row.kind, row.of, row.was): row.now for row in edition.procedure.renames}
        self.fields = {row.was: row.now for row in edition.procedure.renames if row.kind == "field"}

    def state(self, state: str) -> State | None:
        """The row of what a state of the case is here; None when it is nothing here."""
        return _row(self._edition.machine, state, self._rows.get(("state", None, state)))

    def kind(self, kind: str) -> str:
        """The kind of task that a kind of an earlier edition is here; one without any states is there no more."""
        machine = self._edition.tasks.get(kind)
        return kind if machine and machine.states else self._rows.get(("task", None, kind), kind)

    def task_state(self, task: TaskState) -> State | None:
        """The row of what the state of a task is here; None when the kind or the state is nothing here."""
        kind = self.kind(task.kind)
        machine = self._edition.tasks.get(kind)
        return _row(machine, task.state, self._rows.get(("state", kind, task.state))) if machine else None


def _row(machine: Machine, state: str, renamed: str | None) -> State | None:
    """A state under its own name, where there is one of that name; otherwise under its new one."""
    return machine.states.get(state) or machine.states.get(renamed or "")


def homeless(work: Work, edition: Edition) -> Iterator[tuple[TaskState | None, str]]:
    """What of the case has no place in an edition: the case itself as None, or a task, each with its label.

    A state that decides or ends a case is no place for one that has not come there by an event.
    """
    names = Names(edition)
    row = names.state(work.whole.case.state)
    if row is None or _turns(row) != _turns(work.case_state):
        yield None, work.case_state.label
    for _, task in sorted(work.whole.tasks.items()):
        if names.task_state(task) is None:
            yield task, work.edition.tasks[task.kind].states[task.state].label


def _turns(state: State) -> tuple[bool, bool, bool]:
    """Whether a state is one of those that something happens on entering: a route opens, or the case has an end."""
    return (state.kind == "deciding", state.kind in {"settled", "final"}, state.decided)


def carry_over(work: Work, edition: Edition) -> None:
    """Take the case into an edition that has a place for it.

    What it waits for keeps its end: a period that runs goes on as it was begun. What only the new edition knows is
    counted from now on, and what only the former one knew stops.
    """
    former = work.edition
    lasting = _timed(work, former)
    for name in sorted(set(work.whole.clocks) - set(edition.procedure.clocks)):
        if work.whole.clocks[name].state not in ENDED:
            work.do("clock.end", name, "stopped")
            _drop(work, 0, f"clock:{name}")
            _drop(work, 0, f"due:{name}")
    work.move_to(edition)
    names = Names(edition)
    _place_case(work, names)
    for _, task in sorted(work.whole.tasks.items()):
        _place_task(work, names, task)
    _time(work, lasting)
    _forget_other_checks(work, former)
    _tell_of_clocks(work, former)
    clockwork.on_state(work)


def _place_case(work: Work, names: Names) -> None:
    row = names.state(work.whole.case.state)
    if row is not None and (row.id, row.by) != (work.whole.case.state, work.whole.case.desk):
        work.do("case.placed", {"state": row.id, "desk": row.by})


def _place_task(work: Work, names: Names, task: TaskState) -> None:
    row = names.task_state(task)
    if row is not None:
        is_open = row.kind not in DONE and is_live(task)
        desk = desk_of(row, task.memo) if is_open else None
        given: dict[str, Any] = {"kind": names.kind(task.kind), "state": row.id, "desk": desk, "open": is_open}
        if given != {name: getattr(task, name) for name in given}:
            work.do("task.placed", task.number, given)


def _timed(work: Work, edition: Edition) -> set[tuple[int, str]]:
    """The events that some timer can bring about where the case and its tasks stand now, by owner."""
    found = {(0, event.id) for event in edition.machine.leaving(work.whole.case.state) if event.after}
    for task in filter(is_live, work.whole.tasks.values()):
        found |= {(task.number, event.id) for event in edition.tasks[task.kind].leaving(task.state) if event.after}
    return found


def _time(work: Work, lasting: set[tuple[int, str]]) -> None:
    """Drop the timers that have no event here any more, set those that only this edition knows."""
    here = _timed(work, work.edition)
    for owner, event in sorted(set(work.whole.timers) - here):
        if not event.startswith(timers.OF_CLOCKS):
            work.do("timer-", owner, event)
    for owner, event in sorted(here - lasting):
        task = work.whole.tasks.get(owner)
        machine = work.edition.tasks[task.kind] if task else work.edition.machine
        timers.begin(work, machine.events[event], owner, task.opened_at if task else work.whole.case.opened_at)


def _tell_of_clocks(work: Work, former: Edition) -> None:
    """A clock that goes on is told of on the rungs of this edition, where they are others."""
    for name, clock in work.edition.procedure.clocks.items():
        run, was = work.whole.clocks.get(name), former.procedure.clocks.get(name)
        waits = run is not None and run.state == "running" and not run.breached
        if run is not None and waits and run.due_on and was and clock.due != was.due:
            rungs.begin(work, name, dt.date.fromisoformat(run.due_on))


def _forget_other_checks(work: Work, former: Edition) -> None:
    """What was confirmed under a check that is gone, or looks at something else here, has to be looked at anew."""
    for name in sorted(work.whole.case.memo.get("checks", {})):
        before, now = former.checks.get(name), work.edition.checks.get(name)
        if now is None or before is None or (before.reads, before.passes) != (now.reads, now.passes):
            work.do("memo", "checks", name, None)


def _drop(work: Work, owner: int, event: str) -> None:
    if (owner, event) in work.whole.timers:
        work.do("timer-", owner, event)
