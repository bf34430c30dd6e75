"""Scales, gridlines and month marks that the charts share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from procedures.letters import text_width
from simulation.report.svg import Drawing, nice_step

SMALL = 11
"""Letters of an axis, in user units; the style sheet says the same."""

PHONE = 480
"""A drawing below this width is the one for a phone."""


@dataclass(frozen=True)
class Frame:
    """The part of a drawing where the data stand, and the values at its edges; the lower edge is zero."""

    left: float
    right: float
    top: float
    bottom: float
    first: float
    last: float
    high: float

    def x(self, value: float) -> float:
        """Where a value of the horizontal axis stands."""
        return self.left + (self.right - self.left) * (value - self.first) / (self.last - self.first or 1)

    def y(self, value: float) -> float:
        """Where a value of the vertical axis stands."""
        return self.bottom - (self.bottom - self.top) * value / (self.high or 1)


def round_up(most: float, ticks: int) -> float:
    """The first tick at or above the largest value, at least one."""
    step = nice_step(most, ticks)
    return max(step, -(-most // step) * step)


def draw_counts(drawing: Drawing, frame: Frame, ticks: int) -> None:
    """Horizontal gridlines with whole numbers at the left."""
    step = nice_step(frame.high, ticks)
    value = 0.0
    while value <= frame.high:
        place = frame.y(value)
        drawing.line(frame.left, place, frame.right, place, "grid" if value else "base")
        drawing.text(frame.left - 6, place + 4, f"{value:,.0f}", "tick", "end")
        value += step


def draw_numbers(drawing: Drawing, frame: Frame, ticks: int) -> None:
    """Whole numbers below the horizontal axis."""
    step = nice_step(frame.last - frame.first, ticks)
    value = -(-frame.first // step) * step + 0.0  # minus zero reads badly
    while value <= frame.last:
        drawing.line(frame.x(value), frame.bottom, frame.x(value), frame.bottom + 4, "base")
        drawing.text(frame.x(value), frame.bottom + 17, f"{value:,.0f}", "tick", "middle")
        value += step


def month_starts(first: date, last: date) -> list[date]:
    """The first days of the months from `first` to `last`; `first` itself opens the list."""
    starts = [first]
    year, month = first.year, first.month
    while True:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)  # noqa: PLR2004 - December
        if date(year, month, 1) > last:
            return starts
        starts.append(date(year, month, 1))


def draw_months(drawing: Drawing, frame: Frame, first: date, last: date, top: float) -> None:
    """Month names below the axis with a faint line up to `top`, the year beneath where one begins.

    The axis counts days from `first`.
    """
    starts = month_starts(first, last)
    step = month_step(len(starts), frame.right - frame.left)
    year, year_free = 0, frame.left - 1
    for number, start in enumerate(starts):
        place = frame.x((start - first).days)
        name, year_name = f"{start.month}月", f"{start.year}年"
        if number % step == 0:
            drawing.line(place, top, place, frame.bottom + 4, "grid")
            if place + text_width(name, SMALL) <= frame.right + 10:
                drawing.text(place + 1, frame.bottom + 17, name, "tick")
        if start.year != year and place >= year_free and place + text_width(year_name, SMALL) <= frame.right + 8:
            drawing.text(place + 1, frame.bottom + 32, year_name, "tick")
            year, year_free = start.year, place + text_width(year_name, SMALL) + 6


def month_step(months: int, room: float) -> int:
    """How many months apart their names stand so that none touches the next."""
    fitting = room / text_width("12月 ", SMALL)
    return next((step for step in (1, 2, 3, 6, 12, 24, 60, 120) if months / step <= fitting), 1200)
