"""The order of the nodes in their rows: few crossings, and the states of a row in the order of their lanes.

Sweeps by the mean of the neighbours, then neighbours that change places where that saves a crossing.
Source: Sugiyama, Tagawa and Toda (1981); Gansner et al. (1993) for the exchanges.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from procedures.diagram.layers import Node, Rows
from procedures.diagram.placing import lane_edges, settle

SWEEPS = 12
EXCHANGES = 10
Neighbours = Mapping[Node, Sequence[Node]]


def arrange(rows: Rows, least: Sequence[float]) -> list[float]:
    """Order every row; gives the edges of the lanes in that order.

    Args:
        least: the width that each lane needs for itself.
    """
    above, below = _neighbours(rows)
    for row in rows.rows:
        row.sort(key=lambda node: node.lane if node.kind == "state" else 0)
        _spread(row, least)
    best: tuple[int, list[list[Node]]] | None = None
    for sweep in range(SWEEPS):
        down = sweep % 2 == 0
        edges = lane_edges(rows, least)
        for row in rows.rows if down else reversed(rows.rows):
            _sort(row, above if down else below, edges)
        _exchange(rows, above, below)
        crossed = _crossings(rows, below)
        if best is None or crossed < best[0]:
            best = (crossed, [list(row) for row in rows.rows])
        edges = lane_edges(rows, least)
        for row in rows.rows:
            settle(row, [node.x for node in row], [1.0] * len(row), edges)
    rows.rows[:] = best[1] if best else rows.rows
    return lane_edges(rows, least)


def _neighbours(rows: Rows) -> tuple[Neighbours, Neighbours]:
    above: dict[Node, list[Node]] = {}
    below: dict[Node, list[Node]] = {}
    for link in rows.links:
        above.setdefault(link.lower, []).append(link.upper)
        below.setdefault(link.upper, []).append(link.lower)
    return above, below


def _spread(row: Sequence[Node], least: Sequence[float]) -> None:
    """A first place for each node: a state in the middle of its lane, the others as they come."""
    for index, node in enumerate(row):
        node.x = sum(least[: node.lane]) + least[node.lane] / 2 if node.kind == "state" else 40.0 * index


def _sort(row: list[Node], neighbours: Neighbours, edges: Sequence[float]) -> None:
    """Order a row by where its neighbours draw it; a state does not leave its lane."""
    for node in row:
        near = neighbours.get(node)
        x = sum(one.x for one in near) / len(near) if near else node.x
        node.x = min(max(x, edges[node.lane]), edges[node.lane + 1]) if node.kind == "state" else x
    row.sort(key=lambda node: (node.x, node.lane))
    _in_lanes(row)
    settle(row, [node.x for node in row], [1.0] * len(row), edges)


def _in_lanes(row: list[Node]) -> None:
    """Put the states of a row in the order of their lanes, at the places that states have."""
    places = [index for index, node in enumerate(row) if node.kind == "state"]
    states = sorted((row[index] for index in places), key=lambda node: node.lane)
    for index, state in zip(places, states, strict=True):
        row[index] = state


def _exchange(rows: Rows, above: Neighbours, below: Neighbours) -> None:
    """Let neighbours change places as long as that saves a crossing."""
    at = {node: index for row in rows.rows for index, node in enumerate(row)}
    for _ in range(EXCHANGES):
        changed = False
        for row in rows.rows:
            for index in range(len(row) - 1):
                one, other = row[index], row[index + 1]
                if one.kind == other.kind == "state" and one.lane != other.lane:
                    continue
                now = sum(_crossed(side.get(one, ()), side.get(other, ()), at) for side in (above, below))
                then = sum(_crossed(side.get(other, ()), side.get(one, ()), at) for side in (above, below))
                if then < now:
                    row[index], row[index + 1] = other, one
                    at[one], at[other] = index + 1, index
                    changed = True
        if not changed:
            return


def _crossed(left: Sequence[Node], right: Sequence[Node], at: Mapping[Node, int]) -> int:
    """How often the links of a node cross those of a node to its right."""
    return sum(at[one] > at[other] for one in left for other in right)


def _crossings(rows: Rows, below: Neighbours) -> int:
    """How many links cross, in the order as it stands."""
    at = {node: index for row in rows.rows for index, node in enumerate(row)}
    return sum(
        _crossed(below.get(one, ()), below.get(other, ()), at)
        for row in rows.rows
        for index, one in enumerate(row)
        for other in row[index + 1 :]
    )
