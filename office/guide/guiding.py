"""One call of the guide: the situation, the advice, and cases opened from it, in words and for a program."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from engine.clock import JST
from engine.commands import Receipt
from office import session
from office.asking import Asked, instant
from office.clocks import SystemClock
from office.guide import shown, situation
from office.guide.advice import Advised, advice, events_of
from office.guide.opening import open_cases, openable
from office.guide.situation import Situation
from office.office import Definitions
from office.telling import event_lines
from office.values import pairs

Told = tuple[list[str], Any]


@dataclass(frozen=True)
class Given:
    """What somebody tells all at once; false when there is nothing, and he is to be asked."""

    events: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    file: Path | None = None

    def __bool__(self) -> bool:
        return bool(self.events or self.words or self.file)


@dataclass(frozen=True)
class Dialogue:
    """How somebody is asked: `ask` shows a line and gives what is typed after it, `tell` only shows one."""

    ask: Callable[[str], str]
    tell: Callable[[str], None]


def questions(asked: Asked) -> Told:
    """The events and their questions."""
    found = list(situation.questions(events_of(session.declarations(asked.city, asked.definitions))))
    lines: list[str] = []
    for event in found:
        lines.append(f"{event['id']}  {event['ja']} / {event['easy']}")
        lines += [f"  {one['id']}  {one['ja']} / {one['easy']}" for one in event["questions"]]
    return lines, found


def guided(asked: Asked, given: Given, dialogue: Dialogue, person: str | None = None, *, opens: bool = False) -> Told:
    """What follows from the situation; with `opens`, in cases that are opened and linked.

    Raises:
        Misused: the situation cannot be understood.
        DefinitionError: a file of a life event or a declaration has errors.
        MadoguchiError: with `opens`, as of opening a case.
    """
    declared = session.declarations(asked.city, asked.definitions)
    told = _situation(declared, asked, given, dialogue)
    on = _day(asked)
    found = advice(declared, told, on)
    if not opens or not found:
        city = declared.municipality.label
        return list(shown.lines(city, told, found, on, asked.lang)), shown.facts(city, told, found, on)
    with session.founded(asked, found[0].procedure.id) as office:
        if office.news:
            dialogue.tell(office.news)
        found = advice(office.declared, told, on)
        receipts = open_cases(office, found, person)
        city = office.declared.municipality.label
        lines = [*shown.lines(city, told, found, on, asked.lang), "", *_opened(office, found, receipts)]
        return lines, shown.facts(city, told, found, on) | {"cases": [asdict(one) for one in receipts]}


def _situation(declared: Definitions, asked: Asked, given: Given, dialogue: Dialogue) -> Situation:
    known = events_of(declared)
    if not given:
        return situation.asked(known, dialogue.ask, dialogue.tell, asked.lang)
    names, answers = situation.from_file(given.file) if given.file else ([], {})
    return situation.told(known, [*names, *given.events], answers | pairs(given.words))


def _day(asked: Asked) -> dt.date:
    """The civil day of the advice."""
    return (SystemClock().now() if asked.at is None else instant(asked.at)).astimezone(JST).date()


def _opened(office: session.Session, found: Sequence[Advised], receipts: Sequence[Receipt]) -> list[str]:
    lines: list[str] = []
    for one in receipts:
        with office.engine.reading(one.case_id) as work:
            lines += event_lines(work, one)[:1]
    mine = set(openable(office, found))
    left = [one.procedure.title_easy for one in found if one.procedure.id not in mine]
    return ["はじめた あんけん:", *lines, *(f"しやくしょが はじめます: {title}" for title in left)]
