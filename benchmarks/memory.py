"""What a process weighs after 100,000 commands, against after 10,000.

Compared: the same process with itself, leading paid cases of procedure 1 on a file, one after the other. There is no
rival: this is about what an engine that serves for weeks keeps of each command in its memory, which is to be nothing.
The store does not wait for the disk (`synchronous=OFF`), for the time is not measured. The process is one of its own,
and it is weighed after it has thrown away what it no longer needs. The target is 5 %.
"""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path

from benchmarks.life import answers, life, office
from benchmarks.machine import resident_bytes
from benchmarks.tables import table
from engine.commands import Engine
from office.office import definitions

TARGET = 0.05
FEW, MANY = 10_000, 100_000


def report(folder: Path, few: int = FEW, many: int = MANY) -> str:
    """The table: the weight after so many commands and after so many more, and the growth."""
    weights = weighed(folder, few, many)
    if weights is None:
        return "What a process weighs is not told by this system."
    growth = weights[1] / weights[0] - 1
    rows = [[f"{count:,} commands", f"{one / 2**20:.1f}"] for count, one in zip((few, many), weights, strict=True)]
    verdict = f"{'Met' if growth <= TARGET else 'Not met'}: {growth:+.1%}."
    notes = [f"Target: at most {TARGET:.0%} more. {verdict}"]
    return table("What a process weighs, paid cases of procedure 1 on a file", ["after", "MiB"], rows, notes)


def weighed(folder: Path, few: int, many: int) -> tuple[int, int] | None:
    """Bytes after so many commands and after so many; None where the system does not tell a process its size."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(_weigh, (folder, few, many))


def _weigh(folder: Path, few: int, many: int) -> tuple[int, int] | None:
    with tempfile.TemporaryDirectory(dir=folder) as here:
        engine = office(definitions("hitachinaka"), Path(here, "cases.db"), "OFF")
        commands = _commands(engine)
        first = _after(commands, few)
        second = _after(commands, many - few)
        engine.store.close()
    return None if first is None or second is None else (first, second)


def _after(commands: Iterator[None], count: int) -> int | None:
    for _ in range(count):
        next(commands)
    gc.collect()
    return resident_bytes()


def _commands(engine: Engine) -> Iterator[None]:
    """One command at each step, case after case, without end."""
    document = answers()
    while True:
        for _, command in life(engine, document):
            command()
            yield
