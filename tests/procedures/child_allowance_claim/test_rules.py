"""Start month, version and amounts of a child allowance, against figures worked out by hand from the law."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.procedures.child_allowance_claim.figures import (
    MODEST,
    catalogue,
    claimed,
    edition_of,
    family,
    start_month,
    value,
)

VECTORS = tomllib.loads(Path(__file__).with_name("vectors.toml").read_text("utf-8"))
INCOME = VECTORS["income"]
AMOUNTS = [*VECTORS["monthly_amount"], *VECTORS["monthly_amount_until_2024_09"]]
Row = dict[str, Any]


def why(row: Row) -> str:
    return str(row["why"])


@pytest.mark.parametrize("row", VECTORS["start_month"], ids=why)
def test_benefit_starts(row: Row) -> None:
    claim = claimed(row["event"], row["arrived"], row["reason"], row.get("obstacle_ended"))
    assert start_month(claim) == row["start"]


@pytest.mark.parametrize("row", VECTORS["version"], ids=lambda row: f"{row['start']} {row['version']}")
def test_the_first_month_of_benefit_chooses_the_version(row: Row) -> None:
    start = start_month(claimed(row["event"], row["arrived"]))
    first = dt.date.fromisoformat(f"{start}-01")
    versions = catalogue().procedure("child_allowance_claim").versions
    found = [one.id for one in versions if one.from_ <= first and (one.until is None or first < one.until)]
    assert (start, found) == (row["start"], [row["version"]])
    assert edition_of(start).on <= first


@pytest.mark.parametrize("row", AMOUNTS, ids=lambda row: f"{row['month']} {row['why']}")
def test_the_monthly_amount(row: Row) -> None:
    claim = family(row["month"], row["children"], row.get("students", ()), row.get("left_out", ()))
    assert start_month(claim) == row["month"]
    assert value(claim, row["month"], "rules", "monthly_amount") == row["amount"]


@pytest.mark.parametrize("row", VECTORS["amount_due"], ids=why)
def test_the_first_payment_is_for_all_months_until_the_last(row: Row) -> None:
    claim = family(row["month"], row["children"])
    claim["given"] = {"schedule": {"last_month": row["last"]}}
    assert value(claim, row["month"], "rules", "amount_due") == row["amount"]


FULL, SPECIAL = INCOME["full"], INCOME["special"]
limits = pytest.mark.parametrize(
    "row", INCOME["limits"], ids=lambda row: f"{row['dependents']}-{row.get('elderly', 0)}"
)
families = pytest.mark.parametrize("home", INCOME["families"], ids=lambda home: str(home["month"]))


def earning(home: Row, row: Row, income: int) -> Row:
    facts = {"assessed_income": income, "dependents": row["dependents"], "elderly_beyond_five": row.get("elderly")}
    return family(home["month"], home["children"], facts=facts)


@limits
@families
def test_one_yen_decides_on_the_special_benefit(row: Row, home: Row) -> None:
    for more, amount in ((-1, FULL), (0, SPECIAL), (1, SPECIAL)):
        claim = earning(home, row, row["special_benefit"] + more)
        assert value(claim, home["month"], "rules", "monthly_amount") == amount
        assert value(claim, home["month"], "conditions", "special_benefit") is (more >= 0)


@limits
@families
def test_one_yen_decides_whether_anything_is_paid_but_not_before_june_2022(row: Row, home: Row) -> None:
    for more, amount in ((-1, SPECIAL), (0, 0), (1, 0)):
        claim = earning(home, row, row["no_payment"] + more)
        assert value(claim, home["month"], "rules", "monthly_amount") == (amount if home["cap"] else SPECIAL)
        if home["cap"]:
            assert value(claim, home["month"], "checks", "cap", "passes") is (more < 0)


def test_an_amount_over_many_months_follows_the_law_of_each() -> None:
    before, after = INCOME["families"][0], INCOME["families"][1]
    claim = earning(before, INCOME["limits"][0], INCOME["limits"][0]["no_payment"])
    claim["given"] = {"schedule": {"last_month": after["month"]}}
    assert value(claim, before["month"], "rules", "amount_due") == SPECIAL


def test_from_october_2024_income_does_not_matter() -> None:
    claim = family("2024-10", [dt.date(2024, 9, 10)], facts={})
    assert value(claim, "2024-10", "rules", "monthly_amount") == 15_000


@pytest.mark.parametrize(
    "unknown",
    [
        {"assessed_income": None},
        {"dependents": None},
        {"dependents": 6, "elderly_beyond_five": None},
    ],
)
def test_an_amount_that_hangs_on_something_unknown_is_unknown(unknown: dict[str, int | None]) -> None:
    claim = family("2024-09", [dt.date(2024, 8, 10)], facts={**MODEST, **unknown})
    assert value(claim, "2024-09", "rules", "monthly_amount") is None
    assert value(claim, "2024-09", "checks", "cap", "passes") is None


def test_a_child_whose_birth_date_is_unknown_makes_the_amount_unknown() -> None:
    claim = family("2025-05", [dt.date(2024, 8, 10)])
    claim["form"]["children"].append({"birth_date": None})
    assert value(claim, "2025-05", "rules", "monthly_amount") is None


def by_hand(born: dt.date, month: str, place: int) -> int:
    """The amount for a child from October 2024 on, reckoned by school years: they begin with those born on 2 April."""
    year, number = int(month[:4]), int(month[5:])
    months = (year - born.year) * 12 + number - born.month
    entered = born.year + (7 if (born.month, born.day) >= (4, 2) else 6)
    school_year = year if number >= 4 else year - 1
    if school_year - entered >= 12:
        return 0
    if place >= 3:
        return 30_000
    return 15_000 if months <= 36 else 10_000


@settings(max_examples=60, deadline=None)
@given(
    births=st.lists(st.dates(dt.date(2005, 1, 1), dt.date(2024, 9, 1)), min_size=1, max_size=8),
    month=st.dates(dt.date(2024, 10, 1), dt.date(2027, 12, 1)).map(lambda day: f"{day:%Y-%m}"),
)
def test_every_family_gets_what_counting_school_years_gives(births: list[dt.date], month: str) -> None:
    in_school = [born for born in sorted(births) if by_hand(born, month, 1) > 0]
    expected = sum(by_hand(born, month, place) for place, born in enumerate(in_school, 1))
    assert value(family(month, births), month, "rules", "monthly_amount") == expected
