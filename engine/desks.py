"""What lies on the desks of a post, and on those of the absent deciders for whom it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.absences import Away
from engine.actors import Actor
from engine.clock import to_seconds
from engine.deputies import DECIDER, against_deputy
from engine.municipality import DEPUTY
from engine.standing import is_step

if TYPE_CHECKING:
    from engine.commands import Engine
    from engine.store import OpenItem, Transaction


def inbox(engine: Engine, roles: Sequence[str], post: str | None, limit: int) -> list[OpenItem]:
    """What lies there, most urgent and longest waiting first; a step only at its own post or with its deputy."""
    now = to_seconds(engine.ports.clock.now())
    found: list[OpenItem] = []
    asked = limit
    with engine.store.reading() as tx:
        stands_in = DEPUTY in roles and bool(Away(tx.absences(now, now + 1), engine.ports.municipality))
        desks = dict.fromkeys([*roles, DECIDER] if stands_in else roles)
        while True:
            items = tx.open_items(list(desks), asked)
            found = [item for item in items if item.desk in roles and item.post in {None, post, *roles}]
            if stands_in and post:
                others = [item for item in items if item.desk == DECIDER and item.post not in {None, post, *roles}]
                found += [item._replace(for_absent=True) for item in others if _for_absent(engine, tx, item, post)]
                found.sort(key=items_order)
            if len(found) >= limit or len(items) < asked:
                return found[:limit]
            asked *= 4  # steps of other posts stood in the way


def items_order(item: OpenItem) -> tuple[int, int, int, int]:
    """By priority, then longest waiting, then case."""
    return -item.priority, item.since, item.case_id, item.task


def _for_absent(engine: Engine, tx: Transaction, item: OpenItem, post: str) -> bool:
    """Whether an item is the step of an absent decider that the post may decide now."""
    work = engine.work_on(tx, item.case_id, Actor(post, post))
    task = work.whole.tasks.get(item.task)
    return task is not None and is_step(task) and against_deputy(work, task) is None
