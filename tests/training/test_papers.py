"""Hand-outs tell the case and not the answer; whatever anybody typed is shown as it was and does nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from engine.errors import NotPossibleNow
from training.best_way import Prepared, prepared
from training.diary import Diary
from training.lessons import lesson
from training.papers import certificate, sheets
from training.scene import School
from training.statements import statements


@pytest.fixture(scope="module")
def paper(school: School) -> Prepared:
    """A claim that lacks a paper."""
    return prepared(school, lesson(school.declared, "child_allowance_claim.apart_without_statement"), 1)


def _passed(folder: Path, points: int, cases: int = 8) -> Diary:
    diary = Diary(folder, "c01")
    rows = [{"lesson": "some.lesson", "skills": ["register"], "points": points}] * cases
    diary.add({"kind": "finish", "on": "2026-04-06", "lesson": "course", "points": points, "cases": rows})
    return diary


def test_a_hand_out_does_not_tell_what_was_planted(school: School, paper: Prepared) -> None:
    empty, answers = sheets(school, [paper], "練習")
    assert "別居児童の申立書がない" not in empty
    assert "仕込まれていたこと" not in empty
    assert "別居児童の申立書がない" in answers
    assert "補正を求める" in answers
    assert "size: A4" in empty


def test_what_somebody_wrote_is_no_markup(school: School, paper: Prepared) -> None:
    error = paper.lesson.error
    assert error is not None
    told = error.model_copy(update={"says": "<script>alert(1)</script>"})
    _, answers = sheets(school, [replace(paper, lesson=replace(paper.lesson, error=told))], "<b>")
    assert "<script>" not in answers
    assert "<b>" not in answers


def test_a_certificate_is_for_who_passed_a_course(tmp_path: Path) -> None:
    page = certificate(_passed(tmp_path, 85))
    assert "新任職員 BPR 研修" in page
    assert "85点" in page
    assert "c01" in page


@pytest.mark.parametrize(("points", "cases"), [(79, 8), (100, 1)])
def test_who_failed_or_did_a_single_case_has_none(tmp_path: Path, points: int, cases: int) -> None:
    with pytest.raises(NotPossibleNow):
        certificate(_passed(tmp_path, points, cases))


def test_results_are_statements_of_codes(tmp_path: Path) -> None:
    _passed(tmp_path, 40, 2)
    found = statements(tmp_path)
    assert [one["result"]["score"]["scaled"] for one in found] == [0.4, 0.4]
    assert {one["actor"]["account"]["name"] for one in found} == {"c01"}
    assert {one["verb"]["display"]["ja"] for one in found} == {"合格しなかった"}
    assert len({one["id"] for one in found}) == 2
    assert found == statements(tmp_path)


def test_a_diary_is_forgotten_and_another_is_not(tmp_path: Path) -> None:
    Diary(tmp_path, "c02").add({"kind": "start"})
    assert _passed(tmp_path, 85).forget() == 1
    assert Diary(tmp_path, "c01").rows == []
    assert len(Diary(tmp_path, "c02").rows) == 1
    with pytest.raises(NotPossibleNow):
        Diary(tmp_path, "c01").forget()
