"""The statements that search: inboxes, due timers, lists of cases, counts."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, func, literal_column, null, or_, select

from engine.store.prepared import Statement
from engine.store.schema import case_, counter, definition, event, task, timer

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

DEFINITION_HASHES = Statement(
    "read hashes of definitions", lambda _: select(definition.c.hash).order_by(definition.c.hash), ()
)
UNDEFINED = Statement(
    "read cases without a definition",
    lambda _: (
        select(case_.c.id, case_.c.edition)
        .join_from(case_, definition, case_.c.edition == definition.c.hash, isouter=True)
        .where(definition.c.hash.is_(None))
        .order_by(case_.c.id)
    ),
    (),
)
COUNTERS = Statement("read counters", lambda _: select(counter).order_by(counter.c.series, counter.c.scope), ())


# An inbox is read in the order of its index, desk by desk; sorted are only the tasks of urgent cases, which are few.
# The database takes a partial index only for a condition that stands in the query as it stands in the index.
_ZERO: ColumnElement[int] = literal_column("0")
_TASK_COLUMNS: tuple[ColumnElement[Any], ...] = (
    *(task.c.case_id, task.c.number, task.c.kind, case_.c.procedure, task.c.state, task.c.desk, task.c.post),
    *(task.c.state_since, case_.c.arrived_at),
)
_OF_TASK = task.c.case_id == case_.c.id
_AT_DESK = (task.c.open.is_(True), task.c.desk == bindparam("desk"))
_BY_WAIT = (task.c.state_since, task.c.case_id, task.c.number)

OPEN_CASES = Statement(
    "read cases of a desk",
    lambda _: (
        select(
            *(case_.c.id, _ZERO, literal_column("''"), case_.c.procedure, case_.c.state, case_.c.desk, null()),
            *(case_.c.state_since, case_.c.arrived_at, case_.c.priority),
        )
        .where(case_.c.closed.is_(False), case_.c.desk == bindparam("desk"))
        .order_by(case_.c.priority.desc(), case_.c.state_since, case_.c.id)
        .limit(_LIMIT)
    ),
    ("desk", "limit"),
)
# An outer join, and `open` said in other words than in its index, keep SQLite from going through all tasks of the desk.
URGENT_TASKS = Statement(
    "read urgent tasks of a desk",
    lambda _: (
        select(*_TASK_COLUMNS, case_.c.priority)
        .join_from(
            case_, task, and_(_OF_TASK, task.c.open.is_not(False), task.c.desk == bindparam("desk")), isouter=True
        )
        .where(case_.c.closed.is_(False), case_.c.priority > _ZERO, func.coalesce(task.c.number, _ZERO) > _ZERO)
        .order_by(case_.c.priority.desc(), *_BY_WAIT)
        .limit(_LIMIT)
    ),
    ("desk", "limit"),
)
OTHER_TASKS = Statement(
    "read other tasks of a desk",
    lambda _: (
        select(*_TASK_COLUMNS, _ZERO)
        .join_from(task, case_, _OF_TASK)
        .where(*_AT_DESK, or_(case_.c.priority == _ZERO, case_.c.closed.is_(True)))
        .order_by(*_BY_WAIT)
        .limit(_LIMIT)
    ),
    ("desk", "limit"),
)


@cache
def cases_by(filters: tuple[str, ...], *, closed: bool | None) -> Statement:
    """The cases whose columns of these names have the values given, in the order of their numbers."""
    query = select(case_).where(case_.c.id > bindparam("after"), *(case_.c[n] == bindparam(n) for n in filters))
    if closed is not None:
        query = query.where(case_.c.closed.is_(closed))
    query = query.order_by(case_.c.id).limit(_LIMIT)
    return Statement("list cases", lambda _: query, (*filters, "after", "limit"))
