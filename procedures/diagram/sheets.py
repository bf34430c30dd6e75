"""A whole drawing on its sheets: heading and legend, the case with its periods, and beside it everything else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from engine.definition import Procedure
from procedures.diagram.beside import COLUMN, anywhere, legend, notes, periods
from procedures.diagram.geometry import NAME, Picture
from procedures.diagram.machines import Drawn, drawn
from procedures.diagram.paper import MARGIN, Paper, paper_for
from procedures.diagram.picture import picture
from procedures.letters import text_width

EDGE = 10.0
"""Between a frame and what stands in it."""
TITLE = 30.0
SMALL_HEAD = 26.0


@dataclass(frozen=True)
class Part:
    """A picture at its place on a sheet, in a frame with a heading if it has one."""

    sheet: int
    x: float
    y: float
    picture: Picture
    title: str = ""
    about: str = ""

    @property
    def outline(self) -> tuple[float, float, float, float]:
        """The rectangle that nothing else may touch."""
        if not self.title:
            return self.x, self.y, self.picture.width, self.picture.height
        return self.x - EDGE, self.y - TITLE, self.picture.width + 2 * EDGE, self.picture.height + TITLE + EDGE


@dataclass(frozen=True)
class Sheets:
    """All sheets of a drawing with their parts."""

    paper: Paper
    parts: tuple[Part, ...]
    title: str
    about: str
    description: str


def sheets_of(procedure: Procedure, on: dt.date | None) -> Sheets:
    """The drawing of a procedure as it stands on a day; None when it is the same on every day."""
    all_ = drawn(procedure)
    case = picture(all_.case)
    clocks = periods(procedure, all_.words, case)
    framed = list(_framed(all_))
    steps = [*all_.beside.values(), *(step for task in all_.tasks for step in task.plan.steps.values())]
    width = clocks.width + case.width
    key = legend(steps, max(width, 900.0))
    head = 62 + key.height + 12
    height = max(case.height, clocks.height)
    widest = max((one.width for _, _, one in framed), default=0.0) + 2 * EDGE
    tallest = max((one.height for _, _, one in framed), default=0.0) + TITLE + EDGE
    paper = paper_for(max(width, key.width), height, head, widest, tallest - head)
    parts = [Part(0, MARGIN, MARGIN + 62, key), Part(0, MARGIN + clocks.width, MARGIN + head, case)]
    parts += [Part(0, MARGIN, MARGIN + head, clocks)] if procedure.clocks else []
    for title, about, one in framed:
        sheet, x, y = paper.place(one.width + 2 * EDGE, one.height + TITLE + EDGE, SMALL_HEAD)
        parts.append(Part(sheet, x + EDGE, y + TITLE, one, title, about))
    return Sheets(paper, tuple(parts), title_of(procedure), about_of(procedure, on), told_of(all_))


def _framed(all_: Drawn) -> Iterator[tuple[str, str, Picture]]:
    """The parts beside the case: what may happen anywhere, the tasks, the conditions."""
    if all_.case.graph.anywhere:
        yield "どこからでも起こること", "", anywhere(all_)
    for task in all_.tasks:
        found = picture(task.plan)
        found.width = max(found.width, min(text_width(f"{task.title} ({task.about})", NAME), COLUMN))
        yield task.title, task.about, found
    for number, one in enumerate(notes(all_.words)):
        yield "条件" if number == 0 else "条件(続き)", "", one


def title_of(procedure: Procedure) -> str:
    """The heading: number and title."""
    return f"{procedure.number}. {procedure.title}"


def about_of(procedure: Procedure, on: dt.date | None) -> str:
    """Which version of which declaration is drawn, and of which day."""
    if on is None:
        return procedure.id
    version = next((one for one in procedure.versions if one.holds(on)), None)
    if version is None:
        return f"{procedure.id}  {on}の定めによる"
    until = f"{version.until}の前日まで" if version.until else ""
    return f"{procedure.id}  版 {version.id}({version.from_}から{until})  {on}の定めによる"


def told_of(all_: Drawn) -> str:
    """The drawing in a few sentences, for those who do not see it."""
    procedure, graph = all_.procedure, all_.case.graph
    states = {state.id: state.label for state in procedure.states}
    path = [state for state, _ in all_.case.main] + [graph.ways[way].target for _, way in all_.case.main[-1:]]
    found = [f"状態{len(procedure.states)}、操作{len(procedure.events)}、作業{len(procedure.tasks)}。"]
    if path:
        found.append(f"主な道すじ: {' → '.join(states[one] for one in path)}。")
    if procedure.outcomes:
        found.append(f"結果: {'・'.join(row.label for row in procedure.outcomes)}。")
    return "".join(found)
