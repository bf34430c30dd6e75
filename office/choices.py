"""What can be done with a case now, by one post or by anybody."""

from __future__ import annotations

from typing import Any

from engine import options as open_now
from engine.actors import SYSTEM
from office.session import Session, actor_of
from office.telling import next_facts, option_lines


def options(session: Session, case_id: int) -> tuple[list[str], list[dict[str, Any]]]:
    """The events open now, in words and as data: to the actor who asks, or to everybody when nobody was named.

    Raises:
        UnknownThing: no such case, or no such post.
    """
    actor = actor_of(session.asked) if session.asked.actor else SYSTEM
    with session.engine.reading(case_id, actor) as work:
        found = open_now.options(work) if session.asked.actor else open_now.everybodys_options(work)
        return option_lines(work, found), next_facts(work, found)
