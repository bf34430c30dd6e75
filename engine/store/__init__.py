"""The store: everything that is kept, in SQLite; the only room that knows SQLAlchemy and alembic.

It keeps rows and promises that they are kept together, once, sealed and chained. It refuses to know what a procedure,
a state or an event means.
"""

from engine.store.chain import chained, row_hash
from engine.store.connection import Store
from engine.store.failures import Conflict
from engine.store.findings import Finding
from engine.store.keys import KeyRing
from engine.store.migration import upgrade
from engine.store.records import (
    Absence,
    Answered,
    Booked,
    CaseCount,
    Concerned,
    Edition,
    Envelope,
    EventCount,
    Letter,
    Linked,
    OpenItem,
    Reading,
    Registered,
    StoredValue,
)
from engine.store.transaction import Transaction
from engine.store.verification import homeless, verify_all, verify_case, verify_log

__all__ = [
    "Absence",
    "Answered",
    "Booked",
    "CaseCount",
    "Concerned",
    "Conflict",
    "Edition",
    "Envelope",
    "EventCount",
    "Finding",
    "KeyRing",
    "Letter",
    "Linked",
    "OpenItem",
    "Reading",
    "Registered",
    "Store",
    "StoredValue",
    "Transaction",
    "chained",
    "homeless",
    "row_hash",
    "upgrade",
    "verify_all",
    "verify_case",
    "verify_log",
]
