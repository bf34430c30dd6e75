"""Signals on their way between cases, and which persons a case concerns."""

from __future__ import annotations

from collections.abc import Iterable

from engine.store import signalling as sql
from engine.store.queries import EVERYTHING
from engine.store.records import Concerned, Letter
from engine.store.session import Session


class SignalRows(Session):
    """Keeps every signal until its receiver has heard it, and finds the cases of a person."""

    def send(self, letters: Iterable[Letter]) -> None:
        """Add signals on their way.

        Raises:
            Conflict: there is one under this number already.
        """
        self.run_each(sql.SEND, list(letters))

    def due_letters(self, now: int, limit: int = EVERYTHING) -> list[int]:
        """The signals that can be delivered now, in order: to each case only the first that waits for it."""
        return [row[0] for row in self.rows(sql.DUE, (now, limit))]

    def take_letter(self, number: int) -> Letter | None:
        """The signal, which nobody else can take before this transaction ends; None if it is delivered or taken."""
        found = self.row(sql.TAKE, (number,))
        return None if found is None else Letter(*found)

    def letter_delivered(self, number: int, to_case: int | None, at: int, trouble: str | None = None) -> None:
        """Note that a signal was heard; what it carried is gone with it."""
        self.run(sql.DELIVERED, (to_case, at, trouble, number))

    def letter_failed(self, number: int, due_at: int, trouble: str) -> None:
        """Note why a try failed and when to try next."""
        self.run(sql.FAILED, (due_at, trouble, number))

    def address_letters(self, behind: int, to_case: int) -> None:
        """Tell the signals that wait behind one that opens a case, which case that is."""
        self.run(sql.ADDRESS, (to_case, behind))

    def letters_behind_delivered(self, behind: int, at: int, trouble: str) -> None:
        """Note that those that wait behind a signal will find no case: it opens none."""
        self.run(sql.BEHIND_DELIVERED, (at, trouble, behind))

    def waiting_letters(self, limit: int = EVERYTHING) -> list[Letter]:
        """The signals not delivered yet, oldest first."""
        return [Letter(*row) for row in self.rows(sql.WAITING, (limit,))]

    def letters_of(self, case_id: int) -> list[Letter]:
        """The signals that a case sent, in order, delivered or not."""
        return [Letter(*row) for row in self.rows(sql.SENT, (case_id,))]

    def add_subjects(self, rows: Iterable[Concerned]) -> None:
        """Note which persons a case concerns.

        Raises:
            Conflict: one of them is noted already.
        """
        self.run_each(sql.ADD_SUBJECT, list(rows))

    def drop_subjects(self, rows: Iterable[Concerned]) -> None:
        """Forget that a case concerns these persons."""
        self.run_each(sql.DROP_SUBJECT, list(rows))

    def concerns(self, row: Concerned) -> bool:
        """Whether it is noted that a case concerns a person."""
        return bool(self.rows(sql.CONCERNS, row))

    def concerned(self, digest: str) -> list[Concerned]:
        """The cases that concern a person: those not over, and those of which a registration lives."""
        return [Concerned(*row) for row in self.rows(sql.CONCERNED, (digest,))]
