"""The statements that search: inboxes, due timers, lists of cases, counts."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, bindparam, func, literal_column, null, select

from engine.store.prepared import Statement
from engine.store.schema import case_, event, task, timer

EVERYTHING = 2**62
"""A limit that no table reaches."""

_LIMIT: BindParameter[int] = bindparam("limit")

_BY_DUE = (timer.c.due_at, timer.c.case_id, timer.c.owner, timer.c.event)
DUE_TIMERS = Statement(
    "read due timers",
    lambda _: select(timer).where(timer.c.due_at <= bindparam("now")).order_by(*_BY_DUE).limit(_LIMIT),
    ("now", "limit"),
)
NEXT_DUE = Statement("read next due", lambda _: select(func.min(timer.c.due_at)), ())

CASE_COUNTS = Statement(
    "count cases",
    lambda _: (
        select(case_.c.procedure, case_.c.state, case_.c.outcome, case_.c.closed, func.count())
        .group_by(case_.c.procedure, case_.c.state, case_.c.outcome, case_.c.closed)
        .order_by(case_.c.procedure, case_.c.state, case_.c.outcome.nulls_first(), case_.c.closed)
    ),
    (),
)
EVENT_COUNTS = Statement(
    "count events",
    lambda _: (
        select(case_.c.procedure, event.c.event, func.count())
        .join_from(event, case_, event.c.case_id == case_.c.id)
        .group_by(case_.c.procedure, event.c.event)
        .order_by(case_.c.procedure, event.c.event)
    ),
    (),
)


@cache
def open_cases(desks: int) -> Statement:
    """The unclosed cases at any of so many desks, most urgent and longest waiting first."""
    columns: tuple[ColumnElement[Any], ...] = (
        *(
            case_.c.id,
            literal_column("0"),
            literal_column("''"),
            case_.c.procedure,
            case_.c.state,
            case_.c.desk,
            null(),
        ),
        *(case_.c.state_since, case_.c.arrived_at, case_.c.priority),
    )
    query = (
        select(*columns)
        .where(case_.c.closed.is_(False), _one_of(case_.c.desk, desks))
        .order_by(case_.c.priority.desc(), case_.c.state_since, case_.c.id)
    )
    return Statement(f"read cases of {desks} desks", lambda _: query.limit(_LIMIT), (*_desks(desks), "limit"))


@cache
def open_tasks(desks: int) -> Statement:
    """The open tasks at any of so many desks, most urgent and longest waiting first."""
    columns: tuple[ColumnElement[Any], ...] = (
        *(task.c.case_id, task.c.number, task.c.kind, case_.c.procedure, task.c.state, task.c.desk, task.c.post),
        *(task.c.state_since, case_.c.arrived_at, case_.c.priority),
    )
    query = (
        select(*columns)
        .join_from(task, case_, task.c.case_id == case_.c.id)
        .where(task.c.open.is_(True), _one_of(task.c.desk, desks))
        .order_by(case_.c.priority.desc(), task.c.state_since, task.c.case_id, task.c.number)
    )
    return Statement(f"read tasks of {desks} desks", lambda _: query.limit(_LIMIT), (*_desks(desks), "limit"))


@cache
def cases_by(filters: tuple[str, ...], *, closed: bool | None) -> Statement:
    """The cases whose columns of these names have the values given, in the order of their numbers."""
    query = select(case_).where(case_.c.id > bindparam("after"), *(case_.c[n] == bindparam(n) for n in filters))
    if closed is not None:
        query = query.where(case_.c.closed.is_(closed))
    query = query.order_by(case_.c.id).limit(_LIMIT)
    return Statement("list cases", lambda _: query, (*filters, "after", "limit"))


def _desks(count: int) -> tuple[str, ...]:
    return tuple(f"desk_{place}" for place in range(count))


def _one_of(column: ColumnElement[str], count: int) -> ColumnElement[bool]:
    return column.in_([bindparam(name) for name in _desks(count)])
