"""States and the labels of ways in rows from top to bottom, so that every link joins two neighbouring rows.

Rows of states and rows of labels alternate. A way that goes back is laid from its target down to its source; a link
longer than a row passes through bends.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal

from procedures.diagram.graph import Graph, Taken, Way


@dataclass(eq=False)
class Node:
    """Something that takes room in a row; `x` is the middle of a state, and the line of a label or bend.

    `left` and `right` say how far it reaches beside `x`.
    """

    kind: Literal["state", "label", "bend"]
    key: str
    row: int
    left: float = 5.0
    right: float = 5.0
    height: float = 0.0
    x: float = 0.0
    lane: int = 0


@dataclass(eq=False)
class Link:
    """A line between neighbouring rows. `way` is the number of its way; `main` marks the main path."""

    upper: Node
    lower: Node
    way: int
    main: bool = False
    top: float = 0.0
    bottom: float = 0.0


@dataclass
class Run:
    """One way from one of its sources: the links from the upper end to the lower; `back` when it runs upwards."""

    way: int
    source: str
    target: str
    back: bool
    label: Node
    links: list[Link]
    main: bool = False


@dataclass
class Rows:
    """All nodes by row, and the runs between them."""

    rows: list[list[Node]]
    states: dict[str, Node]
    runs: list[Run]

    @cached_property
    def links(self) -> list[Link]:
        """Every link once, in the order of the ways; asked for when all runs are laid."""
        return list(dict.fromkeys(link for run in self.runs for link in run.links))


def rows_of(graph: Graph, rank: Mapping[str, int], main: Container[Taken]) -> Rows:
    """The rows of a graph; nothing has a place in its row yet.

    Args:
        rank: an order of the states; a way to a lower rank goes back.
        main: the steps of the main path, each a state and the number of the way taken from it.
    """
    layer = _layers(graph, rank)
    states = {state: Node("state", state, 2 * layer[state]) for state in graph.states}
    found = Rows([[] for _ in range(2 * max(layer.values(), default=0) + 1)], states, [])
    for state in sorted(graph.states, key=rank.__getitem__):
        found.rows[states[state].row].append(states[state])
    for number, way in enumerate(graph.ways):
        for back in (False, True):
            sources = [one for one in way.sources if (rank[one] > rank[way.target]) is back]
            if sources:
                _lay(found, number, way, sources, main, back=back)
    return found


def _layers(graph: Graph, rank: Mapping[str, int]) -> dict[str, int]:
    """The longest way forward to each state."""
    ends = [sorted((source, way.target), key=rank.__getitem__) for way in graph.ways for source in way.sources]
    layer = dict.fromkeys(graph.states, 0)
    for state in sorted(graph.states, key=rank.__getitem__):
        for upper, lower in ends:
            if lower == state:
                layer[state] = max(layer[state], layer[upper] + 1)
    return layer


def _lay(found: Rows, number: int, way: Way, sources: list[str], main: Container[Taken], *, back: bool) -> None:
    """Lay the runs of a way in one direction: its label beside the nearest source, its links row by row."""
    target = found.states[way.target]
    nearest = (min if back else max)(found.states[one].row for one in sources)
    label = Node("label", f"{number}{'b' if back else ''}", nearest + (-1 if back else 1))
    found.rows[label.row].append(label)
    shared = _chain(found, number, target, label) if back else _chain(found, number, label, target)
    for source in sources:
        node = found.states[source]
        own = _chain(found, number, label, node) if back else _chain(found, number, node, label)
        run = Run(number, source, way.target, back, label, shared + own if back else own + shared)
        run.main = not back and (source, number) in main
        for link in run.links if run.main else ():
            link.main = True
        found.runs.append(run)


def _chain(found: Rows, number: int, upper: Node, lower: Node) -> list[Link]:
    """The links from one node down to another, with a bend in every row between."""
    nodes = [upper]
    for row in range(upper.row + 1, lower.row):
        bend = Node("bend", f"{number}", row)
        found.rows[row].append(bend)
        nodes.append(bend)
    nodes.append(lower)
    return [Link(one, other, number) for one, other in pairwise(nodes)]
