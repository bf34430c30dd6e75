"""The lists of meetings: which case is dealt with on which day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
WHOLE = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the table `booking`."""
    op.create_table(
        "booking",
        *(sa.Column(name, TEXT, nullable=False) for name in ("municipality", "meeting", "held_on")),
        sa.Column("place", WHOLE, nullable=False),
        sa.Column("case_id", WHOLE, sa.ForeignKey("case_.id"), nullable=False),
        sa.Column("owner", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("municipality", "meeting", "held_on", "place"),
        sqlite_with_rowid=False,
    )
    op.create_index("booking_of_case", "booking", ["case_id"])
