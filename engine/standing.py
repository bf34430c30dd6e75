"""Who, as a person, may act on a case: citizens on their own, nobody on his own draft, a step's own post on a step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import NotYourTurn

if TYPE_CHECKING:
    from collections.abc import Collection

    from engine.definition.rows import Event
    from engine.state import TaskState
    from engine.work import Work

DEPUTY = "deputy"


def objection(work: Work, row: Event, task: TaskState | None, roles: Collection[str]) -> NotYourTurn | None:
    """Why the actor may not do this although the role would let him; None when nothing stands against it."""
    if not _own_case(work):
        ja = f"案件{work.whole.case.id}は{work.actor.person}さんのものではありません。"
        return NotYourTurn(ja, f"case {work.whole.case.id} is not {work.actor.person}'s", actor=work.actor.person)
    if task is None or "role" not in task.memo:
        return None
    if work.whole.case.memo.get("proposal", {}).get("drafter") == work.actor.person:
        ja = f"起案した人({work.actor.person})は、自分の起案について「{row.label}」を行えません。"
        return NotYourTurn(ja, f"the drafter may not {row.id} the own draft", actor=work.actor.person)
    if not _own_step(work, row, task, roles):
        post = work.ports.municipality.post(task.post or "", work.edition.procedure.department)
        whose = post.label if post else task.post
        ja = f"この段は{whose}のものです。「{work.actor.post}」は「{row.label}」を行えません。"
        return NotYourTurn(ja, f"this step belongs to {task.post}, not {work.actor.post}", actor=work.actor.post)
    return None


def _own_case(work: Work) -> bool:
    """Whether the actor is no citizen, the one the case is about, or the citizen who opened it for another."""
    if work.actor.post not in work.edition.citizens:
        return True
    opened = work.whole.case.memo.get("opened", {})
    return work.actor.person in {work.whole.case.filer, opened.get("for_another")}


def _own_step(work: Work, row: Event, task: TaskState, roles: Collection[str]) -> bool:
    """Whether a step is that of the actor's post; a deputy stands in only for a post that is absent."""
    if task.post is None or task.post == work.actor.post or task.post in roles:
        return True
    return DEPUTY in roles and DEPUTY in row.by and bool(task.memo.get("absent"))
