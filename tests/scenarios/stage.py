"""Plays a scenario on a real engine and a real store, and tells what came of it."""

from __future__ import annotations

import copy
import functools
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine import leaving
from engine.absences import ABSENT, VACANT
from engine.actors import Actor
from engine.clock import SimulatedClock, from_seconds, to_seconds
from engine.commands import Engine
from engine.delivery import deliver_signals
from engine.errors import MadoguchiError
from engine.leaving import Leave
from engine.state import LogRow, Whole
from engine.store import Store
from office.asking import instant
from office.office import Definitions, definitions, engine_for
from tests.engine.invariants import kept_otherwise
from tests.house.layout import ROOT
from tests.scenarios.scenario import Form, Scenario, Step, scenarios


@functools.cache
def declared(city: str, folders: tuple[Path, ...] = ()) -> Definitions:
    """The declarations as a city sees them, ours and those of folders laid over them, read once."""
    return definitions(city, folders)


@dataclass
class Played:
    """A case after its scenario, and the engine it was played on."""

    engine: Engine
    case_id: int = 0
    about: int | None = None
    document: dict[str, Any] = field(default_factory=dict)

    @property
    def whole(self) -> Whole:
        """The case as it is stored."""
        with self.engine.store.reading() as tx:
            found = tx.whole(self.case_id)
        assert found is not None
        return found

    @property
    def log(self) -> list[LogRow]:
        """Its history."""
        with self.engine.store.reading() as tx:
            return tx.log(self.case_id)

    def value(self, rule: str) -> object:
        """What a rule gives now."""
        with self.engine.reading(self.case_id) as work:
            return work.value("rules", rule)

    def letters(self) -> list[tuple[str, str]]:
        """Every notice with its text, in the order in which they were written."""
        with self.engine.store.reading() as tx:
            rows, writer = tx.outbox(self.case_id), self.engine.ports.writer
            texts = [tx.get_value(self.case_id, f"notice.{row.seq}.{row.ordinal}") for row in rows]
        return [(row.notice, writer.text(json.loads(text or b'""'))) for row, text in zip(rows, texts, strict=True)]


def play(scenario: Scenario, store: Store, folders: tuple[Path, ...] = ()) -> Played:
    """The case after every step of the scenario; a step that goes otherwise than written fails the test."""
    before = play(scenarios()[scenario.given.about], store, folders) if scenario.given.about else None
    clock = SimulatedClock(instant(scenario.given.at))
    played = Played(engine_for(declared(scenario.given.city, folders), store, clock))
    played.about = before.case_id if before else None
    played.document = document(scenario.procedure, scenario.given.form, folders)
    for number, step in enumerate(scenario.steps(), 1):
        if step.at:
            clock.set(instant(step.at))
        _take(played, scenario, step, f"step {number} ({step.do} {step.what} by {step.by})")
    assert kept_otherwise(played.engine) == []
    return played


def document(procedure: str, form: Form, folders: tuple[Path, ...] = ()) -> dict[str, Any]:
    """The answers of an example, changed."""
    name = f"forms/*/{procedure}.{form.example}.json"
    (example,) = (path for folder in (ROOT, *folders) for path in folder.glob(name))
    return changed(json.loads(example.read_text("utf-8")), form.set, form.drop)


def changed(whole: dict[str, Any], given: dict[str, Any], drop: tuple[str, ...] = ()) -> dict[str, Any]:
    """A copy of some answers with others in their place, each at its dotted path."""
    whole = copy.deepcopy(whole)
    for path in drop:
        place, name = _place(whole, path)
        del place[name]
    for path, value in given.items():
        place, name = _place(whole, path)
        place[name] = value
    return whole


def _place(whole: dict[str, Any], path: str) -> tuple[Any, Any]:
    *before, last = [int(word) if word.isdigit() else word for word in path.split(".")]
    place: Any = whole
    for word in before:
        place = place[word] if isinstance(word, int) else place.setdefault(word, {})
    return place, last


def _take(played: Played, scenario: Scenario, step: Step, where: str) -> None:
    refused, said = _said(played, scenario, step)
    assert refused == step.refused, f"{where}: {refused or 'it went through'}, not {step.refused}: {said}"
    assert step.says in said, f"{where}: {said}"
    now = played.whole.case.state if played.case_id else None
    assert step.state in {None, now}, f"{where}: the case is {now} after it, not {step.state}"


def _said(played: Played, scenario: Scenario, step: Step) -> tuple[str | None, str]:
    """The code and the sentence with which a step was refused; None and nothing when it went through."""
    try:
        _say(played, scenario, step)
    except MadoguchiError as error:
        return error.code, error.text()
    return None, ""


def _say(played: Played, scenario: Scenario, step: Step) -> None:
    engine, case, actor = played.engine, played.case_id, Actor.parse(step.by)
    match step.do:
        case "open":
            played.case_id = engine.open(scenario.procedure, actor, filer=step.filer, about=played.about).case_id
        case "submit":
            _hand_in(played, step, step.what or "submit", actor)
        case "check":
            engine.look(case, actor, dict.fromkeys(step.passed, True) | dict.fromkeys(step.failed, False))
        case "fact":
            engine.establish(case, actor, step.facts)
        case "fire" if step.set is not None or step.drop:
            _hand_in(played, step, step.what, actor)
        case "fire":
            engine.fire(case, step.what, actor, step.answers, task=step.task)
        case "signal":
            engine.signal(case, step.what, step.facts)
        case "away":
            leaving.record(engine, actor, _leave(played, step))
        case "back":
            leaving.end(engine, actor, int(step.what))
        case _:
            _let_time_act(engine, told=step.do == "tell")


def _let_time_act(engine: Engine, *, told: bool) -> None:
    """What is due happens; and what cases sent each other reaches them, where the step says so."""
    engine.tick()
    if told:
        assert deliver_signals(engine).failed == []


def _leave(played: Played, step: Step) -> Leave:
    """The absence of a post of the department whose case it is."""
    now = to_seconds(played.engine.ports.clock.now())
    with played.engine.reading(played.case_id) as work:
        department = work.edition.procedure.department
    kind = VACANT if step.vacant else ABSENT
    return Leave(step.what, now, now + int(step.hours * 3600), department=department, kind=kind)


def _hand_in(played: Played, step: Step, event: str, actor: Actor) -> None:
    """Hand in the form as it stands now, with the step's changes; later steps start from these answers."""
    answers = changed(played.document, step.set or {}, step.drop)
    played.engine.fire(played.case_id, event, actor, answers, task=step.task)
    played.document = answers


def day(seconds: int | None) -> str | None:
    """The Japanese civil day of an instant, as written in a scenario."""
    return None if seconds is None else from_seconds(seconds).date().isoformat()


def in_order(events: list[str], wanted: tuple[str, ...]) -> list[str]:
    """As many of the wanted events as happened in their order."""
    left = iter(events)
    found: list[str] = []
    for name in wanted:
        if name not in left:
            break
        found.append(name)
    return found
