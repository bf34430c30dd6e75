"""Where the learner begins: colleagues and time bring the case to the place of the mistake, or to any desk."""

from __future__ import annotations

import datetime as dt

from engine.definition.rows import Check
from engine.store import OpenItem
from engine.work import Work
from simulation.clerks import SOON
from training import truth
from training.filing import file
from training.road import Road, ask_first, carry_out_former
from training.scene import LONGEST_WAIT, MOST_STEPS, Scene, Unsolvable

OF_THE_DESK = frozenset({"arrived", "working", "milestone"})


def begin(scene: Scene, *, settled: bool = False) -> OpenItem:
    """The item with which the learner begins; colleagues and time have brought the case there.

    Args:
        settled: what must be true besides what is planted is laid over it (`training.truth`).

    Raises:
        Unsolvable: it does not come there.
    """
    carry_out_former(scene)
    file(scene)
    waited = 0
    road = Road(scene, _targets(scene))
    for _ in range(MOST_STEPS + LONGEST_WAIT):
        here = next((item for item in scene.items() if begins_at(scene, item)), None)
        if here is not None and not _too_early(scene) and not _before_meeting(scene):
            scene.application.noticed = True
            if scene.lesson.error is not None and scene.lesson.error.right and not here.task:
                ask_first(scene, here, scene.lesson.error.right)
            if settled:
                truth.settle(scene, here)
            return here
        if here is None and road.forward():
            continue
        if waited == LONGEST_WAIT or road.hopeless or scene.state().kind == "final":
            break
        waited += 1
        road.wait()
    label = scene.state().label
    where = f"案件が「{label}」から進まず、学ぶ場面に届きません。"
    raise Unsolvable(where, f"the case stays {label} and does not come to the place of the lesson")


def begins_at(scene: Scene, item: OpenItem) -> bool:
    """Whether a place is the learner's: the source of what is right, the stage of the check, or any desk."""
    error = scene.lesson.error
    leaving = scene.leaving(item)
    if error is None:
        with scene.reading() as work:
            ways = scene.clerk.ways(work)
            kind = work.case_state.kind
        return not item.task and kind in OF_THE_DESK and any(row.by and ways.of_office(row) for row in leaving)
    stage = _stage(scene)
    place = item.kind or item.state
    if error.right and stage is None:
        return any(row.id == error.right and row.by for row in leaving)
    return stage == place


def _targets(scene: Scene) -> tuple[str, ...]:
    """The states of the case that are the learner's place; none where it is a task, or any desk."""
    error = scene.lesson.error
    if error is None:
        return ()
    with scene.reading() as work:
        machine = work.edition.machine
    stage = _stage(scene)
    if error.right and stage is None:
        return machine.sources(error.right)
    return (stage,) if stage in machine.states else ()


def _stage(scene: Scene) -> str | None:
    """The stage of the check that shows the mistake; None where it begins wherever the right event leaves.

    That is so without a check, where the event leaves from elsewhere, and where a period is about to end.
    """
    error = scene.lesson.error
    if error is None or error.check is None:
        return None
    stage = check_of(scene).stage
    if error.right is None:
        return stage
    with scene.reading() as work:
        sources = work.edition.machine.sources(error.right)
    return stage if stage in sources and error.clock is None else None


def _too_early(scene: Scene) -> bool:
    """Whether the period that a mistake is about has more than a few days to run; if so, days pass."""
    error = scene.lesson.error
    with scene.reading() as work:
        run = work.whole.clocks.get(error.clock) if error and error.clock else None
        if run is None or run.due_on is None:
            return False
        left = (dt.date.fromisoformat(run.due_on) - work.today).days - _soon(work, run.id)
    if left <= 0:
        return False
    scene.wait(min(left, LONGEST_WAIT))
    return True


def _before_meeting(scene: Scene) -> bool:
    """Whether what is right is done at a meeting that is still to come; if so, days pass."""
    error = scene.lesson.error
    with scene.reading() as work:
        row = work.edition.machine.events.get(error.right or "") if error else None
        meeting = work.whole.case.memo.get("meeting", {}) if row and row.at_meeting else {}
        left = (dt.date.fromisoformat(meeting["on"]) - work.today).days if "on" in meeting else 0
    if left <= 0:
        return False
    scene.wait(min(left, LONGEST_WAIT))
    return True


def _soon(work: Work, clock: str) -> int:
    """How many days before its end the office looks at a period."""
    due = work.edition.procedure.clocks[clock].due
    return min(max(due.days_before), SOON) if due else SOON


def check_of(scene: Scene) -> Check:
    """The check that shows the mistake of a lesson.

    Raises:
        Unsolvable: the edition of the case has no such check.
    """
    error = scene.lesson.error
    with scene.reading() as work:
        rows = {one.id: one for one in work.edition.procedure.checks}
    if error is None or error.check not in rows:
        name = error.check if error else None
        raise Unsolvable(f"確認「{name}」が、この案件の版にありません。", f"there is no check {name} in this edition")
    return rows[error.check]
