"""A drawing as plain figures: boxes, labels, arrows and lanes, before anything is written down."""

from __future__ import annotations

from dataclasses import dataclass, field

from procedures.letters import wrapped

NAME, SMALL = 12.0, 10.0
LINE, SMALL_LINE = 15.0, 12.5
Point = tuple[float, float]


@dataclass(frozen=True)
class Line:
    """One line of text; `style` is the class that gives its size and weight, `full` what was cut off if it was."""

    text: str
    style: str = "name"

    @property
    def height(self) -> float:
        """How far down the next line begins."""
        return LINE if self.style in {"name", "bold"} else SMALL_LINE


@dataclass(frozen=True)
class Label:
    """Lines of text in a rectangle, from the top; `events` are the ids of what it tells, `whole` the uncut text."""

    x: float
    y: float
    width: float
    lines: tuple[Line, ...]
    whole: str = ""
    events: tuple[str, ...] = ()

    @property
    def height(self) -> float:
        """As high as its lines."""
        return sum(line.height for line in self.lines)


@dataclass(frozen=True)
class Box:
    """A state: a shape by its kind, the letter of its kind, its words, and the tasks that are open in it."""

    key: str
    x: float
    y: float
    width: float
    height: float
    kind: str
    mark: str
    lines: tuple[Line, ...]
    chips: tuple[str, ...] = ()
    main: bool = False
    whole: str = ""


@dataclass(frozen=True)
class Arrow:
    """A line from the edge of one box to the edge of another; `points` are its corners."""

    source: str
    target: str
    points: tuple[Point, ...]
    back: bool = False
    main: bool = False


@dataclass(frozen=True)
class Band:
    """A lane, from top to bottom of the picture, with its heading."""

    x: float
    width: float
    heading: tuple[Line, ...]
    whole: str = ""


@dataclass(frozen=True)
class Bar:
    """A legal period beside the states, from the event that begins it to the one that ends it."""

    x: float
    top: float
    bottom: float


@dataclass
class Picture:
    """Something drawn from (0, 0): a machine, a list, the legend. `head` is the height of the headings of its lanes."""

    width: float = 0.0
    height: float = 0.0
    head: float = 0.0
    bands: list[Band] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)
    dots: list[Point] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)


def lines_of(text: str, room: float, style: str = "name", most: int = 5) -> tuple[Line, ...]:
    """A text in lines of a style that fit a room."""
    size = NAME if style in {"name", "bold"} else SMALL
    return tuple(Line(line, style) for line in wrapped(text, room, size, most))
