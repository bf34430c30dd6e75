"""Destroying values from the command line, and how it shows afterwards."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.office.door import Door

At = Callable[[str], Door]
CLERK = ("--as", "clerk:k1")
WHY = ("--reason", "保存期間の満了", "--as", "section_chief:s1")


@pytest.fixture
def over(at: At) -> Door:
    """A door to a case that was withdrawn, its notices sent, five years later."""
    door = at("submitted")
    door("case", "fire", "1", "withdraw", "--set", "reason=やめる", "--as", "applicant:p1")
    door("deliver")
    door.standing = ("--at", "2027-04-01T09:00")
    return door


def test_a_value_is_destroyed_and_shows_as_destroyed(over: Door) -> None:
    said = over("case", "destroy", "1", "--field", "form.1", *WHY).stdout
    assert "値を廃棄する(申請内容(1回目)[form.1]、保存期間の満了)" in said
    assert "廃棄済み 申請内容(1回目)[form.1](2027-04-01、保存期間の満了)" in over("case", "show", "1").stdout
    assert "[form.1] (廃棄済み 2027-04-01・保存期間の満了)" in over("case", "show", "1", "--answers", *CLERK).stdout
    assert "値を廃棄する(申請内容(1回目)[form.1]、保存期間の満了)  section_chief:s1" in over("case", "log", "1").stdout
    assert over.json("case", "show", "1")["destroyed"] == {"form.1": {"on": "2027-04-01", "reason": "保存期間の満了"}}
    assert "誤りは0件" in over("case", "verify").stdout


def test_everything_of_a_case_is_destroyed(over: Door) -> None:
    name = "髙橋　健太"
    assert name in over("case", "show", "1", "--answers", *CLERK).stdout + over("case", "notices", "1", *CLERK).stdout
    over("case", "destroy", "1", "--all", *WHY)
    ways = (("show", "1"), ("log", "1"), ("notices", "1", *CLERK))
    shown = [over("case", *way, *more).stdout for way in ways for more in ((), ("--json",))]
    shown.append(over("case", "show", "1", "--answers", *CLERK).stdout)
    assert [text for text in shown if name in text] == []
    assert "(廃棄済み 2027-04-01・保存期間の満了)" in over("case", "notices", "1", *CLERK).stdout
    assert "誤りは0件" in over("case", "verify").stdout


def test_one_has_to_say_what_and_is_told_what_there_is(over: Door) -> None:
    for words in ((), ("--all", "--field", "form.1")):
        said = over("case", "destroy", "1", *words, *WHY, code=2).stderr
        assert "--field か --all のどちらか" in said
        assert "申請内容(1回目)[form.1]" in said
        assert "取下書(1回目)[withdrawal.1]" in said
    assert "reason" in over("case", "destroy", "1", "--all", "--as", "section_chief:s1", code=2).stderr
    assert "--as" in over.refused("case", "destroy", "1", "--all", "--reason", "x", code=2)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("1", "--field", "my_number", *WHY), "「my_number」という値はありません"),
        (("9", "--all", *WHY), "案件9はありません"),
        (("1", "--all", "--reason", "x", "--as", "clerk:k1"), "決裁者(専決者)が行います"),
        (("1", "--all", "--reason", "123456789012", "--as", "section_chief:s1"), "長い番号は書けません"),
        (("1", "--all", "--reason", " ", "--as", "section_chief:s1"), "廃棄の理由を200字以内"),
    ],
)
def test_what_may_not_be_destroyed_is_refused_and_stays(over: Door, words: tuple[str, ...], sentence: str) -> None:
    found = over("case", "destroy", *words, code=1)
    assert sentence in found.stderr
    assert "髙橋　健太" in over("case", "show", "1", "--answers", *CLERK).stdout
    assert over.json("case", "show", "1")["destroyed"] == {}


def test_an_open_case_says_what_it_needs(at: At) -> None:
    assert "form.1 をまだ使います" in at("submitted")("case", "destroy", "1", "--field", "form.1", *WHY, code=1).stderr


def test_what_was_destroyed_is_not_destroyed_again(over: Door) -> None:
    over("case", "destroy", "1", "--all", *WHY)
    rows = len(over.json("case", "log", "1"))
    assert "もう廃棄されています" in over("case", "destroy", "1", "--all", *WHY, code=1).stderr
    assert len(over.json("case", "log", "1")) == rows
