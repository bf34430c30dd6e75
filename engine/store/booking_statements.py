"""The statements about the lists of meetings."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, func, select

from engine.store.prepared import Statement
from engine.store.schema import booking

_OF_MEETING = (
    booking.c.municipality == bindparam("municipality"),
    booking.c.meeting == bindparam("meeting"),
)
_IN_ORDER = (booking.c.held_on, booking.c.place)

INSERT = Statement("insert booking", lambda insert: insert(booking), tuple(booking.c.keys()))
DROP = Statement(
    "drop booking",
    lambda _: delete(booking).where(
        *_OF_MEETING, booking.c.held_on == bindparam("held_on"), booking.c.place == bindparam("place")
    ),
    ("municipality", "meeting", "held_on", "place"),
)
LISTED = Statement(
    "read bookings of a day",
    lambda _: select(booking).where(*_OF_MEETING, booking.c.held_on == bindparam("held_on")).order_by(*_IN_ORDER),
    ("municipality", "meeting", "held_on"),
)
TAKEN = Statement(
    "count bookings",
    lambda _: (
        select(booking.c.held_on, func.count())
        .where(*_OF_MEETING, booking.c.held_on >= bindparam("since"))
        .group_by(booking.c.held_on)
        .order_by(booking.c.held_on)
    ),
    ("municipality", "meeting", "since"),
)
OF_CASE = Statement(
    "read bookings of a case",
    lambda _: select(booking).where(booking.c.case_id == bindparam("case_id")).order_by(*_IN_ORDER),
    ("case_id",),
)
