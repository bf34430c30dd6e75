"""The log of events, and the outbox written in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import NamedTuple

from engine.state import LogRow, Notified
from engine.store import statements as sql
from engine.store.session import Session

_LOG_ROW = attrgetter(*LogRow.__slots__)
_NOTIFIED = attrgetter(*Notified.__slots__)


class Head(NamedTuple):
    """How long a case's log is said to be, and the hash of its last row."""

    id: int
    version: int
    head: str


class HistoryRows(Session):
    """Adds to the log, which nothing here ever changes, and keeps what the world is still to be told."""

    def append_log(self, rows: Iterable[LogRow]) -> None:
        """Add events.

        Raises:
            Conflict: the case has an event under this number already.
        """
        self.run_each(sql.APPEND_EVENT, [_LOG_ROW(row) for row in rows])

    def log(self, case_id: int) -> list[LogRow]:
        """The events of a case in order, as they are stored, tampered with or not."""
        return [LogRow(*row) for row in self.rows_as_stored(sql.EVENTS, (case_id,))]

    def heads(self) -> list[Head]:
        """What each case says of its own log, in the order of case numbers."""
        rows = self.rows_as_stored(sql.HEADS)
        return [Head(id_, version if isinstance(version, int) else -1, head) for id_, version, head in rows]

    def cases_with_events(self) -> list[int]:
        """The case numbers that occur in the log, also where there is no such case."""
        return [row[0] for row in self.rows_as_stored(sql.CASES_WITH_EVENTS)]

    def add_outbox(self, notices: Iterable[Notified]) -> None:
        """Add what the world is to be told.

        Raises:
            Conflict: a notice under this key is there already.
        """
        self.run_each(sql.ADD_OUTBOX, [_NOTIFIED(notice) for notice in notices])

    def unsent(self, limit: int) -> list[Notified]:
        """The oldest notices not sent yet, at most so many."""
        return [Notified(*row) for row in self.rows(sql.UNSENT, (limit,))]

    def outbox(self, case_id: int) -> list[Notified]:
        """The notices of a case in order, sent or not."""
        return [Notified(*row) for row in self.rows(sql.OUTBOX, (case_id,))]

    def mark_sent(self, case_id: int, seq: int, ordinal: int, at: int) -> None:
        """Note when a notice went out."""
        self.run(sql.MARK_SENT, (at, case_id, seq, ordinal))
