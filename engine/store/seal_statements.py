"""The statements about what is sealed: leaves, seals, what waits for the next seal, and the log of readings."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, bindparam, delete, func, literal_column, select

from engine.store.prepared import Statement
from engine.store.schema import case_, event, leaf, reading, seal, unsealed

_LIMIT: BindParameter[int] = bindparam("limit")
_CASE: ColumnElement[str] = literal_column("'case'")

MARK_UNSEALED = Statement(
    "mark unsealed",
    lambda insert: insert(unsealed).on_conflict_do_nothing(index_elements=[unsealed.c.case_id]),
    ("case_id",),
)
UNMARK_UNSEALED = Statement(
    "unmark unsealed", lambda _: delete(unsealed).where(unsealed.c.case_id == bindparam("case_id")), ("case_id",)
)
UNSEALED = Statement(
    "read unsealed", lambda _: select(unsealed).where(unsealed.c.case_id == bindparam("case_id")), ("case_id",)
)
# The rows are held, where a database can hold rows: a command that is under way on one of them is waited for.
UNSEALED_HEADS = Statement(
    "read unsealed heads",
    lambda _: (
        select(case_.c.id, case_.c.version, case_.c.head)
        .join_from(unsealed, case_, unsealed.c.case_id == case_.c.id)
        .order_by(unsealed.c.case_id)
        .limit(_LIMIT)
        .with_for_update(of=case_)
    ),
    ("limit",),
)

INSERT_LEAF = Statement("insert leaf", lambda insert: insert(leaf), tuple(leaf.c.keys()))
LEAVES = Statement(
    "read leaves",
    lambda _: (
        select(leaf)
        .where(leaf.c.number >= bindparam("first"), leaf.c.number < bindparam("until"))
        .order_by(leaf.c.number)
    ),
    ("first", "until"),
)
LEAVES_OF = Statement(
    "read leaves of case",
    lambda _: select(leaf).where(leaf.c.case_id == bindparam("case_id"), leaf.c.kind == _CASE).order_by(leaf.c.number),
    ("case_id",),
)
READINGS_LEAVES = Statement(
    "read leaves of readings",
    lambda _: select(leaf).where(leaf.c.case_id == literal_column("0")).order_by(leaf.c.version.desc()).limit(_LIMIT),
    ("limit",),
)
_LAST_OF_GONE = (
    select(func.max(leaf.c.number))
    .join_from(leaf, case_, leaf.c.case_id == case_.c.id, isouter=True)
    .where(leaf.c.kind == _CASE, case_.c.id.is_(None))
    .group_by(leaf.c.case_id)
)
GONE = Statement(
    "read sealed cases that are gone",
    lambda _: select(leaf).where(leaf.c.number.in_(_LAST_OF_GONE)).order_by(leaf.c.case_id),
    (),
)

INSERT_SEAL = Statement("insert seal", lambda insert: insert(seal), tuple(seal.c.keys()))
SEALS = Statement("read seals", lambda _: select(seal).order_by(seal.c.number), ())
LAST_SEAL = Statement("read last seal", lambda _: select(seal).order_by(seal.c.number.desc()).limit(_LIMIT), ("limit",))

INSERT_READING = Statement("insert reading", lambda insert: insert(reading), tuple(reading.c.keys()))
LAST_READING = Statement(
    "read last reading", lambda _: select(reading).order_by(reading.c.number.desc()).limit(_LIMIT), ("limit",)
)

COUNT_CASES = Statement("count all cases", lambda _: select(func.count()).select_from(case_), ())
ORPHANS = Statement(
    "read events without a case",
    lambda _: (
        select(event)
        .join_from(event, case_, event.c.case_id == case_.c.id, isouter=True)
        .where(case_.c.id.is_(None))
        .order_by(event.c.case_id, event.c.seq)
    ),
    (),
)


@cache
def readings_by(filters: tuple[str, ...]) -> Statement:
    """The readings whose columns of these names have the values given, page by page in their order."""
    wanted = [reading.c[name] == bindparam(name) for name in filters]
    query: Any = select(reading).where(reading.c.number > bindparam("after"), *wanted).order_by(reading.c.number)
    return Statement("list readings", lambda _: query.limit(_LIMIT), (*filters, "after", "limit"))
