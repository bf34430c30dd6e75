"""Heat maps of the posts: hours of the day down, days of the week across, one small map to a post."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from procedures.letters import shortened
from simulation.report import words
from simulation.report.axes import PHONE
from simulation.report.figures import Load
from simulation.report.svg import Drawing
from simulation.report.tables import Column, Table
from simulation.results import Post, Results

CELL, ROW, LEFT, HEAD, GAP = 40, 20, 34, 42, 24
DARK = 4
"""The shade from which on letters are white."""


def hour_maps(posts: Sequence[Post], key: str, width: int) -> Markup:
    """The maps of all posts that worked, as many beside each other as fit, each row a drawing that no page cuts."""
    shown = [post for post in posts if any(one.worked_seconds for one in post.hours)]
    if not shown:
        return Markup()
    days = sorted({one.weekday for post in shown for one in post.hours})
    hours = [one.hour for post in shown for one in post.hours]
    rows = range(min(hours), max(hours) + 1)
    across = LEFT + CELL * len(days)
    beside = 1 if width < PHONE else max(1, (width + GAP) // (across + GAP))
    drawn = []
    for begin in range(0, len(shown), beside):
        row = shown[begin : begin + beside]
        drawing = Drawing(width, HEAD + ROW * len(rows) + GAP)
        for number, post in enumerate(row):
            _draw(drawing, post, number * (across + GAP), days, rows)
        told = "、".join(f"{post.label}は{_busiest(post)}" for post in row)
        drawn.append(drawing.markup(f"{key}-{begin}", "職ごとの、時刻と曜日の忙しさ", f"いちばん忙しい時: {told}"))
    return Markup().join(drawn)


def _draw(drawing: Drawing, post: Post, left: float, days: Sequence[int], rows: range) -> None:
    drawing.text(left, 14, shortened(f"{post.label} {post.people}人", LEFT + CELL * len(days), 13), "panel")
    known = {(one.weekday, one.hour): Load(one.worked_seconds, one.available_seconds) for one in post.hours}
    for across, day in enumerate(days):
        drawing.text(left + LEFT + CELL * (across + 0.5), HEAD - 6, words.WEEKDAYS[day], "tick", "middle")
    for down, hour in enumerate(rows):
        height = HEAD + ROW * down
        drawing.text(left + LEFT - 6, height + 14, f"{hour}時", "tick", "end")
        for across, day in enumerate(days):
            load = known.get((day, hour))
            if load is None or not load.available:
                continue
            place = left + LEFT + CELL * across
            drawing.box(place + 1, height + 1, CELL - 2, ROW - 2, f"heat-{load.level}")
            kind = "on-dark" if load.level >= DARK else "tick"
            drawing.text(place + CELL / 2, height + 14, f"{100 * load.share:.0f}", kind, "middle")


def _busiest(post: Post) -> str:
    top = max(post.hours, key=lambda one: Load(one.worked_seconds, one.available_seconds).share)
    share = 100 * Load(top.worked_seconds, top.available_seconds).share
    return f"{words.WEEKDAYS[top.weekday]}曜日{top.hour}時台の{share:.0f}%"


def post_hours(results: Results) -> Table:
    """Every hour of every day of the week of every post, for recalculation."""
    rows = tuple(
        (
            post.label,
            f"{words.WEEKDAYS[one.weekday]}曜日",
            one.hour,
            one.worked_seconds,
            one.available_seconds,
            one.worked_seconds / one.available_seconds if one.available_seconds else None,
        )
        for post in results.posts
        for one in post.hours
    )
    columns = (
        *(Column(label) for label in ("職", "曜日")),
        *(Column(label, "count") for label in ("時", "働いた（秒）", "いた（秒）")),
        Column("忙しさ", "share"),
    )
    return Table("post_hours", "職ごと・曜日ごと・時刻ごとの忙しさ（申請の期間）", columns, rows)
