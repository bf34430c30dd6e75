"""How a case's dates came about is told on the screen and to programs, and changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from unicodedata import east_asian_width

import pytest

from tests.office.door import Door, contents

At = Callable[[str], Door]


def test_every_clock_is_explained_in_lines_of_eighty_columns(at: At) -> None:
    door = at("proposed")
    before = contents(door.store)
    lines = door("clock", "explain", "1", "--days").stdout.splitlines()
    assert lines[1] == "時計 標準処理期間(standard): 進行中、期限 2022-06-29"
    assert "  2022-05-30(月)  提出する: 到達の日から数える" in lines
    assert lines[-1] == "    2022-06-29(水)  30日目・期限"
    assert max(sum(2 if east_asian_width(one) in "WF" else 1 for one in line) for line in lines) <= 80
    assert contents(door.store) == before


def test_a_program_reads_the_same(at: At) -> None:
    door = at("proposed")
    (clock,) = door.json("clock", "explain", "1", "--clock", "standard")["clocks"]
    assert (clock["clock"], clock["state"], clock["due_on"], clock["extensions"]) == (
        *("standard", "running", "2022-06-29", []),
    )
    assert clock["steps"][0] == {
        "on": "2022-05-30",
        "says": "提出する: 到達の日から数える",
        "how": ["初日は数えず(民法140条)、30日目"],
        "due_on": "2022-06-29",
    }
    assert (clock["pauses"], "days" in clock) == ([], False)
    (with_days,) = door.json("clock", "explain", "1", "--days")["clocks"]
    assert with_days["days"][1] == {"on": "2022-05-31", "says": "1日目"}


def test_a_case_in_which_no_period_has_begun_says_so(at: At) -> None:
    assert at("opened")("clock", "explain", "1").stdout.splitlines()[1:] == ["  始まった期間はありません。"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("1", "--clock", "standart"), "standard のことですか"),
        (("9",), "案件9はありません"),
    ],
)
def test_what_is_not_there_is_told_in_a_sentence(at: At, words: tuple[str, ...], said: str) -> None:
    assert said in at("proposed").refused("clock", "explain", *words)


@pytest.mark.parametrize("words", [("x",), (), ("1", "--clock")])
def test_wrong_usage_is_told_in_a_sentence(at: At, words: tuple[str, ...]) -> None:
    assert at("proposed").refused("clock", "explain", *words, code=2)
