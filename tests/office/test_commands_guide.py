"""The guide: from an event of life to procedures, days, papers, and cases that know of each other."""

from __future__ import annotations

import json

import pytest

from tests.office.door import Door

DAY = ("--at", "2022-06-13T10:00")
BORN = ("--event", "birth", "--answer", "born_on=2022-06-11", "--answer", "school_fee=no")
FIRST = (*BORN, "--answer", "receiving=no", "--answer", "nursery=yes")
FLOOD = ("--event", "disaster", "--answer", "lost=yes")
OPEN = (*FLOOD, "--open", "--practice", "--as", "applicant:p1", "--key", "D-1", "--city", "hitachinaka", *DAY)


def test_a_first_birth_leads_to_the_claim_until_a_day_on_which_the_hall_is_open(door: Door) -> None:
    found = door.json("guide", "--city", "omitama", *FIRST, *DAY)
    first, *rest = found["procedures"]
    assert (first["id"], first["due_on"], first["department"]) == ("child_allowance_claim", "2022-06-27", "子ども課")
    assert "passbook" in [paper["id"] for paper in first["attachments"]]
    assert [one["id"] for one in rest] == ["childcare_certification", "childcare_use_application"]


def test_who_says_nothing_is_asked_in_plain_words_until_it_can_be_read(door: Door) -> None:
    typed = "99\n2\nきのう\n令和4年6月11日\nはい\nn\nno\n"
    said = door("guide", "--city", "hitachinaka", *DAY, typed=typed)
    assert "こどもが うまれました" in said.stderr
    assert "うまれた ひは いつですか(れい 2022-06-10)" in said.stderr
    assert "1. こどもが ふえた・へった とどけ" in said.stdout
    assert "いつまで: 2022-06-27 まで" in said.stdout


def test_answers_come_from_a_file_too(door: Door) -> None:
    answers = {"born_on": "2022-06-11", "receiving": False, "nursery": False, "birth.school_fee": True}
    (door.folder / "a.json").write_text(json.dumps({"events": ["birth"], "answers": answers}), "utf-8")
    found = door.json("guide", "--answers", str(door.folder / "a.json"), *DAY)
    assert [one["id"] for one in found["procedures"]] == ["child_allowance_claim", "school_fee_offer"]


def test_a_procedure_that_two_events_name_comes_once_with_its_earlier_day(door: Door) -> None:
    death = ("--event", "death", "--answer", "died_on=2022-06-01", "--answer", "raise=yes")
    found = door.json("guide", *FIRST, *death, "--at", "2022-06-17")["procedures"]
    claims = [one for one in found if one["id"] == "child_allowance_claim"]
    assert [(one["event"], one["due_on"], one["over"]) for one in claims] == [("death", "2022-06-16", True)]


def test_cases_opened_together_are_linked_to_each_other_and_opened_once(door: Door) -> None:
    door("guide", *OPEN)
    door("guide", *OPEN)
    shown = door.json("case", "show", "2", *DAY)
    assert [(one["case"], one["kind"]) for one in shown["links"]] == [(1, "beside")]
    assert [one["case"] for one in door.json("case", "show", "1", *DAY)["linked_from"]] == [2]
    assert "案件3はありません" in door.refused("case", "show", "3", *DAY)
    door("case", "verify", "2", *DAY)


def test_what_the_city_begins_itself_is_not_opened(door: Door) -> None:
    lead = '[procedures.survey]\nto = "building_survey"\nlaw = "○法1条"\nja = "a"\neasy = "a"\nen = "a"\n'
    folder = written(door, lead)
    told = door("guide", "--event", "fair", "--definitions", folder, "--open", "--practice", *DAY).stdout
    assert told.splitlines()[-1] == "しやくしょが はじめます: いえの ひがいを しらべる(たてもの)"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--event", "brith"), "birth のことですか"),
        (("--event", "結婚"), "出生"),
        (("--answer", "lost=yes"), "できごとを --event で"),
        (("--event", "disaster"), "--answer lost=…"),
        (("--event", "disaster", "--answer", "lost=perhaps"), "「perhaps」は読めません"),
        (("--event", "birth", "--answer", "born_on=2022-02-30"), "「2022-02-30」は読めません"),
        (("--event", "disaster", "--answer", "lost=no", "--answer", "los=no"), "lost のことですか"),
        (("--event", "disaster", "--answer", "lost"), "名前=値"),
    ],
)
def test_what_cannot_be_understood_is_told_and_opens_nothing(door: Door, words: tuple[str, ...], said: str) -> None:
    assert said in door.refused("guide", *words, "--open", "--practice", code=2)
    assert not door.store.exists()


@pytest.mark.parametrize(("text", "code"), [("[1]", 1), ("{", 1), ("", 1), ('{"event": "a"}', 2)])
def test_a_file_that_says_no_situation_is_refused(door: Door, text: str, code: int) -> None:
    (door.folder / "a.json").write_text(text, "utf-8")
    said = door.refused("guide", "--answers", str(door.folder / "a.json"), code=code)
    assert "JSON" in said or "1つにして" in said


def test_an_event_that_leads_nowhere_is_told_with_its_line(door: Door) -> None:
    lead = '[procedures.survey]\nto = "bilding_survey"\nlaw = "○法1条"\nja = "a"\neasy = "a"\nen = "a"\n'
    told = door.refused("guide", "--event", "fair", "--definitions", written(door, lead))
    assert "fair.toml:7:" in told
    assert "building_survey のことですか" in told


def written(door: Door, lead: str) -> str:
    """A folder of definitions with one more event."""
    folder = door.folder / "defs" / "procedures" / "life_events"
    folder.mkdir(parents=True)
    text = f'id = "fair"\norder = 1\nja = "祭"\neasy = "まつり"\nen = "a fair"\n{lead}'
    (folder / "fair.toml").write_text(text, "utf-8")
    return str(door.folder / "defs")


def test_questions_are_listed_for_a_program_that_asks_itself(door: Door) -> None:
    found = {one["id"]: one for one in door.json("guide", "--questions")}
    assert [one["id"] for one in found["disaster"]["questions"]] == ["lost"]
