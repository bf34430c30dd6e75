"""A declaration as it stands on one civil day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TypeVar

from engine.definition.procedure import LISTS, Procedure, Task
from engine.definition.rows import Row

R = TypeVar("R", bound=Row)


def rows_in_force(rows: Iterable[R], on: dt.date) -> tuple[R, ...]:
    """The rows that apply on a day, in declared order."""
    return tuple(row for row in rows if row.in_force(on))


def in_force(procedure: Procedure, on: dt.date) -> Procedure:
    """The declaration with only the rows that apply on a day; `versions` stay whole, they say where the others are."""
    lists = {name: rows_in_force(getattr(procedure, name), on) for name in LISTS if name != "versions"}
    tasks = {kind: _task(task, on) for kind, task in procedure.tasks.items()}
    approval = {
        name: route.model_copy(
            update={"levels": rows_in_force(route.levels, on), "cosign": rows_in_force(route.cosign, on)}
        )
        for name, route in procedure.approval.items()
    }
    return procedure.model_copy(update={**lists, "tasks": tasks, "approval": approval})


def _task(task: Task, on: dt.date) -> Task:
    lists = {name: rows_in_force(getattr(task, name), on) for name in ("states", "events", "effects")}
    return task.model_copy(update=lists)
