"""An index over the signals that wait, so that finding them does not read those that were heard long ago."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the index."""
    waiting = sa.column("delivered_at").is_(None)
    op.create_index("signal_in_order", "signal", ["id", "due_at"], sqlite_where=waiting, postgresql_where=waiting)
