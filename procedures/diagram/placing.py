"""Where the nodes of a row stand: in their order, apart from each other, states inside their lanes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from procedures.diagram.layers import Node, Rows

GAP = 9.0
MARGIN = 12.0
PORT = 11.0
ROUNDS = 60
STRAIGHTENED = 8
_STRAIGHT = 8.0
_MAIN = 24.0
_FIXED = 1e6

Ends = dict[Node, list[tuple[Node, float]]]


def lane_edges(rows: Rows, least: Sequence[float]) -> list[float]:
    """The left edge of every lane and the right edge of the last: as narrow as the rows allow.

    Args:
        least: the width that the heading of each lane needs.
    """
    edges = [0.0]
    for lane, width in enumerate(least):
        right = edges[lane] + width
        for row in rows.rows:
            for node, x in zip(row, _leftmost(row, edges, lane), strict=False):
                if node.kind == "state" and node.lane == lane:
                    right = max(right, x + node.right + MARGIN)
        edges.append(right)
    for row in rows.rows:
        if row:
            edges[-1] = max(edges[-1], _leftmost(row, edges, len(least))[-1] + row[-1].right)
    return edges


def _leftmost(row: Sequence[Node], edges: Sequence[float], last: int) -> list[float]:
    """How far left the nodes of a row can stand, up to the first state of a lane after `last`."""
    places: list[float] = []
    for index, node in enumerate(row):
        x = node.left if not places else places[-1] + row[index - 1].right + GAP + node.left
        if node.kind == "state":
            if node.lane > last:
                break
            x = max(x, edges[node.lane] + MARGIN + node.left)
        places.append(x)
    return places


def settle(row: Sequence[Node], wanted: Sequence[float], weights: Sequence[float], edges: Sequence[float]) -> None:
    """Put the nodes of a row as near as they can be to where they want to be, apart from each other, in their lanes."""
    shift = [0.0]
    for before, node in pairwise(row):
        shift.append(shift[-1] + before.right + GAP + node.left)
    places = rising([want - room for want, room in zip(wanted, shift, strict=False)], weights)
    for node, place, room, (low, high) in zip(row, places, shift, _bounds(row, shift, edges), strict=False):
        node.x = min(max(place, low), high) + room


def rising(wanted: Sequence[float], weights: Sequence[float]) -> list[float]:
    """The nearest numbers to those wanted that never fall: neighbours that would cross share their weighted mean.

    Source: pool adjacent violators (Ayer et al. 1955).
    """
    pools: list[tuple[float, float, int]] = []
    for want, weight in zip(wanted, weights, strict=True):
        pools.append((want, weight, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (after, heavy, many), (before, weight_, few) = pools.pop(), pools.pop()
            total = heavy + weight_
            pools.append(((before * weight_ + after * heavy) / total, total, few + many))
    return [place for place, _, size in pools for _ in range(size)]


def _bounds(row: Sequence[Node], shift: Sequence[float], edges: Sequence[float]) -> list[tuple[float, float]]:
    """Between what each place less its shift must lie, so that nobody pushes a neighbour out of its lane."""
    lows, highs = [], []
    for node, room in zip(row, shift, strict=False):
        left, right = (edges[node.lane], edges[node.lane + 1]) if node.kind == "state" else (edges[0], edges[-1])
        margin = MARGIN if node.kind == "state" else 0.0
        lows.append(left + margin + node.left - room)
        highs.append(right - margin - node.right - room)
    for index in range(1, len(lows)):
        lows[index] = max(lows[index], lows[index - 1])
    for index in range(len(highs) - 2, -1, -1):
        highs[index] = min(highs[index], highs[index + 1])
    return list(zip(lows, highs, strict=True))


def place(rows: Rows, edges: Sequence[float]) -> None:
    """Give every node its place: lines as straight as they can be, those of the main path first."""
    strings = _strings(rows)
    ends: Ends = {}
    for link in rows.links:
        weight = _MAIN if link.main else 1.0
        ends.setdefault(link.upper, []).append((link.lower, weight))
        ends.setdefault(link.lower, []).append((link.upper, weight))
    for turn in range(ROUNDS):
        loose = turn < ROUNDS * 2 // 3  # then the states stay, and only lines that are not straight yet still move
        wanted = {node: _pull(node, ends) if loose else (node.x, _FIXED) for node in rows.states.values()}
        for string in strings:
            wanted |= dict.fromkeys(string, _drawn(string, ends, loose=loose))
        for row in rows.rows if turn % 2 else reversed(rows.rows):
            settle(row, [wanted[node][0] for node in row], [wanted[node][1] for node in row], edges)
    strings.sort(key=lambda string: -_drawn(string, ends, loose=False)[1])
    for _ in range(STRAIGHTENED):
        for string in strings:
            _straighten(string, ends, rows, edges)


def _straighten(string: Sequence[Node], ends: Ends, rows: Rows, edges: Sequence[float]) -> None:
    """Put a whole line at one place, right below or above a state at its end if there is room."""
    low, high = edges[0], edges[-1]
    for node in string:
        row = rows.rows[node.row]
        at = row.index(node)
        low = max(low, row[at - 1].x + row[at - 1].right + GAP + node.left if at else edges[0] + node.left)
        after = row[at + 1] if at + 1 < len(row) else None
        high = min(high, (after.x - after.left - GAP if after else edges[-1]) - node.right)
    if low <= high:
        middle = sum(node.x for node in string) / len(string)
        x = min(max(_nearest(middle, string, ends), low), high)
        for node in string:
            node.x = x


def _nearest(x: float, string: Sequence[Node], ends: Ends) -> float:
    """The place nearest to `x` from which a line meets a state at its end without a bend."""
    found = []
    for other, weight in (end for node in string for end in ends[node] if end[0] not in string):
        half = other.left - PORT if other.kind == "state" else 0.0
        place_ = min(max(x, other.x - half), other.x + half)
        found.append((abs(place_ - x) / weight, place_))
    return min(found)[1]


def _strings(rows: Rows) -> list[list[Node]]:
    """The labels and bends that follow each other on one line, which are best straight below each other."""
    inner = [link for link in rows.links if "state" not in {link.upper.kind, link.lower.kind}]
    into, out = Counter(link.lower for link in rows.links), Counter(link.upper for link in rows.links)
    after = {link.upper: link.lower for link in inner if into[link.lower] == out[link.upper] == 1}
    firsts = [node for row in rows.rows for node in row if node.kind != "state" and node not in set(after.values())]
    strings = []
    for first in firsts:
        string = [first]
        while string[-1] in after:
            string.append(after[string[-1]])
        strings.append(string)
    return strings


def _pull(node: Node, ends: Ends) -> tuple[float, float]:
    """Where the links of a state draw it, and how strongly."""
    pulls = ends.get(node, ())
    weight = sum(strength for _, strength in pulls)
    return (sum(other.x * strength for other, strength in pulls) / weight, weight) if pulls else (node.x, 0.1)


def _drawn(string: Sequence[Node], ends: Ends, *, loose: bool) -> tuple[float, float]:
    """Where a whole line should stand, and how strongly; while it is loose, the states at its ends draw it."""
    outside = [end for node in string for end in ends[node] if end[0] not in string]
    middle = sum(node.x for node in string) / len(string)
    strength = _STRAIGHT * len(string) * max(weight for _, weight in outside)
    if not loose:
        return middle, strength * strength
    total = sum(weight for _, weight in outside)
    return (middle + sum(other.x * weight for other, weight in outside) / total) / 2, strength


def ports(rows: Rows) -> None:
    """Say where on its ends every link begins: a state's links side by side, each as straight as it can be."""
    for link in rows.links:
        link.top, link.bottom = link.upper.x, link.lower.x
    for state in rows.states.values():
        down = sorted((link for link in rows.links if link.upper is state), key=lambda link: link.lower.x)
        for link, port in zip(down, _ports(state, [(link.lower.x, link.main) for link in down]), strict=True):
            link.top = port
        up = sorted((link for link in rows.links if link.lower is state), key=lambda link: link.upper.x)
        for link, port in zip(up, _ports(state, [(link.upper.x, link.main) for link in up]), strict=True):
            link.bottom = port


def _ports(state: Node, wanted: Sequence[tuple[float, bool]]) -> list[float]:
    """Places on an edge of a state for links that come from some places, in order."""
    half = state.left - PORT
    step = min(PORT, 2 * half / max(1, len(wanted) - 1))
    last = len(wanted) - 1
    weights = [_MAIN if main else 1.0 for _, main in wanted]
    places = rising([x - step * index for index, (x, _) in enumerate(wanted)], weights)
    low, high = state.x - half, state.x + half - step * last
    return [min(max(at, low), high) + step * index for index, at in enumerate(places)]
