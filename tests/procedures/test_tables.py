"""Figures of law are found by table, key and day; what is not written is never guessed."""

import datetime as dt
from pathlib import Path

import pytest

from engine.conditions.functions import Tables as TablesOfConditions
from procedures.library import Library
from procedures.tables import Tables

GOOD = """id = "monthly"
title = "月額"
unit = "yen"
source = "見本法6条"

rows = [
  { key = "small", value = 10000, since = 2012-04-01, until = 2024-10-01, law = "見本法6条" },
  { key = "small", value = 15000, since = 2024-10-01, law = "見本法6条", confidence = "medium" },
  { key = "word", value = "eighteen", since = 2024-10-01, law = "見本法6条" },
]
"""
NONE = "表「月額」(monthly)の small には 2012-03-31 の値がありません。"
ADD = "tables/monthly.toml に行を足してください。"


def tables(tmp_path: Path, text: str = GOOD, name: str = "monthly") -> Tables:
    """The tables of one file."""
    path = tmp_path / f"{name}.toml"
    path.write_text(text, "utf-8")
    return Tables([(path, f"tables/{name}.toml")])


def test_the_row_in_force_on_the_day_is_taken(tmp_path: Path) -> None:
    found = tables(tmp_path)
    days = [dt.date(2012, 4, 1), dt.date(2024, 9, 30), dt.date(2024, 10, 1), dt.date(2099, 1, 1)]
    assert [found.lookup("monthly", day, "small") for day in days] == [10000, 10000, 15000, 15000]
    assert found.lookup("monthly", days[2], "word") == "eighteen"
    assert found.problems == []


@pytest.mark.parametrize(
    ("name", "day", "key", "sentence"),
    [
        (
            "monthly",
            dt.date(2012, 3, 31),
            "small",
            f"{NONE}あるのは2012-04-01から2024-10-01の前日まで、2024-10-01からです。{ADD}",
        ),
        (
            "monthly",
            dt.date(2025, 1, 1),
            "smal",
            "表「月額」(monthly)に smal の行がありません。tables/monthly.toml を見てください。small のことですか",
        ),
        (
            "montly",
            dt.date(2025, 1, 1),
            "small",
            "表 montly がありません。tables/montly.toml に書いてください。monthly のことですか",
        ),
    ],
)
def test_nothing_is_extrapolated(tmp_path: Path, name: str, day: dt.date, key: str, sentence: str) -> None:
    with pytest.raises(LookupError) as refused:
        tables(tmp_path).lookup(name, day, key)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("old", "new", "rule", "path", "line", "column"),
    [
        ("until = 2024-10-01", "until = 2024-11-01", "T001", "rows.small.2024-10-01", 8, 43),
        (", until = 2024-10-01", "", "T001", "rows.small.2024-10-01", 8, 43),
        ("until = 2024-10-01", "until = 2024-09-01", "T002", "rows.small.2024-10-01", 8, 43),
        ("until = 2024-10-01", "until = 2012-04-01", "D017", "rows.small.until", 7, 63),
        ('id = "monthly"', 'id = "month"', "T003", "id", 1, 7),
        ("value = 15000", "vale = 15000", "D010", "rows.small.vale", 8, 20),
        ("value = 15000, ", "", "D011", "rows.small", 8, 3),
        ("value = 15000", "value = 1.5", "D013", "rows.small.value", 8, 28),
        ('confidence = "medium"', 'confidence = "sure"', "D012", "rows.small.confidence", 8, 84),
        ("rows = [", "raws = [", "D010", "raws", 6, 1),
    ],
)
def test_what_is_wrong_with_a_table_is_found_at_its_place(
    tmp_path: Path, old: str, new: str, rule: str, path: str, line: int, column: int
) -> None:
    problems = tables(tmp_path, GOOD.replace(old, new, 1)).problems
    assert (rule, path, line, column) in [(one.rule, ".".join(one.path), one.line, one.column) for one in problems]
    assert all(one.file == "tables/monthly.toml" for one in problems)


def test_our_tables_are_whole_and_serve_conditions() -> None:
    found: TablesOfConditions = Library().tables()
    assert [one.text() for one in Library().tables().problems] == []
    assert found.lookup("child_allowance_monthly", dt.date(2025, 4, 1), "under_three") == 15000
