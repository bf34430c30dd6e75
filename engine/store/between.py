"""The tables of what lies between cases: links, signals on their way, registrations, the persons they concern, lists.

A list is that of a meeting: the cases, or tasks of cases, that it deals with on a day.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, LargeBinary, PrimaryKeyConstraint, Table

from engine.store.columns import WHOLE, metadata, number, number_or_none, of_case, part, text, text_or_none

registration = Table(
    "registration",
    metadata,
    of_case(),
    number("seq"),
    number("ordinal"),
    text("kind"),
    text("subject_digest"),
    text("digest"),
    text("since"),
    text_or_none("until_day"),
    number_or_none("suspended_at"),
    number_or_none("ended_at"),
    PrimaryKeyConstraint("case_id", "seq", "ordinal"),
    sqlite_with_rowid=False,
)

link = Table(
    "link",
    metadata,
    of_case(),
    number("seq"),
    number("ordinal"),
    text("to_procedure"),
    Column("to_case", WHOLE, ForeignKey("case_.id")),
    text("kind"),
    PrimaryKeyConstraint("case_id", "seq", "ordinal"),
    sqlite_with_rowid=False,
)

subject = Table(
    "subject",
    metadata,
    text("digest"),
    of_case(),
    text("name"),
    PrimaryKeyConstraint("digest", "case_id", "name"),
    sqlite_with_rowid=False,
)

signal = Table(
    "signal",
    metadata,
    Column("id", WHOLE, primary_key=True, autoincrement=False),
    text("kind"),
    text("name"),
    Column("from_case", WHOLE, ForeignKey("case_.id")),
    number("seq"),
    number("ordinal"),
    text("to_procedure"),
    Column("to_case", WHOLE, ForeignKey("case_.id")),
    number_or_none("behind"),
    number("hops"),
    number("at"),
    number("key_id"),
    Column("salt", LargeBinary),
    Column("blob", LargeBinary),
    text("digest"),
    number("due_at"),
    number("tries"),
    text_or_none("trouble"),
    number_or_none("delivered_at"),
)

booking = Table(
    "booking",
    metadata,
    text("municipality"),
    text("meeting"),
    text("held_on"),
    number("place"),
    of_case(),
    number("owner"),
    PrimaryKeyConstraint("municipality", "meeting", "held_on", "place"),
    sqlite_with_rowid=False,
)

part("booking_of_case", booking, ("case_id",))
part("registration_subject", registration, ("kind", "subject_digest"))
part("link_to_case", link, ("to_case",))
part("signal_waiting", signal, ("to_case", "id"), signal.c.delivered_at.is_(None))
part("signal_in_order", signal, ("id", "due_at"), signal.c.delivered_at.is_(None))
part("signal_sent", signal, ("from_case",))
