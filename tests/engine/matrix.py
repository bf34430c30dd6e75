"""Who may do what where: every post × event × state of a procedure, tried one by one on cases put there by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine import acts, fold, tasks
from engine.actors import SYSTEM, Actor
from engine.clock import to_seconds
from engine.definition.rows import Event
from engine.errors import NotPossibleNow, NotYourTurn, Overtaken, Refusal, UnknownThing
from engine.machine import Machine
from engine.store import Transaction
from engine.work import Work
from tests.engine.desk import Desk

# Which roles each post of the town may act in, written down apart from the town itself.
ROLES: dict[str, set[str]] = {
    "applicant": {"applicant"},
    "representative": {"representative"},
    "counter": {"counter"},
    "clerk": {"clerk"},
    "unit_chief": {"reviewer"},
    "parks_chief": {"cosigner"},
    "vice_head": {"deputy"},
    "section_chief": {"decider"},
    "director": {"decider"},
    "tree_doctor": {"tree_doctor"},
    "other_clerk": set(),
    "system": set(),
}
STEPS = {"reviewer": "unit_chief", "cosigner": "parks_chief", "decider": "section_chief"}


@dataclass(frozen=True)
class Cell:
    """One trial: in which state of the case (or of which task, in which role of a route) who tries what."""

    state: str
    kind: str
    role: str
    event: str
    actor: Actor


def cells(desk: Desk, procedure: str) -> Iterator[Cell]:
    """Every cell of a procedure: case events, then the events of each kind of task."""
    edition = desk.ports.definitions.edition(procedure, desk.clock.now().date())
    declared = {role.id for role in edition.procedure.roles}
    posts = [post for post, roles in ROLES.items() if roles & declared or not roles]
    actors = [SYSTEM if post == "system" else Actor(post, "p1") for post in posts]
    actors += [Actor("applicant", "p2")]
    for state in edition.machine.states:
        yield from (Cell(state, "", "", event, actor) for event in edition.machine.events for actor in actors)
    for kind, machine in edition.tasks.items():
        routes = {route.task for route in edition.procedure.approval.values()}
        for role in STEPS if kind in routes else [""]:
            for state in machine.states:
                yield from (Cell(state, kind, role, event, actor) for event in machine.events for actor in actors)


def wrong(desk: Desk, procedure: str) -> list[tuple[Cell, str]]:
    """Every cell in which something else happened than the declaration says, and what did."""
    return [
        (cell, done)
        for cell in cells(desk, procedure)
        if not fits(desk, procedure, cell, done := tried(desk, procedure, cell))
    ]


def fits(desk: Desk, procedure: str, cell: Cell, done: str) -> bool:
    """Whether what happened is what the declaration says: refused for the person, for the state, or let through."""
    machine, row = row_of(desk, procedure, cell)
    if not row.by:
        return done in {"elsewhere", "not yours"}
    if not may(row, cell):
        return done == "not yours"
    here = cell.state in machine.sources(row.id)
    return done in ({"done", "answers", "guarded"} if here else {"elsewhere"})


def may(row: Event, cell: Cell) -> bool:
    """Whether the actor of a cell may do it: by role, as a citizen on the own case, as the post whose step it is."""
    return bool(ROLES[cell.actor.post] & set(row.by)) and is_own(cell)


def is_own(cell: Cell) -> bool:
    """Whether only a role can stand against the actor: the case is his if he is a citizen, the step his post's."""
    citizen = bool(ROLES[cell.actor.post] & {"applicant", "representative"})
    return (not citizen or cell.actor.person == "p1") and (not cell.role or STEPS[cell.role] == cell.actor.post)


def tried(desk: Desk, procedure: str, cell: Cell) -> str:
    """What happens in a cell: done, or why not."""
    with desk.store.reading() as tx:  # nothing of a trial is kept
        work = _placed(desk, tx, procedure, cell)
        machine, row = row_of(desk, procedure, cell)
        number = 1 if cell.kind else None
        try:
            acts.fire(work, cell.event, None, number)
        except (NotYourTurn, UnknownThing):
            return "not yours"
        except (NotPossibleNow, Overtaken):
            return "guarded" if cell.state in machine.sources(row.id) and row.by else "elsewhere"
        except Refusal:
            return "answers"
    return "done"


def _placed(desk: Desk, tx: Transaction, procedure: str, cell: Cell) -> Work:
    """A case of p1 put into the state of the cell, or beside an open task in that state."""
    edition = desk.ports.definitions.edition(procedure, desk.clock.now().date())
    middle = next((state.id for state in edition.procedure.states if state.kind == "working"), "")
    given = {
        "procedure": procedure,
        "edition": edition.hash,
        "municipality": "smalltown",
        "state": middle if cell.kind else cell.state,
        "filer": "p1",
        "nature": edition.procedure.natures[0].id,
    }
    whole, effect = fold.begin(0, to_seconds(desk.clock.now()), given)
    tx.insert_case(whole.case)
    work = Work(desk.ports, tx, whole, edition, cell.actor, "")
    work.begun(effect)
    if cell.kind:
        memo = {"role": cell.role, "step": 1, "round": 1} if cell.role else {}
        task = tasks.open_task(work, cell.kind, memo, STEPS.get(cell.role))
        row = edition.tasks[cell.kind].states[cell.state]
        work.do("task", task.number, {"state": cell.state, "open": row.kind not in tasks.DONE})
    return work


def row_of(desk: Desk, procedure: str, cell: Cell) -> tuple[Machine, Event]:
    """The machine of a cell and the row of its event."""
    edition = desk.ports.definitions.edition(procedure, desk.clock.now().date())
    machine = edition.tasks[cell.kind] if cell.kind else edition.machine
    return machine, machine.events[cell.event]
