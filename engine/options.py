"""What a person can do next: the items on the desks of a post, and the events open to it on one case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.actors import roles_of
from engine.deputies import excluded
from engine.moves import machine_of, permitted, time_against
from engine.municipality import DEPUTY
from engine.standing import objection
from engine.tasks import is_live

if TYPE_CHECKING:
    from engine.definition.rows import Event
    from engine.state import TaskState
    from engine.work import Work


@dataclass(frozen=True)
class Option:
    """An event somebody may try now. `sure` is False while its condition hangs on the answers; `by` are roles."""

    event: str
    label: str
    task: int
    asks: str | None
    sure: bool
    by: tuple[str, ...] = ()


def options(work: Work) -> list[Option]:
    """The events open to the work's actor, case before tasks, in declared order."""
    roles = roles_of(work.actor, work.edition.procedure, work.ports.municipality)
    live = [task for _, task in sorted(work.whole.tasks.items()) if is_live(task)]
    found = [_option(work, row, task) for task in (None, *live) for row in _allowed(work, roles, task)]
    return [option for option in found if option is not None]


def everybodys_options(work: Work) -> list[Option]:
    """The events open to people now, whoever they are, case before tasks, in declared order."""
    live = [task for _, task in sorted(work.whole.tasks.items()) if is_live(task)]
    found = [_option(work, row, task) for task in (None, *live) for row in _leaving(work, task) if row.by]
    return [option for option in found if option is not None]


def _allowed(work: Work, roles: frozenset[str], task: TaskState | None) -> Iterator[Event]:
    able = (row for row in _leaving(work, task) if roles & set(row.by))
    return (row for row in able if objection(work, row, task, roles) is None)


def _leaving(work: Work, task: TaskState | None) -> list[Event]:
    return machine_of(work, task).leaving(task.state if task else work.whole.case.state)


def _option(work: Work, row: Event, task: TaskState | None) -> Option | None:
    """The event as an option; None when a clock, a meeting or its condition bars it whatever is answered."""
    if time_against(work, row.id, task) is not None:
        return None
    path = ("tasks", task.kind, "events", row.id, "when") if task else ("events", row.id, "when")
    condition = work.edition.condition(*path)
    hangs = row.asks is not None and condition is not None and any(r.startswith("asked") for r in condition.reads)
    if not hangs and not permitted(work, row.id, task):
        return None
    if row.by == (DEPUTY,) and excluded(work):
        return None
    return Option(row.id, row.label, task.number if task else 0, row.asks, not hangs, row.by)
