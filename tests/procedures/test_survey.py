"""The declarations agree with the government's survey of procedures, or it is said why not."""

from __future__ import annotations

import tomllib

import pytest

from procedures.files import our_folder
from procedures.profile_words import NUMBERED
from tests.docs.procedure_pages import library
from tests.procedures.survey import PARTS, Row, agrees, notes, rows, why

OF_THE_27 = [entry for entry in library().list() if entry.number in NUMBERED]
NUMBERS = {entry.number: entry.id for entry in OF_THE_27 if entry.id != "building_survey"}
INSURED, OF_THE_CITY = 36_000_000, 42_000  # 第1号被保険者: the country's, and those of a city of 155,000


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.number}-{row.id}")
def test_a_declaration_agrees_with_its_rows_or_a_reason_says_why_not(row: Row, part: str) -> None:
    procedure, _ = library().load(NUMBERS[row.number])
    assert procedure is not None
    said = why(part, row) if part != "receiver" else ""
    assert agrees(part, row, procedure) != bool(said), said or f"{procedure.id} and {row}"


def test_only_three_procedures_have_no_row() -> None:
    assert sorted(set(NUMBERS) - {row.number for row in rows()}) == notes()["none"] == [7, 9, 13]
    assert len(rows()) == 55


def test_every_reason_is_of_a_row() -> None:
    known = {row.id for row in rows()}
    assert {one for part in notes()["differs"].values() for one in part} <= known


@pytest.mark.parametrize(("number", "ids"), [(21, ["45142"]), (22, ["44988", "44989"]), (23, ["45176", "44979"])])
def test_default_volumes_are_the_counts_of_the_survey_scaled_by_the_insured(number: int, ids: list[str]) -> None:
    counted = sum(row.total for row in rows() if row.id in ids)
    plan = our_folder() / "long_term_care" / f"{NUMBERS[number]}.simulation.toml"
    arrivals = tomllib.loads(plan.read_text("utf-8"))["arrivals"]
    assert arrivals["per_year"] == pytest.approx(counted * OF_THE_CITY / INSURED, rel=0.02)
    assert arrivals["city_population"] == 155_000
    assert all(word in arrivals["source"] for word in ("悉皆調査", "2025-07-29", f"{counted:,}件"))
