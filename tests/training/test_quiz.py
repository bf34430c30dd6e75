"""A quiz asks words of the dictionary and days that the engine counts; the same seed asks the same."""

from __future__ import annotations

import re

import pytest

from office.asking import Misused
from tests.house.layout import ROOT
from training.quiz import DATES, OPTIONS, WORDS, dictionary, judged, quiz
from training.scene import School


def test_the_words_are_those_of_the_reference() -> None:
    page = (ROOT / "docs" / "reference" / "words.md").read_text("utf-8")
    known = {word for cell in re.findall(r"(?m)^\|[^|]*\| ([^|]+) \|", page) for word in (cell, *re.split("、", cell))}
    assert {word for word, _ in dictionary()} - known == set()


@pytest.mark.parametrize("seed", range(20))
def test_of_the_options_one_is_right_and_all_differ(school: School, seed: int) -> None:
    for one in quiz(school.declared, None, seed, 4):
        assert len(set(one.options)) == OPTIONS
        assert one.options[one.right - 1] in one.why


def test_the_same_seed_asks_the_same(school: School) -> None:
    assert quiz(school.declared, DATES, 7, 3) == quiz(school.declared, DATES, 7, 3)


def test_each_answer_is_judged(school: School) -> None:
    asked = quiz(school.declared, WORDS, 1, 3)
    right = [one.right for one in asked]
    assert judged(asked, right) == [True] * 3
    assert judged(asked, [right[0] % OPTIONS + 1, *right[1:]]) == [False, True, True]


@pytest.mark.parametrize("answers", [[1], [1, 2, 3, 4], [0, 1, 2], [1, 2, 5]])
def test_what_is_no_answer_is_refused(school: School, answers: list[int]) -> None:
    with pytest.raises(Misused):
        judged(quiz(school.declared, WORDS, 1, 3), answers)
