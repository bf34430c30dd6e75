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
apart, and the target is held against the lower of the two. The same case in memory, where nothing waits and the time of
the processor is counted, shows the engine's own work. The statements of the same commands, run again without the
engine, show what of a command is SQLite and the disk: the ratio cannot be better than theirs while these rows are kept
(`benchmarks.statements`).
The commands of a case follow each other, so the engine keeps the case from one to the next as it does for whoever works
on a case (`engine.kept`); the target is held against that. Besides, the same commands are given to an engine that keeps
none and reads the case anew for each, as it does for a case that nobody touched for long.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.bare import Bare
from benchmarks.life import answers, life, office
from benchmarks.rounds import seconds, tell, worked
from benchmarks.statements import Alone
from benchmarks.tables import table
from engine.kept import Kept
from engine.store.pool import Synchronous
from office.office import Definitions

TARGET = 0.40
QUICK = 0.25
WARM = {"cases": 12, "commits": 700}
"""What fills a write-ahead log once: SQLite begins it anew after 1000 pages, of which each commit writes a few."""

MODES: tuple[Synchronous, ...] = ("FULL", "NORMAL")


@dataclass
class Turns:
    """Seconds of each command by kind, an entry per case; a list per case of bare commits, and of statements alone.

    `anew` has a list per case of the same commands by an engine that keeps no case.
    """

    command: dict[str, list[float]] = field(default_factory=dict)
    bare: list[list[float]] = field(default_factory=list)
    alone: list[list[float]] = field(default_factory=list)
    anew: list[list[float]] = field(default_factory=list)

    def ratio(self, share: float = 1.0) -> float:
        """The median of bare time by command time, each summed over a case, where bare commits were quickest.

        Args:
            share: the part of the cases that counts, those with the quickest bare commits first.
        """
        return _ratio(zip(self.bare, zip(*self.command.values(), strict=True), strict=True), share)

    def ratio_anew(self, share: float = 1.0) -> float:
        """The same for the engine that keeps no case."""
        return _ratio(zip(self.bare, self.anew, strict=True), share)

    def ceiling(self) -> float:
        """The same where the engine took no time at all: bare time by that of the statements alone."""
        return float(median(sum(bare) / sum(alone) for bare, alone in zip(self.bare, self.alone, strict=True)))

    def kind(self, name: str) -> float:
        """The median of one kind of command, in milliseconds."""
        return 1000 * float(median(self.command[name]))

    def means(self) -> tuple[float, ...]:
        """Milliseconds a command, one of a case read anew, its statements alone, a bare commit: medians over cases."""
        cases = list(zip(*self.command.values(), strict=True))
        sides = (cases, self.anew, self.alone, self.bare)
        return tuple(1000 * float(median(sum(one) / len(one) for one in side)) for side in sides)


def _ratio(cases: Iterable[tuple[Sequence[float], Sequence[float]]], share: float) -> float:
    pairs = sorted((sum(bare), sum(case)) for bare, case in cases)
    some = pairs[: max(1, round(share * len(pairs)))]
    return float(median(bare / own for bare, own in some))


def measured(declared: Definitions, cases: int, folder: Path, mode: Synchronous) -> Turns:
    """Cases lived on a new file in a folder, each followed by bare commits; those that warm up are not counted."""
    found = Turns()
    with tempfile.TemporaryDirectory(dir=folder) as here:
        engine, bare = office(declared, Path(here, "cases.db"), mode), Bare(Path(here, "bare.db"), mode)
        anew = office(declared, Path(here, "anew.db"), mode)
        anew.kept = Kept(cases=0)
        alone = Alone(declared, Path(here), Path(here, "alone.db"), mode)
        for _ in range(WARM["cases"]):
            for one in (engine, anew):
                for _, command in life(one, answers()):
                    command()
            alone.case()
        for _ in range(WARM["commits"]):
            bare.step()
        for number in range(cases):
            tell(f"durable commands, {mode}: case {number} of {cases}")
            own = {kind: seconds(command) for kind, command in life(engine, answers())}
            found.bare.append([seconds(bare.step) for _ in own])
            found.anew.append([seconds(command) for _, command in life(anew, answers())])
            found.alone.append(alone.case())
            for kind, figure in own.items():
                found.command.setdefault(kind, []).append(figure)
        engine.store.close()
        anew.store.close()
        bare.close()
        alone.close()
    return found


def in_memory(declared: Definitions, cases: int, folder: Path) -> tuple[dict[str, float], float]:
    """The median milliseconds of the processor for each kind of command without a disk, and for its statements alone.

    The first case is not counted.
    """
    engine = office(declared, ":memory:")
    found: dict[str, list[float]] = {}
    statements: list[float] = []
    with tempfile.TemporaryDirectory(dir=folder) as here:
        alone = Alone(declared, Path(here), ":memory:", "FULL")
        for number in range(cases + 1):
            tell(f"commands in memory: case {number} of {cases}")
            figures = {kind: worked(command) for kind, command in life(engine, answers())}
            again = alone.case(worked)
            if number:
                statements.append(1000 * sum(again) / len(again))
                for kind, figure in figures.items():
                    found.setdefault(kind, []).append(1000 * figure)
        alone.close()
    engine.store.close()
    return {kind: float(median(each)) for kind, each in found.items()}, float(median(statements))


def report(declared: Definitions, cases: int, folder: Path) -> str:
    """The table: milliseconds a command by kind, and the ratio for a whole case."""
    full, normal = (measured(declared, cases, folder, mode) for mode in MODES)
    memory, alone = in_memory(declared, cases, folder)
    rows = [[kind, *(f"{one:.2f}" for one in (full.kind(kind), normal.kind(kind), memory[kind]))] for kind in memory]
    own = sum(memory.values()) / len(memory)
    names = ("mean of a case", "the same, case read anew", "its statements alone", "bare UPDATE and INSERT commit")
    for name, last, *figures in zip(names, (own, None, alone, None), full.means(), normal.means(), strict=True):
        rows.append([name, *(f"{figure:.2f}" for figure in figures), "" if last is None else f"{last:.2f}"])
    ratios = [(side.ratio(), side.ratio(QUICK)) for side in (full, normal)]
    rows.append(["bare / command, all cases", *(f"{every:.2f}" for every, _ in ratios), ""])
    rows.append(["bare / command, quickest quarter", *(f"{quick:.2f}" for _, quick in ratios), ""])
    rows.append(["bare / command, case read anew", *(f"{side.ratio_anew():.2f}" for side in (full, normal)), ""])
    rows.append(["bare / statements alone", *(f"{side.ceiling():.2f}" for side in (full, normal)), ""])
    reached = min(ratios[0])
    verdict = "Met" if reached >= TARGET else "Not met"
    *_, least, bare = full.means()
    left = bare / TARGET - least
    return table(
        f"Durable commands, one paid case of procedure 1 (medians of {cases} cases, milliseconds)",
        ["command", "FULL", "NORMAL", "memory"],
        rows,
        [
            f"Target: a command at FULL reaches {TARGET} of a bare commit. {verdict} on this disk: {reached:.2f}.",
            f"It leaves the engine {max(left, 0):.2f} ms beside the statements; in memory it takes {own - alone:.2f}.",
        ],
    )
