"""Bar charts of the report: how long cases took, and when applications came."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from procedures.letters import shortened, text_width
from simulation.report import words
from simulation.report.axes import PHONE, SMALL, Frame, draw_counts, draw_numbers, month_step, round_up
from simulation.report.svg import Drawing
from simulation.results import Arrival, LeadTime, Limit
from simulation.statistics import Bin, histogram, quantile

WIDE, NARROW = 840, 350
"""Widths in user units: the text column of the page, and a phone of 390 px less its margins."""

BIN_WIDTHS = (1, 2, 3, 5, 7, 10, 14, 20, 30, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 100_000, 1_000_000)
BROADEST = 64
"""The broadest column of a month, so that one month alone is not a wall."""

SHADES = 5
"""How many shades of the accent colour the style sheet has for channels."""


@dataclass(frozen=True)
class LeadBin:
    """One bar: all cases that took so many days, and those of them that were over the limit."""

    bin: Bin
    over: int


def both(draw: Callable[[int], Markup]) -> Markup:
    """The drawing at two widths, of which the page shows the fitting one; empty if there is nothing to draw."""
    wide = draw(WIDE)
    if not wide:
        return Markup()
    return Markup('<div class="wide">{}</div><div class="narrow">{}</div>').format(wide, draw(NARROW))


def lead_bins(leads: Sequence[LeadTime], limit: Limit | None, most: int) -> tuple[LeadBin, ...]:
    """Lead times in at most about `most` equal bins, none of which straddles the limit.

    The slowest fiftieth may share an open bin.
    """
    if not leads:
        return ()
    values = [lead.counted_days for lead in leads]
    edge = limit.days if limit else 0
    usual = max(quantile(values, 0.98), edge)
    cap = usual if max(values) > 1.3 * usual + 5 else None
    span = (cap or max(values)) - min(*values, edge) + 1
    width = next((one for one in BIN_WIDTHS if one * most >= span), BIN_WIDTHS[-1])
    over = [lead.counted_days for lead in leads if lead.breached]
    return tuple(
        LeadBin(one, sum(one.first <= value and (one.last is None or value <= one.last) for value in over))
        for one in histogram(values, width, edge, cap)
    )


def lead_times(leads: Sequence[LeadTime], limit: Limit | None, key: str, width: int) -> Markup:
    """Histogram of the days from arrival to notice, with the limit and the median marked."""
    bins = lead_bins(leads, limit, 24 if width < PHONE else 42)
    if not bins:
        return Markup()
    drawing = Drawing(width, 300)
    size = _bin_size(bins)
    last = max(bins[-1].bin.first + size - 1, (limit.days if limit else 0) + size)
    high = round_up(max(one.bin.count for one in bins), 4)
    frame = Frame(40, width - 12, 60, 252, min(0, bins[0].bin.first) - 0.5, last + 0.5, high)
    drawing.text(0, 50, "件", "tick")
    draw_counts(drawing, frame, 4)
    for one in bins:
        _draw_bar(drawing, frame, one, size)
    draw_numbers(drawing, frame, 6 if width < PHONE else 12)
    if bins[-1].bin.last is None:
        drawing.text(width - 12, 290, f"右端は{bins[-1].bin.first}日以上", "tick", "end")
    drawing.text(frame.left, 290, "到達から通知までの日数（日）", "tick")
    middle = quantile([lead.counted_days for lead in leads], 0.5)
    _draw_mark(drawing, frame, middle, 38, f"中央値 {middle}日", "median")
    if limit:
        late = f"（過ぎた案件 {words.percent(limit.breached, limit.started)}）" if limit.started else ""
        _draw_mark(drawing, frame, limit.days + 0.5, 18, f"{limit.label} {limit.days}日{late}", "limit")
    return drawing.markup(key, "到達から通知までの日数の分布", _lead_description(leads, limit, middle))


def _bin_size(bins: Sequence[LeadBin]) -> int:
    """Days in a bar; the open bin at the end is drawn as wide as the others."""
    first = bins[0].bin
    return (first.last if first.last is not None else first.first) - first.first + 1


def _draw_bar(drawing: Drawing, frame: Frame, one: LeadBin, size: int) -> None:
    left, right = frame.x(one.bin.first - 0.5), frame.x(one.bin.first + size - 0.5)
    gap = min(1.5, (right - left) / 5)
    kept = one.bin.count - one.over
    drawing.box(left + gap / 2, frame.y(kept), right - left - gap, frame.y(0) - frame.y(kept), "bar")
    drawing.box(
        left + gap / 2, frame.y(one.bin.count), right - left - gap, frame.y(kept) - frame.y(one.bin.count), "over"
    )


def _draw_mark(drawing: Drawing, frame: Frame, value: float, height: float, label: str, kind: str) -> None:
    """A vertical line with its label on the side that has the room; where neither has, the label ends at the edge."""
    place, room = frame.x(value), text_width(label, SMALL + 1) + 5
    drawing.line(place, height - 12, place, frame.bottom, kind)
    if place + room <= drawing.width:
        drawing.text(place + 5, height - 2, label, f"label {kind}-label")
    else:
        drawing.text(place - 5 if place >= room else drawing.width, height - 2, label, f"label {kind}-label", "end")


def _lead_description(leads: Sequence[LeadTime], limit: Limit | None, middle: int) -> str:
    values = [lead.counted_days for lead in leads]
    text = f"{words.count(len(leads))}の分布。最短{min(values)}日、中央値{middle}日、最長{max(values)}日。"
    if limit is None:
        return text + "期限の定めはない。"
    over = sum(lead.breached for lead in leads)
    return text + f"{limit.label}{limit.days}日を超えたのは{words.count(over)}。"


def arrivals(rows: Sequence[Arrival], key: str, width: int) -> Markup:
    """Stacked columns of the arrivals of each month, one shade for each channel in the order of the rows."""
    months = sorted({row.month for row in rows})
    if not months:
        return Markup()
    channels = list({row.channel: row.channel_label for row in rows}.items())
    table = {(row.month, row.channel): row.arrived for row in rows}
    totals = [sum(table.get((month, channel), 0) for channel, _ in channels) for month in months]
    drawing = Drawing(width, 270)
    frame = Frame(40, width - 4, 56, 218, 0, len(months), round_up(max(totals), 4))
    _draw_legend(drawing, [label for _, label in channels])
    drawing.text(0, 46, "件", "tick")
    draw_counts(drawing, frame, 4)
    for place, month in enumerate(months):
        _draw_column(drawing, frame, place, [table.get((month, channel), 0) for channel, _ in channels])
        _draw_month(drawing, frame, place, months)
    said = f"{words.month(months[0])}から{words.month(months[-1])}までに届いた{words.count(sum(totals))}。"
    busiest = months[totals.index(max(totals))]
    return drawing.markup(
        key, "届いた申請の件数", f"{said}最も多い月は{words.month(busiest)}の{words.count(max(totals))}。"
    )


def _draw_column(drawing: Drawing, frame: Frame, place: int, counts: Sequence[int]) -> None:
    left, right = frame.x(place), frame.x(place + 1)
    gap = max(1.0, (right - left) * 0.3, right - left - BROADEST)
    below = 0
    for shade, number in enumerate(counts):
        top = frame.y(below + number)
        drawing.box(left + gap / 2, top, right - left - gap, frame.y(below) - top, f"shade-{shade % SHADES}")
        below += number
    if right - left >= text_width(f"{below:,}", SMALL):
        drawing.text((left + right) / 2, frame.y(below) - 4, f"{below:,}", "tick", "middle")


def _draw_month(drawing: Drawing, frame: Frame, place: int, months: Sequence[str]) -> None:
    year, month = months[place].split("-")
    if place % month_step(len(months), frame.right - frame.left) == 0:
        drawing.text(frame.x(place + 0.5), frame.bottom + 17, f"{int(month)}月", "tick", "middle")
    january = "01"
    if (place == 0 or month == january) and frame.x(place) + text_width(f"{year}年", SMALL) <= frame.right + 4:
        drawing.text(frame.x(place) + 2, frame.bottom + 34, f"{year}年", "tick")


def _draw_legend(drawing: Drawing, labels: Sequence[str]) -> None:
    place = 0.0
    for shade, label in enumerate(labels):
        room = drawing.width - place - 22
        if room < 2 * SMALL:
            return
        shown = shortened(label, room, SMALL + 1)
        drawing.box(place, 8, 12, 12, f"shade-{shade % SHADES}")
        drawing.text(place + 17, 18, shown, "label")
        place += 17 + text_width(shown, SMALL + 1) + 16
