"""Who, as a person, may act on a case: citizens on their own, nobody on his own draft, a step's own post on a step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine import deputies, drafting
from engine.errors import NotYourTurn
from engine.municipality import DEPUTY

if TYPE_CHECKING:
    from collections.abc import Collection

    from engine.actors import Actor
    from engine.definition.rows import Event
    from engine.errors import Refusal
    from engine.state import TaskState
    from engine.work import Work


def objection(work: Work, row: Event, task: TaskState | None, roles: Collection[str]) -> Refusal | None:
    """Why the actor may not do this although the role would let him; None when nothing stands against it."""
    anothers = against_anothers_case(work, work.actor)
    if anothers is not None:
        return anothers
    if task is None or task.post is None:
        return None
    if is_step(task) and work.whole.case.memo.get("proposal", {}).get("drafter") == work.actor.person:
        ja = f"起案した人({work.actor.person})は、自分の起案について「{row.label}」を行えません。"
        return NotYourTurn(ja, f"the drafter may not {row.id} the own draft", actor=work.actor.person, rule="own_draft")
    return _anothers_step(work, row, task, roles) or _stale(work, row, task)


def _anothers_step(work: Work, row: Event, task: TaskState, roles: Collection[str]) -> Refusal | None:
    if row.superior:
        return deputies.against_superior(work, row, task, roles)
    if is_own(task, work.actor.post, roles) and row.by != (DEPUTY,):
        return deputies.against_viewing(work, row, task)
    if DEPUTY in roles and DEPUTY in row.by:
        return deputies.against_deputy(work, task)
    whose = deputies.label(work, task.post)
    ja = f"この段は{whose}のものです。「{work.actor.post}」は「{row.label}」を行えません。"
    return NotYourTurn(ja, f"this step belongs to {task.post}, not {work.actor.post}", actor=work.actor.post)


def _stale(work: Work, row: Event, task: TaskState) -> Refusal | None:
    """A draft whose grounds have changed is signed by nobody; it can still be sent back or dropped."""
    to = work.edition.tasks[task.kind].states.get(row.to or "") if is_step(task) else None
    return drafting.against_stale(work) if to is not None and to.kind == "done" else None


def is_step(task: TaskState) -> bool:
    """Whether a task is a step of an approval route."""
    return "round" in task.memo


def is_own(task: TaskState, post: str, roles: Collection[str]) -> bool:
    """Whether a task is that of a post."""
    return task.post is None or task.post == post or task.post in roles


def against_anothers_case(work: Work, actor: Actor) -> NotYourTurn | None:
    """Why a citizen has nothing to do with the case; None for whom it is about, who opened it, and any other."""
    opened = work.whole.case.memo.get("opened", {})
    if actor.post not in work.edition.citizens or actor.person in {work.whole.case.filer, opened.get("for_another")}:
        return None
    ja = f"案件{work.whole.case.id}は{actor.person}さんのものではありません。"
    return NotYourTurn(ja, f"case {work.whole.case.id} is not {actor.person}'s", actor=actor.person)
