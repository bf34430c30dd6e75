"""A lesson by plain commands: begun, taken up again after a stop, finished, retired when its definition changes."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from click.testing import CliRunner

from cli import main
from training import desk, rounds, trying
from training.commands import lessons as lesson_commands
from training.diary import Diary
from training.lessons import lesson
from training.scene import School

LESSON = "child_allowance_claim.apart_without_statement"
CLEAN = "name_address_change.clean"
Say = Callable[..., Any]


@pytest.fixture
def say(school: School, tmp_path: Path) -> Say:
    """A command of one learner, which must end with a code; its answer as data, or what it says."""

    def said(*words: str, code: int = 0, learner: str = "c01") -> Any:  # noqa: ANN401 - whatever the command gives
        where = ("--folder", str(tmp_path), "--learner", learner)
        with patch("training.desk.definitions", lambda *_: school.declared):
            found = CliRunner().invoke(main, ["train", *words, *where, *(() if code else ("--json",))])
        assert found.exit_code == code, found.output
        return found.output if code else json.loads(found.stdout)

    return said


def test_a_lesson_is_taken_up_where_it_was_left(say: Say) -> None:
    assert say("start", LESSON)["state"] == "formal_review"
    assert say("act", "look", "application")["verdict"] == "right"
    assert say("act", "check", "required", "failed")["verdict"] == "right"
    shown = say("show")
    assert next(one["result"] for one in shown["checks"] if one["check"] == "required") is False
    assert say("act", "do", "request_correction")["verdict"] == "right"
    finished = say("finish")
    assert finished["cases"][0]["best"][0]["because"] == ["required"]
    assert finished["cases"][0]["yours"][-1]["verdict"] == "right"


def test_two_learners_have_lessons_of_their_own(say: Say) -> None:
    say("start", LESSON)
    say("act", "look", "application")
    assert "取り組んでいる課題はありません" in say("show", code=1, learner="c02")


def test_a_hint_tells_the_next_thing_but_not_the_answer(say: Say) -> None:
    say("start", LESSON)
    assert "申請書" in say("hint")["hint"]


def test_a_changed_definition_retires_a_lesson_with_a_message(say: Say, tmp_path: Path) -> None:
    say("start", LESSON)
    diary = Diary(tmp_path, "c01")
    row = diary.rows[0]
    diary.path.write_text(json.dumps(row | {"cases": [row["cases"][0] | {"edition": "another"}]}) + "\n", "utf-8")
    assert "定義が、始めた後で変わりました" in say("show", code=1)
    assert "取り組んでいる課題はありません" in say("show", code=1)


def test_a_day_has_cases_with_and_without_a_mistake(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "CASES_OF_A_DAY", 2)
    monkeypatch.setattr(rounds, "ERRORS_OF_A_DAY", 1)
    monkeypatch.setattr(rounds, "lessons", lambda declared, _: [lesson(declared, name) for name in (LESSON, CLEAN)])
    say("start", "day", "--seed", "3")
    assert say("show", "--case", "2")["case"] == 2
    finished = say("finish")
    assert sorted(case["lesson"].endswith(".clean") for case in finished["cases"]) == [False, True]
    assert finished["points"] == 0


def test_the_next_lesson_is_of_a_skill_never_tried(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "lessons", lambda declared: [lesson(declared, name) for name in (LESSON, CLEAN)])
    assert say("next")["skill"] == "form_check"


def test_free_text_is_kept_and_shown_safely(say: Say) -> None:
    say("start", LESSON)
    assert say("act", "note", "a\x1b[31m\u202e<b>")["says"] == "a�[31m�<b>"
    assert say("show")["state"] == "formal_review"


@pytest.mark.parametrize(
    "text", ["x" * 100_000, "\u202e\u2066\x1b]0;x\x07", "<script>alert(1)</script>", "%s {0} $(x) ;--"]
)
def test_a_note_of_any_kind_is_one_line_of_the_diary(say: Say, tmp_path: Path, text: str) -> None:
    say("start", CLEAN)
    said = say("act", "note", text)["says"]
    assert said.isprintable()
    assert len(said) <= 500
    assert Diary(tmp_path, "c01").rows[-1]["value"] == text


def test_the_full_screen_without_a_terminal_names_the_plain_commands(say: Say) -> None:
    said = say("screen", code=1)
    assert "train start" in said


def test_the_full_screen_without_its_library_says_how_to_get_it(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lesson_commands, "on_a_terminal", lambda: True)
    monkeypatch.setattr(lesson_commands, "find_spec", lambda _: None)
    said = say("screen", code=1)
    assert "pip install 'madoguchi[train]'" in said
    assert "madoguchi train start" in said


def test_the_way_back_is_told_only_when_a_case_is_over(say: Say) -> None:
    say("start", LESSON)
    assert "まだ終わっていません" in say("explain", code=1)
    say("act", "do", "request_correction")
    assert say("explain")["points"] == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("start", "nothing.clean"), 1),
        (("start", LESSON, "--seed", "x"), 2),
        (("show",), 1),
        (("list", "nothing"), 1),
        (("act", "look", "application"), 1),
        (("finish",), 1),
    ],
)
def test_what_cannot_be_done_is_a_sentence_and_leaves_nothing(
    say: Say, tmp_path: Path, words: tuple[str, ...], code: int
) -> None:
    said = say(*words, code=code)
    assert said.strip()
    assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == []


def test_a_course_goes_through_the_fields_in_turn(say: Say, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    names = (LESSON, CLEAN, "pregnancy_notice.other_city", "insured_card_reissue.clean")
    monkeypatch.setattr(rounds, "CASES_OF_A_COURSE", 4)
    monkeypatch.setattr(rounds, "lessons", lambda declared, _: [lesson(declared, name) for name in names])
    say("start", "course")
    cases = [case["lesson"] for case in Diary(tmp_path, "c01").rows[0]["cases"]]
    assert sorted(cases) == sorted(names)
    assert [name.endswith(".clean") for name in cases] == [True, False, True, False]


def test_the_list_tries_the_lessons_of_a_procedure_and_says_what_cannot_be_given(
    say: Say, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = lesson(school.declared, CLEAN)
    barred = replace(given, id="name_address_change.barred", cannot="何を仕込むかが宣言にありません。")
    monkeypatch.setattr(trying, "lessons", lambda *_: [given, barred])
    first, second, flow = say("list", "name_address_change")
    assert (flow["lesson"], flow["skills"]) == ("name_address_change.flow", ["flow"])
    assert (first["can"], first["reason"], first["role"]) == (True, None, "counter")
    assert (second["can"], second["reason"]) == (False, barred.cannot)
