"""A skill that was failed comes back at once, one that was passed later and later."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training import intervals
from training.diary import Diary
from training.lessons import lesson
from training.progress import as_csv, mistakes, of_class
from training.scene import School
from training.spacing import SKILLS, candidates, standings, weakest

MONDAY = dt.date(2026, 4, 6)


def _finished(points: int, skill: str, on: dt.date = MONDAY) -> dict[str, Any]:
    case = {"lesson": f"some.{skill}", "skills": [skill], "points": points}
    return {"kind": "finish", "on": on.isoformat(), "lesson": case["lesson"], "points": points, "cases": [case]}


def test_the_first_lesson_is_of_a_skill_never_tried() -> None:
    assert weakest([], MONDAY).skill == SKILLS[0]


def test_a_failure_comes_back_at_once() -> None:
    assert weakest([_finished(20, "register")], MONDAY).skill == "register"


def test_what_was_passed_comes_back_later_and_later() -> None:
    rows = [_finished(95, "register")]
    first = standings(rows)[1].due_on
    assert first is not None
    assert first > MONDAY
    rows += [_finished(95, "register", first)]
    second = standings(rows)[1].due_on
    assert second is not None
    assert second - first > first - MONDAY


def test_without_the_curve_the_days_are_those_of_a_ladder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intervals, "find_spec", lambda _: None)
    rows = [(MONDAY, 100)]
    assert intervals.next_day(rows) == MONDAY + dt.timedelta(days=1)
    assert intervals.next_day([*rows, (MONDAY, 100)]) == MONDAY + dt.timedelta(days=3)
    assert intervals.next_day([*rows, (MONDAY, 10)]) == MONDAY


@given(st.lists(st.integers(0, 100), min_size=1, max_size=12))
def test_no_skill_comes_back_before_it_was_trained(points: list[int]) -> None:
    assert intervals.next_day([(MONDAY, one) for one in points]) >= MONDAY


def test_a_lesson_that_was_finished_comes_after_those_that_were_not(school: School) -> None:
    names = ("childs_account", "apart_without_statement", "other_city", "lower_earner_claims")
    known = [lesson(school.declared, f"child_allowance_claim.{name}") for name in names]
    first = candidates([], known, "register")[0]
    again = candidates([_finished(100, "register") | {"cases": [{"lesson": first.id}]}], known, "register")
    assert again[-1].id == first.id


def test_an_instructor_sees_the_class_and_what_goes_wrong_most(tmp_path: Path) -> None:
    for code in ("c01", "c02"):
        diary = Diary(tmp_path, code)
        diary.add({"kind": "start", "cases": [{"lesson": "some.register"}]})
        diary.add({"kind": "act", "case": 1, "act": "do", "name": "pass", "verdict": "wrong"})
        diary.add(_finished(85 if code == "c01" else 15, "register"))
    found = of_class(tmp_path)
    assert [(one.code, one.finished, one.passed, one.mean) for one in found] == [("c01", 1, 1, 85), ("c02", 1, 0, 15)]
    assert mistakes(found) == [("some.register", "do pass", 2)]
    assert as_csv(found).splitlines()[1] == "c01,1,1,85,1,0/0,1/1,0/0,0/0,0/0,0/0"


def test_what_is_no_diary_is_left_out_of_the_class(tmp_path: Path) -> None:
    (tmp_path / "notes.jsonl").write_text("not a diary\n", "utf-8")
    assert of_class(tmp_path) == []
