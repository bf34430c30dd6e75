"""The tables, in SQLAlchemy Core and without a word that only one database understands.

Instants are whole epoch seconds, civil dates ISO text, money whole yen, memos JSON text. Columns stand in the order of
the fields of `engine.state`, so that a row becomes its dataclass by position. A table of short
rows is kept in the order of its key (`sqlite_with_rowid=False`: one tree to write instead of two); long rows are not,
for they would be moved about by every row that comes between them.
"""

from __future__ import annotations

from sqlalchemy import Column, LargeBinary, PrimaryKeyConstraint, Table, and_

from engine.store import away, between, columns
from engine.store.columns import (
    TEXT,
    WHOLE,
    flag,
    number,
    number_or_none,
    of_case,
    part,
    text,
    text_or_none,
)

REVISION = "0008"
"""The newest revision in `migrations/versions`; revisions are numbered, so that older and newer can be told apart."""

APPLICATION = "madoguchi"

metadata = columns.metadata
absence = away.absence
registration, link, subject, signal = between.registration, between.link, between.subject, between.signal
booking = between.booking

meta = Table("meta", metadata, Column("name", TEXT, primary_key=True), text("value"))

definition = Table(
    "definition",
    metadata,
    Column("hash", TEXT, primary_key=True),
    text("procedure"),
    text("wording_hash"),
    text_or_none("valid_from"),
    text_or_none("valid_until"),
    text("body"),
)

case_ = Table(
    "case_",
    metadata,
    Column("id", WHOLE, primary_key=True, autoincrement=False),
    text("procedure"),
    text("edition"),
    text("municipality"),
    text("state"),
    number("state_since"),
    number("opened_at"),
    text("filer"),
    text_or_none("nature"),
    text_or_none("desk"),
    number("version"),
    text("head"),
    number_or_none("arrived_at"),
    text_or_none("outcome"),
    number_or_none("decided_at"),
    flag("closed"),
    number("priority"),
    text("memo"),
)

task = Table(
    "task",
    metadata,
    of_case(),
    number("number"),
    text("kind"),
    text("state"),
    number("state_since"),
    number("opened_at"),
    text_or_none("desk"),
    text_or_none("post"),
    flag("open"),
    number("version"),
    text("memo"),
    PrimaryKeyConstraint("case_id", "number"),
    sqlite_with_rowid=False,
)

clock = Table(
    "clock",
    metadata,
    of_case(),
    text("id"),
    text("state"),
    text("starts_on"),
    text_or_none("due_on"),
    text("pauses"),
    text_or_none("satisfied_on"),
    flag("breached"),
    text("memo"),
    PrimaryKeyConstraint("case_id", "id"),
    sqlite_with_rowid=False,
)

timer = Table(
    "timer",
    metadata,
    of_case(),
    number("owner"),
    text("event"),
    number("due_at"),
    number("turn"),
    PrimaryKeyConstraint("case_id", "owner", "event"),
    sqlite_with_rowid=False,
)

event = Table(
    "event",
    metadata,
    of_case(),
    number("seq"),
    number("at"),
    text("event"),
    text("kind"),
    number("task"),
    text("person"),
    text("post"),
    text("from_state"),
    text("to_state"),
    text("edition"),
    text("effects"),
    text("key"),
    text("previous"),
    text("hash"),
    PrimaryKeyConstraint("case_id", "seq"),
)

outbox = Table(
    "outbox",
    metadata,
    of_case(),
    number("seq"),
    number("ordinal"),
    text("notice"),
    text("recipient"),
    text("digest"),
    number("at"),
    number_or_none("sent_at"),
    PrimaryKeyConstraint("case_id", "seq", "ordinal"),
    sqlite_with_rowid=False,
)

counter = Table(
    "counter",
    metadata,
    text("series"),
    text("scope"),
    number("value"),
    PrimaryKeyConstraint("series", "scope"),
    sqlite_with_rowid=False,
)

command = Table(
    "command",
    metadata,
    Column("key", TEXT, primary_key=True),
    number("case_id"),
    text("fingerprint"),
    text("answer"),
    number("at"),
    sqlite_with_rowid=False,
)

value = Table(
    "value",
    metadata,
    of_case(),
    text("field"),
    number("key_id"),
    Column("salt", LargeBinary),
    Column("blob", LargeBinary),
    text("digest"),
    number("at"),
    number_or_none("destroyed_at"),
    PrimaryKeyConstraint("case_id", "field"),
)

# The tree over the logs. A case whose log grew since the last seal stands in `unsealed`, so that a seal reads no other.
unsealed = Table(
    "unsealed",
    metadata,
    Column("case_id", WHOLE, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

leaf = Table(
    "leaf",
    metadata,
    Column("number", WHOLE, primary_key=True, autoincrement=False),
    text("kind"),
    number("case_id"),
    number("version"),
    text("head"),
)

seal = Table(
    "seal",
    metadata,
    Column("number", WHOLE, primary_key=True, autoincrement=False),
    text("store"),
    number("size"),
    text("root"),
    text("frontier"),
    number("at"),
    text("previous"),
    text("key_id"),
    text("signature"),
)

reading = Table(
    "reading",
    metadata,
    Column("number", WHOLE, primary_key=True, autoincrement=False),
    number("at"),
    number("case_id"),
    text("person"),
    text("post"),
    text("purpose"),
    text("fields"),
    text("previous"),
    text("hash"),
)

part("case_inbox", case_, ("desk", case_.c.priority.desc(), "state_since", "id"), case_.c.closed.is_(False))
part("case_urgent", case_, ("id",), and_(case_.c.closed.is_(False), case_.c.priority > 0))
part("task_inbox", task, ("desk", "state_since", "case_id", "number"), task.c.open.is_(True))
part("timer_due", timer, ("due_at", "case_id", "owner", "event"))
part("outbox_unsent", outbox, ("at", "case_id", "seq", "ordinal"), outbox.c.sent_at.is_(None))
part("leaf_of_case", leaf, ("case_id", "version"))
part("reading_of_case", reading, ("case_id", "number"))
