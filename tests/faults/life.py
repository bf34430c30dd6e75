"""A life: the commands that the clients of one case give, from its opening to its end, each at its instant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

from engine import leaving
from engine.absences import ABSENT, VACANT
from engine.actors import Actor
from engine.clock import to_seconds
from engine.commands import Engine
from engine.delivery import deliver_signals, register_event
from engine.leaving import Leave
from engine.people import Person
from tests.faults.worlds import SMALLTOWN

CASE = 1
Sent = dict[tuple[int, int, int], tuple[str, str]]


@dataclass(frozen=True)
class Step:
    """One command, or an hour at which time acts or notices go out. `refused` is the code of the error it must get.

    `case` is another case than the client's first one, `upon` the case that one to be opened is about.
    """

    at: dt.datetime
    method: str
    actor: Actor | None = None
    about: str = ""
    given: dict[str, Any] = field(default_factory=dict)
    task: int | None = None
    refused: str | None = None
    filer: str | None = None
    case: int | None = None
    upon: int | None = None

    def say(self, engine: Engine, key: str, sent: Sent, case: int = CASE) -> None:
        """Give the command to an engine, under the key that stays the same however often it is given."""
        case = self.case or case
        match self.method, self.actor:
            case "open", Actor() as actor:
                engine.open(self.about, actor, filer=self.filer, about=self.upon, key=key)
            case "fire", Actor() as actor:
                engine.fire(case, self.about, actor, self.given or None, task=self.task, key=key)
            case "look", Actor() as actor:
                engine.look(case, actor, self.given, key=key)
            case "migrate", Actor() as actor:
                engine.migrate(case, actor, key=key)
            case "establish", Actor() as actor:
                engine.establish(case, actor, self.given, key=key)
            case "destroy", Actor() as actor:
                engine.destroy(case, actor, (), self.about, key=key)
            case "signal", None:
                engine.signal(case, self.about, self.given, key=key)
            case "tick", None:
                engine.tick()
            case "deliver", None:
                engine.deliver(lambda case, seq, place, to, text: sent.update({(case, seq, place): (to, text)}))
            case _:
                self._between(engine, key)

    def _between(self, engine: Engine, key: str) -> None:
        """Let one signal be heard, a register tell of a person, or an absence be recorded or end."""
        match self.method, self.actor:
            case "hear", None:
                deliver_signals(engine, limit=1)
            case "register", None:
                register_event(engine, key, self.about, Person(**self.given), self.at.date(), {})
            case "away", Actor() as actor:
                leaving.record(engine, actor, self._leave(engine), key=key)
            case "back", Actor() as actor:
                leaving.end(engine, actor, int(self.about), key=key)
            case _:
                raise ValueError(f"no client says {self.method}")

    def _leave(self, engine: Engine) -> Leave:
        with engine.reading(CASE) as work:
            department = work.edition.procedure.department
        since = to_seconds(self.at)
        until = since + int(self.given["hours"] * 3600)
        return Leave(self.about, since, until, department, kind=VACANT if self.given["vacant"] else ABSENT)


@dataclass(frozen=True)
class Life:
    """One case from its opening on, in a city or in the small town; `ends` is the last state of the last `case`."""

    name: str
    world: str
    steps: tuple[Step, ...]
    ends: str | None
    case: int = CASE

    def first(self, count: int) -> Life:
        """Its first commands, which lead to no end that is known."""
        return replace(self, steps=self.steps[:count], ends=None)


class Diary:
    """Writes a life down, day by day."""

    def __init__(self, begins: dt.datetime) -> None:
        self._now = begins
        self._steps: list[Step] = []

    def fire(
        self,
        event: str,
        by: str,
        given: Mapping[str, Any] | None = None,
        *,
        task: int | None = None,
        refused: str | None = None,
    ) -> Self:
        """An event; `by` is post:person."""
        return self._note(Step(self._now, "fire", Actor.parse(by), event, dict(given or {}), task, refused))

    def open(self, procedure: str, by: str) -> Self:
        """The beginning."""
        return self._note(Step(self._now, "open", Actor.parse(by), procedure))

    def look(self, by: str, **results: bool) -> Self:
        """Checks."""
        return self._note(Step(self._now, "look", Actor.parse(by), given=results))

    def establish(self, by: str, **facts: object) -> Self:
        """Facts."""
        return self._note(Step(self._now, "establish", Actor.parse(by), given=facts))

    def migrate(self, by: str, *, refused: str | None = None) -> Self:
        """A move into the edition that the case calls for."""
        return self._note(Step(self._now, "migrate", Actor.parse(by), refused=refused))

    def signal(self, name: str, **facts: object) -> Self:
        """What a register reports."""
        return self._note(Step(self._now, "signal", about=name, given=facts))

    def destroy(self, by: str, reason: str) -> Self:
        """Everything there is of the case."""
        return self._note(Step(self._now, "destroy", Actor.parse(by), reason))

    def later(self, days: int) -> Self:
        """So many days later, at which time acts."""
        self._now += dt.timedelta(days=days)
        return self._note(Step(self._now, "tick"))

    def register(self, event: str, person: Mapping[str, str]) -> Self:
        """What a register reports of a person."""
        return self._note(Step(self._now, "register", about=event, given=dict(person)))

    def hear(self) -> Self:
        """An hour at which one signal is heard."""
        return self._note(Step(self._now, "hear"))

    def deliver(self) -> Self:
        """An hour at which the notices are sent."""
        return self._note(Step(self._now, "deliver"))

    def ends(self, name: str, state: str, world: str = SMALLTOWN) -> Life:
        """The life as it was written down, in the small town unless another world is named."""
        return Life(name, world, tuple(self._steps), state)

    def _note(self, step: Step) -> Self:
        self._now += dt.timedelta(minutes=1)
        self._steps.append(step)
        return self


def shared(life: Life, earlier: Sequence[Life]) -> int:
    """How many of the first steps some earlier life has taken already, one like the other."""
    return max((_alike(life.steps, other.steps) for other in earlier if other.world == life.world), default=0)


def _alike(steps: tuple[Step, ...], others: tuple[Step, ...]) -> int:
    count = 0
    for one, other in zip(steps, others, strict=False):
        if one != other:
            return count
        count += 1
    return count
