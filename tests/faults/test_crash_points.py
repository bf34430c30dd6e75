"""Wherever a process dies or a disk fails: nothing that was acknowledged is lost, nothing torn, nothing done twice."""

import random
from pathlib import Path

import pytest

from tests.faults.life import Life, shared
from tests.faults.lives import LIVES
from tests.faults.points import Enumeration, How, Point, Tally
from tests.faults.tally import COLUMNS, TALLY, Note
from tests.faults.whole_lives import led

TWENTIETH = random.Random("a twentieth of the lives").sample(LIVES, -(-len(LIVES) // 20))
WAYS: tuple[How, ...] = ("left", "left twice", "disk error")
REALLY: tuple[How, ...] = ("dies", "dies twice", "disk error")
TENTH = 10

each_life = pytest.mark.parametrize("life", LIVES, ids=lambda life: life.name)


def own_points(lived: Enumeration) -> list[Point]:
    """The points of the commands that no earlier life begins with: the others are tried there."""
    return lived.points(shared(lived.life, LIVES[: LIVES.index(lived.life)]))


def noted(note: Note, life: Life, tally: Tally, *, clients: int = 1, on: str = "") -> None:
    found: list[str] = [finding.wrong for finding in tally.findings]
    name = f"{on} {life.name}".strip() if clients == 1 else f"{on} {life.name}, {clients} clients".strip()
    note(TALLY, (name, {name: found.count(name) for name in COLUMNS} | {"points": tally.points}))


@pytest.mark.full
@each_life
@pytest.mark.parametrize("how", WAYS)
def test_stopped_before_every_crossing(life: Life, how: How, tmp_path: Path, record_property: Note) -> None:
    lived = Enumeration(life, tmp_path)
    tally = lived.tried(own_points(lived), how)
    noted(record_property, life, tally)
    assert tally.findings == []


@pytest.mark.full
@each_life
def test_looking_at_what_a_death_leaves_is_like_dying(life: Life, tmp_path: Path, record_property: Note) -> None:
    dies_really(life, tmp_path, record_property)


@pytest.mark.parametrize("life", TWENTIETH, ids=lambda life: life.name)
def test_a_twentieth_of_the_lives_stopped_before_every_crossing(
    life: Life, tmp_path: Path, record_property: Note
) -> None:
    lived, drawn = Enumeration(life, tmp_path), random.Random(life.name)
    points = own_points(lived)
    for how, some in zip(WAYS, (points, points, drawn.sample(points, -(-len(points) // TENTH))), strict=True):
        tally = lived.tried(some, how)
        noted(record_property, life, tally)
        assert tally.findings == []


@pytest.mark.parametrize("life", TWENTIETH[2:5], ids=lambda life: life.name)
def test_looking_at_what_a_death_leaves_is_like_dying_in_some_lives(
    life: Life, tmp_path: Path, record_property: Note
) -> None:
    dies_really(life, tmp_path, record_property)


def dies_really(life: Life, folder: Path, note: Note) -> None:
    lived, drawn = Enumeration(life, folder), random.Random(life.name)
    points = own_points(lived)
    for how in REALLY[:2]:
        tally = lived.tried(drawn.sample(points, -(-len(points) // TENTH)), how)
        noted(note, life, tally)
        assert tally.findings == []


@pytest.mark.full
@each_life
def test_the_short_way_to_a_point_and_the_long_one_end_alike(life: Life, tmp_path: Path) -> None:
    ends_as_it_did_before(life, tmp_path, 5)


@pytest.mark.parametrize("life", random.Random("the long way").sample(LIVES, 5), ids=lambda life: life.name)
def test_the_short_way_and_the_long_one_end_alike_in_some_lives(life: Life, tmp_path: Path) -> None:
    ends_as_it_did_before(life, tmp_path, 2)


def ends_as_it_did_before(life: Life, folder: Path, points: int) -> None:
    lived = Enumeration(life, folder)
    start, end = lived.moments[0].image, lived.moments[-1]
    *_, crossings = led(life, lived.disk, start, -1)
    for crossing in random.Random(life.name).sample(range(crossings), points):
        assert led(life, lived.disk, start, crossing) == (end.holds, end.sent, crossing)
