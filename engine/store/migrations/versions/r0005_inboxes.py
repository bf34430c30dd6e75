"""The indexes of inboxes hold their order, so that the first lines of a long one are found without sorting it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the indexes anew."""
    unclosed = sa.column("closed", sa.Boolean).is_(False)
    op.drop_index("case_unclosed", "case_")
    op.drop_index("task_inbox", "task")
    _index("case_inbox", "case_", ["desk", sa.text("priority DESC"), "state_since", "id"], unclosed)
    _index("case_urgent", "case_", ["id"], sa.and_(unclosed, sa.column("priority", sa.Integer) > 0))
    _index("task_inbox", "task", ["desk", "state_since", "case_id", "number"], sa.column("open", sa.Boolean).is_(True))


def _index(name: str, table: str, columns: list[str | sa.TextClause], where: sa.ColumnElement[bool]) -> None:
    """An index over a part of the rows, in each dialect's own way of saying so."""
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
