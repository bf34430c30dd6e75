"""A life led by several clients at once, each on a case of his own, through the one writer.

Every command is given by all of them and committed in one transaction. Between the first and the second somebody takes
a number and is refused, and at the end the first client's command comes once more, under the same key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import NoReturn

from engine.errors import MadoguchiError, NotPossibleNow
from engine.store import Transaction
from tests.engine.gathering import Gathering, together
from tests.faults.contents import Contents
from tests.faults.disks import Disk
from tests.faults.life import Sent, Step
from tests.faults.points import Clients, Enumeration, Finding, Given, Process, told, wrong
from tests.faults.stopping import Crash, Stopping
from tests.faults.worlds import engine_of

CLIENTS = 3
ALONE = frozenset({"tick", "deliver", "away", "back"})
"""What nobody gives together with others: an hour passing, and what is said of a post that all cases share."""


@dataclass(frozen=True)
class Crowded(Process):
    """A process that serves many."""

    writer: Gathering

    def stray(self) -> None:
        """Somebody who takes the number of a case, and is refused then."""
        self.writer.committed(_refused)


@dataclass
class Crowd(Enumeration):
    """A life on a disk of its own, led by several. `kind` may put another writer in the place of ours."""

    kind: type[Gathering] = Gathering
    _orders: dict[int, list[tuple[Contents, Contents]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Lead the life undisturbed."""
        super().__post_init__()
        self._aside = self.disk.aside()
        self._aside.found()

    def clients(self, step: Step) -> Clients:
        """One for an hour that passes, and everybody for a command."""
        return (0,) if step.method in ALONE else tuple(range(CLIENTS))

    def _wholes(self, number: int) -> list[Contents]:
        """All of it or nothing; or, when one client's command failed for itself, all but that one.

        Time acts case by case, so that what it leaves is looked at when it has acted on all of them.
        """
        if self.life.steps[number].method in ALONE:
            return []
        return [*super()._wholes(number), *(holds for pair in self._one_later(number) for holds in pair)]

    def _ends(self, number: int) -> list[Contents]:
        """A client whose command failed for itself comes later: another has the number that would have been his."""
        return [*super()._ends(number), *(end for _, end in self._one_later(number))]

    def _one_later(self, number: int) -> list[tuple[Contents, Contents]]:
        """For each client, what the store holds without his command, and when he has given it after the others."""
        everybody = self.clients(self.life.steps[number])
        if number not in self._orders:
            self._orders[number] = [self._later(number, everybody, one) for one in everybody if len(everybody) > 1]
        return self._orders[number]

    def _later(self, number: int, everybody: Clients, late: int) -> tuple[Contents, Contents]:
        self._aside.lay(self.moments[number].image)
        with self._serving(self._aside, number, Stopping()) as process:
            self._give(process, number, {}, tuple(one for one in everybody if one != late))
            without = self._aside.holds()
            self._give(process, number, {}, (late,))
        return without, self._aside.holds()

    def _give(self, process: Process, number: int, sent: Sent, unheard: Clients) -> Given:
        """Let those who have heard nothing give a command, all in one transaction."""
        step = self.life.steps[number]
        said = [partial(step.say, process.engine, f"key {number} of {one}", sent, one + 1) for one in unheard]
        if not said or step.method in ALONE:
            return _given(step, unheard, [_told_alone(command) for command in said])
        assert isinstance(process, Crowded)
        first, stray, *others, again = together(process.writer, [said[0], process.stray, *said[1:], said[0]])
        given = _given(step, unheard, [first, *others])
        findings = [*given.findings, *wrong(step, _error(again))]
        if not isinstance(stray, NotPossibleNow) and told(_error(stray)):
            findings.append(Finding("refusal", f"{step.method} {step.about}", f"the stray was told {stray}"))
        return Given(findings, given.unheard)

    @contextmanager
    def _started(self, number: int, boundary: Stopping) -> Iterator[Crowded]:
        """A serving process on the store, at the instant of a command."""
        with self._serving(self.disk, number, boundary) as process:
            yield process

    @contextmanager
    def _serving(self, disk: Disk, number: int, boundary: Stopping) -> Iterator[Crowded]:
        with disk.opened(boundary) as store, self.kind(store) as writer:
            engine = engine_of(self.life.world, store, self.life.steps[number].at, boundary, writer)
            yield Crowded(store, engine, boundary, writer)


def _given(step: Step, clients: Clients, answers: Sequence[object]) -> Given:
    errors = [_error(answer) for answer in answers]
    unheard = tuple(one for one, error in zip(clients, errors, strict=True) if not told(error))
    return Given([finding for error in errors for finding in wrong(step, error)], unheard)


def _error(answer: object) -> BaseException | None:
    return answer if isinstance(answer, BaseException) else None


def _told_alone(command: Callable[[], None]) -> object:
    try:
        command()
    except (Crash, MadoguchiError) as error:
        return error
    return None


def _refused(tx: Transaction) -> NoReturn:
    tx.next_number("case")
    raise NotPossibleNow("今はできません。", "not now")
