"""The tables, in SQLAlchemy Core and without a word that only one database understands.

Instants are whole epoch seconds, civil dates ISO text, money whole yen, memos JSON text. Columns stand in the order of
the fields of `engine.state`, so that a row becomes its dataclass by position. A table of short
rows is kept in the order of its key (`sqlite_with_rowid=False`: one tree to write instead of two); long rows are not,
for they would be moved about by every row that comes between them.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
)

REVISION = "0004"
"""The newest revision in `migrations/versions`; revisions are numbered, so that older and newer can be told apart."""

APPLICATION = "madoguchi"

metadata = MetaData()
WHOLE = BigInteger().with_variant(Integer, "sqlite")  # 32 bits end in 2038; SQLite's INTEGER has 64 anyway


def _number(name: str) -> Column[int]:
    return Column(name, WHOLE, nullable=False)


def _number_or_none(name: str) -> Column[int]:
    return Column(name, WHOLE)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _text_or_none(name: str) -> Column[str]:
    return Column(name, Text)


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False)


def _case() -> Column[int]:
    return Column("case_id", WHOLE, ForeignKey("case_.id"), nullable=False)


meta = Table("meta", metadata, Column("name", Text, primary_key=True), _text("value"))

definition = Table(
    "definition",
    metadata,
    Column("hash", Text, primary_key=True),
    _text("procedure"),
    _text("wording_hash"),
    _text_or_none("valid_from"),
    _text_or_none("valid_until"),
    _text("body"),
)

case_ = Table(
    "case_",
    metadata,
    Column("id", WHOLE, primary_key=True, autoincrement=False),
    _text("procedure"),
    _text("edition"),
    _text("municipality"),
    _text("state"),
    _number("state_since"),
    _number("opened_at"),
    _text("filer"),
    _text_or_none("nature"),
    _text_or_none("desk"),
    _number("version"),
    _text("head"),
    _number_or_none("arrived_at"),
    _text_or_none("outcome"),
    _number_or_none("decided_at"),
    _flag("closed"),
    _number("priority"),
    _text("memo"),
)

task = Table(
    "task",
    metadata,
    _case(),
    _number("number"),
    _text("kind"),
    _text("state"),
    _number("state_since"),
    _number("opened_at"),
    _text_or_none("desk"),
    _text_or_none("post"),
    _flag("open"),
    _number("version"),
    _text("memo"),
    PrimaryKeyConstraint("case_id", "number"),
    sqlite_with_rowid=False,
)

clock = Table(
    "clock",
    metadata,
    _case(),
    _text("id"),
    _text("state"),
    _text("starts_on"),
    _text_or_none("due_on"),
    _text("pauses"),
    _text_or_none("satisfied_on"),
    _flag("breached"),
    _text("memo"),
    PrimaryKeyConstraint("case_id", "id"),
    sqlite_with_rowid=False,
)

timer = Table(
    "timer",
    metadata,
    _case(),
    _number("owner"),
    _text("event"),
    _number("due_at"),
    _number("turn"),
    PrimaryKeyConstraint("case_id", "owner", "event"),
    sqlite_with_rowid=False,
)

event = Table(
    "event",
    metadata,
    _case(),
    _number("seq"),
    _number("at"),
    _text("event"),
    _text("kind"),
    _number("task"),
    _text("person"),
    _text("post"),
    _text("from_state"),
    _text("to_state"),
    _text("edition"),
    _text("effects"),
    _text("key"),
    _text("previous"),
    _text("hash"),
    PrimaryKeyConstraint("case_id", "seq"),
)

outbox = Table(
    "outbox",
    metadata,
    _case(),
    _number("seq"),
    _number("ordinal"),
    _text("notice"),
    _text("recipient"),
    _text("digest"),
    _number("at"),
    _number_or_none("sent_at"),
    PrimaryKeyConstraint("case_id", "seq", "ordinal"),
    sqlite_with_rowid=False,
)

counter = Table(
    "counter",
    metadata,
    _text("series"),
    _text("scope"),
    _number("value"),
    PrimaryKeyConstraint("series", "scope"),
    sqlite_with_rowid=False,
)

command = Table(
    "command",
    metadata,
    Column("key", Text, primary_key=True),
    _number("case_id"),
    _text("fingerprint"),
    _text("answer"),
    _number("at"),
    sqlite_with_rowid=False,
)

value = Table(
    "value",
    metadata,
    _case(),
    _text("field"),
    _number("key_id"),
    Column("salt", LargeBinary),
    Column("blob", LargeBinary),
    _text("digest"),
    _number("at"),
    _number_or_none("destroyed_at"),
    PrimaryKeyConstraint("case_id", "field"),
)

registration = Table(
    "registration",
    metadata,
    _case(),
    _number("seq"),
    _number("ordinal"),
    _text("kind"),
    _text("subject_digest"),
    _text("digest"),
    _text("since"),
    _text_or_none("until_day"),
    _number_or_none("suspended_at"),
    _number_or_none("ended_at"),
    PrimaryKeyConstraint("case_id", "seq", "ordinal"),
    sqlite_with_rowid=False,
)

link = Table(
    "link",
    metadata,
    _case(),
    _number("seq"),
    _number("ordinal"),
    _text("to_procedure"),
    Column("to_case", WHOLE, ForeignKey("case_.id")),
    _text("kind"),
    PrimaryKeyConstraint("case_id", "seq", "ordinal"),
    sqlite_with_rowid=False,
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
    _text("kind"),
    _number("case_id"),
    _number("version"),
    _text("head"),
)

seal = Table(
    "seal",
    metadata,
    Column("number", WHOLE, primary_key=True, autoincrement=False),
    _text("store"),
    _number("size"),
    _text("root"),
    _text("frontier"),
    _number("at"),
    _text("previous"),
    _text("key_id"),
    _text("signature"),
)

reading = Table(
    "reading",
    metadata,
    Column("number", WHOLE, primary_key=True, autoincrement=False),
    _number("at"),
    _number("case_id"),
    _text("person"),
    _text("post"),
    _text("purpose"),
    _text("fields"),
    _text("previous"),
    _text("hash"),
)

subject = Table(
    "subject",
    metadata,
    _text("digest"),
    _case(),
    _text("name"),
    PrimaryKeyConstraint("digest", "case_id", "name"),
    sqlite_with_rowid=False,
)

signal = Table(
    "signal",
    metadata,
    Column("id", WHOLE, primary_key=True, autoincrement=False),
    _text("kind"),
    _text("name"),
    Column("from_case", WHOLE, ForeignKey("case_.id")),
    _number("seq"),
    _number("ordinal"),
    _text("to_procedure"),
    Column("to_case", WHOLE, ForeignKey("case_.id")),
    _number_or_none("behind"),
    _number("hops"),
    _number("at"),
    _number("key_id"),
    Column("salt", LargeBinary),
    Column("blob", LargeBinary),
    _text("digest"),
    _number("due_at"),
    _number("tries"),
    _text_or_none("trouble"),
    _number_or_none("delivered_at"),
)


def _part(name: str, table: Table, columns: tuple[str, ...], where: object = None) -> None:
    """An index, over only those rows that a query with the same condition asks for."""
    Index(name, *(table.c[column] for column in columns), sqlite_where=where, postgresql_where=where)


_part("case_unclosed", case_, ("desk",), case_.c.closed.is_(False))
_part("task_inbox", task, ("desk",), task.c.open.is_(True))
_part("timer_due", timer, ("due_at", "case_id", "owner", "event"))
_part("outbox_unsent", outbox, ("at", "case_id", "seq", "ordinal"), outbox.c.sent_at.is_(None))
_part("registration_subject", registration, ("kind", "subject_digest"))
_part("link_to_case", link, ("to_case",))
_part("leaf_of_case", leaf, ("case_id", "version"))
_part("reading_of_case", reading, ("case_id", "number"))
_part("signal_waiting", signal, ("to_case", "id"), signal.c.delivered_at.is_(None))
_part("signal_sent", signal, ("from_case",))
