"""Opening, moving and closing tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine import notices, sittings, timers
from engine.definition.rows import State
from engine.state import TaskState

if TYPE_CHECKING:
    from engine.work import Work

DONE = frozenset({"done", "failed"})
_OF_BEFORE = frozenset({"asked_again", "acted"})


def open_task(work: Work, kind: str, memo: dict[str, Any] | None = None, post: str | None = None) -> TaskState:
    """A new task of a kind, in its first state."""
    declared = work.edition.procedure.tasks[kind]
    number = max(work.whole.tasks, default=0) + 1
    start = declared.states[0]
    given = {
        "state": start.id,
        "desk": desk_of(start, memo or {}),
        "post": post,
        "open": start.kind not in DONE,
        "memo": memo or {},
    }
    work.do("task+", number, kind, given)
    timers.rearm(work, work.edition.tasks[kind], number, start.id, work.now)
    opened = work.whole.tasks[number]
    for notice in declared.on_open.notices:
        notices.notify(work, notice, notices.recipients_of(work, opened))
    return opened


def belonging(step: TaskState | None) -> tuple[dict[str, Any] | None, str | None]:
    """The memo and post of a task that a step of a route opens: it lies with the post in whose place somebody acted."""
    if step is None or "acted" not in step.memo:
        return None, None
    return {"role": step.memo["role"], "after": {"task": step.number, **step.memo["acted"]}}, step.post


def enter(work: Work, task: TaskState, state: str) -> None:
    """Move a task to a state, with its desk and timers."""
    row = work.edition.tasks[task.kind].states[state]
    sittings.leave_unless_held_from(work, task, state)
    given: dict[str, Any] = {"state": state, "desk": desk_of(row, task.memo), "open": row.kind not in DONE}
    if "asked_again" in task.memo:  # it is being done again now
        given["memo"] = {name: value for name, value in task.memo.items() if name not in _OF_BEFORE}
    work.do("task", task.number, given)
    timers.rearm(work, work.edition.tasks[task.kind], task.number, state, task.opened_at)


def close(work: Work, task: TaskState) -> None:
    """Take a task off every desk without moving it: nothing more can happen to it."""
    sittings.leave(work, task)
    work.do("task", task.number, {"desk": None, "open": False, "memo": task.memo | {"closed": True}})
    for owner, event in [key for key in sorted(work.whole.timers) if key[0] == task.number]:
        work.do("timer-", owner, event)


def close_all(work: Work, *, kinds: tuple[str, ...] | None = None) -> None:
    """Close the open tasks of some kinds; with no kinds, all but those that outlive the case."""
    for _, task in sorted(work.whole.tasks.items()):
        outlives = work.edition.procedure.tasks[task.kind].outlives
        wanted = task.kind in kinds if kinds is not None else not outlives
        if wanted and not task.memo.get("closed"):
            close(work, task)


def is_live(task: TaskState) -> bool:
    """Whether events may still happen to the task; a finished one may be asked again, a closed one not."""
    return not task.memo.get("closed")


def desk_of(state: State, memo: dict[str, Any]) -> str | None:
    """The role whose inbox holds a task: the state's own, or the role a route gave it while it is worked on."""
    if state.kind in DONE:
        return None
    if state.by is not None:
        return state.by
    if state.kind == "waiting_applicant":
        return "applicant"
    return memo.get("role") if state.kind == "working" else None
