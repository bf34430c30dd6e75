"""Whatever is asked wrongly is answered with a sentence that says what would be right, and nothing is stored."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.office.door import BROKEN, CHILD, EXAMPLE, Door, contents

At = Callable[[str], Door]
CLERK, COUNTER, PERSON = ("--as", "clerk:k1"), ("--as", "counter:c1"), ("--as", "applicant:p1")
PROPOSE = ("case", "fire", "1", "propose", *CLERK)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("case", "show", "99"), "案件99はありません"),
        (("case", "verify", "99"), "案件99は"),
        (("case", "open", "child_allowance_clam", *PERSON), "child_allowance_claim のことですか"),
        (("case", "open", CHILD, *PERSON, "--state", "drafd"), "draft"),
        (("case", "open", CHILD, "--as", "bank:b1"), "が行います"),
        (("case", "fire", "1", "requst_correction", *COUNTER), "request_correction のことですか"),
        (("case", "check", "1", "identty=passed", *COUNTER), "identity のことですか"),
        (("case", "fact", "1", "asessed_income=1", *CLERK), "assessed_income のことですか"),
        (("case", "signal", "1", "deth"), "death のことですか"),
        (("inbox", "--as", "sectionchief"), "section_chief のことですか"),
        (("case", "options", "1", "--as", "sectionchief"), "section_chief のことですか"),
        (("case", "show", "1", "--city", "omitama"), "hitachinaka"),
        (("case", "show", "1", "--definitions", "nowhere"), "フォルダ「nowhere」がありません"),
    ],
)
def test_an_unknown_word_is_answered_with_the_right_one(at: At, words: tuple[str, ...], said: str) -> None:
    assert said in at("submitted").refused(*words)


@pytest.mark.parametrize(
    ("stage", "words", "said"),
    [
        ("submitted", ("case", "fire", "1", "pass", "--as", "clerk:k1"), "が行います"),
        ("submitted", ("case", "check", "1", "identity=passed", "--as", "clerk:k1"), "が行います"),
        ("submitted", ("case", "fire", "1", "withdraw", "--as", "applicant:p2"), "p2さんのものではありません"),
        ("submitted", ("case", "fact", "1", "assessed_income=1", *PERSON), "「applicant」は行えません"),
        ("proposed", ("case", "fire", "1", "endorse", "--as", "unit_chief:k1"), "自分の起案"),
        ("proposed", ("case", "fire", "1", "decide", "--as", "unit_chief:u1"), "要る条件: 決裁の段である"),
    ],
)
def test_a_wrong_post_or_person_is_told_whose_turn_it_is(at: At, stage: str, words: tuple[str, ...], said: str) -> None:
    assert said in at(stage).refused(*words)


@pytest.mark.parametrize(
    ("stage", "words", "said"),
    [
        ("submitted", ("case", "fire", "1", "issue", *COUNTER), "できるのは「決裁済」のとき"),
        ("submitted", ("case", "fire", "1", "pass", *COUNTER), "まだ見ていない確認: 本人確認"),
        ("submitted", ("case", "fire", "1", "start_review", *COUNTER), "ひとりでに起きる"),
        ("submitted", ("case", "check", "1", "holder=passed", *COUNTER), "自動で決まる確認"),
        ("submitted", ("case", "check", "1", "custody=passed", *CLERK), "「実体審査」で行う確認"),
        ("submitted", ("case", "submit", "1", str(EXAMPLE), *PERSON), "済ませています"),
        ("submitted", ("case", "fire", "1", "pass", *COUNTER, "--expect", "2"), "(版2)に変わりました"),
        ("reviewed", (*PROPOSE, "--set", "amount=15000", "--set", "start_month=2022-06"), "要る条件"),
        (
            "proposed",
            ("case", "fire", "1", "endorse", "--as", "unit_chief:u1", "--task", "7"),
            "作業7はありません。あるのは1・2です",
        ),
        ("opened", ("case", "fire", "1", "withdraw", *PERSON), "今はできません"),
    ],
)
def test_what_cannot_happen_now_is_told_with_what_can(at: At, stage: str, words: tuple[str, ...], said: str) -> None:
    assert said in at(stage).refused(*words)


def test_who_was_first_and_when_is_told(at: At) -> None:
    door = at("proposed")
    door("case", "fire", "1", "endorse", "--as", "unit_chief:u1")
    said = door.refused("case", "fire", "1", "endorse", "--as", "unit_chief:u2", "--task", "1")
    assert "2022年05月30日 20時00分に係長(u1)が済ませています" in said


def test_a_key_belongs_to_one_command(at: At) -> None:
    door = at("submitted")
    door("case", "check", "1", "identity=passed", *COUNTER, "--key", "k-1")
    assert "「k-1」は案件1の別の操作で使われています" in door.refused(
        "case", "check", "1", "identity=failed", *COUNTER, "--key", "k-1"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "JSONとして読めません(1行目の2文字目)"),
        ("[1]", "{ から } まで"),
        ('{"amount": 1, "amount": 2}', "amount"),
        ('{"amount": NaN}', "NaN は数として使えません"),
        ('{"amount": 15000, "start_month": "2022-06", "colour": "red"}', "「colour」という欄はありません"),
        ('{"amount": "much", "start_month": "2022-06"}', "0以上の円の整数"),
        ('{"amount": 15000, "start_month": "June"}', "2022-06 のような年月"),
        ('{"amount": 15000}', "「支給開始月」を入れてください"),
        ('{"amount": 15000, "start_month": "2022-06", "reason": "\\u202e"}', "reason"),
        ("@missing.json", "「missing.json」を読めません"),
        ("@.", "「.」を読めません"),
        ("@", "読めません"),
    ],
)
def test_answers_that_cannot_be_taken_are_told_field_by_field(at: At, text: str, said: str) -> None:
    assert said in at("reviewed").refused(*PROPOSE, "--answers", text)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff\xfe{}", "UTF-8"),
        ('{"a": "氏名"}'.encode("cp932"), "UTF-8"),
        (b" " * 2_000_000, "大きすぎます"),
        (b"[" * 100_000, "入れ子が深すぎます"),
        (b"", "JSONとして読めません"),
        (b'{"nonsense": 1}', "nonsense"),
    ],
)
def test_a_file_that_is_no_application_is_refused(at: At, tmp_path: Path, data: bytes, said: str) -> None:
    (tmp_path / "answers.json").write_bytes(data)
    assert said in at("opened").refused("case", "submit", "1", str(tmp_path / "answers.json"), *PERSON)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("case", "fire", "1", "pass"), "--as 職:人"),
        (("case", "fire", "1", "pass", "--as", ""), "--as 職:人"),
        (("case", "fire", "1", "pass", "--as", "k\n1"), "改行や制御文字は使えません"),
        (("case", "fire", "1", "pass", "--as", "k" * 300), "200字まで"),
        (("case", "fire", "x", "pass", *COUNTER), "IDは1以上の整数"),
        (("case", "fire", "99999999999999999999", "pass", *COUNTER), "IDは1以上の整数"),
        (("case", "fire", "1", "pass", *COUNTER, "--expect", "-1"), "--expectは1以上の整数"),
        (("case", "fire", "1", "pass", *COUNTER, "--set", "amount"), "名前=値"),
        (("case", "fire", "1", "pass", *COUNTER, "--set", "a=1", "--set", "a=2"), "二度"),
        (("case", "check", "1", *COUNTER), "を書いてください"),
        (("case", "check", "1", "identity=yes", *COUNTER), "identity=passed か identity=failed"),
        (("case", "fact", "1", "=3", *CLERK), "名前=値"),
        (("case", "show", "1", "--lang", "fr"), "--langはja・enのどれか"),
        (("case", "show", "1", "--colour"), "「--colour」という指定はありません"),
        (("case", "shwo", "1"), "show のことですか"),
    ],
)
def test_wrong_usage_ends_with_two_and_says_how_to_write_it(at: At, words: tuple[str, ...], said: str) -> None:
    assert said in at("submitted").refused(*words, code=2)


def test_an_instant_that_is_none_is_wrong_usage(at: At) -> None:
    door = at("submitted")
    door.standing = ("--at", "yesterday")
    assert "2022-06-01T09:00 のように" in door.refused("case", "show", "1", code=2)


def test_the_same_sentence_is_there_in_english_and_for_a_program(at: At) -> None:
    door = at("submitted")
    words = ("case", "fire", "1", "issue", *COUNTER)
    assert door.refused(*words, "--lang", "en") == (
        "case 1: cannot issue while formal_review; possible from ['decided']\n"
    )
    error = json.loads(door.refused(*words, "--json"))["error"]
    assert (error["code"], error["facts"]) == ("not_now", {"event": "issue", "state": "formal_review"})
    assert error["ja"].startswith("案件1: 「通知を送る」は今はできません")


def test_every_wrong_answer_is_there_for_a_program(at: At) -> None:
    found = at("reviewed").refused(*PROPOSE, "--set", "amount=much", "--set", "colour=red", "--json")
    problems = json.loads(found)["error"]["problems"]
    assert [one["pointer"] for one in problems] == ["/colour", "/start_month", "/amount"]


MISTAKES = ("recieved", "remarks", "dnoe", "severity", "clark")


@pytest.mark.parametrize("words", [("procedures", "show"), ("case", "open")])
def test_a_definition_with_five_mistakes_is_told_all_five_with_their_places(door: Door, words: tuple[str, ...]) -> None:
    plain = words[0] == "procedures"
    found = door(*words, "crooked_plaza", "--definitions", str(BROKEN), code=1, plain=plain).stderr
    file = BROKEN / "procedures" / "childcare" / "crooked_plaza.toml"
    lines = file.read_text("utf-8").splitlines()
    for mistake in MISTAKES:
        (line,) = (number for number, text in enumerate(lines, 1) if f'"{mistake}"' in text or f"{mistake} =" in text)
        assert any(f"{file}:{line}:" in told and mistake in told for told in found.splitlines()), mistake
    assert contents(door.store) == {}


def test_the_others_still_work_beside_a_broken_definition(door: Door) -> None:
    listed = door("procedures", "list", "--definitions", str(BROKEN), plain=True).stdout
    assert "誤り" in listed
    door.standing = ("--definitions", str(BROKEN))
    door("case", "open", CHILD, *PERSON)
