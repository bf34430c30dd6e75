"""The papers of a case: what a citizen brings, what a look-up stands in for, and who looked it up."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.office.door import Door

CLERK = ("--as", "clerk:k1")
WHO = ("--person", "51", *CLERK)


def states(door: Door, *words: str) -> dict[str, str]:
    return {row["id"]: row["state"] for row in door.json("case", "papers", "1", *words)}


def test_a_paper_that_a_look_up_stands_in_for_is_not_asked_of_the_citizen(at: Callable[[str], Door]) -> None:
    door = at("submitted")
    assert states(door) == {"passbook": "asked", "pension_card": "linked", "income_proof": "linked"}
    said = door("case", "show", "1").stdout
    assert "添付 所得課税証明書: 情報連携で確認(住民税課税台帳)\n" in said
    assert "添付 通帳等の写し\n" in said


def test_what_the_registers_know_is_told_and_each_look_up_is_in_the_log(at: Callable[[str], Door]) -> None:
    door = at("submitted")
    assert states(door, *WHO) == {"passbook": "asked", "pension_card": "confirmed", "income_proof": "confirmed"}
    assert "情報連携で確認した(住民税課税台帳 " in door("case", "papers", "1", *WHO).stdout
    rows = Door(door.folder).json("log", "readings")
    assert [(row["person"], row["purpose"], row["fields"]) for row in rows] == [
        ("k1", "case papers", {"51/pension.pension_type": "general", "51/tax.income": "special_care"})
    ] * 2


def test_a_paper_is_asked_for_again_when_the_look_up_found_nothing(at: Callable[[str], Door]) -> None:
    door = at("submitted")
    door("case", "fact", "1", "tax_linked=no", *CLERK)
    assert states(door) == {"passbook": "asked", "pension_card": "linked", "income_proof": "asked"}
    assert "添付 所得課税証明書\n" in door("case", "show", "1").stdout
    door("case", "fact", "1", "tax_linked=yes", *CLERK)
    assert "income_proof" not in states(door)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--person", "51"), 2, "--as 職:人"),
        (("--person", "51", "--as", "applicant:p1"), 1, "見るのは職員だけ"),
        (("--person", "9", *CLERK), 1, "住民番号 9 の人はいません"),
        (("--person", "51", "--place", "atlantis", *CLERK), 1, "atlantis"),
    ],
)
def test_who_may_not_look_up_learns_nothing(
    at: Callable[[str], Door], words: tuple[str, ...], code: int, said: str
) -> None:
    told = at("submitted")("case", "papers", "1", *words, code=code)
    assert (said in told.stderr, told.stdout) == (True, "")
