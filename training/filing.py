"""How the case of a lesson is opened and its form handed in, before anybody of the office has done anything."""

from __future__ import annotations

from collections.abc import Iterator

from engine.definition.rows import Event, State
from engine.edition import Edition
from engine.errors import Refusal
from engine.machine import Machine
from engine.opening import ANYONE
from training.lessons import Lesson
from training.scene import Scene, Unsolvable


def file(made: Scene) -> None:
    """Open the case and hand the form in, as whoever may; only opened where the lesson is about one not handed in.

    Raises:
        Unsolvable: nobody may file it.
    """
    edition = made.engine.ports.definitions.edition(made.lesson.procedure, made.clock.now().date())
    last: Refusal | None = None
    for state, to_form in _beginnings(made.lesson, edition):
        actor = made.actor_for(state.opened_by or ANYONE)
        try:
            opened = made.engine.open(made.lesson.procedure, actor, state=state.id, filer=made.application.filer)
            made.application.case_id = opened.case_id
            for row in to_form:
                asked = made.application.document if row.asks == "form" else None
                made.engine.fire(opened.case_id, row.id, made.actor_for(row.by), asked)
        except Refusal as refused:
            last = refused
        else:
            return
    why = last.ja if last else "申請書を出せる始まりの状態がありません。"
    raise Unsolvable(f"申請を出せません: {why}", "nobody can file this") from last


def _beginnings(lesson: Lesson, edition: Edition) -> Iterator[tuple[State, tuple[Event, ...]]]:
    """Where the case of a lesson may begin, each with the events up to the one that hands the form in."""
    machine, error = edition.machine, lesson.error
    right = machine.sources(error.right) if error is not None and error.right else ()
    unfiled = error is not None and not any(path.startswith("form.") for path in error.plant)
    for state in edition.initial():
        if state.id in right or (unfiled and _unasked(machine, state.id) & set(right)):
            yield state, ()
    for state in edition.initial():
        way = _to_form(machine, state.id)
        if way:
            yield state, way


def _to_form(machine: Machine, state: str) -> tuple[Event, ...]:
    """The shortest row of events of persons, without small forms, that ends with the one that asks for the form."""
    ways: list[tuple[str, tuple[Event, ...]]] = [(state, ())]
    seen = {state}
    for here, so_far in ways:
        for row in machine.leaving(here):
            if row.by and row.asks == "form":
                return (*so_far, row)
            if row.by and row.asks is None and row.to and row.to not in seen:
                seen.add(row.to)
                ways.append((row.to, (*so_far, row)))
    return ()


def _unasked(machine: Machine, state: str) -> set[str]:
    """The states that a case comes to although nobody hands anything in."""
    found = [state]
    for here in found:
        rows = [row for row in machine.leaving(here) if row.asks != "form"]
        there = dict.fromkeys(row.to for row in rows if row.to and row.to not in found)
        found += [name for name in there if machine.states[name].kind != "arrived"]
    return set(found)
