"""The case and the tasks of a procedure as plans that can be drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.definition import Procedure
from engine.definition.rows import State
from procedures.diagram.graph import graph_of, main_path, ranked
from procedures.diagram.lanes import Lanes
from procedures.diagram.picture import Plan, Step
from procedures.diagram.words import Words, mark_of
from procedures.soundness.machines import MachineView, machines_of


@dataclass(frozen=True)
class TaskPlan:
    """A task to be drawn in a frame of its own: what it is called, what is special about it, and its machine."""

    kind: str
    title: str
    about: str
    plan: Plan


@dataclass(frozen=True)
class Drawn:
    """All that is drawn of a procedure: its case, its tasks, and the words they were told in."""

    procedure: Procedure
    case: Plan
    tasks: tuple[TaskPlan, ...]
    words: Words
    beside: Mapping[str, Step]


def drawn(procedure: Procedure) -> Drawn:
    """What is drawn of a procedure as it stands on one day."""
    words = Words(procedure)
    case, *tasks = machines_of(procedure)
    names = {kind: f"作業{_letter(number)} {task.label}" for number, (kind, task) in enumerate(procedure.tasks.items())}
    lanes = Lanes(procedure, case, words)
    graph, rank = graph_of(case, words), ranked(case)
    used = lanes.used(sorted(graph.states, key=rank.__getitem__))
    place = {lane.id: index for index, lane in enumerate(used)}
    chips = _chips(procedure, case, names)
    steps = {
        key: Step(state.label, _kind(state), mark_of(state), place.get(lanes.of(key), 0), chips=chips.get(key, ()))
        for key, state in case.states.items()
    }
    goals = {row.id: row.state for row in procedure.outcomes}
    proposals = {row.id: [goals[one] for one in row.proposes if one in goals] for row in case.effects if row.proposes}
    plan = Plan(graph, rank, steps, used, main_path(case, graph, proposals))
    plans = tuple(_task(procedure, view, words, names) for view in tasks)
    return Drawn(procedure, plan, plans, words, steps)


def _task(procedure: Procedure, view: MachineView, words: Words, names: Mapping[str, str]) -> TaskPlan:
    kind = view.path[-1]
    task = procedure.tasks[kind]
    chips = _chips(procedure, view, names)
    steps = {
        key: Step(state.label, _kind(state), mark_of(state), 0, words.role(state.by), chips.get(key, ()))
        for key, state in view.states.items()
    }
    about = [*(["いくつも開かれる"] if task.many else []), *(["案件が終わっても残る"] if task.outlives else [])]
    return TaskPlan(kind, names[kind], "・".join(about), Plan(graph_of(view, words), ranked(view), steps))


def _chips(procedure: Procedure, view: MachineView, names: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The tasks that are opened on the way into each state, or in it when the event changes no state."""
    found: dict[str, dict[str, None]] = {}
    opened = {effect.id: effect.opens for effect in view.effects}
    for event in view.events:
        for kind in opened.get(event.id, ()):
            for source in (event.to,) if event.to else view.sources(event):
                found.setdefault(source, {})[names.get(kind, kind)] = None
    for key, state in view.states.items():
        route = procedure.approval.get(state.approval or "")
        if route is not None and route.task in names:
            found.setdefault(key, {})[names[route.task]] = None
    return {state: tuple(tasks) for state, tasks in found.items()}


def _kind(state: State) -> str:
    """The look of a state: an end looks like its result."""
    return state.result or state.kind


def _letter(number: int) -> str:
    """A, B, … Z, AA, AB, …."""
    before, last = divmod(number, 26)
    return (_letter(before - 1) if before else "") + chr(ord("A") + last)
