"""Random walks, with a seed: legal and illegal commands in any order, while all promises are watched."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from engine.actors import SYSTEM, Actor, roles_of
from engine.clock import JST, SimulatedClock
from engine.commands import Engine, Receipt
from engine.definition.rows import Fact, Input
from engine.errors import Refusal
from engine.options import Option, everybodys_options
from engine.work import Work
from tests.engine.invariants import of_case

Form = Callable[[Random], dict[str, Any]]
SPANS = (0.01, 1, 3, 8, 16, 40)
LONG = 400


@dataclass
class Walk:
    """One walk: whatever happens, `reached` counts the events that did and `broken` names the promises that broke.

    Args:
        forms: for each procedure, how to make up the answers to its main form; for a form that is asked for, too.
        actors: for each procedure, everybody who may turn up.
    """

    engine: Engine
    clock: SimulatedClock
    luck: Random
    forms: Mapping[str, Form]
    actors: Mapping[str, Sequence[Actor]]
    most_open: int = 4
    cases: dict[int, str] = field(default_factory=dict)
    over: set[int] = field(default_factory=set)
    reached: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    said: dict[str, Callable[[], Receipt]] = field(default_factory=dict)

    def go(self, steps: int) -> None:
        """Take so many steps."""
        for _ in range(steps):
            act = self.luck.choices(
                (
                    self._open,
                    self._option,
                    self._anything,
                    self._look,
                    self._fact,
                    self._signal,
                    self._time,
                    self._again,
                ),
                weights=(10, 50, 6, 12, 10, 1, 9, 2),
            )[0]
            try:
                act()
            except Refusal as refusal:
                self.refused[type(refusal).__name__] += 1
        with self.engine.store.reading() as tx:
            self.broken += [said for n in self.cases for said in of_case(tx, n, self.engine.ports.definitions)]

    def _open(self) -> None:
        procedure = self.luck.choice(sorted(self.actors))
        alive = [n for n, name in self.cases.items() if name == procedure and n not in self.over]
        if len(alive) < self.most_open:
            actor = self.luck.choice([*self.actors[procedure], SYSTEM])
            self._say(lambda key: self.engine.open(procedure, actor, key=key))

    def _option(self) -> None:
        """Something that somebody may do now."""
        work, _ = self._somewhere()
        able = self._able(work)
        if not able:
            return
        rare = [_is_rare(work, option) for option, _ in able]
        place = self.luck.choices(range(len(able)), [1 if one else 12 for one in rare])[0]
        if not (rare[place] and self.luck.random() < 0.7):
            option, actors = able[place]
            number, actor, answers = work.whole.case.id, self.luck.choice(actors), self._answers(work, option.asks)
            task = option.task or None
            self._say(lambda key: self.engine.fire(number, option.event, actor, answers, task=task, key=key))

    def _able(self, work: Work) -> list[tuple[Option, list[Actor]]]:
        """What can be done now, each with those whose posts may do it."""
        city, procedure = self.engine.ports.municipality, work.edition.procedure
        roles = [(actor, roles_of(actor, procedure, city)) for actor in self.actors[procedure.id]]
        with self.engine.reading(work.whole.case.id) as now:
            options = everybodys_options(now)
        found = [(one, [actor for actor, has in roles if has & set(one.by)]) for one in options]
        return [(option, actors) for option, actors in found if actors]

    def _anything(self) -> None:
        """Any event, by anybody, with any answers."""
        work, actor = self._somewhere()
        edition, number = work.edition, work.whole.case.id
        names = [*edition.machine.events, *(name for machine in edition.tasks.values() for name in machine.events)]
        answers = self._answers(work, self.luck.choice([None, "form", *edition.inputs]))
        event, task = self.luck.choice(names), self.luck.choice([None, None, 1, 2, 7])
        self._say(lambda key: self.engine.fire(number, event, actor, answers, task=task, key=key))

    def _look(self) -> None:
        """What a person finds at the stage the case is at, or now and then at any stage, by anybody."""
        work, actor = self._somewhere()
        case = work.whole.case
        able = [one for one in self.actors[case.procedure] if one.post == work.case_state.by]
        able = able if self.luck.random() < 0.9 else []
        rows = [check for check in work.edition.procedure.checks if check.stage == case.state or not able]
        results = {check.id: self.luck.random() < 0.85 for check in rows if not check.passes}
        self._say(lambda key: self.engine.look(case.id, able[0] if able else actor, results, key=key))

    def _fact(self) -> None:
        work, actor = self._somewhere()
        rows, number = work.edition.procedure.facts, work.whole.case.id
        facts = {row.id: self._value(row) for row in self.luck.sample(rows, min(len(rows), 1))}
        self._say(lambda key: self.engine.establish(number, actor, facts, key=key))

    def _signal(self) -> None:
        work, _ = self._somewhere()
        procedure, number = work.edition.procedure, work.whole.case.id
        signal = self.luck.choice(procedure.signals).id if procedure.signals else "none"
        told = [fact for fact in procedure.facts if fact.source == "register" and self.luck.random() < 0.7]
        facts = {fact.id: self._value(fact) for fact in told}
        self._say(lambda key: self.engine.signal(number, signal, facts, key=key))

    def _time(self) -> None:
        days = LONG if self.luck.random() < 0.05 else self.luck.choice(SPANS)
        self.clock.set(self.clock.now() + dt.timedelta(days=days))
        if self.luck.random() < 0.8:
            for receipt in self.engine.tick():
                self._heard(receipt)

    def _again(self) -> None:
        """A command that was accepted before, said again under its key."""
        if self.said:
            key = self.luck.choice(sorted(self.said))
            if not self.said[key]().again:
                self.broken.append(f"{key} acted twice")

    def _say(self, command: Callable[[str], Receipt]) -> None:
        key = f"k{len(self.said)}"
        receipt = command(key)
        self.said[key] = lambda: command(key)
        self._heard(receipt)

    def _heard(self, receipt: Receipt) -> None:
        """Count what happened, and watch the promises of the case."""
        number = receipt.case_id
        with self.engine.reading(number) as work:
            self.cases[number] = work.edition.id
            (self.over.add if receipt.closed else self.over.discard)(number)
            self.broken += of_case(work.tx, number, self.engine.ports.definitions)
            for row in work.tx.log(number)[-len(receipt.events) :] if receipt.events else []:
                if row.kind in {"event", "auto", "timer", "signal"}:
                    kind = work.whole.tasks[row.task].kind if row.task else ""
                    self.reached[(work.edition.id, kind, row.event)] += 1

    def _somewhere(self) -> tuple[Work, Actor]:
        """A case in hand, mostly one that is not over, and somebody who may turn up there."""
        while not self.cases:
            self._open()
        alive = sorted(set(self.cases) - self.over)
        number = self.luck.choice(alive if alive and self.luck.random() < 0.95 else sorted(self.cases))
        with self.engine.reading(number) as work:
            return work, self.luck.choice(self.actors[self.cases[number]])

    def _answers(self, work: Work, asks: str | None) -> dict[str, Any] | None:
        if asks is None:
            return None
        if asks == "form":
            return self.forms[work.edition.id](self.luck)
        row: Input = work.edition.inputs[asks]
        if row.form is not None:
            return self.forms[row.form](self.luck)
        names = [name for name in row.fields if name in row.required or self.luck.random() < 0.7]
        return {name: self._made_up(row.fields[name]) for name in names}

    def _value(self, fact: Fact) -> object:
        return None if self.luck.random() < 0.1 else self._made_up(fact.type)

    def _made_up(self, kind: str | tuple[str, ...]) -> object:
        if isinstance(kind, tuple):
            return self.luck.choice(kind)
        day = self.clock.now().date() + dt.timedelta(days=self.luck.randint(-5, 20))
        choices: dict[str, Sequence[object]] = {
            "text": ["ほんぶん", "理由があります。"],
            "file": ["F-1"],
            "date": [day.isoformat()],
            "month": [day.isoformat()[:7]],
            "yes_no": [True, True, False],
            "number": [1, 2.5],
            "whole": [1, 3],
            "yen": [0, 500, 2000, 150_000],
        }
        return self.luck.choice(choices[kind])


def _is_rare(work: Work, option: Option) -> bool:
    """Whether it ends the case, or takes it out of a state that is one of its ends."""
    machine = work.edition.machine
    to = None if option.task else machine.events[option.event].to
    return to is not None and (machine.states[to].kind == "final" or work.case_state.kind == "settled")


def start_of(year: int) -> dt.datetime:
    """Ten in the morning of the first Monday or so of June."""
    return dt.datetime(year, 6, 6, 10, 0, tzinfo=JST)
