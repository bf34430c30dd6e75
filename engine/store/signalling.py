"""The statements for signals on their way, and for the persons that cases concern."""

from __future__ import annotations

from sqlalchemy import BindParameter, ColumnElement, bindparam, exists, null, or_, select, update

from engine.store.prepared import Statement
from engine.store.schema import case_, registration, signal, subject

_LIMIT: BindParameter[int] = bindparam("limit")
_ONE = signal.c.id == bindparam("of_id")
_WAITS: ColumnElement[bool] = signal.c.delivered_at.is_(None)

SEND = Statement("send signal", lambda insert: insert(signal), tuple(column.name for column in signal.columns))

_before = signal.alias("before")
_FIRST = ~exists().where(
    _before.c.to_case == signal.c.to_case, _before.c.delivered_at.is_(None), _before.c.id < signal.c.id
)
# To each case only the first that waits: the next one is not even tried before it, so that their order is kept.
DUE = Statement(
    "read due signals",
    lambda _: (
        select(signal.c.id)
        .where(_WAITS, signal.c.due_at <= bindparam("now"), _FIRST)
        .where(or_(signal.c.kind == "open", signal.c.to_case.is_not(None)))
        .order_by(signal.c.id)
        .limit(_LIMIT)
    ),
    ("now", "limit"),
)
# PostgreSQL passes over a row that another process has in hand; SQLite lets only one write at all.
TAKE = Statement(
    "take signal", lambda _: select(signal).where(_ONE, _WAITS).with_for_update(skip_locked=True), ("of_id",)
)
DELIVERED = Statement(
    "mark signal delivered",
    lambda _: (
        update(signal)
        .where(_ONE)
        .values({name: bindparam(name) for name in ("to_case", "delivered_at", "trouble")})
        .values(salt=null(), blob=null())
    ),
    ("to_case", "delivered_at", "trouble", "of_id"),
)
FAILED = Statement(
    "note failed signal",
    lambda _: (
        update(signal)
        .where(_ONE, _WAITS)
        .values(tries=signal.c.tries + 1, due_at=bindparam("due_at"), trouble=bindparam("trouble"))
    ),
    ("due_at", "trouble", "of_id"),
)
ADDRESS = Statement(
    "address signals",
    lambda _: (
        update(signal)
        .where(signal.c.behind == bindparam("of_behind"), _WAITS)
        .values(to_case=bindparam("to_case"), behind=null())
    ),
    ("to_case", "of_behind"),
)
BEHIND_DELIVERED = Statement(
    "mark signals behind delivered",
    lambda _: (
        update(signal)
        .where(signal.c.behind == bindparam("of_behind"), _WAITS)
        .values({name: bindparam(name) for name in ("delivered_at", "trouble")})
        .values(salt=null(), blob=null())
    ),
    ("delivered_at", "trouble", "of_behind"),
)
WAITING = Statement(
    "read waiting signals", lambda _: select(signal).where(_WAITS).order_by(signal.c.id).limit(_LIMIT), ("limit",)
)
SENT = Statement(
    "read sent signals",
    lambda _: select(signal).where(signal.c.from_case == bindparam("of_case")).order_by(signal.c.id),
    ("of_case",),
)

UNDER_OTHERS = Statement(
    "read signals under other keys",
    lambda _: (
        select(signal)
        .where(_WAITS, signal.c.id > bindparam("after"), signal.c.key_id != bindparam("key_id"))
        .order_by(signal.c.id)
        .limit(_LIMIT)
    ),
    ("after", "key_id", "limit"),
)
RESEAL = Statement(
    "seal signal anew",
    lambda _: update(signal).where(_ONE, _WAITS).values(key_id=bindparam("key_id"), blob=bindparam("blob")),
    ("key_id", "blob", "of_id"),
)

ADD_SUBJECT = Statement("add subject", lambda insert: insert(subject), ("digest", "case_id", "name"))
_THIS = tuple(column == bindparam(f"of_{column.name}") for column in subject.columns)
_NAMES = tuple(f"of_{column.name}" for column in subject.columns)
DROP_SUBJECT = Statement("drop subject", lambda _: subject.delete().where(*_THIS), _NAMES)
CONCERNS = Statement("read subject", lambda _: select(subject).where(*_THIS), _NAMES)
_LIVES = exists().where(registration.c.case_id == subject.c.case_id, registration.c.ended_at.is_(None))
# A case that is over still concerns a person while a registration lives that came of it.
CONCERNED = Statement(
    "read concerned",
    lambda _: (
        select(subject)
        .join_from(subject, case_, subject.c.case_id == case_.c.id)
        .where(subject.c.digest == bindparam("of_digest"), or_(case_.c.closed.is_(False), _LIVES))
        .order_by(subject.c.case_id, subject.c.name)
    ),
    ("of_digest",),
)
