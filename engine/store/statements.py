"""Every statement of the store, declared once; what it is for says the method in `rows/` that runs it.

A value compared with is called `of_<column>`, so that it is never mistaken for the new value of that column.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import (
    BindParameter,
    ClauseElement,
    Column,
    ColumnElement,
    Table,
    bindparam,
    delete,
    func,
    literal,
    select,
    tuple_,
    update,
)

from engine.store import schema
from engine.store.prepared import Insert, Statement
from engine.store.schema import case_, clock, counter, event, outbox, registration, task, timer, value

_LIMIT: BindParameter[int] = bindparam("limit")


def _names(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.columns)


def _of(column: Column[Any]) -> ColumnElement[bool]:
    return column == bindparam(f"of_{column.name}")


def _query(name: str, query: ClauseElement, *order: str) -> Statement:
    return Statement(name, lambda _: query, order)


def _all_of(table: Table, *, by: Sequence[Column[Any]], ordered: Sequence[Column[Any]] = ()) -> Statement:
    """Whole rows, found by these columns."""
    query = select(table).where(*map(_of, by)).order_by(*ordered)
    return _query(f"read {table.name}", query, *(f"of_{column.name}" for column in by))


def _insert(table: Table) -> Statement:
    """One more row; a second one under the same key is a Conflict."""
    return Statement(f"insert {table.name}", lambda insert: insert(table), _names(table))


def _put(table: Table) -> Statement:
    """The row under its key, new or in place of the former one."""

    def core(insert: Callable[[Table], Insert]) -> ClauseElement:
        new = insert(table)
        rest = {column.name: new.excluded[column.name] for column in table.columns if not column.primary_key}
        return new.on_conflict_do_update(index_elements=list(table.primary_key.columns), set_=rest)

    return Statement(f"put {table.name}", core, _names(table))


def _set(table: Table, *columns: Column[Any], by: Sequence[Column[Any]]) -> Statement:
    """New values of these columns in the rows found by others."""
    query = update(table).where(*map(_of, by)).values({c.name: bindparam(c.name) for c in columns})
    order = (*(c.name for c in columns), *(f"of_{c.name}" for c in by))
    return _query(f"update {table.name}", query, *order)


def _rest(table: Table, *without: str) -> list[Column[Any]]:
    return [column for column in table.columns if column.name not in without]


PLACE_OF_CASE = ("desk", "closed", "priority", "state_since")
PLACE_OF_TASK = ("desk", "open", "state_since")
"""The columns that say where in which inbox something lies."""

# What a command reads and writes. SQLite writes an index anew for every column that an UPDATE names, changed or not;
# the _AT_DESK statements are for rows that stay where they lie.
CASE = _all_of(case_, by=[case_.c.id])
CASE_HELD = _query("read case_ held", select(case_).where(_of(case_.c.id)).with_for_update(key_share=True), "of_id")
HEAD_HELD = _query(
    "read case_ head held",
    select(case_.c.version, case_.c.head).where(_of(case_.c.id)).with_for_update(key_share=True),
    "of_id",
)
TASKS = _all_of(task, by=[task.c.case_id], ordered=[task.c.number])
CLOCKS = _all_of(clock, by=[clock.c.case_id], ordered=[clock.c.id])
TIMERS = _all_of(timer, by=[timer.c.case_id], ordered=[timer.c.owner, timer.c.event])
INSERT_CASE = _insert(case_)
UPDATE_CASE = _set(case_, *_rest(case_, "id"), by=[case_.c.id, case_.c.version])
UPDATE_CASE_AT_DESK = _set(case_, *_rest(case_, "id", *PLACE_OF_CASE), by=[case_.c.id, case_.c.version])
PUT_TASK = _put(task)
UPDATE_TASK_AT_DESK = _set(task, *_rest(task, "case_id", "number", *PLACE_OF_TASK), by=[task.c.case_id, task.c.number])
PUT_CLOCK = _put(clock)
PUT_TIMER = _put(timer)
DROP_TIMER = _query(
    "drop timer",
    delete(timer).where(_of(timer.c.case_id), _of(timer.c.owner), _of(timer.c.event)),
    *("of_case_id", "of_owner", "of_event"),
)

# The log and the outbox
APPEND_EVENT = _insert(event)
EVENTS = _all_of(event, by=[event.c.case_id], ordered=[event.c.seq])
HEADS = _query(
    "read heads",
    select(case_.c.id, case_.c.version, case_.c.head)
    .where(case_.c.id > bindparam("after"), case_.c.id <= bindparam("until"))
    .order_by(case_.c.id)
    .limit(_LIMIT),
    *("after", "until", "limit"),
)
ADD_OUTBOX = _insert(outbox)
UNSENT = _query(
    "read unsent",
    select(outbox)
    .where(outbox.c.sent_at.is_(None))
    .order_by(outbox.c.at, outbox.c.case_id, outbox.c.seq, outbox.c.ordinal)
    .limit(_LIMIT),
    "limit",
)
OUTBOX = _all_of(outbox, by=[outbox.c.case_id], ordered=[outbox.c.seq, outbox.c.ordinal])
MARK_SENT = _set(outbox, outbox.c.sent_at, by=[outbox.c.case_id, outbox.c.seq, outbox.c.ordinal])

# Numbers, commands, definitions, facts about the store
_COMMAND = schema.command.c
COMMAND = _query(
    "read command",
    select(_COMMAND.case_id, _COMMAND.fingerprint, _COMMAND.answer).where(_of(_COMMAND.key)),
    "of_key",
)
INSERT_COMMAND = _insert(schema.command)
COUNTER = _query(
    "read counter", select(counter.c.value).where(_of(counter.c.series), _of(counter.c.scope)), "of_series", "of_scope"
)
COUNT_UP = Statement(
    "count up",
    lambda insert: (
        insert(counter)
        .values(series=bindparam("series"), scope=bindparam("scope"), value=literal(1))
        .on_conflict_do_update(
            index_elements=[counter.c.series, counter.c.scope], set_={"value": counter.c.value + literal(1)}
        )
    ),
    ("series", "scope"),
)
DEFINITION = _all_of(schema.definition, by=[schema.definition.c.hash])
PUT_DEFINITION = _put(schema.definition)
META = _query("read meta", select(schema.meta.c.name, schema.meta.c.value))
INSERT_META = _insert(schema.meta)

# Values and results. Whoever seals a value holds the key check until the commit: the key cannot change under it.
KEY_CHECK = _query(
    "read key check", select(schema.meta.c.value).where(_of(schema.meta.c.name)).with_for_update(read=True), "of_name"
)
KEY_CHECK_TO_CHANGE = _query(
    "read key check to change", select(schema.meta.c.value).where(_of(schema.meta.c.name)).with_for_update(), "of_name"
)
SET_META = _set(schema.meta, schema.meta.c.value, by=[schema.meta.c.name])
COUNT_VALUES = _query("count values", select(func.count()).select_from(value))
VALUES_UNDER_OTHERS = _query(
    "read values under other keys",
    select(value)
    .where(tuple_(value.c.case_id, value.c.field) > tuple_(bindparam("case_id"), bindparam("field")))
    .where(value.c.blob.is_not(None), value.c.key_id != bindparam("key_id"))
    .order_by(value.c.case_id, value.c.field)
    .limit(_LIMIT),
    *("case_id", "field", "key_id", "limit"),
)
RESEAL_VALUE = _query(
    "seal value anew",
    update(value)
    .where(_of(value.c.case_id), _of(value.c.field), _of(value.c.digest), value.c.blob.is_not(None))
    .values(key_id=bindparam("key_id"), blob=bindparam("blob")),
    *("key_id", "blob", "of_case_id", "of_field", "of_digest"),
)
VALUE = _all_of(value, by=[value.c.case_id, value.c.field])
ENVELOPES = _all_of(value, by=[value.c.case_id])
VALUES = _query(
    "read values",
    select(value.c.field, value.c.key_id, value.c.digest, value.c.at, value.c.destroyed_at)
    .where(_of(value.c.case_id))
    .order_by(value.c.field),
    "of_case_id",
)
PUT_VALUE = _put(value)
FORGET_FINGERPRINTS = _set(schema.command, _COMMAND.fingerprint, by=[_COMMAND.case_id])
DESTROY_VALUE = _set(value, value.c.salt, value.c.blob, value.c.destroyed_at, by=[value.c.case_id, value.c.field])
INSERT_REGISTRATION = _insert(registration)
_IN_ORDER = [registration.c.case_id, registration.c.seq, registration.c.ordinal]
REGISTRATIONS = _all_of(registration, by=[registration.c.case_id], ordered=_IN_ORDER)
REGISTRATIONS_OF = _all_of(registration, by=[registration.c.kind, registration.c.subject_digest], ordered=_IN_ORDER)
UPDATE_REGISTRATION = _set(
    registration, *_rest(registration, "case_id", "seq", "ordinal", "kind", "subject_digest"), by=_IN_ORDER
)
INSERT_LINK = _insert(schema.link)
LINKED_TO = _all_of(schema.link, by=[schema.link.c.to_case], ordered=[schema.link.c.case_id, schema.link.c.seq])
_OF_LINK = [schema.link.c.case_id, schema.link.c.seq, schema.link.c.ordinal]
OPEN_LINK = _set(schema.link, schema.link.c.to_case, by=_OF_LINK)
LINKS = _all_of(schema.link, by=[schema.link.c.case_id], ordered=_OF_LINK)
