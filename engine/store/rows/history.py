"""The log of events, and the outbox written in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import NamedTuple

from engine.state import LogRow, Notified
from engine.store import statements as sql
from engine.store.seal_statements import COUNT_CASES, MARK_UNSEALED, ORPHANS
from engine.store.session import Session

_LOG_ROW = attrgetter(*LogRow.__slots__)
_HIGHEST = 2**62  # beyond any number of a case
_PAGE = 1000
_NOTIFIED = attrgetter(*Notified.__slots__)


class Head(NamedTuple):
    """How long a case's log is said to be, and the hash of its last row."""

    id: int
    version: int
    head: str


class HistoryRows(Session):
    """Adds to the log, which nothing here ever changes, and keeps what the world is still to be told."""

    def append_log(self, rows: Iterable[LogRow]) -> None:
        """Add events; their cases wait for the next seal.

        Raises:
            Conflict: the case has an event under this number already.
        """
        added = [_LOG_ROW(row) for row in rows]
        self.run_each(sql.APPEND_EVENT, added)
        self.run_each(MARK_UNSEALED, [(case,) for case in dict.fromkeys(row[0] for row in added)])

    def log(self, case_id: int) -> list[LogRow]:
        """The events of a case in order, as they are stored, tampered with or not."""
        return [LogRow(*row) for row in self.rows_as_stored(sql.EVENTS, (case_id,))]

    def head(self, case_id: int) -> Head | None:
        """What a case says of its own log; None when there is no such case."""
        return next(iter(self.heads(case_id - 1, 1, case_id)), None)

    def heads(self, after: int, limit: int, until: int = _HIGHEST) -> list[Head]:
        """What each case says of its own log, by case number: of those above one number and up to another."""
        rows = self.rows_as_stored(sql.HEADS, (after, until, limit))
        return [Head(id_, version if isinstance(version, int) else -1, head) for id_, version, head in rows]

    def every_head(self) -> Iterator[Head]:
        """The same of all cases, read page by page."""
        after = -_HIGHEST
        while page := self.heads(after, _PAGE):
            yield from page
            after = page[-1].id

    def count_cases(self) -> int:
        """How many cases there are."""
        return int(self.rows(COUNT_CASES)[0][0])

    def orphans(self) -> list[LogRow]:
        """The rows of log whose case is not there."""
        return [LogRow(*row) for row in self.rows_as_stored(ORPHANS)]

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
