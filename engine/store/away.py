"""The table of absences, and its statements."""

from __future__ import annotations

from sqlalchemy import Column, Table, bindparam, select, update

from engine.store.columns import WHOLE, metadata, number, part, text
from engine.store.prepared import Statement

absence = Table(
    "absence",
    metadata,
    Column("id", WHOLE, primary_key=True, autoincrement=False),
    text("department"),
    text("post"),
    text("kind"),
    number("since"),
    number("until"),
    number("planned_until"),
    text("deputy"),
    text("said_by"),
    text("said_as"),
    number("said_at"),
    text("ended_by"),
)

part("absence_until", absence, ("until", "since"))

_ALL = select(absence).order_by(absence.c.since, absence.c.id)
ADD = Statement("insert absence", lambda insert: insert(absence), tuple(column.name for column in absence.columns))
READ = Statement("read absence", lambda _: _ALL.where(absence.c.id == bindparam("of_id")), ("of_id",))
DURING = Statement(
    "read absences",
    lambda _: _ALL.where(
        absence.c.until > bindparam("since"),
        absence.c.since < bindparam("until"),
        absence.c.since < absence.c.until,  # what was taken back before it began takes no time
    ),
    ("since", "until"),
)
END = Statement(
    "end absence",
    lambda _: (
        update(absence)
        .where(absence.c.id == bindparam("of_id"))
        .values(until=bindparam("until"), ended_by=bindparam("ended_by"))
    ),
    ("until", "ended_by", "of_id"),
)
