"""Absences and vacancies of posts, each for a time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
WHOLE = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "absence",
        sa.Column("id", WHOLE, primary_key=True, autoincrement=False),
        *_texts("department", "post", "kind"),
        *(sa.Column(name, WHOLE, nullable=False) for name in ("since", "until", "planned_until")),
        *_texts("deputy", "said_by", "said_as"),
        sa.Column("said_at", WHOLE, nullable=False),
        *_texts("ended_by"),
    )
    op.create_index("absence_until", "absence", ["until", "since"])


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, TEXT, nullable=False) for name in names]
