"""Many clients of a server through the one writer, against one.

Compared: 64 threads that lead paid cases of procedure 1 through the one writer, with one thread that does the same.
Fair, because both use the same writer, the same kind of file in one folder, `synchronous=FULL` and the same commands,
and take turns. A client gives his next command as soon as the last is acknowledged, so that 64 always have one under
way, and what the clients themselves do is in the time. One thread without a writer is told besides: that is what a
program for one person does, and the change of threads is what it saves.
The latency of a command is from asking to its acknowledgement. The target is twice the commands a second. What can be
shared is the commit; so where the engine's own work is more than the commit, it cannot be reached.
"""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from benchmarks.life import NOON, answers, life
from benchmarks.rounds import seconds, tell
from benchmarks.tables import table
from engine.clock import SimulatedClock
from engine.commands import Engine
from engine.store import Store
from engine.writer import Writer
from office.office import Definitions, engine_for

TARGET = 2.0
MANY = 64
CASES = 64
"""Cases of a turn, shared out among its clients."""


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


def turn(declared: Definitions, folder: Path, clients: int, *, through_writer: bool, found: Turns | None) -> None:
    """One turn on a new file, noted in `found`; a case is led before it, because definitions are kept by the first."""
    with tempfile.TemporaryDirectory(dir=folder) as here, Store.open(Path(here, "cases.db"), practice=True) as store:
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


def report(declared: Definitions, rounds: int, folder: Path) -> str:
    """The table: commands a second and latencies; the first round is not counted."""
    names = ("one client", f"{MANY} clients", "one client, no writer")
    found = {name: Turns() for name in names}
    rivals: dict[str, Callable[..., None]] = {
        names[0]: partial(turn, declared, folder, 1, through_writer=True),
        names[1]: partial(turn, declared, folder, MANY, through_writer=True),
        names[2]: partial(turn, declared, folder, 1, through_writer=False),
    }
    for number in range(rounds + 1):
        tell(f"clients: round {number} of {rounds}")
        for name, act in rivals.items():
            act(found=found[name] if number else None)
    one, many = found[names[0]], found[names[1]]
    ratio = median(theirs / his for theirs, his in zip(many.rates, one.rates, strict=True))
    rows = [
        [name, f"{median(each.rates):,.0f}", *(f"{each.percentile(share):.1f}" for share in (50, 99))]
        for name, each in found.items()
    ]
    verdict = f"{'Met' if ratio >= TARGET else 'Not met'} on this disk: {ratio:.2f}."
    return table(
        f"Clients of the one writer, paid cases of procedure 1, FULL (medians of {rounds} rounds)",
        ["", "commands /s", "p50 ms", "p99 ms"],
        rows,
        [f"Target: {MANY} clients give {TARGET:.0f} times the commands of one. {verdict}"],
    )
