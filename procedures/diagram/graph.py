"""A machine as what is drawn of it: states, ways between them, loops at a state, and what may happen anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from engine.definition.rows import Event
from procedures.diagram.words import Told, Words
from procedures.soundness.machines import MachineView

MANY = 4
"""A declared set of more states than this is told apart instead of drawn as so many arrows."""
GOOD = ("granted", "accepted")
Taken = tuple[str, int]
"""A step of the main path: a state, and the number of the way taken from it."""


@dataclass(frozen=True)
class Way:
    """The events that lead from the same states to the same state: one arrow with their labels."""

    sources: tuple[str, ...]
    target: str
    told: tuple[Told, ...]


@dataclass(frozen=True)
class Anywhere:
    """An event that leaves from too many states to draw; `target` is None when it changes no state."""

    source: str
    told: Told
    target: str | None


@dataclass(frozen=True)
class Graph:
    """What is drawn of one machine. `loops` are the events that stay in a state; `states` those that ways join."""

    states: tuple[str, ...]
    starts: tuple[str, ...]
    ways: tuple[Way, ...]
    loops: Mapping[str, tuple[Told, ...]]
    anywhere: tuple[Anywhere, ...]


def graph_of(machine: MachineView, words: Words) -> Graph:
    """The drawing's view of a machine, in declared order."""
    ways: dict[tuple[tuple[str, ...], str], list[Told]] = {}
    loops: dict[str, list[Told]] = {}
    anywhere: list[Anywhere] = []
    for event in machine.events:
        told, sources = words.told(event), machine.sources(event)
        if (everywhere := _everywhere(machine, event)) is not None:
            anywhere.append(Anywhere(everywhere, told, event.to))
            continue
        for source in sources:
            if event.to in {None, source}:
                loops.setdefault(source, []).append(told)
        moving = tuple(source for source in sources if source != event.to)
        if event.to is not None and event.to in machine.states and moving:
            ways.setdefault((moving, event.to), []).append(told)
    found = tuple(Way(sources, target, tuple(told)) for (sources, target), told in ways.items())
    return Graph(
        _joined(machine, found, anywhere),
        machine.starts,
        found,
        {state: tuple(told) for state, told in loops.items()},
        tuple(anywhere),
    )


def main_path(machine: MachineView, graph: Graph, proposals: Mapping[str, Sequence[str]]) -> tuple[Taken, ...]:
    """The steps to the first good end, as states and the ways taken from them: the longest way forward.

    It waits for the applicant as little as can be.

    Args:
        proposals: the states that an event proposes to end in; what proposes only other ends leads elsewhere.
    """
    goal = next((name for good in GOOD for name in machine.ends if machine.states[name].result == good), None)
    rank = ranked(machine)
    best: dict[str, tuple[int, tuple[Taken, ...]]] = dict.fromkeys(graph.starts[:1], (0, ()))
    for state in sorted(graph.states, key=rank.__getitem__):
        for number, way in enumerate(graph.ways):
            leads = goal is not None and any(goal in proposals.get(told.event, (goal,)) for told in way.told)
            if state not in best or state not in way.sources or not leads or rank[way.target] < rank[state]:
                continue
            worth, path = best[state]
            worth += -100 if machine.states[way.target].kind == "waiting_applicant" else 1
            if way.target not in best or worth > best[way.target][0]:
                best[way.target] = (worth, (*path, (state, number)))
    return best[goal][1] if goal in best else ()


def ranked(machine: MachineView) -> dict[str, int]:
    """The place of each state in the order in which a case goes forward: by phase, then as they follow each other."""
    arrows = machine.arrows(anywhere=False)
    phases = {state: phase(machine, state) for state in machine.states}
    done: dict[str, None] = {}
    for start in (*machine.starts, *machine.states):
        trail = [(start, iter(reversed(arrows[start])))] if start not in done else []
        entered = {start}
        while trail:
            state, targets = trail[-1]
            forward = (to for to in targets if to not in done and to not in entered and phases[to] >= phases[state])
            target = next(forward, None)
            if target is None:
                done[state] = None
                trail.pop()
            else:
                entered.add(target)
                trail.append((target, iter(reversed(arrows[target]))))
    last_done = {state: -place for place, state in enumerate(done)}
    order = sorted(done, key=lambda state: (phases[state], last_done[state]))
    return {state: place for place, state in enumerate(order)}


def phase(machine: MachineView, state: str) -> int:
    """How far a case is in a state: begun, arrived, in review, deciding, decided, ended."""
    row = machine.states[state]
    known = {"initial": 0, "arrived": 1, "deciding": 3, "settled": 5, "final": 5, "done": 5, "failed": 5}
    return known.get(row.kind, 4 if row.decided else 2)


def _everywhere(machine: MachineView, event: Event) -> str | None:
    """What the set of states is called from which an event leaves, if it is too large to draw."""
    if "@open" in event.from_:
        return "終わっていないどの状態からでも"
    if "@undecided" in event.from_:
        return "決裁の前ならどの状態からでも"
    sources = machine.sources(event)
    if len(sources) > MANY:
        return "・".join(machine.states[state].label for state in sources) + "から"
    return None


def _joined(machine: MachineView, ways: Iterable[Way], anywhere: Iterable[Anywhere]) -> tuple[str, ...]:
    """All states but those that only an event from anywhere leads to: they are drawn beside it."""
    joined = {state for way in ways for state in (*way.sources, way.target)} | set(machine.starts)
    beside = {one.target for one in anywhere}
    return tuple(state for state in machine.states if state in joined or state not in beside)
