"""What is not TOML is told in Japanese, line by line, with what would have been right."""

import pytest

from engine.problems import Problem
from procedures.reading import parse_source


def found(text: str) -> list[Problem]:
    """The problems of a text."""
    return parse_source(text.encode(), "x.toml")[1]


@pytest.mark.parametrize(
    ("text", "line", "column", "rule", "ja"),
    [
        ('id = "a"\nid = "b"\n', 2, 1, "D003", "id が二度書かれています(はじめは 1 行目)。"),
        ("[a]\nb = 1\n[a]\nc = 2\n", 3, 2, "D003", "a が二度書かれています(はじめは 1 行目)。"),
        ("rows = [\n  { id = 1, id = 2 },\n]\n", 2, 13, "D003", "id が二度書かれています(はじめは 2 行目)。"),
        ("a = yes\n", 1, 5, "D002", "値として読めません。"),
        ('a = "x\nb = 1\n', 1, 7, "D002", "文字列が行の終わりまでに閉じていません。"),
        ("a = [1,\n", 1, 8, "D002", "並びが閉じていません。"),
        ("a 1\n", 1, 3, "D002", "項目の名のあとに = がありません。"),
        ('a = "C:\\dir"\n', 1, 10, "D002", "文字列の中の \\ がそのまま書かれています。"),
        ("a = 2024-02-30\n", 1, 5, "D002", "ない日付です。"),
        ("a = 1 b = 2\n", 1, 7, "D002", "値のあとに余分なものがあります。"),
        ("[a\n", 1, 3, "D002", "表の名が閉じていません。"),
        ("a.b = 1\na.b.c = 2\n", 2, 10, "D002", "同じ項目が二度書かれています。"),
    ],
)
def test_a_slip_of_writing_is_the_one_finding(text: str, line: int, column: int, rule: str, ja: str) -> None:
    assert [(one.line, one.column, one.rule, one.ja) for one in found(text)] == [(line, column, rule, ja)]


def test_every_slip_is_told_at_once() -> None:
    text = 'id = "a"\nid = "b"\nrows = [\n  { id = x },\n  { id = "b" },\n  { id "c" },\n]\nlast = no\n'
    assert [(one.line, one.rule) for one in found(text)] == [(2, "D003"), (4, "D002"), (6, "D002"), (8, "D002")]


def test_lines_may_end_the_windows_way() -> None:
    source, problems = parse_source(b'id = "a"\r\nrows = [\r\n  { id = "b" },\r\n]\r\n', "x.toml")
    assert problems == []
    assert source is not None
    assert source.positions.value(("rows", "b", "id")) == (3, 11)


def test_each_finding_says_what_would_have_been_right() -> None:
    assert all(one.hint and one.en for one in found("a = yes\nb = [\n"))
