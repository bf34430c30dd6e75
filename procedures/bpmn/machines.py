"""A machine as the elements of one BPMN process: a state is where a case waits or is worked on, an event a flow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from procedures.diagram.geometry import Box, Picture, Point
from procedures.diagram.picture import Plan
from procedures.diagram.words import Told

WAITING = frozenset({"waiting_applicant", "waiting_outside", "waiting_meeting"})
ROUND, SMALL = 30.0, 18.0
"""The size of the circle in which a process ends, and of one beside a state."""
APART = 4.0


@dataclass(frozen=True)
class Node:
    """An element with its place. `tag` is its BPMN name, `says` its documentation, `default` its usual flow."""

    id: str
    tag: str
    name: str
    x: float
    y: float
    width: float
    height: float
    lane: int = 0
    says: str = ""
    default: str = ""


@dataclass(frozen=True)
class Flow:
    """A sequence flow with the corners of its line; `when` is the condition under which it is taken."""

    id: str
    source: str
    target: str
    name: str
    points: tuple[Point, ...]
    when: str = ""


@dataclass
class Process:
    """The elements of one machine."""

    id: str
    name: str
    nodes: list[Node] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def process_of(identity: str, name: str, plan: Plan, picture: Picture, notes: Mapping[str, str]) -> Process:
    """The process of a machine.

    Args:
        notes: the sentence of each mark of a condition.
    """
    made = Process(identity, name)
    lanes = {key: step.lane for key, step in plan.steps.items()}
    leaving = {source for way in plan.graph.ways for source in way.sources}
    for box in picture.boxes:
        made.nodes += _nodes(identity, plan, box, lanes[box.key], leaves=box.key in leaving)
        made.flows += _ends(identity, plan, box, leaves=box.key in leaving)
    lines = {(arrow.source, arrow.target): arrow.points for arrow in picture.arrows}
    middles = {box.key: box.x + box.width / 2 for box in picture.boxes if box.key not in leaving}
    for way in plan.graph.ways:
        for source in way.sources:
            points = lines[source, way.target]
            points = _to_circle(points, middles[way.target]) if way.target in middles else points
            made.flows += [
                Flow(
                    f"{identity}_{told.event}_{source}",
                    f"{identity}_{source}",
                    f"{identity}_{way.target}",
                    told.label,
                    points,
                    _when(told, notes),
                )
                for told in way.told
            ]
    made.notes += [_anywhere(plan, one.source, one.told, one.target) for one in plan.graph.anywhere]
    return made


def _nodes(identity: str, plan: Plan, box: Box, lane: int, *, leaves: bool) -> Iterator[Node]:
    """The activity of a state, with a circle before the first and after a last one that leads on; or only a circle."""
    key, step = f"{identity}_{box.key}", plan.steps[box.key]
    if not leaves:
        middle = box.x + box.width / 2 - ROUND / 2
        yield Node(key, "endEvent", step.label, middle, box.y, ROUND, ROUND, lane)
        return
    ends = step.mark in {"可", "否", "受", "無", "結", "終", "済", "不"}
    tag = "receiveTask" if step.kind in WAITING else "userTask"
    default = f"{key}_ends" if ends else ""
    yield Node(key, tag, step.label, box.x, box.y, box.width, box.height, lane, _says(plan, box.key), default)
    if box.key in plan.graph.starts:
        yield Node(f"{key}_start", "startEvent", "", *_beside(box), SMALL, SMALL, lane)
    if ends:
        yield Node(f"{key}_end", "endEvent", "", *_beside(box), SMALL, SMALL, lane)


def _ends(identity: str, plan: Plan, box: Box, *, leaves: bool) -> Iterator[Flow]:
    """The flow from the circle in which a process begins, and to that in which it may end."""
    key = f"{identity}_{box.key}"
    x, y = _beside(box)
    near, far = (box.x, y + SMALL / 2), (x + SMALL, y + SMALL / 2)
    for node in _nodes(identity, plan, box, 0, leaves=leaves):
        if node.tag == "startEvent":
            yield Flow(f"{key}_begins", node.id, key, "", (far, near))
        elif node.tag == "endEvent" and node.id != key:
            yield Flow(f"{key}_ends", key, node.id, "", (near, far))


def _beside(box: Box) -> Point:
    return box.x - SMALL - APART, box.y + (box.height - SMALL) / 2


def _to_circle(points: Sequence[Point], middle: float) -> tuple[Point, ...]:
    """The line to a circle that stands where a box was drawn: it ends above the middle."""
    *before, (x, y), (_, top) = points
    return (*before, (x, y), (middle, y), (middle, top)) if x != middle else tuple(points)


def _says(plan: Plan, key: str) -> str:
    """What is done in a state without leaving it, and which tasks are open in it."""
    loops = [f"{told.label}({told.who})" for told in plan.graph.loops.get(key, ())]
    return "\n".join([*(f"開く作業: {chip}" for chip in plan.steps[key].chips), *loops])


def _when(told: Told, notes: Mapping[str, str]) -> str:
    """Who does it, and under which condition."""
    return f"{told.who}: {notes[told.mark]}" if told.mark else told.who


def _anywhere(plan: Plan, source: str, told: Told, target: str | None) -> str:
    to = f" → {plan.steps[target].label}" if target else ""
    return f"{source}: {told.label}({told.who}){to}"
