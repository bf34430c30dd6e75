"""The same over a PostgreSQL server, which finds the connections of a process cut before every crossing in turn."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from engine.commands import Engine
from tests.faults.crowd import CLIENTS, Crowd
from tests.faults.disks import ServerDisk
from tests.faults.life import Life
from tests.faults.lives import LIVES, permitted
from tests.faults.planted import AcknowledgesFirst, TwoTransactions, hand
from tests.faults.points import Enumeration, How
from tests.faults.tally import Note
from tests.faults.test_crash_points import REALLY, SEEN, noted, own_points
from tests.faults.whole_lives import led

if TYPE_CHECKING:
    from tests.postgres import Server

TRIED = 6
ON_SERVER: tuple[How, ...] = (*REALLY, "cut")
SOME = random.Random("on a server").sample(LIVES, 3)

each_life = pytest.mark.parametrize("life", LIVES, ids=lambda life: life.name)


@pytest.mark.full
@each_life
def test_stopped_before_every_crossing(life: Life, server: Server, record_property: Note) -> None:
    lived = Enumeration(life, ServerDisk(server))
    points = own_points(lived)
    really, drawn = ON_SERVER[LIVES.index(life) % len(ON_SERVER)], random.Random(f"{life.name}, on a server")
    some = drawn.sample(points, min(len(points), 2))
    for how, chosen in (dict.fromkeys(SEEN, points) | {really: some}).items():
        tally = lived.tried(chosen, how)
        noted(record_property, life, tally, on="postgres")
        assert tally.findings == []


@pytest.mark.parametrize("life", SOME, ids=lambda life: life.name)
def test_stopped_before_some_crossings_of_some_lives(life: Life, server: Server, record_property: Note) -> None:
    lived = Enumeration(life, ServerDisk(server))
    for how in ON_SERVER:
        some = random.Random(f"{life.name}, {how}, on a server").sample(lived.points(), TRIED)
        tally = lived.tried(some, how)
        noted(record_property, life, tally, on="postgres")
        assert tally.findings == []


def test_the_short_way_to_a_point_and_the_long_one_end_alike(server: Server) -> None:
    lived = Enumeration(permitted(), ServerDisk(server))
    start, end = lived.moments[0].image, lived.moments[-1]
    *_, crossings = led(permitted(), lived.disk, start, -1)
    for crossing in random.Random("the long way on a server").sample(range(crossings), 3):
        assert led(permitted(), lived.disk, start, crossing) == (end.holds, end.sent, crossing)


def test_clients_of_one_writer_stopped_before_some_crossings(server: Server, record_property: Note) -> None:
    crowd = Crowd(permitted().first(8), ServerDisk(server))
    for how in REALLY:
        some = random.Random(f"{how}, together on a server").sample(crowd.points(), TRIED)
        tally = crowd.tried(some, how)
        noted(record_property, crowd.life, tally, clients=CLIENTS, on="postgres")
        assert tally.findings == []


@pytest.mark.parametrize(("bug", "wrong"), [(AcknowledgesFirst, "lost"), (TwoTransactions, "torn")])
def test_bugs_that_are_planted_in_the_engine_are_found_here_too(bug: type[Engine], wrong: str, server: Server) -> None:
    lived = Enumeration(permitted().first(3), ServerDisk(server), hand(bug))
    assert lived.findings == []
    some = random.Random(bug.__name__).sample(lived.points(), 25)
    assert wrong in {finding.wrong for finding in lived.tried(some, "dies").findings}
