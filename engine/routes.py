"""The route of a decision as tasks: reviewers in order, co-signers beside or after each other, the decider."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine import drafting, tasks
from engine.errors import AnswerProblem, BadAnswers

if TYPE_CHECKING:
    from engine.definition.procedure import Cosign
    from engine.state import TaskState
    from engine.work import Work


def open_route(work: Work, name: str) -> None:
    """Open the tasks of an approval route as it stands now; the route stays so for this draft.

    Who agreed to a draft of the same substance before is not asked again.
    """
    route = work.edition.procedure.approval[name]
    turn = 1 + max((t.memo.get("round", 0) for t in work.whole.tasks.values()), default=0)
    draft = drafting.draw_up(work, route, turn)
    step = 0
    for post in route.steps:
        step += 1
        tasks.open_task(work, route.task, {"role": "reviewer", "step": step, "round": turn}, post)
    asked = [c for c in route.cosign if work.holds("approval", name, "cosign", c.id, "when")]
    asked = [one for one in asked if drafting.agreed(work, draft, asked_post(work, one)) is None]
    for place, one in enumerate(asked):
        step += place == 0 or route.cosign_in_order
        memo = {"role": "cosigner", "step": step, "round": turn, "of": one.department}
        tasks.open_task(work, route.task, memo, asked_post(work, one))
    decider = decider_of(work, name)
    if decider is not None:
        tasks.open_task(work, route.task, {"role": "decider", "step": step + 1, "round": turn}, decider)


def asked_post(work: Work, one: Cosign) -> str:
    """The post whose agreement is asked: the one named or, of those that fill that role, the department's own."""
    city, department = work.ports.municipality, work.edition.procedure.department
    if city.post(one.post, department) is not None:
        return one.post
    own = [post.id for post in city.posts_for(one.post, department) if post.department == one.department]
    return own[0] if own else one.post


def decider_of(work: Work, name: str) -> str | None:
    """The post that decides: of the levels whose condition holds, the last declared; None where none is declared."""
    levels = work.edition.procedure.approval[name].levels
    fitting = [lv for lv in levels if lv.when is None or work.holds("approval", name, "levels", lv.id, "when")]
    return fitting[-1].decider if fitting else None


def rewind(work: Work, task: TaskState, to: object) -> None:
    """Ask for a step of the route again, and for all that were done between it and the one that sends it back.

    Raises:
        BadAnswers: the route has no such step before this one.
    """
    mine: int = task.memo["step"]
    route = [one for _, one in sorted(work.whole.tasks.items()) if one.memo.get("round") == task.memo["round"]]
    earlier = sorted({one.memo["step"] for one in route if one.memo["step"] < mine})
    if not isinstance(to, int) or to not in earlier:
        known = "・".join(f"{step}段目" for step in earlier) or "ありません(いちばん前の段です)"
        ja = f"「差し戻す段」は、この段より前の段の番号にしてください。あるのは: {known}。"
        raise BadAnswers([AnswerProblem("/step", "step", ja, en=f"one of {earlier}", label="差し戻す段")])
    for one in route:
        state = work.edition.tasks[one.kind].states[one.state]
        if one is task or not to <= one.memo["step"] <= mine:
            continue
        if state.kind == "done":
            work.do("task.memo", one.number, "asked_again", True)  # noqa: FBT003 - an effect is a list
        elif state.kind == "working":  # a co-signer beside the one who sends back waits until it is the turn again
            tasks.enter(work, one, work.edition.procedure.tasks[one.kind].states[0].id)
