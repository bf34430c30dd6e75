"""Everything a command can do within one transaction."""

from __future__ import annotations

from engine.boundary import Boundary
from engine.store.keys import KeyRing
from engine.store.rows.cases import CaseRows
from engine.store.rows.history import HistoryRows
from engine.store.rows.lists import ListRows
from engine.store.rows.results import ResultRows
from engine.store.rows.vault import VaultRows
from engine.store.session import Book, Connection


class Transaction(CaseRows, HistoryRows, ListRows, VaultRows, ResultRows):
    """Reads and writes that are kept together or not at all; `rows/` says what each method gives."""

    def __init__(self, connection: Connection, book: Book, boundary: Boundary, keys: KeyRing, place: str) -> None:
        super().__init__(connection, book, boundary, place)
        self.keys = keys
