"""A full durable command against a bare commit.

Compared: every command of a paid case of procedure 1 (answers checked, conditions run, values sealed, log chained,
tasks, clocks and outbox written, one commit) with one UPDATE and one INSERT in one commit by the standard library.
Fair, because both write to files in one folder of one disk, both in WAL with the same `synchronous`, and take turns: a
whole case, then as many bare commits. Turns of single commands would flatter us: switching files at every commit makes
the file system wait for its own journal, and both sides then mostly wait; for the same reason the modes go one after
the other.
Neither is counted before its write-ahead log has reached the size at which SQLite begins it anew: until then a commit
also waits for the file system to lengthen the file, and a bare commit, which writes less, would do so for longer.
The ratio is bare time by command time: 1 would be a command that costs nothing beside its commit. The target is 0.40.
A slow disk raises it, for then both sides wait; so the quarter of the cases in which bare commits were quickest is told
apart, and the target is held against the lower of the two. The same case in memory shows the engine's own work, and
from how slow a disk on the target can be reached at all.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.bare import Bare
from benchmarks.life import answers, life, office
from benchmarks.rounds import seconds, tell
from benchmarks.tables import table
from engine.store.pool import Synchronous
from office.office import Definitions

TARGET = 0.40
QUICK = 0.25
WARM = {"cases": 12, "commits": 700}
"""What fills a write-ahead log once: SQLite begins it anew after 1000 pages, of which each commit writes a few."""

MODES: tuple[Synchronous, ...] = ("FULL", "NORMAL")


@dataclass
class Turns:
    """Seconds of each command by kind, an entry per case; and of the bare commits after it, a list per case."""

    command: dict[str, list[float]] = field(default_factory=dict)
    bare: list[list[float]] = field(default_factory=list)

    def ratio(self, share: float = 1.0) -> float:
        """The median of bare time by command time, each summed over a case, where bare commits were quickest.

        Args:
            share: the part of the cases that counts, those with the quickest bare commits first.
        """
        cases = zip(*self.command.values(), strict=True)
        pairs = sorted((sum(bare), sum(case)) for case, bare in zip(cases, self.bare, strict=True))
        some = pairs[: max(1, round(share * len(pairs)))]
        return float(median(bare / own for bare, own in some))

    def kind(self, name: str) -> float:
        """The median of one kind of command, in milliseconds."""
        return 1000 * float(median(self.command[name]))

    def mean(self) -> tuple[float, float]:
        """Milliseconds a command and a bare commit: the medians over the cases of the mean within a case."""
        cases = list(zip(*self.command.values(), strict=True))
        own, bare = ([sum(one) / len(one) for one in side] for side in (cases, self.bare))
        return 1000 * float(median(own)), 1000 * float(median(bare))


def measured(declared: Definitions, cases: int, folder: Path, mode: Synchronous) -> Turns:
    """Cases lived on a new file in a folder, each followed by bare commits; those that warm up are not counted."""
    found = Turns()
    with tempfile.TemporaryDirectory(dir=folder) as here:
        engine, bare = office(declared, Path(here, "cases.db"), mode), Bare(Path(here, "bare.db"), mode)
        for _ in range(WARM["cases"]):
            for _, command in life(engine, answers()):
                command()
        for _ in range(WARM["commits"]):
            bare.step()
        for number in range(cases):
            tell(f"durable commands, {mode}: case {number} of {cases}")
            own = {kind: seconds(command) for kind, command in life(engine, answers())}
            found.bare.append([seconds(bare.step) for _ in own])
            for kind, figure in own.items():
                found.command.setdefault(kind, []).append(figure)
        engine.store.close()
        bare.close()
    return found


def in_memory(declared: Definitions, cases: int) -> dict[str, float]:
    """The median milliseconds of each kind of command where no disk takes part; the first case is not counted."""
    engine = office(declared, ":memory:")
    found: dict[str, list[float]] = {}
    for number in range(cases + 1):
        tell(f"commands in memory: case {number} of {cases}")
        for kind, command in life(engine, answers()):
            figure = seconds(command)
            if number:
                found.setdefault(kind, []).append(1000 * figure)
    engine.store.close()
    return {kind: float(median(figures)) for kind, figures in found.items()}


def report(declared: Definitions, cases: int, folder: Path) -> str:
    """The table: milliseconds a command by kind, and the ratio for a whole case."""
    full, normal = (measured(declared, cases, folder, mode) for mode in MODES)
    memory = in_memory(declared, cases)
    rows = [[kind, *(f"{one:.2f}" for one in (full.kind(kind), normal.kind(kind), memory[kind]))] for kind in memory]
    means, own = (full.mean(), normal.mean()), sum(memory.values()) / len(memory)
    rows.append(["mean of a case", *(f"{command:.2f}" for command, _ in means), f"{own:.2f}"])
    rows.append(["bare UPDATE and INSERT commit", *(f"{bare:.2f}" for _, bare in means), ""])
    ratios = [(side.ratio(), side.ratio(QUICK)) for side in (full, normal)]
    rows.append(["bare / command, all cases", *(f"{every:.2f}" for every, _ in ratios), ""])
    rows.append(["bare / command, quickest quarter", *(f"{quick:.2f}" for _, quick in ratios), ""])
    reached, needed = min(ratios[0]), own * TARGET / (1 - TARGET)
    verdict = "Met" if reached >= TARGET else "Not met"
    return table(
        f"Durable commands, one paid case of procedure 1 (medians of {cases} cases, milliseconds)",
        ["command", "FULL", "NORMAL", "memory"],
        rows,
        [
            f"Target: a command at FULL reaches {TARGET} of a bare commit. {verdict} on this disk: {reached:.2f}.",
            f"By the work in memory, a disk whose bare commit takes at least {needed:.2f} ms reaches it.",
        ],
    )
