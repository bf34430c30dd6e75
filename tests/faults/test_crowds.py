"""Several clients whose commands are committed together: wherever it stops, nothing is lost, torn or done twice."""

import random
from collections import Counter
from pathlib import Path

import pytest

from tests.faults.crowd import CLIENTS, Crowd
from tests.faults.life import Life
from tests.faults.lives import LIVES, permitted, protected, unknowable
from tests.faults.planted import AnswersFirst
from tests.faults.points import How
from tests.faults.tally import TOLD, Note
from tests.faults.test_crash_points import REALLY, noted

TRIED = 8

PAID = next(life for life in LIVES if life.name == "granted_and_paid")
each_life = pytest.mark.parametrize(
    "life", [permitted(), unknowable(), protected(), PAID], ids=lambda life: f"{life.name}, {CLIENTS} clients"
)


@pytest.mark.full
@each_life
@pytest.mark.parametrize("how", REALLY)
def test_stopped_before_every_crossing(life: Life, how: How, tmp_path: Path, record_property: Note) -> None:
    crowd = Crowd(life, tmp_path)
    tally = crowd.tried(crowd.points(), how)
    noted(record_property, life, tally, clients=CLIENTS)
    assert tally.findings == []


@each_life
def test_stopped_before_some_crossings(life: Life, tmp_path: Path, record_property: Note) -> None:
    crowd = Crowd(life, tmp_path)
    for how in REALLY:
        some = random.Random(f"{life.name}, {how}, together").sample(crowd.points(), TRIED)
        tally = crowd.tried(some, how)
        noted(record_property, life, tally, clients=CLIENTS)
        assert tally.findings == []


def test_an_answer_before_the_commit_of_the_group_is_found_as_a_lost_command(
    tmp_path: Path, record_property: Note
) -> None:
    crowd = Crowd(permitted().first(4), tmp_path, kind=AnswersFirst)
    assert crowd.findings == [], "undisturbed, the bug does not show"
    some = random.Random("answers first").sample(crowd.points(), 60)
    found = crowd.tried(some, "dies").findings
    assert any(one.wrong == "lost" and one.what == "event (1, 1) is not there" for one in found)
    counted = Counter(one.wrong for one in found)
    record_property(TOLD, f"planted: AnswersFirst, {CLIENTS} clients, {len(some)} points: lost {counted['lost']}")
