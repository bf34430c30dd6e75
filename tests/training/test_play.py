"""Each act is done on the engine and judged by it: what is right, what is not and why, and that luck earns nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.errors import MadoguchiError, UnknownThing
from training.best_way import Prepared, prepared
from training.lessons import lesson
from training.play import Act, Play, shown
from training.scene import School
from training.telling import hint

WITHOUT_PAPER = "child_allowance_claim.apart_without_statement"
CLEAN = "name_address_change.clean"


@pytest.fixture(scope="module")
def paper(school: School) -> Prepared:
    """A claim that lacks a paper."""
    return prepared(school, lesson(school.declared, WITHOUT_PAPER), 1)


@pytest.fixture(scope="module")
def clean(school: School) -> Prepared:
    """A notice without a mistake."""
    return prepared(school, lesson(school.declared, CLEAN), 1)


def _act(words: str) -> Act:
    kind, name, value = [*words.split(), ""][:3]
    return Act(kind, name, value)


def _played(school: School, made: Prepared, *acts: str) -> Play:
    play = Play(school, made)
    for words in acts:
        play.act(_act(words))
    return play


def test_what_is_planted_is_in_the_case_and_seen_by_who_looks(school: School, paper: Prepared) -> None:
    play = _played(school, paper, "look application", "look required")
    assert "別居児童の申立書がない" in play.judged[-1].seen[1]


def test_the_tempting_way_is_refused_with_its_ground(school: School, paper: Prepared) -> None:
    judged = _played(school, paper, "look application", "do pass").judged[-1]
    assert judged.verdict == "wrong"
    assert "必須項目・添付の充足" in judged.suffered
    assert "必須項目・添付の充足" in judged.ground
    assert "補正を求める" in judged.instead


def test_a_failed_check_recorded_as_passed_is_wrong(school: School, paper: Prepared) -> None:
    judged = _played(school, paper, "look application", "check required passed").judged[-1]
    assert (judged.verdict, "不可です" in judged.instead) == ("wrong", True)


def test_a_record_without_reading_the_application_is_wrong(school: School, paper: Prepared) -> None:
    assert _played(school, paper, "check required failed").judged[-1].verdict == "wrong"


def test_the_right_end_without_having_looked_earns_nothing(school: School, paper: Prepared) -> None:
    play = _played(school, paper, "do request_correction")
    assert (play.judged[-1].verdict, play.over, play.score().points) == ("lucky", True, 0)


def test_what_was_found_earns_its_part(school: School, paper: Prepared) -> None:
    play = _played(school, paper, "look application", "look required", "check required failed")
    assert 0 < play.score().points < 40


def test_a_correction_asked_for_nothing_makes_somebody_wait(school: School, clean: Prepared) -> None:
    play = _played(school, clean, "look application", "do request_correction")
    assert (play.judged[-1].verdict, play.over) == ("wrong", True)
    assert "理由なく待たされます" in play.judged[-1].suffered


def test_what_comes_after_a_period_has_ended_is_late(school: School, paper: Prepared) -> None:
    play = _played(school, paper, "look application", "check required failed", "wait 60", "do request_correction")
    assert play.judged[-1].verdict == "late"
    in_time = _played(school, paper, "look application", "check required failed", "do request_correction")
    assert 0 < play.score().points < in_time.score().points


def test_a_needless_look_is_a_detour(school: School, paper: Prepared) -> None:
    assert _played(school, paper, "look application", "look application").judged[-1].verdict == "detour"


def test_the_same_number_makes_the_same_case(school: School, paper: Prepared) -> None:
    first, second = (_played(school, paper, "look application").judged[-1].seen for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    "words", ["look nothing", "check required perhaps", "do nothing", "dance x", "wait 0", "wait x"]
)
def test_what_nobody_knows_is_refused_and_not_judged(school: School, paper: Prepared, words: str) -> None:
    play = Play(school, paper)
    with pytest.raises(UnknownThing):
        play.act(_act(words))
    assert play.judged == []


def test_a_case_that_is_over_takes_no_more(school: School, paper: Prepared) -> None:
    play = _played(school, paper, "do request_correction")
    with pytest.raises(MadoguchiError, match="終わりました"):
        play.act(Act("look", "application"))


def test_free_text_cannot_move_letters_on_the_screen() -> None:
    assert shown("a\x1b[31mb\u202ec\n") == "a�[31mb�c�"


def test_a_hint_does_not_send_who_should_stop_to_the_usual_way(school: School) -> None:
    made = prepared(school, lesson(school.declared, "child_allowance_claim.public_servant"), 1)
    error = made.lesson.error
    assert error is not None
    stopped = replace(made.lesson, error=error.model_copy(update={"right": made.steps[0].event}))
    step = replace(made.steps[0], ground=(), facts={}, checks={})
    play = _played(school, made, "look application")
    play.prepared = replace(made, lesson=stopped, steps=(step,))
    assert "いつもの操作でよいか" in hint(play)
