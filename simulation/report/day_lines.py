"""Several counts over the same days as lines, each with its name where it is highest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from markupsafe import Markup

from procedures.letters import text_width
from simulation.report.axes import SMALL, Frame, draw_counts, draw_months, round_up
from simulation.report.svg import Drawing

LINES = 6
"""How many kinds of line the style sheet has."""
HEIGHT, LEGEND = 250, 22


def day_lines(
    series: Sequence[tuple[str, Sequence[float]]], first: dt.date, title: str, key: str, width: int
) -> Markup:
    """A line for each name over the days from the first on, all on one scale; nothing where there is no day."""
    days = max((len(values) for _, values in series), default=0)
    if not days:
        return Markup()
    rows = _legend(series, width)
    top = 30 + LEGEND * len(rows)
    drawing = Drawing(width, top + HEIGHT + 40)
    drawing.text(0, 14, title, "tick")
    most = max(max(values, default=0.0) for _, values in series)
    frame = Frame(52, width - 8, top, top + HEIGHT, 0, days - 1, round_up(most, 5))
    draw_counts(drawing, frame, 5)
    draw_months(drawing, frame, first, first + dt.timedelta(days=days - 1), frame.bottom)
    for number, (_, values) in enumerate(series):
        steps = [("M" if at == 0 else "L", (frame.x(at), frame.y(value))) for at, value in enumerate(values)]
        drawing.path(steps, f"line-{number % LINES}")
    for line, row in enumerate(rows):
        for place, number, label in row:
            height = 30 + LEGEND * line
            drawing.path([("M", (place, height)), ("L", (place + 26, height))], f"line-{number % LINES}")
            drawing.text(place + 32, height + 4, label, "tick")
    told = "、".join(
        f"{label} 多い日で{max(values, default=0.0):,.0f}、終わりに{values[-1]:,.0f}" for label, values in series
    )
    return drawing.markup(f"{key}-{width}", title, told)


def _legend(series: Sequence[tuple[str, Sequence[float]]], width: int) -> list[list[tuple[float, int, str]]]:
    """The names in rows: where each begins, which line it is, and the name."""
    rows: list[list[tuple[float, int, str]]] = [[]]
    place = 0.0
    for number, (label, _) in enumerate(series):
        room = 32 + text_width(label, SMALL) + 18
        if rows[-1] and place + room > width:
            rows.append([])
            place = 0.0
        rows[-1].append((place, number, label))
        place += room
    return rows
