"""The way cases took through the states of a procedure: rows of states, arcs for moves, going back in red."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from markupsafe import Markup

from procedures.letters import shortened
from simulation.report import words
from simulation.report.axes import PHONE, SMALL
from simulation.report.svg import Drawing
from simulation.results import Move, StateCount

ROW, BOX = 46, 30


@dataclass(frozen=True)
class Arc:
    """All moves between two states, as rows of the chart. An arc upwards is rework."""

    source: int
    target: int
    count: int

    @property
    def back(self) -> bool:
        """Whether cases return to an earlier state, or to the same."""
        return self.target <= self.source

    @property
    def ends(self) -> tuple[int, int]:
        """The upper and the lower row."""
        return min(self.source, self.target), max(self.source, self.target)


def passing_order(states: Sequence[StateCount], moves: Sequence[Move]) -> list[StateCount]:
    """The visited states in the order that cases pass them, so that few moves lead upwards.

    Greedy: take a state that nothing leads to, else the one with the largest surplus of moves out; states that lead
    nowhere go to the end.
    Source: Eades, Lin and Smyth (1993), weighted by counts. Ties fall to the order of the definition.
    """
    left = [state for state in states if state.visits]
    head: list[StateCount] = []
    tail: list[StateCount] = []
    while left:
        flows = {state.id: _flow(state, left, moves) for state in left}
        sinks = [state for state in left if not flows[state.id][1]]
        sources = [state for state in left if not flows[state.id][0]]
        if sources and (chosen := sources[0]) not in sinks:
            head.append(chosen)
        elif sinks:
            chosen = sinks[-1]
            tail.insert(0, chosen)
        else:
            chosen = max(left, key=lambda state: flows[state.id][1] - flows[state.id][0])
            head.append(chosen)
        left.remove(chosen)
    return head + tail


def _flow(state: StateCount, left: Sequence[StateCount], moves: Sequence[Move]) -> tuple[int, int]:
    """Moves into and out of a state among those still left, moves to itself apart."""
    names = {one.id for one in left} - {state.id}
    into = sum(move.count for move in moves if move.target == state.id and move.source in names)
    out = sum(move.count for move in moves if move.source == state.id and move.target in names)
    return into, out


def arcs(order: Sequence[StateCount], moves: Sequence[Move]) -> list[Arc]:
    """The moves joined by their two states, the most frequent first."""
    rows = {state.id: row for row, state in enumerate(order)}
    counts: dict[tuple[int, int], int] = {}
    for move in moves:
        if move.count and move.source in rows and move.target in rows:
            ends = rows[move.source], rows[move.target]
            counts[ends] = counts.get(ends, 0) + move.count
    return sorted(
        (Arc(*ends, number) for ends, number in counts.items()), key=lambda arc: (-arc.count, arc.source, arc.target)
    )


def is_rework(order: Sequence[StateCount], move: Move) -> bool:
    """Whether a move leads back to an earlier state, or to the same."""
    rows = {state.id: row for row, state in enumerate(order)}
    return move.source in rows and move.target in rows and rows[move.target] <= rows[move.source]


def lanes(chosen: Sequence[Arc]) -> dict[Arc, int]:
    """A lane for each arc so that no two in one lane overlap: short arcs near the boxes, long ones outside."""
    taken: list[list[tuple[int, int]]] = []
    found: dict[Arc, int] = {}
    for arc in sorted(chosen, key=lambda one: (one.ends[1] - one.ends[0], one.ends, one.source)):
        low, high = arc.ends
        lane = next((n for n, others in enumerate(taken) if all(high <= a or low >= b for a, b in others)), len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append((low, high))
        found[arc] = lane
    return found


def label_gaps(side: dict[Arc, int]) -> dict[Arc, float]:
    """Where each arc of one side bears its count, in rows.

    Between two boxes, where no arc enters or leaves, and not beside another count.
    """
    used: set[int] = set()
    found: dict[Arc, float] = {}
    for arc in side:
        low, high = arc.ends
        middle = (low + high - 1) / 2
        near = sorted(range(low, high), key=lambda gap: (abs(gap - middle), gap))
        gap = next((one for one in near if one not in used), near[0] if near else None)
        if gap is None:
            found[arc] = low
            continue
        used.add(gap)
        found[arc] = gap + 0.5
    return found


def flow(states: Sequence[StateCount], moves: Sequence[Move], key: str, width: int) -> Markup:
    """The states as rows with their visits, ways forward at the right, ways back in red at the left.

    Rare ways are left to the table.
    """
    order = passing_order(states, moves)
    if not order:
        return Markup()
    phone = width < PHONE
    every = arcs(order, moves)
    straight = [arc for arc in every if arc.target == arc.source + 1]
    back = lanes([arc for arc in every if arc.back][: 4 if phone else 8])
    skips = lanes([arc for arc in every if not arc.back and arc not in straight][: 5 if phone else 9])
    step = 19 if phone else 30
    left = (max(back.values(), default=-1) + 1) * step + (18 if phone else 30)
    right = width - (max(skips.values(), default=-1) + 1) * step - (18 if phone else 30)
    drawing = Drawing(width, len(order) * ROW + 6)
    most = max(arc.count for arc in every) if every else 1
    for arc in straight:
        _draw_straight(drawing, arc, (left + right) / 2, most)
    for side, edge, way in ((back, left, -1), (skips, right, 1)):
        gaps = label_gaps(side)
        for arc, lane in side.items():
            _draw_arc(drawing, arc, edge, way * (lane + 1) * step, _stroke(arc.count, most) * 0.7, gaps[arc])
    for row, state in enumerate(order):
        _draw_state(drawing, state, row * ROW + 8, (left, right))
    total = sum(arc.count for arc in every if arc.back)
    said = f"{words.count(len(order), 'の状態')}を通る流れ。前の状態に戻ったのは、のべ{words.count(total, '回')}。"
    return drawing.markup(key, "案件の流れ", said)


def _stroke(count: int, most: int) -> float:
    return 1.2 + 6 * sqrt(count / most)


def _draw_straight(drawing: Drawing, arc: Arc, centre: float, most: int) -> None:
    top = arc.source * ROW + 8 + BOX
    thick = _stroke(arc.count, most)
    drawing.path([("M", (centre, top)), ("V", (top + ROW - BOX,))], "way", thick)
    drawing.text(centre + thick / 2 + 6, top + 12, words.count(arc.count), "tick")


def _draw_arc(drawing: Drawing, arc: Arc, edge: float, reach: float, stroke: float, gap: float) -> None:
    """A bracket between the sides of two boxes, its count written on the upright, an arrow at the target."""
    sign = 1 if reach > 0 else -1
    # Leaving below the middle of a box and arriving above it keeps two ends at one box apart.
    start, end = arc.source * ROW + 8 + BOX * 0.68, arc.target * ROW + 8 + BOX * 0.32
    down = 1 if end > start else -1
    bend = 7.0
    kind = "back" if arc.back else "way"
    drawing.path(
        [
            ("M", (edge, start)),
            ("H", (edge + reach - sign * bend,)),
            ("Q", (edge + reach, start, edge + reach, start + down * bend)),
            ("V", (end - down * bend,)),
            ("Q", (edge + reach, end, edge + reach - sign * bend, end)),
            ("H", (edge + sign * 5,)),
        ],
        kind,
        stroke,
    )
    drawing.path([("M", (edge + sign, end)), ("l", (sign * 8, -4.5)), ("v", (9,)), ("Z", ())], f"{kind}-head")
    drawing.text(edge + reach, gap * ROW + 8 + BOX / 2 + 4, f"{arc.count:,}", f"tick halo {kind}-count", "middle")


def _draw_state(drawing: Drawing, state: StateCount, top: float, sides: tuple[float, float]) -> None:
    left, right = sides
    drawing.box(left, top, right - left, BOX, "rest" if state.at_rest else "state")
    told = words.count(state.visits, "回")
    size = SMALL + 1 if drawing.width < PHONE else SMALL + 2
    room = right - left - 20 - 7.5 * len(told)
    drawing.text(left + 10, top + 20, shortened(state.label, room, size), "panel" if drawing.width >= PHONE else "")
    drawing.text(right - 8, top + 20, told, "tick", "end")
