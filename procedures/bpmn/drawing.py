"""The BPMN 2.0 document: collaboration, processes, lanes, and the diagram interchange of all of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from engine.definition import Procedure
from procedures.bpmn.machines import Flow, Node, Process, process_of
from procedures.diagram.geometry import Band, Picture, Point
from procedures.diagram.machines import drawn
from procedures.diagram.picture import picture
from procedures.diagram.sheets import title_of

HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"
    xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    id="madoguchi" targetNamespace="urn:madoguchi:bpmn" exporter="Madoguchi">"""
EDGE, TITLE, ROOM = 60.0, 30.0, 24.0
NOTE_WIDTH, NOTE_LINE = 340.0, 16.0
_LETTERS = 26


class Drawing(NamedTuple):
    """The document, and how many processes, nodes and sequence flows are in it."""

    text: str
    processes: int
    nodes: int
    flows: int


@dataclass(frozen=True)
class Pool:
    """A process at its place on the plane."""

    process: Process
    picture: Picture
    x: float
    y: float

    @property
    def id(self) -> str:
        """The name of its participant."""
        return f"pool_{self.process.id}"

    @property
    def width(self) -> float:
        """The width of its picture with the room that every lane has more."""
        return self.picture.width + ROOM * max(1, len(self.picture.bands))


def drawing(procedure: Procedure) -> Drawing:
    """A procedure as it stands on one day, as a BPMN 2.0 document.

    A state is an activity, an event a sequence flow under its condition. Tasks are processes of their own; the state
    in which one is opened names it. What may happen from anywhere is told beside the case.
    """
    pools = list(_pools(procedure))
    lines = [HEAD, *_collaboration(pools)]
    for pool in pools:
        lines += _process(pool)
    lines += [*_diagram(pools), "</bpmn:definitions>", ""]
    nodes = sum(len(pool.process.nodes) for pool in pools)
    return Drawing("\n".join(lines), len(pools), nodes, sum(len(pool.process.flows) for pool in pools))


def _pools(procedure: Procedure) -> Iterator[Pool]:
    """The case, and beside it the tasks under each other."""
    all_ = drawn(procedure)
    pictures = [(f"case_{procedure.id}", title_of(procedure), all_.case, picture(all_.case))]
    pictures += [(f"task_{one.kind}", one.title, one.plan, picture(one.plan)) for one in all_.tasks]
    notes = dict(all_.words.notes)
    x, y = EDGE, EDGE
    for place, (identity, name, plan, drawn_) in enumerate(pictures):
        pool = Pool(process_of(identity, name, plan, drawn_, notes), drawn_, x, y + TITLE)
        yield pool
        x = x if place else EDGE + pool.width + NOTE_WIDTH + 2 * EDGE
        y = y + TITLE + drawn_.height + EDGE if place else EDGE


def _collaboration(pools: Sequence[Pool]) -> Iterator[str]:
    yield '  <bpmn:collaboration id="collaboration">'
    for pool in pools:
        name = quoteattr(pool.process.name)
        yield f'    <bpmn:participant id="{pool.id}" name={name} processRef="{pool.process.id}"/>'
    yield "  </bpmn:collaboration>"


def _process(pool: Pool) -> Iterator[str]:
    process = pool.process
    yield f'  <bpmn:process id="{process.id}" name={quoteattr(process.name)} isExecutable="false">'
    yield from _lanes(pool)
    for node in process.nodes:
        yield from _node(node, process.flows)
    for flow in process.flows:
        yield from _flow(flow)
    for number, note in enumerate(process.notes):
        yield f'    <bpmn:textAnnotation id="{process.id}_note_{number}">'
        yield f"      <bpmn:text>{escape(note)}</bpmn:text>"
        yield "    </bpmn:textAnnotation>"
    yield "  </bpmn:process>"


def _lanes(pool: Pool) -> Iterator[str]:
    if not pool.picture.bands:
        return
    process = pool.process
    yield f'    <bpmn:laneSet id="{process.id}_lanes">'
    for number, band in enumerate(pool.picture.bands):
        yield f'      <bpmn:lane id="{process.id}_lane_{number}" name={quoteattr(band.whole)}>'
        for node in process.nodes:
            if node.lane == number:
                yield f"        <bpmn:flowNodeRef>{node.id}</bpmn:flowNodeRef>"
        yield "      </bpmn:lane>"
    yield "    </bpmn:laneSet>"


def _node(node: Node, flows: Sequence[Flow]) -> Iterator[str]:
    default = f' default="{node.default}"' if node.default else ""
    yield f'    <bpmn:{node.tag} id="{node.id}" name={quoteattr(node.name)}{default}>'
    if node.says:
        yield f"      <bpmn:documentation>{escape(node.says)}</bpmn:documentation>"
    yield from (f"      <bpmn:incoming>{flow.id}</bpmn:incoming>" for flow in flows if flow.target == node.id)
    yield from (f"      <bpmn:outgoing>{flow.id}</bpmn:outgoing>" for flow in flows if flow.source == node.id)
    yield f"    </bpmn:{node.tag}>"


def _flow(flow: Flow) -> Iterator[str]:
    said = f'id="{flow.id}" name={quoteattr(flow.name)} sourceRef="{flow.source}" targetRef="{flow.target}"'
    if not flow.when:
        yield f"    <bpmn:sequenceFlow {said}/>"
        return
    yield f"    <bpmn:sequenceFlow {said}>"
    when = escape(flow.when)
    yield f'      <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{when}</bpmn:conditionExpression>'
    yield "    </bpmn:sequenceFlow>"


def _diagram(pools: Sequence[Pool]) -> Iterator[str]:
    yield '  <bpmndi:BPMNDiagram id="diagram">'
    yield '    <bpmndi:BPMNPlane id="plane" bpmnElement="collaboration">'
    for pool in pools:
        yield from _shapes(pool)
    yield "    </bpmndi:BPMNPlane>"
    yield "  </bpmndi:BPMNDiagram>"


def _shapes(pool: Pool) -> Iterator[str]:
    process, found = pool.process, pool.picture
    lanes = max(1, len(found.bands))
    yield from _shape(pool.id, (pool.x, pool.y - TITLE), pool.width, found.height + TITLE, upright=True)
    for number, band in enumerate(found.bands):
        at = (pool.x + band.x + ROOM * number, pool.y)
        yield from _shape(f"{process.id}_lane_{number}", at, band.width + ROOM, found.height, upright=True)
    for node in process.nodes:
        at = (pool.x + node.x + ROOM * (node.lane + 1), pool.y + node.y)
        yield from _shape(node.id, at, node.width, node.height)
    for flow in process.flows:
        yield from _edge(flow.id, [(pool.x + x + ROOM * _lane(found.bands, x), pool.y + y) for x, y in flow.points])
    top = pool.y
    for number, note in enumerate(process.notes):
        high = NOTE_LINE * (1 + len(note) // _LETTERS)
        at = (pool.x + found.width + ROOM * lanes + EDGE, top)
        yield from _shape(f"{process.id}_note_{number}", at, NOTE_WIDTH, high)
        top += high + NOTE_LINE


def _lane(bands: Sequence[Band], x: float) -> int:
    """How many lanes have begun at a place from left to right: each begins with room for the circles in it."""
    return max(1, sum(band.x <= x for band in bands))


def _shape(element: str, at: Point, width: float, height: float, *, upright: bool = False) -> Iterator[str]:
    lying = ' isHorizontal="false"' if upright else ""
    yield f'      <bpmndi:BPMNShape id="{element}_di" bpmnElement="{element}"{lying}>'
    yield f'        <dc:Bounds x="{at[0]:.1f}" y="{at[1]:.1f}" width="{width:.1f}" height="{height:.1f}"/>'
    yield "      </bpmndi:BPMNShape>"


def _edge(element: str, points: Sequence[Point]) -> Iterator[str]:
    yield f'      <bpmndi:BPMNEdge id="{element}_di" bpmnElement="{element}">'
    yield from (f'        <di:waypoint x="{x:.1f}" y="{y:.1f}"/>' for x, y in points)
    yield "      </bpmndi:BPMNEdge>"
