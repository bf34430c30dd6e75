"""Acting in another's place on an approval route: a deputy, a superior, and who has to view that afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.absences import VACANT, key_of
from engine.clock import from_seconds
from engine.errors import NotPossibleNow, NotYourTurn, Refusal

if TYPE_CHECKING:
    from collections.abc import Collection

    from engine.definition.rows import Event
    from engine.state import TaskState
    from engine.store import Absence
    from engine.work import Work

DECIDER = "decider"
_FURTHEST = 2**60


def against_deputy(work: Work, task: TaskState) -> Refusal | None:
    """Why the actor may not do this for an absent decider; None when he may (代決)."""
    post, department = task.post or "", work.edition.procedure.department
    whose = label(work, post)
    if task.memo.get("role") != DECIDER:
        ja = f"この段は{whose}のものです。代決は決裁者の段だけで、途中の段は引上げか、後閲で進めます。"
        return NotYourTurn(ja, "a deputy stands in for the decider only", rule="decider_only")
    if excluded(work):
        ja = f"この案件は代決できません。決裁ルートが代決から除いている事案です。{whose}が決裁します。"
        return NotPossibleNow(ja, "the route excludes this matter from deputies", rule="excluded_matter")
    away = work.away.of(post, department)
    if away is None:
        ja = f"{whose}は不在ではありません。代決は、不在の記録の時間の中だけです。{_nearest_window(work, post)}"
        return NotYourTurn(ja, f"{post} is not absent now", rule="absent_only")
    if away.kind == VACANT:
        ja = f"{whose}は欠員です。欠員は不在ではないので代決できません。職務代理者を職に就けてください。"
        return NotYourTurn(ja, f"{post} is vacant, which is no absence", rule="vacancy")
    stands_in = work.away.stands_in(post, department)
    if stands_in != work.actor.post:
        who = f"今の代決者は{label(work, stands_in)}です。" if stands_in else "代われる代決者が定められていません。"
        ja = f"「{work.actor.post}」は{whose}の代決者ではありません。{who}"
        return NotYourTurn(ja, f"the deputy of {post} is now {stands_in}, not {work.actor.post}", rule="listed_deputy")
    return None


def against_superior(work: Work, row: Event, task: TaskState, roles: Collection[str]) -> Refusal | None:
    """Why the actor may not take this step up; None when his own step comes later on the same route (引上げ)."""
    if not {work.actor.post, *roles} & set(superiors(work, task)):
        whose = label(work, task.post)
        ja = f"「{row.label}」は上位の段の職が行います。「{work.actor.post}」は{whose}の上位にありません。"
        return NotYourTurn(ja, f"{work.actor.post} has no later step than {task.post}", rule="superior_only")
    away = work.away.of(task.post or "", work.edition.procedure.department)
    if away is None or away.kind == VACANT:
        why = "欠員は不在ではありません。" if away else "不在の記録の時間の中ではありません。"
        ja = f"{label(work, task.post)}の段は引き上げられません。引上げは不在のときだけです。{why}"
        return NotPossibleNow(ja, f"{task.post} is not absent now", rule="vacancy" if away else "absent_only")
    return None


def superiors(work: Work, task: TaskState) -> list[str]:
    """The posts of later steps on the same route, but for those whose agreement is asked: these are beside it."""
    step, turn = task.memo["step"], task.memo["round"]
    route = [one for _, one in sorted(work.whole.tasks.items()) if one.memo.get("round") == turn]
    later = [one for one in route if one.memo["step"] > step and one.memo["role"] != "cosigner"]
    return list(dict.fromkeys(one.post for one in later if one.post))


def against_viewing(work: Work, row: Event, task: TaskState) -> Refusal | None:
    """Why the actor may not view a step afterwards; None when somebody else acted for him, or it is no such thing."""
    acted = task.memo.get("after")
    if acted is None or acted["person"] != work.actor.person:
        return None
    ja = f"代わって行った人({work.actor.person})は「{row.label}」を行えません。後閲は代わってもらった人がします。"
    return NotYourTurn(ja, f"{work.actor.person} acted in the place; another has to view it", rule="own_act")


def acted(work: Work, task: TaskState) -> dict[str, Any]:
    """Who acted in the place of a step's own post, and on which record of absence that rests."""
    away = work.away.of(task.post or "", work.edition.procedure.department)
    return {"person": work.actor.person, "post": work.actor.post, "absence": away.id if away else None}


def label(work: Work, post: str | None) -> str:
    """What a post is called in the city's department."""
    found = work.ports.municipality.post(post or "", work.edition.procedure.department)
    return found.label if found else post or ""


def excluded(work: Work) -> bool:
    """Whether the route that a case is on leaves nothing of it to deputies."""
    route = work.case_state.approval or ""
    path = ("approval", route, "not_by_deputy")
    return work.edition.condition(*path) is not None and work.holds(*path)


def _nearest_window(work: Work, post: str) -> str:
    """The record of an absence that comes next or, where none does, was the last, as a clause."""
    key = key_of(work.ports.municipality, post, work.edition.procedure.department)
    rows = [
        row for row in work.tx.absences(0, _FURTHEST) if (row.department, row.post) == key and row.since < row.until
    ]
    ahead = [row for row in rows if row.since > work.now]
    nearest = ahead[0] if ahead else rows[-1] if rows else None
    return f"記録は{_window(nearest)}です。" if nearest else "不在の記録がありません。"


def _window(row: Absence) -> str:
    return f"{from_seconds(row.since):%Y-%m-%d %H:%M}から{from_seconds(row.until):%Y-%m-%d %H:%M}の前まで"
