"""The drawings of a comparison: the waterfall of the levers, and the curve of staff against breaches."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from procedures.letters import shortened, text_width
from simulation.comparison.differences import Step
from simulation.report.axes import PHONE, Frame, draw_counts, round_up
from simulation.report.svg import Drawing
from simulation.statistics import Interval

ROW, BAR = 44, 18
LETTERS = 12


def waterfall(labels: Sequence[str], found: Sequence[Step], yearly: float, key: str, width: int) -> Markup:
    """A bar for the hours of a year as they are, one for what each lever changes, and one for what is left.

    Args:
        yearly: by what the hours of the period are multiplied.
    """
    drawing = Drawing(width, ROW * (len(found) + 1) + 12)
    phone = width < PHONE
    left, right = (8, width - 92) if phone else (250, width - 130)
    most = max(one.hours for one in found) or 1
    rows = [*zip(labels, found, strict=True), ("改善後", found[-1])]
    for number, (label, one) in enumerate(rows):
        side = number in {0, len(found)}
        begin, end = (0.0, one.hours) if side else sorted((one.hours, one.hours - one.change))
        top = ROW * number + (24 if phone else 12)
        place = [left + (right - left) * value / most for value in (begin, end)]
        drawing.box(place[0], top, max(place[1] - place[0], 1), BAR, _kind(one, side=side))
        shown = shortened(label, 238 if not phone else width - 16, LETTERS)
        drawing.text(0, top + 14 if not phone else top - 6, shown, "label")
        said = _hours(one.hours * yearly) if side else _signed(one.change * yearly)
        drawing.text(place[1] + 8, top + 14, said, "halo")
        if not side and one.interval is not None:
            drawing.text(
                place[1] + 8 + text_width(said, LETTERS) + 4, top + 14, "" if phone else _half(one, yearly), "tick"
            )
        if number < len(rows) - 1:
            edge = left + (right - left) * one.hours / most
            drawing.line(edge, top + BAR, edge, top + ROW, "base")
    return drawing.markup(key, "てこごとの年間工数の変化", _told(labels, found, yearly))


def _kind(one: Step, *, side: bool) -> str:
    if side:
        return "bar"
    return "over" if one.change > 0 else "shade-1"


def _half(one: Step, yearly: float) -> str:
    interval = one.interval
    return f"±{(interval.high - interval.low) / 2 * yearly:,.1f}" if interval is not None else ""


def _told(labels: Sequence[str], found: Sequence[Step], yearly: float) -> str:
    parts = [f"現状 {_hours(found[0].hours * yearly)}"]
    pairs = list(zip(labels, found, strict=True))[1:]
    parts += [f"{label} {_signed(one.change * yearly)}" for label, one in pairs]
    return "、".join([*parts, f"改善後 {_hours(found[-1].hours * yearly)}"])


def _hours(value: float) -> str:
    return f"{value:,.1f}時間"


def _signed(value: float) -> str:
    return f"{value:+,.1f}時間".replace("-", "−") if round(value, 1) else "変わらない"


def staff_curve(
    found: Sequence[tuple[int, float, Interval | None]], bound: float, fewest: int | None, key: str, width: int
) -> Markup:
    """The share of late cases against the number of people, with the bound and the fewest that keep it."""
    drawing = Drawing(width, 300)
    ends = [100 * (interval.high if interval else share) for _, share, interval in found]
    high = min(100, round_up(max(*ends, 100 * bound), 4))
    frame = Frame(48, width - 20, 34, 250, found[0][0] - 0.5, found[-1][0] + 0.5, high)
    drawing.text(0, 20, "期限を過ぎた割合（%）", "tick")
    draw_counts(drawing, frame, 4)
    _whiskers(drawing, frame, found)
    line = [("M" if n == 0 else "L", (frame.x(people), frame.y(100 * s))) for n, (people, s, _) in enumerate(found)]
    drawing.path(line, "usual")
    for people, share, _ in found:
        kind = "bar" if share <= bound else "over"
        drawing.box(frame.x(people) - 4, frame.y(100 * share) - 4, 8, 8, kind)
        drawing.text(frame.x(people), frame.bottom + 18, f"{people}人", "tick", "middle")
    height = frame.y(100 * bound)
    drawing.line(frame.left, height, frame.right, height, "limit")
    drawing.text(frame.right, height - 5, f"上限 {100 * bound:g}%", "limit-label", "end")
    if fewest is not None:
        drawing.text(frame.x(fewest), frame.bottom + 36, "最少", "median-label", "middle")
    told = "、".join(f"{people}人で{100 * share:.1f}%" for people, share, _ in found)
    return drawing.markup(key, "職員の数と期限を過ぎた割合", told)


def _whiskers(drawing: Drawing, frame: Frame, found: Sequence[tuple[int, float, Interval | None]]) -> None:
    """The interval of each point as a line."""
    for people, _, interval in found:
        if interval is not None:
            low, high = frame.y(100 * interval.low), frame.y(100 * interval.high)
            drawing.line(frame.x(people), low, frame.x(people), high, "median")
