"""The best way through a lesson: what somebody who sees everything finds out, records and does. It is the measure.

Colleagues bring the case to where the learner's work begins; from there every step is kept until the one that decides.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from engine.actors import Actor
from engine.definition.rows import Event
from engine.scope import check_results
from engine.store import OpenItem
from simulation.clerks import Chosen
from training.beginning import begin, begins_at, check_of
from training.lessons import Lesson
from training.scene import Scene, School, Unsolvable, scene

OF_THE_DESK = frozenset({"arrived", "working", "milestone"})
MOST_OWN_STEPS = 4


FIRST_ATTEMPTS = 3
MOST_ATTEMPTS = 24
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


def best_way(scene: Scene) -> tuple[Step, ...]:
    """The steps from where the learner begins to the one that decides; the scene stands behind it afterwards.

    Raises:
        Unsolvable: what is right cannot be done.
    """
    found: list[Step] = []
    while len(found) < MOST_OWN_STEPS:
        item = next((one for one in scene.items() if begins_at(scene, one)), None)
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
