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
SEEN: tuple[How, ...] = ("left", "left twice")
REALLY: tuple[How, ...] = ("dies", "dies twice", "disk error")

each_life = pytest.mark.parametrize("life", LIVES, ids=lambda life: life.name)


def own_points(lived: Enumeration) -> list[Point]:
    """The points of the commands that no earlier life begins with: the others are tried there."""
    return lived.points(shared(lived.life, LIVES[: LIVES.index(lived.life)]))


def noted(note: Note, life: Life, tally: Tally, *, clients: int = 1, on: str = "") -> None:
    found: list[str] = [finding.wrong for finding in tally.findings]
    name = f"{on} {life.name}".strip() if clients == 1 else f"{on} {life.name}, {clients} clients".strip()
    note(TALLY, (name, {name: found.count(name) for name in COLUMNS} | {"points": tally.points}))


def tried(lived: Enumeration, note: Note, *, dying: int, failing: int) -> None:
    """Every crossing looked at, and of each so many a process really dies at, or whose disk fails."""
    drawn = random.Random(lived.life.name)
    points = own_points(lived)
    parts = {"dies": dying, "dies twice": dying, "disk error": failing}
    some: dict[How, list[Point]] = {how: drawn.sample(points, -(-len(points) // parts[how])) for how in REALLY}
    for how, chosen in (dict.fromkeys(SEEN, points) | some).items():
        tally = lived.tried(chosen, how)
        noted(note, lived.life, tally)
        assert tally.findings == []


@pytest.mark.full
@each_life
def test_stopped_before_every_crossing(life: Life, tmp_path: Path, record_property: Note) -> None:
    lived = Enumeration(life, tmp_path)
    tried(lived, record_property, dying=10, failing=4)
    ends_as_it_did_before(lived, 2)


@pytest.mark.parametrize("life", TWENTIETH, ids=lambda life: life.name)
def test_a_twentieth_of_the_lives_stopped_before_every_crossing(
    life: Life, tmp_path: Path, record_property: Note
) -> None:
    tried(Enumeration(life, tmp_path), record_property, dying=100, failing=10)


@pytest.mark.parametrize("life", random.Random("the long way").sample(LIVES, 3), ids=lambda life: life.name)
def test_the_short_way_to_a_point_and_the_long_one_end_alike(life: Life, tmp_path: Path) -> None:
    ends_as_it_did_before(Enumeration(life, tmp_path), 2)


def ends_as_it_did_before(lived: Enumeration, points: int) -> None:
    life, start, end = lived.life, lived.moments[0].image, lived.moments[-1]
    *_, crossings = led(life, lived.disk, start, -1)
    for crossing in random.Random(life.name).sample(range(crossings), points):
        assert led(life, lived.disk, start, crossing) == (end.holds, end.sent, crossing)
