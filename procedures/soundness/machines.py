"""The case and its tasks as graphs, for the rules that follow arrows: who leaves from where, what can be reached."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engine.definition import Procedure
from engine.definition.rows import Effect, Event, State

ANYWHERE = ("@open", "@undecided")
_CASE_ENDS = ("settled", "final")
_TASK_ENDS = ("done", "failed")


@dataclass(frozen=True)
class MachineView:
    """One flat machine on one day. `path` is empty for the case, ("tasks", kind) for a task."""

    path: tuple[str, ...]
    states: Mapping[str, State]
    events: tuple[Event, ...]
    effects: tuple[Effect, ...]
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_case(self) -> bool:
        """Whether it is the case, not a task."""
        return not self.path

    @property
    def ends(self) -> tuple[str, ...]:
        """The states with nothing left to do."""
        kinds = _CASE_ENDS if self.is_case else _TASK_ENDS
        return tuple(name for name, state in self.states.items() if state.kind in kinds)

    @property
    def starts(self) -> tuple[str, ...]:
        """The states it may begin in: those of kind initial, or a task's first."""
        if self.is_case:
            return tuple(name for name, state in self.states.items() if state.kind == "initial")
        return tuple(self.states)[:1]

    def sources(self, event: Event, *, anywhere: bool = True) -> tuple[str, ...]:
        """The states an event leaves from, sets spelt out; without @open and @undecided when `anywhere` is False."""
        found: list[str] = []
        for word in event.from_:
            if word.startswith("@"):
                found += self.groups.get(word, ()) if anywhere or word not in ANYWHERE else ()
            elif word in self.states:
                found.append(word)
        return tuple(dict.fromkeys(found))

    def leaving(self, state: str) -> list[Event]:
        """The events that leave from a state, in declared order."""
        return [event for event in self.events if state in self.sources(event)]

    def arrows(self, *, anywhere: bool = True) -> dict[str, list[str]]:
        """Where each state leads, conditions left aside."""
        found: dict[str, list[str]] = {name: [] for name in self.states}
        for event in self.events:
            if event.to is not None and event.to in self.states:
                for source in self.sources(event, anywhere=anywhere):
                    found[source].append(event.to)
        return found


def case_of(procedure: Procedure) -> MachineView:
    """The case of a procedure as it stands on one day."""
    states = {state.id: state for state in procedure.states}
    inner = [state for state in procedure.states if state.kind not in {"initial", "settled", "final"}]
    groups = {
        "@open": tuple(state.id for state in inner),
        "@undecided": tuple(state.id for state in inner if not state.decided),
        **{f"@{group.id}": tuple(one for one in group.states if one in states) for group in procedure.groups},
    }
    return MachineView((), states, procedure.events, procedure.effects, groups)


def machines_of(procedure: Procedure) -> list[MachineView]:
    """The case and every kind of task, in declared order."""
    tasks = [
        MachineView(("tasks", kind), {state.id: state for state in task.states}, task.events, task.effects)
        for kind, task in procedure.tasks.items()
    ]
    return [case_of(procedure), *tasks]


def reached(arrows: Mapping[str, Iterable[str]], starts: Iterable[str]) -> set[str]:
    """Every state that can be reached from the starts, the starts included."""
    found = set(starts)
    open_ = list(found)
    while open_:
        for to in arrows.get(open_.pop(), ()):
            if to not in found:
                found.add(to)
                open_.append(to)
    return found


def turned(arrows: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """The arrows the other way round."""
    found: dict[str, list[str]] = {}
    for source, targets in arrows.items():
        for to in targets:
            found.setdefault(to, []).append(source)
    return found
