"""Whoever follows the declared checks has full marks in every lesson; whoever does not look fails the course."""

from __future__ import annotations

import os
from collections import defaultdict
from functools import cache
from random import Random
from statistics import mean

import pytest

from tests.training import bots
from training.best_way import Prepared, prepared
from training.lessons import lesson, lessons
from training.scene import School, Unsolvable
from training.scoring import FULL, PASS_MARK

SAMPLED = 6
COURSE = (
    "child_allowance_claim.apart_without_statement",
    "child_allowance_claim.other_city",
    "name_address_change.clean",
    "name_address_change.former_name_account",
    "pregnancy_notice.other_city",
    "pregnancy_notice.clean",
    "care_plan_office_notification.level_changed",
    "benefit_share_card_reissue.clean",
)


@cache
def _lesson(school: School, name: str) -> Prepared:
    return prepared(school, lesson(school.declared, name), 1)


@pytest.mark.parametrize("name", COURSE)
def test_following_the_checks_has_full_marks(school: School, name: str) -> None:
    assert bots.by_the_checks(school, _lesson(school, name)).points == FULL


@pytest.mark.parametrize("name", COURSE)
def test_the_tempting_wrong_answer_is_refused_with_its_ground(school: School, name: str) -> None:
    judged = bots.tempted(school, _lesson(school, name))
    assert judged
    assert [one.verdict for one in judged] == ["wrong"] * len(judged)
    assert all(one.ground and one.instead and one.suffered for one in judged)


def test_who_always_accepts_fails_the_course(school: School) -> None:
    points = [bots.always_accepts(school, _lesson(school, name)).points for name in COURSE]
    assert sum(points) / len(points) < PASS_MARK


def test_who_always_asks_for_a_correction_fails_the_course(school: School) -> None:
    points = [bots.always_asks(school, _lesson(school, name)).points for name in COURSE]
    assert sum(points) / len(points) < PASS_MARK


@pytest.mark.parametrize("seed", [1, 2])
def test_who_acts_at_random_fails_the_course(school: School, seed: int) -> None:
    points = [bots.at_random(school, _lesson(school, name), seed).points for name in COURSE]
    assert sum(points) / len(points) < PASS_MARK


@pytest.mark.parametrize("place", range(SAMPLED))
def test_a_lesson_drawn_from_all_of_them_can_be_given_and_is_won_by_the_checks(school: School, place: int) -> None:
    known = [one.id for one in lessons(school.declared)]
    name = Random("a sample of the lessons").sample(known, SAMPLED)[place]
    assert bots.by_the_checks(school, _lesson(school, name)).points == FULL
    assert all(said.verdict == "wrong" and said.ground for said in bots.tempted(school, _lesson(school, name)))


def test_what_is_planted_lies_in_the_case(school: School) -> None:
    assert [bots.lacks(school, _lesson(school, name)) for name in COURSE] == [[]] * len(COURSE)


@pytest.mark.full
@pytest.mark.parametrize("seed", range(1, 1 + int(os.environ.get("MADOGUCHI_LESSON_SEEDS", "66"))))
def test_every_lesson_can_be_given_and_is_won_by_the_checks(
    school: School, seed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Sixty-six seeds of a hundred and fifty-three lessons are ten thousand scenarios."""
    won, told, lacking = dict[str, int](), dict[str, str](), dict[str, list[str]]()
    others = defaultdict[str, list[int]](list)
    for one in lessons(school.declared):
        try:
            found = prepared(school, one, seed)
        except Unsolvable as reason:
            told[one.id] = reason.ja
            continue
        won[one.id] = bots.by_the_checks(school, found).points
        lacking[one.id] = bots.lacks(school, found)
        tempted = bots.tempted(school, found)
        assert all(said.verdict == "wrong" and said.ground for said in tempted), (one.id, tempted)
        others["always accepts"].append(bots.always_accepts(school, found).points)
        others["always asks for a correction"].append(bots.always_asks(school, found).points)
        others["acts at random"].append(bots.at_random(school, found, seed).points)
    with capsys.disabled():
        print(f"\nseed {seed}: {len(won)} lessons; follows the checks: mean {mean(won.values()):.1f}")  # noqa: T201
        print("".join(f"  {kind}: mean {mean(points):.1f}\n" for kind, points in others.items()))  # noqa: T201
    assert told == {}
    assert {name: paths for name, paths in lacking.items() if paths} == {}
    assert {name: points for name, points in won.items() if points != FULL} == {}
    assert all(mean(points) < PASS_MARK for points in others.values())
