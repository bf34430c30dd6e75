"""What goes wrong is said in whole sentences, in Japanese and in English, and nothing half-way."""

import pytest

from engine.errors import (
    AnswerProblem,
    BadAnswers,
    DefinitionError,
    KeyReused,
    MadoguchiError,
    NotPossibleNow,
    NotYourTurn,
    Overtaken,
    Refusal,
    StoreError,
    UnknownThing,
)
from engine.problems import Problem, nearest


@pytest.mark.parametrize("kind", [UnknownThing, NotPossibleNow, NotYourTurn, Overtaken, KeyReused, BadAnswers])
def test_every_refusal_is_a_refusal_with_a_code_of_its_own(kind: type[Refusal]) -> None:
    assert issubclass(kind, Refusal)
    assert kind.code not in {Refusal.code, MadoguchiError.code}


def test_a_store_that_cannot_serve_is_no_refusal() -> None:
    assert not issubclass(StoreError, Refusal)


def test_an_error_speaks_both_languages_and_keeps_its_facts() -> None:
    error = NotPossibleNow("できません。", "it cannot be done", case=3)
    assert (str(error), error.text(), error.text("en"), error.facts) == (
        "できません。",
        "できません。",
        "it cannot be done",
        {"case": 3},
    )


def test_bad_answers_are_listed_a_line_each() -> None:
    error = BadAnswers(
        [AnswerProblem("/a", "type", "数にしてください。", en="a number"), AnswerProblem("", "x", "だめ。")]
    )
    assert error.text() == "直していただく所が2個あります。\n  /a: 数にしてください。\n  /: だめ。"
    assert error.text("en") == "2 answers need correcting\n  /a: a number\n  /: だめ。"


def test_a_definition_error_lists_every_problem_with_its_place() -> None:
    placed = Problem(rule="D1", path=("events", "go"), ja="変です。", en="odd", hint="going のことですか").at(
        "p.toml", 3, 7
    )
    error = DefinitionError([placed, Problem(rule="D2", path=("states",), ja="ない。", en="none")])
    assert error.text() == (
        "定義に2件の誤りがあります。\n"
        "p.toml:3:7: [D1] events.go: 変です。(going のことですか)\n"
        "states: [D2] states: ない。"
    )
    assert error.text("en").splitlines()[0] == "the definition has 2 problems"


def test_a_problem_that_has_no_place_and_no_path_is_named_by_its_file() -> None:
    assert Problem(file="p.toml", ja="読めません。").where == "p.toml"


@pytest.mark.parametrize(("word", "hint"), [("propos", "propose のことですか"), ("zzz", ""), ("", "")])
def test_the_nearest_right_word_is_named_if_any_is_near(word: str, hint: str) -> None:
    assert nearest(word, ["propose", "issue", "issue"]) == hint
