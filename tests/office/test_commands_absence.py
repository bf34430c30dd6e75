"""`madoguchi absence`: who is away, for whom somebody stands in, and what the words of the commands may be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.office.door import Door

At = Callable[[str], Door]
SET = ("absence", "set", "section_chief", "--department", "child_policy", "--as", "clerk:k2")
TWO_DAYS = ("--from", "2022-05-30", "--until", "2022-06-01")


@pytest.fixture
def door(at: At) -> Door:
    return at("opened")


def test_an_absence_is_set_listed_and_ended(door: Door) -> None:
    said = door(*SET, *TWO_DAYS, "--key", "a-1").stdout
    assert said == (
        "子ども政策課の課長の不在(記録1): 2022-05-30 00:00 から 2022-06-01 00:00 の前まで\n  代決者: 係長(unit_chief)\n"
    )
    assert "済んでいます。前と同じ答えです。" in door(*SET, *TWO_DAYS, "--key", "a-1").stdout
    assert "子ども政策課の" in door("absence", "list").stdout
    assert "2022-05-30 20:00 の前まで" in door("absence", "end", "1", "--as", "section_chief:s1").stdout
    assert door("absence", "list").stdout == "不在の記録はありません。\n"
    (row,) = door.json("absence", "list", "--all")
    assert (row["until"], row["ended_by"], row["said_by"]) == (1653908400, "s1", "k2")


def test_a_vacancy_is_no_absence(door: Door) -> None:
    assert "代決はできません" in door(*SET, *TWO_DAYS, "--vacant").stdout
    assert "(欠員)" in door("absence", "list").stdout.replace("\n", "")


def test_an_absence_that_has_not_begun_is_taken_back(door: Door) -> None:
    door(*SET, "--from", "2022-06-10", "--until", "2022-06-11T12:00")
    assert "を取り消しました" in door("absence", "end", "1", "--as", "clerk:k2").stdout


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (
            (*SET, "--from", "2022-06-01", "--until", "2022-06-01"),
            1,
            "始まり(2022年06月01日 00時00分)より後ではありません",
        ),
        ((*SET, "--from", "2022-05-01", "--until", "2022-05-02"), 1, "過ぎています"),
        ((*SET, "--from", "2022-06-01", "--until", "2023-07-01"), 1, "1年まで"),
        ((*SET, "--from", "tomorrow", "--until", "2022-06-01"), 2, "--from tomorrow は日時として使えません"),
        ((*SET, "--from", "2022-06-01", "--until", "2022-06-31"), 2, "--until 2022-06-31 は日時として使えません"),
        ((*SET, *TWO_DAYS, "--deputy", "clerk"), 1, "「clerk」は子ども政策課の課長の代決者として定められていません"),
        ((*SET, *TWO_DAYS, "--vacant", "--deputy", "unit_chief"), 1, "欠員は不在ではない"),
        ((*SET[:3], *TWO_DAYS, "--as", "clerk:k2"), 1, "--department で示してください: child_policy・nursery"),
        ((*SET[:3], *TWO_DAYS, "--department", "tax", "--as", "clerk:k2"), 1, "taxに「section_chief」という職は"),
        (("absence", "set", "section_chef", *TWO_DAYS, "--as", "clerk:k2"), 1, "section_chief のことですか"),
        ((*SET[:5], *TWO_DAYS, "--as", "applicant:p1"), 1, "不在を記録できるのはひたちなか市の職員です"),
        ((*SET[:5], *TWO_DAYS), 2, "--as 職:人"),
        ((*SET[:5], "--from", "2022-06-01"), 2, "--until"),
        (("absence", "end", "9", "--as", "clerk:k2"), 1, "不在の記録9はありません"),
        (("absence", "end", "x", "--as", "clerk:k2"), 2, "1以上の整数"),
    ],
)
def test_what_is_asked_wrongly_is_answered_with_what_is_right(
    door: Door, words: tuple[str, ...], code: int, said: str
) -> None:
    assert said in door.refused(*words, code=code)
    assert door.json("absence", "list", "--all") == []


def test_an_absence_that_overlaps_another_is_refused_with_its_number(door: Door) -> None:
    door(*SET, *TWO_DAYS)
    assert "重なる記録1 不在" in door.refused(*SET, "--from", "2022-05-31", "--until", "2022-06-05")


def test_the_log_of_the_store_stays_sound_beside_absences(door: Door) -> None:
    door(*SET, *TWO_DAYS)
    door("case", "verify")


def test_without_a_city_the_declarations_say_who_is_of_the_office(tmp_path: Path) -> None:
    door = Door(tmp_path, ("--at", "2022-05-30T20:00"))
    Door(tmp_path)("db", "upgrade", "--practice")
    words = ("absence", "set", "section_chief", *TWO_DAYS)
    assert "代決者: deputy" in door(*words, "--as", "clerk:k1").stdout
    assert "「applicant」は記録できません" in door.refused("absence", "end", "1", "--as", "applicant:p1")
    assert "「section_chef」という職は" in door.refused(
        "absence", "set", "section_chef", *words[3:], "--as", "clerk:k1"
    )


def test_a_draft_shows_who_decided_it_in_whose_place_and_whether_that_was_viewed(at: At) -> None:
    door = at("proposed")
    assert "まだ(決裁のときに付きます)" in door("case", "draft", "1").stdout
    door("case", "fire", "1", "endorse", "--as", "unit_chief:u1")
    door(*SET, *TWO_DAYS)
    door("case", "fire", "1", "decide_for", "--as", "unit_chief:u1")
    said = door("case", "draft", "1", "--number", "1").stdout
    assert "文書番号: 2022子ども政策課第1号" in said
    assert "(代: 係長、不在の記録1、後閲 要)" in said
    found = door.json("case", "draft", "1")
    assert [(one["role"], one["viewed"]) for one in found["steps"]] == [("reviewer", None), ("decider", False)]
    assert "案件1に起案2はありません。あるのは起案1です。" in door.refused("case", "draft", "1", "--number", "2")


def test_a_case_without_a_draft_says_so(door: Door) -> None:
    assert "案件1はまだ起案されていません。" in door.refused("case", "draft", "1")


def test_what_a_deputy_sends_back_is_marked_in_the_log(at: At) -> None:
    door = at("proposed")
    door("case", "fire", "1", "endorse", "--as", "unit_chief:u1")
    door(*SET, *TWO_DAYS)
    door("case", "fire", "1", "send_back", "--task", "2", "--set", "reason=再考", "--as", "unit_chief:u1")
    assert "起案者へ差し戻す(代)" in door("case", "log", "1").stdout
