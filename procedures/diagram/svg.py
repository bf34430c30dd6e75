"""A drawing written as one SVG file: its sheets below each other, all words escaped, the same bytes every time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from procedures.diagram.geometry import Arrow, Box, Line, Picture, Point
from procedures.diagram.paper import MARGIN
from procedures.diagram.picture import CHIP, SIDE, tall
from procedures.diagram.sheets import EDGE, TITLE, Part, Sheets
from procedures.letters import plain, shortened

_CORNER = 5.0
_STYLE = """\
@page { size: %(paper)s landscape; margin: 0 }
svg { font-family: "BIZ UDPGothic", "Noto Sans JP", "Noto Sans CJK JP", "Hiragino Sans", "Yu Gothic", sans-serif;
 -webkit-print-color-adjust: exact; print-color-adjust: exact }
text { font-size: 12px; fill: #1b2431 }
.bold, .mark, .title, .again { font-weight: 700 } .small, .about, .page { fill: #3d4856 }
.small, .mark { font-size: 10px } .mark { text-anchor: middle } .title { font-size: 20px } .again { font-size: 13px }
.page { text-anchor: end }
.paper { fill: #fff } .odd { fill: #f5f7fa } .even { fill: #fff } .lane { fill: none; stroke: #b4bdc8 }
.frame { fill: #fff; stroke: #7b8794; stroke-width: 1.2 } .frame-head { fill: #e9edf2 }
.line { fill: none; stroke: #3d4856; stroke-width: 1.1 } .back { stroke-dasharray: 6 3 }
.main { stroke: #1d4f80; stroke-width: 2.6 }
.box { fill: #fff; stroke: #1b2431; stroke-width: 1.2 } .on-main { stroke: #1d4f80; stroke-width: 2.4 }
.waiting { stroke-dasharray: 5 2.5 } .end { stroke-width: 2.4 } .good { fill: #e4edf5 } .bad { fill: #fbeae8 }
.none { fill: #e9edf2 } .elsewhere { stroke-dasharray: 2 2; stroke: #7b8794 } .anywhere { fill: #e9edf2 }
.ring { fill: #fff; stroke: #1b2431 } .inner { fill: none; stroke: #1b2431 } .chip { fill: #f5f7fa; stroke: #556070 }
.bar { fill: #c3d7e9; stroke: #1d4f80 } .dot { fill: #3d4856 }
"""
_ROUND = {"arrived": 10.0, "milestone": 10.0, "working": 2.0, "deciding": 2.0, "elsewhere": 2.0, "anywhere": 10.0}
_LOOKS = {
    **dict.fromkeys(("waiting_applicant", "waiting_outside", "waiting_meeting"), "box waiting"),
    **dict.fromkeys(("granted", "accepted", "done"), "box end good"),
    **dict.fromkeys(("refused", "failed"), "box end bad"),
    **dict.fromkeys(("void", "settled", "final"), "box end none"),
    "elsewhere": "box elsewhere",
    "anywhere": "box anywhere",
    "dot": "dot",
}


def svg(sheets: Sheets) -> str:
    """The drawing as SVG; one user unit is about a fifth of a millimetre on A4."""
    paper = sheets.paper
    name, across, down = paper.size
    width, height = _n(paper.width), _n(paper.height * paper.sheets)
    size = f'viewBox="0 0 {width} {height}" width="{across}mm" height="{down * paper.sheets}mm"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} lang="ja" role="img" aria-labelledby="title about">',
        f'<title id="title">{_t(sheets.title)}</title>',
        f'<desc id="about">{_t(f"{sheets.about}。{sheets.description}")}</desc>',
        f"<style>{_STYLE % {'paper': name}}</style>",
        *_heads(),
        f'<rect class="paper" width="{width}" height="{height}"/>',
    ]
    for sheet in range(paper.sheets):
        lines.append(f'<g transform="translate(0 {_n(paper.height * sheet)})">')
        lines += _heading(sheets, sheet)
        for part in sheets.parts:
            if part.sheet == sheet:
                lines += _part(part)
        lines.append("</g>")
    return "\n".join([*lines, "</svg>"]) + "\n"


def _heads() -> Iterator[str]:
    """The heads of arrows."""
    for name, colour in (("head", "#3d4856"), ("main-head", "#1d4f80")):
        yield (
            f'<marker id="{name}" viewBox="0 0 10 8" refX="9.5" refY="4" markerWidth="9" markerHeight="7.2"'
            f' markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L10 4L0 8z" fill="{colour}"/></marker>'
        )


def _heading(sheets: Sheets, sheet: int) -> Iterator[str]:
    paper = sheets.paper
    size, room = (20, paper.width - 2 * MARGIN) if sheet == 0 else (13, paper.width - 2 * MARGIN - 60)
    look = "title" if sheet == 0 else "again"
    yield _text(MARGIN, MARGIN + size - 2, shortened(plain(sheets.title), room, size), look)
    if sheet == 0:
        yield _text(MARGIN, MARGIN + 44, shortened(plain(sheets.about), room - 60, 12), "about")
    if paper.sheets > 1:
        yield _text(paper.width - MARGIN, MARGIN + (44 if sheet == 0 else 11), f"{sheet + 1}/{paper.sheets}", "page")


def _part(part: Part) -> Iterator[str]:
    if part.title:
        x, y, width, height = part.outline
        yield f'<rect class="frame" {_place(x, y, width, height)}/>'
        yield f'<rect class="frame-head" {_place(x + 0.6, y + 0.6, width - 1.2, TITLE - EDGE)}/>'
        title = f"{part.title} {f'({part.about})' if part.about else ''}".strip()
        yield _text(x + 8, y + 15, shortened(plain(title), width - 16, 12), "bold")
    yield f'<g transform="translate({_n(part.x)} {_n(part.y)})">'
    yield from _picture(part.picture)
    yield "</g>"


def _picture(found: Picture) -> Iterator[str]:
    for number, band in enumerate(found.bands):
        look = "odd" if number % 2 else "even"
        yield f'<rect class="{look}" {_place(band.x, 0, band.width, found.height)}/>'
        yield f'<rect class="lane" {_place(band.x, 0, band.width, found.height)}/>'
        yield from _lines(band.x + 6, 4, band.heading, band.whole)
    if found.bands:
        yield f'<path class="lane" d="M0 {_n(found.head)}H{_n(found.width)}"/>'
    for bar in found.bars:
        yield f'<rect class="bar" {_place(bar.x, bar.top, 8, bar.bottom - bar.top)}/>'
    for arrow in sorted(found.arrows, key=lambda one: one.main):
        yield _arrow(arrow)
    for x, y in found.dots:
        yield f'<circle class="dot" cx="{_n(x)}" cy="{_n(y)}" r="2.8"/>'
    for box in found.boxes:
        yield from _box(box)
    for label in found.labels:
        yield from _lines(label.x, label.y, label.lines, label.whole)


def _arrow(arrow: Arrow) -> str:
    look = f"line{' back' if arrow.back else ''}{' main' if arrow.main else ''}"
    head = "main-head" if arrow.main else "head"
    return f'<path class="{look}" d="{_rounded(arrow.points)}" marker-end="url(#{head})"/>'


def _rounded(points: Sequence[Point]) -> str:
    """The corners of a line as a path that bends softly."""
    steps = [f"M{_n(points[0][0])} {_n(points[0][1])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        near, far = _towards(corner, before), _towards(corner, after)
        steps.append(f"L{_n(near[0])} {_n(near[1])}Q{_n(corner[0])} {_n(corner[1])} {_n(far[0])} {_n(far[1])}")
    return "".join([*steps, f"L{_n(points[-1][0])} {_n(points[-1][1])}"])


def _towards(corner: Point, other: Point) -> Point:
    """The point a little before a corner, at most half way."""
    across, down = other[0] - corner[0], other[1] - corner[1]
    length = abs(across) + abs(down)
    part = min(_CORNER, length / 2) / length if length else 0.0
    return corner[0] + across * part, corner[1] + down * part


def _box(box: Box) -> Iterator[str]:
    look = _LOOKS.get(box.kind, "box") + (" on-main" if box.main else "")
    corner = _ROUND.get(box.kind, 2.0 if "waiting" in look else min(box.height / 2, 16.0))
    yield f'<rect class="{look}" {_place(box.x, box.y, box.width, box.height)} rx="{_n(corner)}"/>'
    if box.kind == "deciding":
        yield f'<rect class="inner" {_place(box.x + 3, box.y + 3, box.width - 6, box.height - 6)}/>'
    high = box.height - CHIP * len(box.chips)
    if box.mark:
        left = box.x + (SIDE / 2 + 2 if box.lines else box.width / 2)
        yield f'<circle class="ring" cx="{_n(left)}" cy="{_n(box.y + high / 2)}" r="8"/>'
        yield _text(left, box.y + high / 2 + 3.6, box.mark, "mark")
    yield from _lines(box.x + (SIDE if box.mark else 8), box.y + (high - tall(box.lines)) / 2, box.lines, box.whole)
    for number, chip in enumerate(box.chips):
        top = box.y + box.height - CHIP * (len(box.chips) - number) - 1
        left, right = box.x + 10, box.x + box.width - 6
        yield (
            f'<path class="chip" d="M{_n(left + 6)} {_n(top)}H{_n(right)}L{_n(right - 6)} {_n(top + CHIP - 3)}'
            f'H{_n(left)}z"/>'
        )
        yield _text(left + 9, top + 11, chip, "small")


def _lines(x: float, y: float, lines: Sequence[Line], whole: str = "") -> Iterator[str]:
    """Lines of text from a corner; the uncut text is told where a line was cut."""
    written = []
    for line in lines:
        y += line.height
        written.append(_text(x, y - 3.2, line.text, "" if line.style == "name" else line.style))
    if whole and any(line.text.endswith("…") for line in lines):
        written = [f"<g><title>{_t(whole)}</title>", *written, "</g>"]
    yield from written


def _text(x: float, y: float, words: str, look: str = "") -> str:
    kind = f' class="{look}"' if look else ""
    return f'<text{kind} x="{_n(x)}" y="{_n(y)}">{_t(words)}</text>'


def _place(x: float, y: float, width: float, height: float) -> str:
    return f'x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"'


def _t(words: str) -> str:
    return escape(plain(words))


def _n(value: float) -> str:
    """A coordinate to a tenth, without a trailing zero: enough for the eye, the same bytes everywhere."""
    shown = f"{value:.1f}".removesuffix(".0")
    return "0" if shown == "-0" else shown
