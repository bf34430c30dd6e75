"""The first tables. They are written out here, so that later changes of the schema do not change the past."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
WHOLE = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def _numbers(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, WHOLE, nullable=False) for name in names]


def _number_or_none(name: str) -> sa.Column[int]:
    return sa.Column(name, WHOLE)


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, TEXT, nullable=False) for name in names]


def _text_or_none(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, TEXT) for name in names]


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=False)


def _case() -> sa.Column[int]:
    return sa.Column("case_id", WHOLE, sa.ForeignKey("case_.id"), nullable=False)


def upgrade() -> None:
    """Make every table and index of revision 0001."""
    _store()
    _cases()
    _beside_the_case()
    _log()
    _results()
    _indexes()


def _store() -> None:
    op.create_table("meta", sa.Column("name", TEXT, primary_key=True), *_texts("value"))
    op.create_table(
        "definition",
        sa.Column("hash", TEXT, primary_key=True),
        *_texts("procedure", "wording_hash"),
        *_text_or_none("valid_from", "valid_until"),
        *_texts("body"),
    )
    op.create_table(
        "counter",
        *_texts("series", "scope"),
        *_numbers("value"),
        sa.PrimaryKeyConstraint("series", "scope"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "command",
        sa.Column("key", TEXT, primary_key=True),
        *_numbers("case_id"),
        *_texts("fingerprint", "answer"),
        *_numbers("at"),
        sqlite_with_rowid=False,
    )


def _cases() -> None:
    op.create_table(
        "case_",
        sa.Column("id", WHOLE, primary_key=True, autoincrement=False),
        *_texts("procedure", "edition", "municipality", "state"),
        *_numbers("state_since", "opened_at"),
        *_texts("filer"),
        *_text_or_none("nature", "desk"),
        *_numbers("version"),
        *_texts("head"),
        _number_or_none("arrived_at"),
        *_text_or_none("outcome"),
        _number_or_none("decided_at"),
        _flag("closed"),
        *_numbers("priority"),
        *_texts("memo"),
    )


def _beside_the_case() -> None:
    op.create_table(
        "task",
        _case(),
        *_numbers("number"),
        *_texts("kind", "state"),
        *_numbers("state_since", "opened_at"),
        *_text_or_none("desk", "post"),
        _flag("open"),
        *_numbers("version"),
        *_texts("memo"),
        sa.PrimaryKeyConstraint("case_id", "number"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "clock",
        _case(),
        *_texts("id", "state", "starts_on"),
        *_text_or_none("due_on"),
        *_texts("pauses"),
        *_text_or_none("satisfied_on"),
        _flag("breached"),
        *_texts("memo"),
        sa.PrimaryKeyConstraint("case_id", "id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "timer",
        _case(),
        *_numbers("owner"),
        *_texts("event"),
        *_numbers("due_at", "turn"),
        sa.PrimaryKeyConstraint("case_id", "owner", "event"),
        sqlite_with_rowid=False,
    )


def _log() -> None:
    op.create_table(
        "event",
        _case(),
        *_numbers("seq", "at"),
        *_texts("event", "kind"),
        *_numbers("task"),
        *_texts("person", "post", "from_state", "to_state", "edition", "effects", "key", "previous", "hash"),
        sa.PrimaryKeyConstraint("case_id", "seq"),
    )
    op.create_table(
        "outbox",
        _case(),
        *_numbers("seq", "ordinal"),
        *_texts("notice", "recipient", "digest"),
        *_numbers("at"),
        _number_or_none("sent_at"),
        sa.PrimaryKeyConstraint("case_id", "seq", "ordinal"),
        sqlite_with_rowid=False,
    )


def _results() -> None:
    op.create_table(
        "value",
        _case(),
        *_texts("field"),
        *_numbers("key_id"),
        sa.Column("salt", sa.LargeBinary),
        sa.Column("blob", sa.LargeBinary),
        *_texts("digest"),
        *_numbers("at"),
        _number_or_none("destroyed_at"),
        sa.PrimaryKeyConstraint("case_id", "field"),
    )
    op.create_table(
        "registration",
        _case(),
        *_numbers("seq", "ordinal"),
        *_texts("kind", "subject_digest"),
        *_text_or_none("from_month", "until_day"),
        _number_or_none("ended_at"),
        sa.PrimaryKeyConstraint("case_id", "seq", "ordinal"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "link",
        _case(),
        *_numbers("seq", "ordinal"),
        *_texts("to_procedure"),
        sa.Column("to_case", WHOLE, sa.ForeignKey("case_.id")),
        *_texts("kind"),
        sa.PrimaryKeyConstraint("case_id", "seq", "ordinal"),
        sqlite_with_rowid=False,
    )


def _indexes() -> None:
    _index("case_unclosed", "case_", ["desk"], sa.column("closed", sa.Boolean).is_(False))
    _index("task_inbox", "task", ["desk"], sa.column("open", sa.Boolean).is_(True))
    _index("outbox_unsent", "outbox", ["at", "case_id", "seq", "ordinal"], sa.column("sent_at").is_(None))
    op.create_index("timer_due", "timer", ["due_at", "case_id", "owner", "event"])
    op.create_index("registration_subject", "registration", ["kind", "subject_digest"])
    op.create_index("link_to_case", "link", ["to_case"])


def _index(name: str, table: str, columns: list[str], where: sa.ColumnElement[bool]) -> None:
    """An index over a part of the rows, in each dialect's own way of saying so."""
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
