"""Stopping a life before every crossing in turn, and what is found wrong with the store afterwards.

Only the command under test is run again for each of its crossings, from an image of the store as it was before that
command. This is the same as living the life again from its beginning: between two commands all that an engine knows
lies in the store, which was closed before its image was taken, and the engine is started anew. In the same way the
life need not be led to its end: when every row of every table is as in the undisturbed life, what comes after it is
what comes after it there. `test_crash_points` holds both against lives that are led from beginning to end.

The stores do not wait for the disk: a process that dies loses nothing that it has written, so waiting would show
nothing here. A power cut is another matter, and needs another test.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from engine.commands import Engine
from engine.errors import MadoguchiError, StoreError
from engine.store import Store
from engine.verify import verify_everything
from tests.engine.invariants import complaints
from tests.faults.contents import Contents, without_sending
from tests.faults.disks import Disk, FileDisk
from tests.faults.life import Life, Sent, Step
from tests.faults.stopping import Crash, Stopping, Strike, Watching, disk_error
from tests.faults.worlds import definitions_of, engine_of

Wrong = Literal["lost", "torn", "twice", "notice", "refusal"]
How = Literal["left", "left twice", "dies", "dies twice", "disk error", "cut"]
"""A process that dies is either looked at (`left`: what lies on the disk at that instant is all that a new one finds),
or really stopped (`dies`). Looking costs less: where two crossings leave the same, what follows is tried once."""
Clients = tuple[int, ...]  # by their numbers from 0
Point = tuple[int, int]  # the number of the command, and that of the crossing within it
Hand = Callable[[Engine], Engine]


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong after a point: which of the promises, and what is there."""

    wrong: Wrong
    at: str
    what: str


@dataclass(frozen=True)
class Moment:
    """Between two commands of the undisturbed life: an image of the store, what it holds, what was sent until then."""

    image: Any
    holds: Contents
    sent: Sent


@dataclass(frozen=True)
class Left:
    """What a process that dies before a crossing leaves: the store under a mark, what was sent, who heard nothing."""

    mark: str
    image: Any
    sent: Sent
    unheard: Clients

    @property
    def key(self) -> Hashable:
        """The same for two deaths that leave the same."""
        return self.mark, tuple(sorted(self.sent.items())), self.unheard


@dataclass(frozen=True)
class Process:
    """A process on a store, and the boundary that all its effects cross."""

    store: Store
    engine: Engine
    boundary: Stopping


@dataclass(frozen=True)
class Given:
    """What came of a command: the wrong answers, and the clients who heard nothing."""

    findings: list[Finding]
    unheard: Clients


@dataclass
class Tally:
    """How many points were tried, and what was found."""

    points: int = 0
    findings: list[Finding] = field(default_factory=list)


@dataclass
class Enumeration:
    """A life on a disk of its own, or in a folder. `hand` may put another engine in the place of ours."""

    life: Life
    place: Path | Disk
    hand: Hand = lambda engine: engine

    def __post_init__(self) -> None:
        """Lead the life undisturbed, and keep every moment of it."""
        self.findings: list[Finding] = []
        self.crossings: list[int] = []
        self._seen = -1  # the command whose deaths these are:
        self._leaves: dict[Hashable, list[Left]] = {}
        self._after: dict[Hashable, list[Finding]] = {}
        self.disk: Disk = FileDisk(self.place) if isinstance(self.place, Path) else self.place
        start = self.disk.found()
        self.moments = [Moment(start, self.disk.holds(), {})]
        for number, step in enumerate(self.life.steps):
            self._live(number, step)
        last = self.moments[-1].holds["case_"].get((self.life.case,), {"state": None})["state"]
        assert self.life.ends in {None, last}, f"{self.life.name}: ends {last}"

    def points(self, first: int = 0) -> list[Point]:
        """Every point from a command on."""
        return [(n, crossing) for n, count in enumerate(self.crossings) if n >= first for crossing in range(count)]

    def tried(self, points: Iterable[Point], how: How) -> Tally:
        """What is found at these points."""
        tally = Tally(findings=list(self.findings))
        for number, crossing in points:
            tally.points += 1
            tally.findings += [*self._at(number, crossing, how)]
        return tally

    def _live(self, number: int, step: Step) -> None:
        before = self.moments[-1]
        self.disk.lay(before.image)
        sent = dict(before.sent)
        with self._started(number, Stopping()) as process:
            self.findings += self._give(process, number, sent, self.clients(step)).findings
            self.crossings.append(process.boundary.crossed)
            self.findings += [*_unsound(process.store, self.life, f"{self.life.name}, command {number}, undisturbed")]
        self.moments.append(Moment(self.disk.image(str(number + 1)), self.disk.holds(), sent))

    def _at(self, number: int, crossing: int, how: How) -> Iterator[Finding]:
        """What is wrong after a stop before one crossing, at once and when the client has tried again."""
        at = f"{self.life.name}, command {number}, crossing {crossing}, {how}"
        if how in {"left", "left twice"}:
            yield from self._is_left(number, crossing, at, twice=how == "left twice")
            return
        self.disk.lay(self.moments[number].image)
        if how in {"disk error", "cut"}:
            yield from self._fails(number, crossing, disk_error if how == "disk error" else self.disk.cut, at)
        else:
            again = crossing * 7 % self.crossings[number]
            yield from self._dies(number, [crossing, again] if how == "dies twice" else [crossing], at)

    def _fails(self, number: int, crossing: int, strike: Strike, at: str) -> Iterator[Finding]:
        """The store fails once; the same engine must serve the client who tries again."""
        boundary, sent = Stopping(crossing, strike), dict(self.moments[number].sent)
        with self._started(number, boundary) as process:
            unheard = self._give(process, number, sent, self.clients(self.life.steps[number])).unheard
            assert boundary.struck, f"{at}: nothing stopped there"
            yield from self._aftermath(process, number, sent, unheard, at)

    def _dies(self, number: int, crossings: list[int], at: str) -> Iterator[Finding]:
        """The process dies, as often as there are crossings; what it left on the disk is found by a new one."""
        sent, unheard = dict(self.moments[number].sent), self.clients(self.life.steps[number])
        for turn, crossing in enumerate(crossings):
            boundary = Stopping(crossing, self.disk.die)
            with self._started(number, boundary) as process:
                unheard = self._give(process, number, sent, unheard).unheard
            assert boundary.struck or turn, f"{at}: nothing stopped there"
            if boundary.struck:
                self.disk.bury()
        with self._started(number, Stopping()) as process:
            yield from self._aftermath(process, number, sent, unheard, at)

    def _is_left(self, number: int, crossing: int, at: str, *, twice: bool) -> Iterator[Finding]:
        """The process dies; or it and the next one, which dies before every crossing of its own in turn."""
        if number != self._seen:
            self._seen = number
            self._leaves.clear()
            self._after.clear()
            self.disk.forget()
        moment = self.moments[number]
        before = Left("", moment.image, moment.sent, self.clients(self.life.steps[number]))
        left = self._left_by(number, before)[crossing]
        for one in self._left_by(number, left) if twice else [left]:
            if one.key not in self._after:
                self.disk.lay(one.image)
                with self._started(number, Stopping()) as process:
                    self._after[one.key] = [*self._aftermath(process, number, dict(one.sent), one.unheard, at)]
            yield from self._after[one.key]

    def _left_by(self, number: int, start: Left) -> list[Left]:
        """What a process leaves that finds what another one left, by the crossing before which it dies."""
        if start.key not in self._leaves:
            found, sent = self._leaves.setdefault(start.key, []), dict(start.sent)

            def look() -> None:
                found.append(Left(*self.disk.left(), dict(sent), () if boundary.acknowledged else start.unheard))

            boundary = Watching(look)
            self.disk.lay(start.image)
            with self._started(number, boundary) as process:
                self._give(process, number, sent, start.unheard)
        return self._leaves[start.key]

    def _aftermath(self, process: Process, number: int, sent: Sent, unheard: Clients, at: str) -> Iterator[Finding]:
        """What is wrong right after the stop; and what, when the clients who have not heard tried again."""
        wholes, ends = self._wholes(number), self._ends(number)
        if wholes and without_sending(self.disk.holds()) not in map(without_sending, wholes):
            yield Finding("torn", at, "the store is neither as before the command nor as after it")
        yield from _unsound(process.store, self.life, at)
        yield from self._give(process, number, sent, unheard).findings
        holds = self.disk.holds()
        if holds not in ends:
            yield from differences(holds, ends[0], at)
        if sent != self.moments[number + 1].sent:
            yield Finding("notice", at, f"sent {sorted(sent)}, not {sorted(self.moments[number + 1].sent)}")

    # What differs when several clients give a command together (`tests.faults.crowd`)

    def clients(self, _step: Step) -> Clients:
        """Who gives a command."""
        return (0,)

    def _wholes(self, number: int) -> list[Contents]:
        """What the store may hold after a stop within a command: all of it, or nothing."""
        return [self.moments[number].holds, self.moments[number + 1].holds]

    def _ends(self, number: int) -> list[Contents]:
        """What the store may hold when everybody was served, the undisturbed life first."""
        return [self.moments[number + 1].holds]

    def _give(self, process: Process, number: int, sent: Sent, unheard: Clients) -> Given:
        """Let those who have heard nothing give a command. An acknowledgement counts as heard, whatever follows it."""
        step = self.life.steps[number]
        if not unheard:
            return Given([], ())
        try:
            step.say(process.engine, f"key {number}", sent)
        except (Crash, MadoguchiError) as error:
            return Given(wrong(step, error), () if told(error) or process.boundary.acknowledged else unheard)
        return Given(wrong(step, None), ())

    @contextmanager
    def _started(self, number: int, boundary: Stopping) -> Iterator[Process]:
        """A process on the store, at the instant of a command."""
        with self.disk.opened(boundary) as store:
            engine = self.hand(engine_of(self.life.world, store, self.life.steps[number].at, boundary))
            yield Process(store, engine, boundary)


def told(error: BaseException | None) -> bool:
    """Whether a client was told what became of his command; a store's error says that nothing did."""
    return not isinstance(error, Crash | StoreError)


def wrong(step: Step, error: BaseException | None) -> list[Finding]:
    """What is wrong with an answer: a refusal that must not be, or that must be and is not."""
    at = f"{step.method} {step.about}"
    if not told(error):
        return []
    if error is None:
        return [Finding("refusal", at, f"accepted, though it must be {step.refused}")] if step.refused else []
    if isinstance(error, MadoguchiError) and error.code == step.refused:
        return []
    return [Finding("refusal", at, f"refused: {getattr(error, 'en', error)}")]


def _unsound(store: Store, life: Life, at: str) -> Iterator[Finding]:
    """What of the store does not follow from its logs, or breaks a promise that holds at every moment."""
    with store.reading() as tx:
        told = [one.en for one in verify_everything(tx)]
    for one in told or complaints(store, definitions_of(life.world)):
        yield Finding("torn", at, one)


def differences(holds: Contents, right: Contents, at: str) -> Iterator[Finding]:
    """Every row by which a store differs from one that was not disturbed."""
    for table, rows in right.items():
        for key in [key for key in rows if key not in holds[table]]:
            yield Finding("notice" if table == "outbox" else "lost", at, f"{table} {key} is not there")
        for key in [key for key in holds[table] if key not in rows]:
            yield Finding("twice", at, f"{table} {key} is there too")
        for key in [key for key in rows if holds[table].get(key, rows[key]) != rows[key]]:
            yield Finding("torn", at, f"{table} {key} is {holds[table][key]}, not {rows[key]}")
