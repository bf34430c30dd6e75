"""The list of lessons; those of procedures that are named are tried, and what cannot be given has its reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from engine.errors import UnknownThing
from engine.problems import nearest
from training.best_way import prepared
from training.flow.subject import flow_lessons
from training.lessons import Lesson, lessons
from training.scene import School, Unsolvable

Tried = dict[str, str | None]


def listed(
    school: School, procedures: Sequence[str], on: dt.date | None, *, every: bool = False
) -> tuple[list[Lesson], Tried, dict[str, str]]:
    """The lessons, for those tried the reason against them (None: there is none), and the role of the learner in each.

    Args:
        procedures: whose lessons are listed and tried; without any, all are listed, and tried where `every` is said.

    Raises:
        UnknownThing: one of the procedures is not declared.
    """
    known = school.declared.library.ids()
    for name in procedures:
        if name not in known:
            ja = f"「{name}」という手続はありません。{nearest(name, known)}"
            raise UnknownThing(ja.strip(), f"no procedure {name!r}", procedure=name)
    found = [one for one in lessons(school.declared, on) if not procedures or one.procedure in procedures]
    tried: Tried = {}
    roles: dict[str, str] = {}
    for one in found if procedures or every else ():
        try:
            roles[one.id] = prepared(school, one, 1).steps[0].actor.post
            tried[one.id] = None
        except Unsolvable as unsolvable:
            tried[one.id] = unsolvable.ja
    flows = [one for one in flow_lessons(school.declared) if not procedures or one.procedure in procedures]
    return [*found, *flows], tried | dict.fromkeys([one.id for one in flows]), roles
