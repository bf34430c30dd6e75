"""Where the parts of a drawing lie on sheets of paper: A4 landscape, or A3 when the letters would become too small."""

from __future__ import annotations

from dataclasses import dataclass, field

RATIO = 2**0.5
MARGIN = 30.0
GAP = 22.0
A4_WIDTH = 1485.0
"""The width of a sheet on which 12 units are 2.4 mm (6.8 points) when it is printed on A4 landscape."""
_SMALLEST_ON_A4 = 1.2
"""How much wider than that a sheet may be and still be A4; its letters are 5.7 points then."""


@dataclass
class Region:
    """A part of a sheet, filled in shelves from its top left corner."""

    x: float
    y: float
    width: float
    height: float
    _shelf: float = 0.0
    _deep: float = 0.0
    _used: float = 0.0

    def take(self, width: float, height: float) -> tuple[float, float] | None:
        """The corner of a free place of that size, taken from now on; None when there is none."""
        if self._used and self._used + width > self.width + 0.01:
            shelf, used, deep = self._shelf + self._deep + GAP, 0.0, 0.0
        else:
            shelf, used, deep = self._shelf, self._used, self._deep
        if used + width > self.width + 0.01 or shelf + height > self.height + 0.01:
            return None
        self._shelf, self._used, self._deep = shelf, used + width + GAP, max(deep, height)
        return self.x + used, self.y + shelf


@dataclass
class Paper:
    """The sheets of a drawing, all of one size."""

    width: float
    regions: list[tuple[int, Region]] = field(default_factory=list)
    sheets: int = 1

    @property
    def height(self) -> float:
        """The height of a sheet: landscape, in the proportion of A4 and A3."""
        return self.width / RATIO

    @property
    def size(self) -> tuple[str, int, int]:
        """The name of the paper and its millimetres."""
        return ("A4", 297, 210) if self.width <= A4_WIDTH * _SMALLEST_ON_A4 else ("A3", 420, 297)

    def place(self, width: float, height: float, head: float) -> tuple[int, float, float]:
        """The sheet and corner for a part: the first place that is free, on a new sheet if there is none.

        Args:
            head: how high the heading of a further sheet is.
        """
        for sheet, region in self.regions:
            if (corner := region.take(width, height)) is not None:
                return sheet, *corner
        self.sheets += 1
        inner = self.width - 2 * MARGIN
        region = Region(MARGIN, MARGIN + head, inner, self.height - 2 * MARGIN - head)
        self.regions.append((self.sheets - 1, region))
        corner = region.take(width, height)
        return self.sheets - 1, *(corner or (MARGIN, MARGIN + head))


def paper_for(width: float, height: float, head: float, widest: float, tallest: float) -> Paper:
    """Paper whose first sheet holds the case under its heading, and a column beside it when there is room.

    Args:
        width, height: the size of the case.
        widest, tallest: the size that the largest other part needs on a sheet of its own.
    """
    across = max(A4_WIDTH, width + 2 * MARGIN, widest + 2 * MARGIN)
    down = max(height + head + 2 * MARGIN, tallest + head + 2 * MARGIN)
    paper = Paper(max(across, down * RATIO))
    beside = MARGIN + width + GAP
    room = paper.width - MARGIN - beside
    under = paper.height - head - height - GAP - 2 * MARGIN
    if room > 0:
        paper.regions.append((0, Region(beside, MARGIN + head, room, paper.height - 2 * MARGIN - head)))
    if under > 0:
        paper.regions.append((0, Region(MARGIN, MARGIN + head + height + GAP, width, under)))
    return paper
