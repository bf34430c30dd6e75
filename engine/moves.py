"""One event of a case or of a task, with all that the declaration says follows; then the automatic events to a rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from engine import clockwork, consequences, deputies, extensions, routes, rungs, sittings, tasks, timers
from engine.actors import roles_of
from engine.definition.rows import Event
from engine.errors import MadoguchiError, NotPossibleNow
from engine.pinning import pin
from engine.standing import is_own, is_step
from engine.state import TaskState

if TYPE_CHECKING:
    from engine.machine import Machine
    from engine.work import Work

MOST_AUTOMATIC = 100  # a definition without cycles needs far fewer; the checker proves there is none


class _Mover:
    """What the shared machine moves: the state of a case or task, and the guards of its declaration."""

    def __init__(self, work: Work, task: TaskState | None, *, permitted: bool) -> None:
        self._work = work
        self._task = task
        self._permitted = permitted
        self.state = task.state if task else work.whole.case.state

    def permits(self, event: str) -> bool:
        """Whether nature and condition allow the event."""
        return self._permitted or permitted(self._work, event, self._task)


def permitted(work: Work, event: str, task: TaskState | None) -> bool:
    """Whether the nature of the case and the condition of an event allow it now."""
    row = machine_of(work, task).events[event]
    if row.nature and work.whole.case.nature not in row.nature:
        return False
    if time_against(work, event, task) is not None:
        return False
    path = ("tasks", task.kind, "events", event, "when") if task else ("events", event, "when")
    return work.holds(*path, task=task)


def time_against(work: Work, event: str, task: TaskState | None) -> NotPossibleNow | None:
    """Why a legal clock or a meeting does not let an event happen now; None when none stands against it."""
    row = machine_of(work, task).events[event]
    return sittings.against(work, row, task) or (None if task else extensions.against(work, event))


def machine_of(work: Work, task: TaskState | None) -> Machine:
    """The shared machine of the case, or of the task's kind."""
    return work.edition.tasks[task.kind] if task else work.edition.machine


def move(
    work: Work, event: str, task: TaskState | None = None, kind: str = "event", *, permitted: bool = False
) -> bool:
    """True when the event happened, with all its effects; False when its condition does not hold.

    Args:
        permitted: whether its condition has just been asked and holds.
    """
    mover = _Mover(work, task, permitted=permitted)
    before = mover.state
    run = work.whole.timers.get((task.number if task else 0, event))
    work.turns(run.turn if run else None)
    if not machine_of(work, task).fire(mover, event):
        return False
    if task is not None:
        _after_task(work, event, task, mover.state)
    else:
        _after_case(work, event, before, mover.state)
    number = task.number if task else 0
    timers.refresh(work)
    clockwork.refresh(work)
    _close_if_over(work)
    work.happened(event, kind, task=number, from_state=before, to_state=mover.state)
    return True


def settle(work: Work) -> None:
    """Let every automatic event happen, case before tasks, in declared order, until none can."""
    for _ in range(MOST_AUTOMATIC):
        if rungs.tell_ripe(work):
            continue
        ready = next_automatic(work)
        if ready is None or not move(work, ready.event.id, ready.task, ready.kind, permitted=True):
            return
    raise MadoguchiError(
        f"自動で起きる事が{MOST_AUTOMATIC}回を超えました。手続「{work.edition.id}」の定義に循環があります。",
        f"more than {MOST_AUTOMATIC} automatic events: the definition of {work.edition.id} has a cycle",
    )


class Ready(NamedTuple):
    """An event that happens by itself now; `kind` is auto or timer."""

    event: Event
    task: TaskState | None
    kind: str


def next_automatic(work: Work) -> Ready | None:
    """The first automatic or ripe event that can happen, case before tasks; None when the case is at rest."""
    everyone: list[TaskState | None] = [None, *(t for _, t in sorted(work.whole.tasks.items()) if tasks.is_live(t))]
    for task in everyone:
        state = task.state if task else work.whole.case.state
        owner = task.number if task else 0
        for event in machine_of(work, task).unattended(state):
            timed = event.after is not None and timers.is_ripe(work, owner, event)
            # Most automatic events do not happen: their condition is asked before the machine is set in motion.
            if (event.auto or timed) and permitted(work, event.id, task):
                return Ready(event, task, "timer" if timed else "auto")
    return None


def _after_task(work: Work, event: str, task: TaskState, after: str) -> None:
    row = machine_of(work, task).events[event]
    effect = work.edition.task_effects.get((task.kind, event))
    consequences.draft(work, effect)
    if row.by and task.post is not None and work.actor.post != task.post and is_step(task):
        _note_acting(work, task)
    if row.to is not None:
        tasks.enter(work, task, after)
    else:
        _again(work, row, task.number)
        work.do("task", task.number, {})
    consequences.follow(work, effect, task)


def _note_acting(work: Work, task: TaskState) -> None:
    """Note who acts in the place of a step's own post; a post that fills the role of the step acts for itself."""
    roles = roles_of(work.actor, work.edition.procedure, work.ports.municipality)
    if not is_own(task, work.actor.post, roles):
        work.do("task.memo", task.number, "acted", deputies.acted(work, task))


def _after_case(work: Work, event: str, before: str, after: str) -> None:
    row = work.edition.machine.events[event]
    effect = work.edition.effects.get(event)
    consequences.draft(work, effect)
    clockwork.satisfy(work, event)
    extensions.extend(work, event)
    if row.decides:
        consequences.decide(work)
    if row.to is not None:
        _leave(work, before, after)
        enter(work, after)
    else:
        _again(work, row, 0)
    clockwork.start(work, event)
    consequences.follow(work, effect)


def enter(work: Work, state: str) -> None:
    """Put the case into a state: desk, timers, clocks, the approval route, the outcome of an end."""
    row = work.edition.state(state)
    sittings.leave_unless_held_from(work, None, state)
    work.do("state", state, row.by)
    if row.kind == "arrived" and work.whole.case.arrived_at is None:
        work.arrive()
        if "results" in work.whole.case.memo:
            work.remember_results({"case.arrived_on"})
        elif work.whole.case.nature is None:
            pin(work)  # it came without answers, in the place of another case
    timers.rearm(work, work.edition.machine, 0, state, work.whole.case.opened_at)
    clockwork.on_state(work)
    if row.kind == "deciding" and row.approval:
        routes.open_route(work, row.approval)
    if row.kind in {"settled", "final"}:
        ended = work.edition.outcome_at(state)
        if work.whole.case.outcome is None and ended is not None:
            work.do("outcome", ended.id, False)  # noqa: FBT003 - an effect is a list
        tasks.close_all(work)


def _leave(work: Work, before: str, after: str) -> None:
    """Leaving a deciding state closes the open steps of its route."""
    row = work.edition.state(before)
    if before != after and row.kind == "deciding" and row.approval:
        tasks.close_all(work, kinds=(work.edition.procedure.approval[row.approval].task,))


def _again(work: Work, row: Event, owner: int) -> None:
    """An event that stays in its state uses up its timer, or sets it anew where the timer repeats."""
    run = work.whole.timers.get((owner, row.id))
    if run is None or row.after is None:
        return
    timer = work.edition.timers[row.after]
    if timer.repeat:
        base = work.now if timer.months is None else timers.entered(work, owner)
        timers.arm(work, row, owner, base, run.turn + 1)
    else:
        work.do("timer-", owner, row.id)


def _close_if_over(work: Work) -> None:
    """A case is over when it is settled or final, with no open task and no running clock."""
    case = work.whole.case
    ended = work.case_state.kind in {"settled", "final"}
    busy = any(t.open for t in work.whole.tasks.values()) or any(
        c.state in {"running", "paused"} for c in work.whole.clocks.values()
    )
    if case.closed != (ended and not busy):
        work.do("closed", not case.closed)
