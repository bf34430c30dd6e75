"""Registers that tell of a person, signals that wait, and what the commands say of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.store import Store
from tests.office.door import CHILD, EXAMPLE, Door

At = Callable[[str], Door]
KENTA = json.dumps({"name_kana": "たかはし　けんた", "birth_date": "1991-08-14"})
DEATH = ("register", "event", "death", "--on", "2022-05-29", "--key", "R-1")


def child_of(example: Path) -> str:
    """The first child of the example, as a register names it."""
    child = json.loads(example.read_text("utf-8"))["children"][0]
    return json.dumps({name: child[name] for name in ("name_kana", "birth_date")})


def test_an_event_is_told_to_the_case_of_the_person_and_heard_with_tick(at: At) -> None:
    door = at("reviewed")
    assert door(*DEATH, "--of", "p1").stdout == "案件1に知らせます: death\n"
    assert door.json("signals")[0]["name"] == "death"
    assert "  審査中の異動" in door("tick").stdout
    assert door("signals").stdout == "届いていない知らせはありません。\n"
    assert "died_on" in door.json("case", "show", "1")["facts"]


def test_a_person_is_told_by_kana_name_and_date_of_birth_from_a_file_too(at: At, tmp_path: Path) -> None:
    door = at("reviewed")
    file = tmp_path / "person.json"
    file.write_text(KENTA, "utf-8")
    assert door.json(*DEATH, "--of", f"@{file}")["told"] == [{"case_id": 1, "signal": "death"}]


def test_the_death_of_a_child_is_its_own_signal(at: At) -> None:
    door = at("submitted")
    door(*DEATH, "--of", child_of(EXAMPLE))
    door("tick")
    events = [row["event"] for row in door.json("case", "log", "1")]
    assert events[-2:] == ["register_change", "formal_first"]


def test_of_somebody_without_a_case_nothing_is_told(at: At) -> None:
    assert at("reviewed")(*DEATH, "--of", "p9").stdout == "この人の、続いている案件や登録はありません。\n"


def test_the_same_event_again_acts_once(at: At) -> None:
    door = at("reviewed")
    door(*DEATH, "--of", "p1")
    said = door(*DEATH, "--of", "p1").stdout
    assert said == "この異動(番号「R-1」)はもう届いています。前と同じ答えです。\n案件1に知らせます: death\n"
    assert len(door.json("signals")) == 1
    assert "別の異動ですでに届いています" in door.refused(*DEATH, "--of", "p2")


def test_a_signal_that_changes_nothing_is_noted_for_the_clerk_to_see(at: At) -> None:
    door = at("issued")
    door(*DEATH, "--of", "p1")
    door("tick")
    shown = door.json("case", "show", "1")
    assert shown["noted"] == ["death"]
    assert [row["kind"] for row in shown["registrations"]] == ["recipient"]
    assert "書き留めた知らせ: 死亡" in door("case", "show", "1").stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--of", "p1", "--on", "2022-05-29"), "異動の番号を --key で書いてください"),
        (("--of", "p1", "--on", "29.5.2022", "--key", "R"), "「29.5.2022」は日付ではありません"),
        (("--of", '{"name_kana": "タカハシ"}', "--on", "2022-05-29", "--key", "R"), "--of には、申請者のID"),
        (("--of", '{"name": "x", "id": "p1"}', "--on", "2022-05-29", "--key", "R"), "--of には、申請者のID"),
        (("--of", "p1\nx", "--on", "2022-05-29", "--key", "R"), "--of には200字までの普通の文字"),
        (("--of", "p1", "--on", "2022-05-29", "--key", "R", "died"), "名前=値"),
    ],
)
def test_an_event_told_in_a_wrong_way_is_wrong_usage(at: At, words: tuple[str, ...], says: str) -> None:
    assert says in at("reviewed").refused("register", "event", "death", *words, code=2)


def test_what_is_missing_is_said_before_anything_is_read(at: At) -> None:
    door = at("reviewed")
    assert "--of" in door.refused("register", "event", "death", "--on", "2022-05-29", code=2)
    assert "読めません" in door.refused(*DEATH, "--of", "@nowhere.json")


def test_a_signal_that_does_not_get_through_is_listed_with_the_reason_and_tick_says_so(at: At) -> None:
    door = at("reviewed")
    door(*DEATH, "--of", "p1")
    with Store.open(door.store) as store, store.transaction() as tx:
        letter = tx.take_letter(1)
        assert letter is not None
        assert letter.blob is not None
        tx.letter_delivered(1, 1, 1)
        tx.send([letter._replace(id=2, blob=letter.blob[:-1] + b"x")])
    said = door("tick", code=1).stdout
    assert "届けられなかった知らせ2(あとでまた試します)" in said
    (waiting,) = door.json("signals")
    assert (waiting["id"], waiting["tries"], "salt" in waiting) == (2, 1, False)
    assert waiting["trouble"].startswith("知らせ2の中身は、書きかえられたか")
    assert "公簿" in door("signals").stdout


def test_a_case_cannot_be_opened_about_one_that_no_link_leads_to(at: At) -> None:
    door, words = at("reviewed"), ("case", "open", CHILD, "--as", "applicant:p1", "--about")
    assert "つながる手続ではありません" in door.refused(*words, "1")
    assert "案件9はありません" in door.refused(*words, "9")
