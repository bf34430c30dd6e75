"""A machine laid out: from its graph to boxes, labels and arrows with their places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from procedures.diagram.geometry import NAME, SMALL, Arrow, Band, Box, Label, Line, Picture, Point, lines_of
from procedures.diagram.graph import Graph, Taken
from procedures.diagram.lanes import Lane
from procedures.diagram.layers import Link, Node, Rows, Run, rows_of
from procedures.diagram.ordering import arrange
from procedures.diagram.placing import place, ports
from procedures.diagram.routing import ABOVE, BELOW, TRACK, tracks
from procedures.diagram.words import Told
from procedures.letters import text_width

BOX, SIDE = 128.0, 26.0
"""The width of a box, and the room at its left for the letter of its kind."""
ROOM = 164.0
"""The width of a label."""
LOOP = 18.0
CHIP = 16.0
PAD = 4.5
BESIDE = 7.0
"""How far the words of a label stand from its line."""


@dataclass(frozen=True)
class Step:
    """A state as it is to be drawn; `role` is said in the box where there are no lanes."""

    label: str
    kind: str
    mark: str
    lane: int = 0
    role: str = ""
    chips: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What a picture is made from: the graph, an order of its states, the looks of each, lanes, the main path."""

    graph: Graph
    rank: Mapping[str, int]
    steps: Mapping[str, Step]
    lanes: tuple[Lane, ...] = ()
    main: tuple[Taken, ...] = ()


def picture(plan: Plan) -> Picture:
    """The machine of a plan, drawn."""
    return _Layout(plan).picture()


def told_lines(told: Sequence[Told], room: float = ROOM) -> tuple[Line, ...]:
    """Events as lines: what is done with the mark of its condition, and under it who does it."""
    lines: list[Line] = []
    for one in told:
        lines += lines_of(f"{one.label} {one.mark}".strip(), room, most=4)
        lines += lines_of(one.who, room, "small", most=4)
    return tuple(lines)


def widest(lines: Sequence[Line]) -> float:
    """The width of the widest line."""
    return max((text_width(line.text, SMALL if line.style == "small" else NAME) for line in lines), default=0.0)


def tall(lines: Sequence[Line]) -> float:
    """The height of all lines."""
    return sum(line.height for line in lines)


class _Layout:
    """The rows of a plan with the sizes of what stands in them, then their places."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._rows: Rows = rows_of(plan.graph, plan.rank, plan.main)
        self._words: dict[Node, tuple[Line, ...]] = {}
        self._lines = {key: self._box_lines(plan.steps[key]) for key in plan.graph.states}
        for key, node in self._rows.states.items():
            self._size_state(node, key)
        for run in self._rows.runs:
            self._size_label(run)

    def picture(self) -> Picture:
        """The drawing."""
        plan, rows = self._plan, self._rows
        headings = [_heading(lane) for lane in plan.lanes]
        edges = arrange(rows, [max(BOX + 24, widest(lines) + 12) for lines in headings] or [BOX + 24])
        place(rows, edges)
        ports(rows)
        head = max((tall(lines) + 12 for lines in headings), default=0.0)
        levels = self._levels(head + PAD)
        found = Picture(edges[-1], self._tops[-1] + self._deep[-1] + PAD, head)
        for lane, lines, (left, right) in zip(plan.lanes, headings, pairwise(edges), strict=False):
            found.bands.append(Band(left, right - left, lines, f"{lane.title} {lane.about}".strip()))
        found.boxes += [self._box(key) for key in plan.graph.states]
        for node, lines in self._words.items():
            found.labels.append(self._label(node, lines))
        found.arrows += [self._arrow(run, levels) for run in rows.runs]
        found.arrows += [self._loop(key) for key in plan.graph.states if key in plan.graph.loops]
        found.dots += self._dots(levels)
        return found

    def _size_state(self, node: Node, key: str) -> None:
        step = self._plan.steps[key]
        node.lane = step.lane
        node.left = node.right = BOX / 2
        node.height = tall(self._lines[key]) + 2 * PAD + CHIP * len(step.chips)
        loops = self._plan.graph.loops.get(key)
        if loops:
            self._words[node] = told_lines(loops, ROOM - LOOP)
            node.right += LOOP + BESIDE + widest(self._words[node])
            node.height = max(node.height, tall(self._words[node]))

    def _size_label(self, run: Run) -> None:
        lines = told_lines(self._plan.graph.ways[run.way].told)
        self._words[run.label] = lines
        run.label.right = BESIDE + widest(lines)
        run.label.height = tall(lines)

    def _levels(self, top: float) -> dict[Link, float]:
        """How far down every link runs across; also sets the top and the depth of every row."""
        self._tops: list[float] = []
        self._deep: list[float] = []
        by_row: dict[int, list[Link]] = {}
        for link in self._rows.links:
            by_row.setdefault(link.upper.row, []).append(link)
        levels: dict[Link, float] = {}
        for number, row in enumerate(self._rows.rows):
            self._tops.append(top)
            self._deep.append(max((node.height for node in row), default=0.0))
            found, count = tracks(by_row.get(number, []))
            bottom = top + self._deep[-1]
            levels |= {link: bottom + ABOVE + TRACK * track for link, track in found.items()}
            top = bottom + ABOVE + TRACK * max(0, count - 1) + BELOW
        return levels

    def _box_lines(self, step: Step) -> tuple[Line, ...]:
        room = BOX - SIDE - 6
        return (*lines_of(step.label, room, "bold"), *lines_of(step.role, room, "small", most=3))

    def _box(self, key: str) -> Box:
        node, step = self._rows.states[key], self._plan.steps[key]
        height = tall(self._lines[key]) + 2 * PAD + CHIP * len(step.chips)
        top = self._tops[node.row] + (self._deep[node.row] - height) / 2
        main = any(key in {state, self._plan.graph.ways[way].target} for state, way in self._plan.main)
        chips = tuple(lines_of(chip, BOX - 30, "small", most=1)[0].text for chip in step.chips)
        whole = f"{step.label} {step.role}".strip()
        return Box(key, node.x - BOX / 2, top, BOX, height, step.kind, step.mark, self._lines[key], chips, main, whole)

    def _label(self, node: Node, lines: tuple[Line, ...]) -> Label:
        top, deep = self._tops[node.row], self._deep[node.row]
        if node.kind == "state":
            told = self._plan.graph.loops[node.key]
            left, top = node.x + BOX / 2 + LOOP + BESIDE, top + (deep - tall(lines)) / 2
        else:
            told = self._plan.graph.ways[int(node.key.rstrip("b"))].told
            left, top = node.x + BESIDE, top + (deep - tall(lines)) / 2
        whole = " / ".join(f"{one.label}({one.who})" for one in told)
        return Label(left, top, widest(lines), lines, whole, tuple(one.event for one in told))

    def _arrow(self, run: Run, levels: Mapping[Link, float]) -> Arrow:
        upper, lower = (run.target, run.source) if run.back else (run.source, run.target)
        box, under = self._box(upper), self._box(lower)
        points: list[Point] = [(run.links[0].top, box.y + box.height)]
        for link in run.links:
            if link.top != link.bottom:
                points += [(link.top, levels[link]), (link.bottom, levels[link])]
        points.append((run.links[-1].bottom, under.y))
        if run.back:
            points.reverse()
        return Arrow(run.source, run.target, tuple(points), run.back, run.main)

    def _loop(self, key: str) -> Arrow:
        box = self._box(key)
        right, middle = box.x + BOX, box.y + box.height / 2
        points = ((right, middle - 6), (right + LOOP, middle - 6), (right + LOOP, middle + 6), (right, middle + 6))
        return Arrow(key, key, points)

    def _dots(self, levels: Mapping[Link, float]) -> Iterator[Point]:
        """Where the lines of one way from several states come together."""
        for label in (node for node in self._words if node.kind == "label"):
            back = label.key.endswith("b")
            own = [link for link in self._rows.links if (link.upper if back else link.lower) is label]
            bent = sorted(levels[link] for link in own if link in levels)
            joins = bent if len(bent) < len(own) else bent[:-1] if back else bent[1:]
            yield from ((label.x, level) for level in dict.fromkeys(joins))


def _heading(lane: Lane) -> tuple[Line, ...]:
    return (*lines_of(lane.title, BOX + 10, "bold", most=2), *lines_of(lane.about, BOX + 10, "small", most=2))
