"""Everything a command can do within one transaction."""

from __future__ import annotations

from engine.boundary import Boundary
from engine.store.keys import KeyRing
from engine.store.rows.absences import AbsenceRows
from engine.store.rows.bookings import BookingRows
from engine.store.rows.cases import CaseRows
from engine.store.rows.lists import ListRows
from engine.store.rows.readings import ReadingRows
from engine.store.rows.results import ResultRows
from engine.store.rows.seals import SealRows
from engine.store.rows.signals import SignalRows
from engine.store.rows.vault import VaultRows
from engine.store.session import Book, Connection


class Transaction(
    CaseRows, SealRows, ReadingRows, ListRows, VaultRows, ResultRows, SignalRows, BookingRows, AbsenceRows
):
    """Reads and writes that are kept together or not at all; `rows/` says what each method gives."""

    def __init__(
        self,
        connection: Connection,
        book: Book,
        boundary: Boundary,
        keys: KeyRing,
        secret: bytes,
        place: str,
        *,
        writing: bool,
    ) -> None:
        super().__init__(connection, book, boundary, place)
        self.keys = keys
        self.secret = secret
        self.writing = writing

    def begin_part(self) -> Transaction:
        """A part that can be given up alone. It remembers nothing that was read before: that may have been given up."""
        self.control("SAVEPOINT part")
        return Transaction(
            self._connection,
            self._book,
            self._boundary,
            self.keys,
            self.secret,
            self._place,
            writing=self.writing,
        )

    def keep_part(self) -> None:
        """Leave the part that was begun last to the commit of the whole."""
        self.control("RELEASE SAVEPOINT part")

    def give_up_part(self) -> None:
        """Take back what was done since the last part was begun.

        Raises:
            StoreError: that is not possible, and the transaction is good for nothing more.
        """
        self.control("ROLLBACK TO SAVEPOINT part")
        self.control("RELEASE SAVEPOINT part")
