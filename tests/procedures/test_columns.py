"""Columns that line up although some letters are twice as wide."""

from __future__ import annotations

import pytest

from procedures.columns import columns


def test_plain_columns_line_up_by_width() -> None:
    assert columns(("番号", "名"), [("1", "児童手当"), ("28", "a")], terminal=False).splitlines() == [
        "番号  名",
        "1     児童手当",
        "28    a",
    ]


def test_a_cell_that_does_not_fit_goes_on_below_itself() -> None:
    lines = columns(("番号", "名"), [("1", "手" * 50)], terminal=False).splitlines()
    assert lines[2].startswith(" " * 6 + "手")
    assert "".join(lines[1:]).count("手") == 50


def test_what_looks_like_markup_stays_as_it_is() -> None:
    assert "[red]:smile:" in columns(("名",), [("[red]:smile:",)], terminal=False)


def test_a_terminal_gets_lines_and_its_own_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    table = columns(("番号", "名"), [("1", "手" * 50)], terminal=True)
    assert "─" in table
    assert "\x1b[1m" in table
    assert table.count("手") == 50
    assert len(table.splitlines()) > 4
