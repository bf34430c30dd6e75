"""What a person can do next: the items on the desks of a post, and the events open to it on one case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.actors import roles_of
from engine.moves import machine_of, permitted
from engine.tasks import is_live

if TYPE_CHECKING:
    from engine.definition.rows import Event
    from engine.state import TaskState
    from engine.work import Work


@dataclass(frozen=True)
class Option:
    """An event the actor may try now. `sure` is False while its condition hangs on what the actor will answer."""

    event: str
    label: str
    task: int
    asks: str | None
    sure: bool


def options(work: Work) -> list[Option]:
    """The events open to the work's actor, case before tasks, in declared order."""
    roles = roles_of(work.actor, work.edition.procedure, work.ports.municipality)
    live = [task for _, task in sorted(work.whole.tasks.items()) if is_live(task)]
    found = [_option(work, row, None) for row in _allowed(work, roles, None)]
    for task in live:
        if task.post is None or task.post == work.actor.post or task.post in roles:
            found += [_option(work, row, task) for row in _allowed(work, roles, task)]
    return [option for option in found if option is not None]


def _allowed(work: Work, roles: frozenset[str], task: TaskState | None) -> Iterator[Event]:
    state = task.state if task else work.whole.case.state
    return (row for row in machine_of(work, task).leaving(state) if roles & set(row.by))


def _option(work: Work, row: Event, task: TaskState | None) -> Option | None:
    """The event as an option; None when its condition cannot hold whatever is answered."""
    path = ("tasks", task.kind, "events", row.id, "when") if task else ("events", row.id, "when")
    condition = work.edition.condition(*path)
    hangs = row.asks is not None and condition is not None and any(r.startswith("asked") for r in condition.reads)
    if not hangs and not permitted(work, row.id, task):
        return None
    return Option(row.id, row.label, task.number if task else 0, row.asks, not hangs)
