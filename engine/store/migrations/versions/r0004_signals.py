"""Signals between cases, the persons a case concerns, and registrations with a life of their own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
WHOLE = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, WHOLE, nullable=nullable)


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, TEXT, nullable=nullable)


def _case(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, WHOLE, sa.ForeignKey("case_.id"), nullable=nullable)


def upgrade() -> None:
    """Make the tables `subject` and `signal`, and `registration` anew."""
    _registrations()
    op.create_table(
        "subject",
        _text("digest"),
        _case("case_id"),
        _text("name"),
        sa.PrimaryKeyConstraint("digest", "case_id", "name"),
        sqlite_with_rowid=False,
    )
    _signals()


def _registrations() -> None:
    """What stood in `subject_digest` was the digest of what is held; of whom nobody had noted."""
    op.drop_index("registration_subject", "registration")
    op.rename_table("registration", "registration_before")
    if op.get_bind().dialect.name == "postgresql":  # there the name of a key belongs to the schema, not to its table
        op.execute("ALTER INDEX registration_pkey RENAME TO registration_before_pkey")
    op.create_table(
        "registration",
        _case("case_id"),
        *(_number("seq"), _number("ordinal")),
        *(_text("kind"), _text("subject_digest"), _text("digest"), _text("since")),
        _text("until_day", nullable=True),
        *(_number("suspended_at", nullable=True), _number("ended_at", nullable=True)),
        sa.PrimaryKeyConstraint("case_id", "seq", "ordinal"),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO registration SELECT case_id, seq, ordinal, kind, '', subject_digest, coalesce(from_month, ''),"
        " until_day, NULL, ended_at FROM registration_before"
    )
    op.drop_table("registration_before")
    op.create_index("registration_subject", "registration", ["kind", "subject_digest"])


def _signals() -> None:
    op.create_table(
        "signal",
        sa.Column("id", WHOLE, primary_key=True, autoincrement=False),
        *(_text("kind"), _text("name")),
        _case("from_case", nullable=True),
        *(_number("seq"), _number("ordinal")),
        _text("to_procedure"),
        _case("to_case", nullable=True),
        _number("behind", nullable=True),
        *(_number("hops"), _number("at"), _number("key_id")),
        *(sa.Column("salt", sa.LargeBinary), sa.Column("blob", sa.LargeBinary)),
        _text("digest"),
        *(_number("due_at"), _number("tries")),
        _text("trouble", nullable=True),
        _number("delivered_at", nullable=True),
    )
    waiting = sa.column("delivered_at").is_(None)
    op.create_index("signal_waiting", "signal", ["to_case", "id"], sqlite_where=waiting, postgresql_where=waiting)
    op.create_index("signal_sent", "signal", ["from_case"])
