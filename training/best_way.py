"""The best way through a lesson: what somebody who sees everything finds out, records and does. It is the measure.

Colleagues bring the case to where the learner's work begins; from there every step is kept until the one that decides.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from engine.actors import Actor
from engine.definition.rows import Check, Event
from engine.scope import check_results
from engine.store import OpenItem
from engine.work import Work
from simulation.clerks import SOON, Chosen
from training import truth
from training.lessons import Lesson
from training.road import Road, ask_first, carry_out_former
from training.scene import LONGEST_WAIT, MOST_STEPS, Scene, School, Unsolvable, file, scene

OF_THE_DESK = frozenset({"arrived", "working", "milestone"})
MOST_OWN_STEPS = 4


FIRST_ATTEMPTS = 3
MOST_ATTEMPTS = 8
SPREAD = 1_000


@dataclass(frozen=True)
class Prepared:
    """A lesson that can be given: the number that makes its case, and the best way; `settled` as in `begin`."""

    lesson: Lesson
    number: int
    settled: bool
    steps: tuple[Step, ...]


def prepared(school: School, lesson: Lesson, seed: int) -> Prepared:
    """The lesson with a seed: the first case of that luck in which what is right can be done.

    Raises:
        Unsolvable: it cannot be done in any of several cases.
    """
    if lesson.cannot:
        raise Unsolvable(lesson.cannot, f"{lesson.id} cannot be given")
    last: Unsolvable | None = None
    ways = [(attempt, settled) for settled in (False, lesson.error is not None) for attempt in range(FIRST_ATTEMPTS)]
    ways += [(attempt, False) for attempt in range(FIRST_ATTEMPTS, MOST_ATTEMPTS)]
    for attempt, settled in dict.fromkeys(ways):
        try:
            return at_number(school, lesson, seed % SPREAD + 1 + attempt * SPREAD, settled=settled)
        except Unsolvable as unsolvable:
            last = unsolvable
    raise last or Unsolvable("", "")


def at_number(school: School, lesson: Lesson, number: int, *, settled: bool) -> Prepared:
    """The lesson with the case of a number.

    Raises:
        Unsolvable: what is right cannot be done in it.
    """
    made = scene(school, lesson, number)
    begin(made, settled=settled)
    return Prepared(lesson, number, settled, best_way(made))


@dataclass(frozen=True)
class Step:
    """One step of the best way: where, what is looked up and recorded there, and the event, by whom.

    `ground` are the checks that call for the event; `facts` and `checks` are what is true at this place.
    """

    place: str
    task: int
    facts: dict[str, Any]
    checks: dict[str, bool]
    event: str
    label: str
    actor: Actor
    answers: dict[str, Any] | None
    ground: tuple[str, ...]
    decides: bool


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
        here = next((item for item in scene.items() if _begins_at(scene, item)), None)
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


def best_way(scene: Scene) -> tuple[Step, ...]:
    """The steps from where the learner begins to the one that decides; the scene stands behind it afterwards.

    Raises:
        Unsolvable: what is right cannot be done.
    """
    found: list[Step] = []
    while len(found) < MOST_OWN_STEPS:
        item = next((one for one in scene.items() if _begins_at(scene, one)), None)
        if item is None:
            break
        try:
            found.append(_step(scene, item))
        except Unsolvable:
            if scene.lesson.error is not None or not found:
                raise
            found[-1] = replace(found[-1], decides=True)  # from here on the case waits for others
        if found[-1].decides:
            break
    if not found:
        raise Unsolvable("この案件で担当のすることがありません。", "there is nothing to do for the office")
    return tuple(found)


def _begins_at(scene: Scene, item: OpenItem) -> bool:
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


def _step(scene: Scene, item: OpenItem) -> Step:
    error = scene.lesson.error
    right = error.right if error else None
    before = _known(scene)
    scene.find_out(item)
    found = scene.chosen(item, right)
    if found is not None and error is None and not _is_ordinary(scene, item, found[1].event):
        found = _onward(scene, item) or found
    if found is None and right and not scene.application.mended:
        scene.application.mended = True  # what the mistake's check looks at is in order then: something else is right
        found = scene.chosen(item, right)
    if found is None:
        label = _label(scene, item, right)
        raise Unsolvable(
            f"ここで「{label}」ができません{_needed(scene, right)}。", f"{right or 'nothing'} cannot be done"
        )
    actor, chosen = found
    rows = {row.id: row for row in scene.leaving(item)}
    with scene.reading() as work:
        failed = tuple(c.id for c in work.edition.procedure.checks if c.on_fail == chosen.event)
    facts, checks = _known(scene)
    gone = {name: value for name, value in checks.items() if before[1].get(name) is not value}
    learnt = {name: value for name, value in facts.items() if name not in before[0]} | chosen.facts
    ground = tuple(name for name in failed if _fails(scene, name))
    if error is None and not _is_ordinary(scene, item, chosen.event):
        raise Unsolvable(
            f"この種では「{rows[chosen.event].label}」になり、誤りのない申請になりません。",
            f"with this seed the case goes to {chosen.event}: it is not without an error",
        )
    decides = error is not None or not _stays_at_desk(scene, rows[chosen.event])
    if error is not None and not right and error.check not in ground:
        raise Unsolvable(
            f"仕込んでも確認「{check_of(scene).says}」が不可になりません(できたのは「{rows[chosen.event].label}」)。",
            f"the check {error.check} does not fail; {chosen.event} is what can be done",
        )
    place = item.kind or item.state
    step = Step(
        place, item.task, learnt, gone, chosen.event, rows[chosen.event].label, actor, chosen.answers, ground, decides
    )
    _done(scene, item, actor, chosen)
    return step


def _is_ordinary(scene: Scene, item: OpenItem, event: str) -> bool:
    """Whether an event is called for by no failed check, and gives nothing up."""
    with scene.reading() as work:
        place = scene.clerk.ways(work).at(item.state, item.kind)
        called = {check.on_fail for check in work.edition.procedure.checks}
    return event not in called | {row.id for row in place.giving_up} | {row.id for row in place.by_itself}


def _onward(scene: Scene, item: OpenItem) -> tuple[Actor, Chosen] | None:
    """What leads on at a place where something else came first to mind."""
    with scene.reading() as work:
        rows = scene.clerk.ways(work).at(item.state, item.kind).onward
    ordinary = (row.id for row in rows if _is_ordinary(scene, item, row.id))
    return next((found for name in ordinary if (found := scene.chosen(item, name)) is not None), None)


def _done(scene: Scene, item: OpenItem, actor: Actor, chosen: Chosen) -> None:
    if not scene.clerk.do(scene.application, item, actor, chosen):
        raise Unsolvable(f"「{chosen.event}」が断られました。", f"{chosen.event} was refused")


def _stays_at_desk(scene: Scene, row: Event) -> bool:
    with scene.reading() as work:
        target = work.edition.machine.states.get(row.to or "")
    return target is None or target.kind in OF_THE_DESK


def _fails(scene: Scene, check: str) -> bool:
    with scene.reading() as work:
        return check_results(work).get(check) is False


def _known(scene: Scene) -> tuple[dict[str, Any], dict[str, bool]]:
    """The facts established and the checks recorded so far."""
    with scene.reading() as work:
        memo = work.whole.case.memo
        facts = {name: work.read(f"fact.{name}") for name, digest in memo.get("facts", {}).items() if digest}
        return facts, {name: row["passed"] for name, row in memo.get("checks", {}).items()}


def _needed(scene: Scene, event: str | None) -> str:
    """The sentence of the condition of an event, in brackets; empty where it has none of its own."""
    with scene.reading() as work:
        rows = {row.id: row for row in work.edition.procedure.events}
        named = {row.id: row.says for row in work.edition.procedure.conditions}
    when = rows[event].when if event in rows else None
    return f"(要る条件: {named.get(when, when)})" if when else ""


def _label(scene: Scene, item: OpenItem, event: str | None) -> str:
    rows = {row.id: row.label for row in scene.leaving(item)}
    return rows.get(event or "", event or "次の操作")
