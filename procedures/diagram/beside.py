"""What stands beside the case: events from anywhere, legal periods, the list of conditions, the legend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.definition import Procedure
from procedures.description import KINDS
from procedures.diagram.geometry import SMALL, Arrow, Bar, Box, Label, Line, Picture, lines_of
from procedures.diagram.graph import Anywhere
from procedures.diagram.machines import Drawn
from procedures.diagram.picture import BOX, PAD, ROOM, SIDE, Step, tall, told_lines, widest
from procedures.diagram.words import MARKS, Words
from procedures.letters import text_width

COLUMN = 2 * BOX + ROOM + 56
"""The width of the parts that are lists."""
PERIOD = 126.0
"""The width of a legal period beside the case."""
_NOTES = 24
_RESULTS = {"granted": "認める", "refused": "認めない", "accepted": "受理", "void": "決定なし"}
_ITEM = 30.0


def anywhere(case: Drawn) -> Picture:
    """The events that leave from too many states for arrows: from a box that names the set, to where they lead."""
    found = Picture(COLUMN)
    top = 0.0
    for source in dict.fromkeys(row.source for row in case.case.graph.anywhere):
        bottom = top
        for row in case.case.graph.anywhere:
            if row.source == source:
                bottom = _row(case, row, bottom, found) + 8
        lines = lines_of(source, BOX - 16)
        bottom = max(bottom - 8, top + tall(lines) + 2 * PAD)
        found.boxes.append(Box(source, 0, top, BOX, bottom - top, "anywhere", "", lines, whole=source))
        top = bottom + 14
    found.height = max(0.0, top - 14)
    return found


def _row(case: Drawn, row: Anywhere, top: float, found: Picture) -> float:
    """One event: its words over its arrow, and the state it leads to; gives where it ends."""
    words = told_lines([row.told])
    step = case.beside.get(row.target or "")
    drawn_already = row.target in case.case.graph.states
    label = step.label if step else "状態は変わらない"
    kind = "elsewhere" if step is None or drawn_already else step.kind
    mark = step.mark if step else "－"
    lines = lines_of(label, BOX - SIDE - 6, "bold")
    height = tall(lines) + 2 * PAD
    level = top + max(tall(words) + 4, height / 2)
    left = BOX + 28 + ROOM
    key = f"{row.source} {row.told.event}"
    found.labels.append(Label(BOX + 12, level - 4 - tall(words), widest(words), words, events=(row.told.event,)))
    found.boxes.append(Box(key, left, level - height / 2, BOX, height, kind, mark, lines, whole=label))
    found.arrows.append(Arrow(row.source, key, ((BOX, level), (left, level))))
    return level + height / 2


def periods(case: Procedure, words: Words, drawn: Picture) -> Picture:
    """The legal periods as bars beside the rows of the case, each from what begins it to what ends it."""
    found = Picture(PERIOD * len(case.clocks), drawn.height, drawn.head)
    for number, clock in enumerate(case.clocks.values()):
        starts = [label.y for label in drawn.labels if set(label.events) & set(clock.starts)]
        ends = [label.y + label.height for label in drawn.labels if set(label.events) & set(clock.satisfied_by)]
        lines = [*lines_of(clock.label, PERIOD - 24, "bold")]
        for line in words.clock(clock):
            lines += lines_of(line, PERIOD - 24, "small")
        top = min(starts, default=drawn.head)
        bottom = max(max(ends, default=drawn.height), top + tall(lines))
        found.labels.append(Label(PERIOD * number, top, widest(lines), tuple(lines), clock.label))
        found.bars.append(Bar(PERIOD * (number + 1) - 14, top, bottom))
        found.height = max(found.height, bottom)
    return found


def notes(words: Words) -> Iterator[Picture]:
    """The conditions by their marks, in lists of a length that a sheet can hold."""
    rows = words.notes
    for first in range(0, len(rows), _NOTES):
        found = Picture(COLUMN)
        for mark, says in rows[first : first + _NOTES]:
            lines = lines_of(says, COLUMN - 34, "small", most=4)
            found.labels.append(Label(0, found.height, text_width(mark, SMALL), (Line(mark, "small"),)))
            found.labels.append(Label(34, found.height, widest(lines), lines, says))
            found.height += tall(lines) + 4
        yield found


def legend(steps: Sequence[Step], width: float) -> Picture:
    """What the shapes and lines mean, in rows of that width: the kinds that some states have."""
    marks = {step.kind: step.mark for step in steps}
    found = Picture(width, 26.0)
    x, y = 0.0, 0.0
    for kind in (one for one in MARKS if one in marks):
        words = _RESULTS.get(kind) or KINDS[kind]
        room = 42 + text_width(words, SMALL) + 18
        x, y = (0.0, y + _ITEM) if x + room > width else (x, y)
        found.boxes.append(Box(f"legend {kind}", x, y, 36, 22, kind, marks[kind], ()))
        found.labels.append(Label(x + 42, y + 5, room - 60, (Line(words, "small"),)))
        x += room
    for words, back, main in (("主な道すじ", False, True), ("進む", False, False), ("戻る", True, False)):
        room = 50 + text_width(words, SMALL) + 18
        x, y = (0.0, y + _ITEM) if x + room > width else (x, y)
        ends = [Box(f"legend {words} {end}", x + 40 * end, y + 7, 4, 8, "dot", "", ()) for end in (0, 1)]
        found.boxes += ends
        found.arrows.append(Arrow(ends[0].key, ends[1].key, ((x + 4, y + 11), (x + 40, y + 11)), back, main))
        found.labels.append(Label(x + 50, y + 5, room - 68, (Line(words, "small"),)))
        x += room
    told = "矢印の字は操作と、する人・時。※は条件の番号。斜めの箱は、そこで開かれる作業"
    x, y = (0.0, y + _ITEM) if x + text_width(told, SMALL) > width else (x, y)
    lines = lines_of(told, width - x, "small")
    found.labels.append(Label(x, y + 5, widest(lines), lines))
    found.height = y + 26
    return found
