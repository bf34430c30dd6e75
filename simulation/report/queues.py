"""The queue of each post over the run, one panel to a post."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from procedures.letters import shortened, text_width
from simulation.report import words
from simulation.report.axes import PHONE, SMALL, Frame, draw_months, round_up
from simulation.report.svg import Drawing
from simulation.results import Post, PostDay
from simulation.statistics import quantile

PANEL = 100
POINTS = 420
"""More days than this are joined into longer stretches, each showing its longest queue and its usual one."""


@dataclass(frozen=True)
class Stretch:
    """A few opening days drawn as one point: days from the first day of the chart, the usual and the longest queue."""

    place: float
    usual: int
    longest: int


def stretches(days: Sequence[PostDay], first: date) -> list[Stretch]:
    """The days as at most `POINTS` points in order."""
    size = -(-len(days) // POINTS)
    groups = [days[start : start + size] for start in range(0, len(days), size)] if days else []
    return [
        Stretch(
            (group[0].day - first).days + ((group[-1].day - group[0].day).days + 1) / 2,
            quantile([one.queue_median for one in group], 0.5),
            max(one.queue_max for one in group),
        )
        for group in groups
    ]


def queues(posts: Sequence[Post], first: date, last: date, accepted_until: date, key: str, width: int) -> Markup:
    """Small charts above one another, sharing the months.

    The day's usual queue as a line over the day's longest as an area.
    Each panel has its own vertical scale. Days after `accepted_until` are shaded: no new application comes.
    """
    shown = [post for post in posts if post.days]
    if not shown:
        return Markup()
    drawing = Drawing(width, len(shown) * PANEL + 40)
    for number, post in enumerate(shown):
        _draw_panel(drawing, post, number * PANEL, (first, last, accepted_until))
    bottom = len(shown) * PANEL - 8
    frame = Frame(34, width - 4, 0, bottom, 0, (last - first).days + 1, 1)
    draw_months(drawing, frame, first, last, bottom)
    said = words.listed([f"{post.label}は最大{words.count(max(day.queue_max for day in post.days))}" for post in shown])
    return drawing.markup(key, "仕事を待つ列の長さ", f"職ごとの一日の列の長さ。{said}。")


def _draw_panel(drawing: Drawing, post: Post, top: float, span: tuple[date, date, date]) -> None:
    first, last, accepted_until = span
    points = stretches(post.days, first)
    longest = max(point.longest for point in points)
    frame = Frame(34, drawing.width - 4, top + 34, top + PANEL - 8, 0, (last - first).days + 1, round_up(longest, 2))
    end = frame.x((accepted_until - first).days + 1)
    drawing.box(end, frame.top, frame.right - end, frame.bottom - frame.top, "after")
    told = f"最大 {words.count(longest)}"
    label = f"{post.label}（{post.people}人）"
    room = frame.right - text_width(told, SMALL + 1) - 12
    drawing.text(0, top + 18, shortened(label, room, SMALL + 2 if drawing.width < PHONE else SMALL + 3), "panel")
    drawing.text(frame.right, top + 18, told, "label", "end")
    drawing.line(frame.left, frame.top, frame.right, frame.top, "grid")
    drawing.text(frame.left - 6, frame.top + 5, f"{frame.high:,.0f}", "tick", "end")
    drawing.text(frame.left - 6, frame.bottom + 1, "0", "tick", "end")
    _draw_area(drawing, frame, points)
    drawing.line(frame.left, frame.bottom, frame.right, frame.bottom, "base")


def _draw_area(drawing: Drawing, frame: Frame, points: Sequence[Stretch]) -> None:
    highs = [(frame.x(point.place), frame.y(point.longest)) for point in points]
    usual = [(frame.x(point.place), frame.y(point.usual)) for point in points]
    if len(points) == 1:
        # One day has no breadth: give it a column of its own.
        drawing.box(highs[0][0] - 3, highs[0][1], 6, frame.bottom - highs[0][1], "area")
        drawing.line(usual[0][0] - 3, usual[0][1], usual[0][0] + 3, usual[0][1], "usual")
        return
    outline = [
        ("M", (highs[0][0], frame.bottom)),
        *(("L", one) for one in highs),
        ("L", (highs[-1][0], frame.bottom)),
        ("Z", ()),
    ]
    drawing.path(outline, "area")
    drawing.path([("M", usual[0]), *(("L", one) for one in usual[1:])], "usual")
