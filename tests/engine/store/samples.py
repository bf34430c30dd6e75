"""Small cases and histories, made up."""

from pathlib import Path

from engine.state import CaseState, LogRow, Notified, TaskState
from engine.store import KeyRing, Store, Transaction, chained

ROOT = Path(__file__).parents[3]
"""Where programs that the tests start find the rooms."""

RING = KeyRing.ephemeral()
NOON = 1_680_000_000  # an instant in March 2023


def case(**changes: object) -> CaseState:
    made = CaseState(
        id=0,
        procedure="permit",
        edition="e" * 64,
        municipality="smalltown",
        state="under_review",
        state_since=NOON,
        opened_at=NOON,
        filer="applicant",
        desk="clerk",
    )
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def task(case_id: int, number: int = 1, **changes: object) -> TaskState:
    made = TaskState(case_id, number, "inquiry", "asked", NOON, NOON, "clerk")
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def notice(case_id: int, seq: int = 1, ordinal: int = 0, at: int = NOON) -> Notified:
    return Notified(case_id, seq, ordinal, "decision", "applicant", "d" * 64, at)


def event_after(case_row: CaseState, event: str = "look", at: int = NOON) -> LogRow:
    """The next row of the case's log; the case's version and head move on with it."""
    columns = (case_row.id, case_row.version + 1, at, event, "event", 0, "P-1", "clerk", "a", "b", "e" * 64, "{}", "k")
    row = chained(case_row.head, columns)
    case_row.version, case_row.head = row.seq, row.hash
    return row


def opened(tx: Transaction, events: int = 1, **changes: object) -> CaseState:
    """A stored case with so many events."""
    made = case(**changes)
    tx.insert_case(made)
    rows = [event_after(made, f"event_{number}", NOON + number) for number in range(1, events + 1)]
    tx.append_log(rows)
    tx.update_case(made, 0)
    return made


def numbers(store: Store) -> list[int]:
    """The numbers of its cases."""
    with store.reading() as tx:
        return [found.id for found in tx.cases()]


def store_with(path: Path, *lengths: int) -> None:
    """A closed store in a file, with a case for each length of log."""
    with Store.open(path) as store, store.transaction() as tx:
        for length in lengths:
            opened(tx, length)
