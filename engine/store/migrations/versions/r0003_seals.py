"""Seals over the logs, and the log of readings; every case there is waits for the first seal."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
WHOLE = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def _key(name: str) -> sa.Column[int]:
    return sa.Column(name, WHOLE, primary_key=True, autoincrement=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, WHOLE, nullable=False)


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, TEXT, nullable=False) for name in names]


def upgrade() -> None:
    """Make the tables, and mark every case."""
    op.create_table("unsealed", _key("case_id"), sqlite_with_rowid=False)
    op.create_table("leaf", _key("number"), *_texts("kind"), _number("case_id"), _number("version"), *_texts("head"))
    op.create_table(
        "seal",
        _key("number"),
        *_texts("store"),
        _number("size"),
        *_texts("root", "frontier"),
        _number("at"),
        *_texts("previous", "key_id", "signature"),
    )
    op.create_table(
        "reading",
        _key("number"),
        _number("at"),
        _number("case_id"),
        *_texts("person", "post", "purpose", "fields", "previous", "hash"),
    )
    op.create_index("leaf_of_case", "leaf", ["case_id", "version"])
    op.create_index("reading_of_case", "reading", ["case_id", "number"])
    op.execute("INSERT INTO unsealed (case_id) SELECT id FROM case_")
