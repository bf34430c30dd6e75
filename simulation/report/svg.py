"""Inline SVG as text: a drawing with a title, a description and escaped words. It knows no chart."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, log10

from markupsafe import Markup, escape

from procedures.letters import plain


class Drawing:
    """A picture of fixed size in user units, one unit to a CSS pixel at full width.

    Colours come from the page's style by class.
    """

    def __init__(self, width: int, height: float) -> None:
        self.width = width
        self.height = height
        self._parts: list[str] = []

    def line(self, x1: float, y1: float, x2: float, y2: float, kind: str) -> None:
        """A straight line."""
        self._add("line", kind, x1=x1, y1=y1, x2=x2, y2=y2)

    def box(self, x: float, y: float, width: float, height: float, kind: str) -> None:
        """A rectangle; one without area is left out."""
        if width > 0 and height > 0:
            self._add("rect", kind, x=x, y=y, width=width, height=height)

    def path(self, steps: Sequence[tuple[str, Sequence[float]]], kind: str, stroke: float | None = None) -> None:
        """A path of SVG commands with their numbers; `stroke` is its width where that tells something."""
        words = "".join(f"{letter}{' '.join(_number(value) for value in values)}" for letter, values in steps)
        width = "" if stroke is None else f' stroke-width="{_number(stroke)}"'
        self._parts.append(f'<path class="{kind}" d="{words}"{width}/>')

    def text(self, x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> None:
        """Words on one line, `y` at the foot of the letters; `anchor` is start, middle or end."""
        place = f'x="{_number(x)}" y="{_number(y)}" text-anchor="{anchor}"'
        self._parts.append(f'<text class="{kind}" {place}>{escape(plain(words))}</text>')

    def _add(self, name: str, kind: str, **numbers: float) -> None:
        places = " ".join(f'{key}="{_number(value)}"' for key, value in numbers.items())
        self._parts.append(f'<{name} class="{kind}" {places}/>')

    def markup(self, key: str, title: str, description: str) -> Markup:
        """The whole element; `key` makes its ids unique in the page."""
        name = escape(plain(key))
        opening = f'<svg viewBox="0 0 {self.width} {_number(self.height)}" role="img"'
        named = f'<title id="{name}-t">{escape(plain(title))}</title>'
        described = f'<desc id="{name}-d">{escape(plain(description))}</desc>'
        drawn = "".join(self._parts)
        # Words were escaped when they were added; the rest are numbers and class names of our own.
        return Markup(f'{opening} aria-labelledby="{name}-t {name}-d">{named}{described}{drawn}</svg>')  # noqa: S704


def _number(value: float) -> str:
    """A coordinate to a tenth, without a trailing zero: enough for the eye, the same bytes everywhere."""
    shown = f"{value:.1f}"
    return shown.removesuffix(".0") if shown != "-0.0" else "0"


def nice_step(most: float, ticks: int, whole: bool = True) -> float:  # noqa: FBT001, FBT002 - reads well by name
    """A round distance (1, 2, 5 times a power of ten) that covers `most` in about so many ticks.

    At least 1 for whole numbers.
    """
    raw = max(most, 1e-9) / ticks
    power = 10.0 ** floor(log10(raw))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= raw * 0.8)
    return max(1.0, step) if whole else step
