"""What every drawing keeps to, whatever is drawn: nothing on top of anything else, every arrow from box to box."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from itertools import combinations, pairwise

import pytest

from procedures.diagram.geometry import Arrow, Box, Label, Picture, Point
from procedures.diagram.paper import MARGIN
from procedures.diagram.sheets import Sheets, sheets_of
from tests.procedures.diagram.made_up import TODAY, everything

Rectangle = tuple[float, float, float, float]
ALL = sorted(everything())
every = pytest.mark.parametrize("name", ALL)


@functools.cache
def laid(name: str) -> Sheets:
    return sheets_of(everything()[name], TODAY)


def pictures(name: str) -> Iterator[Picture]:
    return (part.picture for part in laid(name).parts)


def rectangle(one: Box | Label) -> Rectangle:
    return one.x, one.y, one.width, one.height


def overlap(one: Rectangle, other: Rectangle) -> bool:
    apart = one[0] + one[2] <= other[0] + 0.01 or other[0] + other[2] <= one[0] + 0.01
    return not (apart or one[1] + one[3] <= other[1] + 0.01 or other[1] + other[3] <= one[1] + 0.01)


def strips(arrow: Arrow) -> list[Rectangle]:
    """The straight pieces of an arrow as rectangles a tenth of a unit wide."""
    return [
        (min(x, x_) - 0.05, min(y, y_) - 0.05, abs(x - x_) + 0.1, abs(y - y_) + 0.1)
        for (x, y), (x_, y_) in pairwise(arrow.points)
    ]


def on_edge(point: Point, box: Box) -> bool:
    across = abs(point[0] - box.x) < 0.1 or abs(point[0] - box.x - box.width) < 0.1
    down = abs(point[1] - box.y) < 0.1 or abs(point[1] - box.y - box.height) < 0.1
    inside = box.x - 0.1 <= point[0] <= box.x + box.width + 0.1 and box.y - 0.1 <= point[1] <= box.y + box.height + 0.1
    return inside and (across or down)


@every
def test_no_two_labels_or_boxes_lie_on_each_other(name: str) -> None:
    for picture in pictures(name):
        found: list[Box | Label] = [*picture.boxes, *picture.labels]
        assert [(a, b) for a, b in combinations(found, 2) if overlap(rectangle(a), rectangle(b))] == []


@every
def test_every_arrow_begins_and_ends_at_the_edge_of_its_box(name: str) -> None:
    for picture in pictures(name):
        boxes = {box.key: box for box in picture.boxes}
        loose = [
            arrow
            for arrow in picture.arrows
            if not (on_edge(arrow.points[0], boxes[arrow.source]) and on_edge(arrow.points[-1], boxes[arrow.target]))
        ]
        assert loose == []


@every
def test_no_arrow_runs_through_a_box_or_a_label(name: str) -> None:
    for picture in pictures(name):
        others: list[Box | Label] = [*picture.boxes, *picture.labels]
        for arrow in picture.arrows:
            assert [one for strip in strips(arrow) for one in others if overlap(strip, inner(one))] == []


def inner(one: Box | Label) -> Rectangle:
    """A rectangle without its rim, where arrows may begin and end."""
    x, y, width, height = rectangle(one)
    return x + 0.2, y + 0.2, width - 0.4, height - 0.4


@every
def test_every_line_is_level_or_upright(name: str) -> None:
    for picture in pictures(name):
        for arrow in picture.arrows:
            assert all(a[0] == pytest.approx(b[0]) or a[1] == pytest.approx(b[1]) for a, b in pairwise(arrow.points))


@every
def test_everything_lies_inside_its_picture_and_every_part_on_its_sheet_apart_from_the_others(name: str) -> None:
    sheets = laid(name)
    for part in sheets.parts:
        x, y, width, height = part.outline
        assert x >= MARGIN - 0.1
        assert y >= MARGIN - 0.1
        assert x + width <= sheets.paper.width - MARGIN + 0.1
        assert y + height <= sheets.paper.height - MARGIN + 0.1
        placed: list[Box | Label] = [*part.picture.boxes, *part.picture.labels]
        for left, top, wide, high in map(rectangle, placed):
            assert -0.1 <= left <= left + wide <= part.picture.width + 0.1
            assert -0.1 <= top <= top + high <= part.picture.height + 0.1
        corners = [point for arrow in part.picture.arrows for point in arrow.points]
        assert all(-0.1 <= x <= part.picture.width + 0.1 and -0.1 <= y <= part.picture.height for x, y in corners)
    same = [(a, b) for a, b in combinations(sheets.parts, 2) if a.sheet == b.sheet]
    assert [(a.title, b.title) for a, b in same if overlap(a.outline, b.outline)] == []


@every
def test_every_state_stands_in_a_lane_and_every_state_and_event_is_drawn(name: str) -> None:
    procedure = everything()[name]
    case = next(picture for picture in pictures(name) if picture.bands)
    drawn = {box.key for box in case.boxes}
    for box in case.boxes:
        assert any(band.x <= box.x and box.x + box.width <= band.x + band.width for band in case.bands)
    told = {event for picture in pictures(name) for label in picture.labels for event in label.events}
    assert {event.id for event in procedure.events} <= told
    beside = {event.to for event in procedure.events}
    assert all(state.id in drawn or state.id in beside for state in procedure.states)


@every
def test_the_lines_of_different_ways_do_not_run_on_top_of_each_other(name: str) -> None:
    for picture in pictures(name):
        for one, other in combinations(picture.arrows, 2):
            if one.target != other.target:
                shared = [a for a in strips(one) for b in strips(other) if overlap(a, b) and long(a, b)]
                assert shared == [], (one, other)


def long(one: Rectangle, other: Rectangle) -> bool:
    """Whether two strips share more than the point where they cross."""
    across = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    down = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    return max(across, down) > 1


def test_the_same_procedure_is_laid_out_the_same_way_twice() -> None:
    name = ALL[0]
    assert sheets_of(everything()[name], TODAY) == laid(name)


@pytest.mark.parametrize(("other", "there"), [((5, 5, 9, 9), True), ((10, 0, 5, 5), False), ((2, 2, 1, 1), True)])
def test_an_overlap_would_be_found(other: Rectangle, there: bool) -> None:  # noqa: FBT001 - a column
    assert overlap((0, 0, 10, 10), other) is there
