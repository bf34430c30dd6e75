"""Every statement and every commit crosses the boundary first."""

from engine.boundary import Boundary, Kind
from engine.store import Store, Transaction, verify_all
from tests.engine.store.samples import NOON, case, event_after, notice, task


class Stop(BaseException):
    """The program ends here."""


class Counting(Boundary):
    """Stops before the crossing with a given number, from 1; notes every crossing until then."""

    def __init__(self, stop_at: int = 0) -> None:
        self.stop_at = stop_at
        self.seen: list[tuple[str, str]] = []

    def cross(self, kind: Kind, what: str) -> None:
        self.seen.append((kind, what))
        if len(self.seen) == self.stop_at:
            raise Stop


def command(tx: Transaction) -> None:
    """A command as the engine gives it: a new case with one event and what goes with it."""
    made = case()
    tx.insert_case(made)
    tx.append_log([event_after(made)])
    tx.put_tasks([task(made.id), task(made.id, 2)])
    tx.add_outbox([notice(made.id)])
    tx.put_command("key", made.id, "f", "{}", NOON)
    tx.update_case(made, 0)


CROSSINGS = [
    ("execute", "begin"),
    ("execute", "count up"),
    ("execute", "read counter"),
    ("execute", "insert case_"),
    ("execute", "insert event"),
    ("execute", "mark unsealed"),
    ("execute", "put task"),
    ("execute", "insert outbox"),
    ("execute", "insert command"),
    ("execute", "update case_"),
    ("commit", "transaction"),
]


def test_a_command_crosses_for_every_statement_and_its_commit() -> None:
    boundary = Counting()
    with Store.open(":memory:", boundary=boundary) as store, store.transaction() as tx:
        command(tx)
    assert boundary.seen == CROSSINGS


def stopped(store: Store) -> bool:
    """Whether the program ended within the command."""
    try:
        with store.transaction() as tx:
            command(tx)
    except Stop:
        return True
    return False


def test_a_program_that_ends_before_any_crossing_leaves_nothing_and_can_begin_again() -> None:
    for at in range(1, len(CROSSINGS) + 1):
        boundary = Counting(stop_at=at)
        with Store.open(":memory:", boundary=boundary) as store:
            assert stopped(store)
            with store.reading() as tx:
                assert (tx.cases(), tx.command("key"), tx.unsent(9), verify_all(tx)) == ([], None, [], [])
            assert not stopped(store)
            with store.reading() as tx:
                assert [found.id for found in tx.cases()] == [1]


def test_the_boundary_in_use_lets_everything_pass() -> None:
    Boundary().cross("send", "a notice")
    with Store.open(":memory:") as store:
        assert not stopped(store)
