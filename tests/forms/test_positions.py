"""Places in both files of a form are found by ids and keys, down to a character of a condition."""

from __future__ import annotations

import pytest

from forms.positions import JsonPositions, PagePositions

PAGE = '''id = "x" # a { comment
title = { ja = "題 { [", easy = "だい", en = "Title" }

fields = [
  { id = "a", type = "text", ja = "のid = 欄", when = "form.b == 'x'" },
  { id = "b.c", type = "text", when = """\\
    form.a == null
    && form.d == 1""", easy = "え" },
]
choices = [{ field = "a", id = "one", ja = "x" }, { field = "a", id = "two", ja = 'y' }]
help = [
  { field = "a", ja = "説明" },
]
'''


@pytest.mark.parametrize(
    ("path", "line", "begins"),
    [
        (("id",), 1, 'id = "x"'),
        (("title", "easy"), 2, "easy"),
        (("fields",), 4, "fields"),
        (("fields", "a"), 5, '{ id = "a"'),
        (("fields", "a", "when"), 5, "when"),
        (("fields", "b.c", "easy"), 8, "easy"),
        (("choices", "a.two"), 10, '{ field = "a", id = "two"'),
        (("help", "a", "ja"), 12, "ja"),
        (("fields", "a", "unknown"), 5, '{ id = "a"'),
        (("fields", "unknown"), 4, "fields"),
        (("nothing",), 1, "id"),
    ],
)
def test_a_place_on_a_page(path: tuple[str, ...], line: int, begins: str) -> None:
    found = PagePositions(PAGE).at(path)
    assert found[0] == line
    assert PAGE.splitlines()[line - 1][found[1] - 1 :].startswith(begins)


@pytest.mark.parametrize(
    ("path", "offset", "begins"),
    [
        (("fields", "a", "when"), (1, 1), "form.b"),
        (("fields", "a", "when"), (1, 8), "== 'x'"),
        (("fields", "b.c", "when"), (1, 1), "form.a"),
        (("fields", "b.c", "when"), (2, 8), "form.d"),
    ],
)
def test_a_character_of_a_condition(path: tuple[str, ...], offset: tuple[int, int], begins: str) -> None:
    line, column = PagePositions(PAGE).inside(path, offset)
    assert PAGE.splitlines()[line - 1][column - 1 :].startswith(begins)


SCHEMA = '{\n  "properties": {\n    "氏名": {"type": "string"},\n    "b": {"enum": ["x", "y"]}\n  }\n}'


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ((), (1, 1)),
        (("properties",), (2, 3)),
        (("properties", "氏名", "type"), (3, 12)),
        (("properties", "b", "enum", "1"), (4, 25)),
        (("properties", "b", "enum", "7"), (4, 11)),
        (("properties", "c"), (2, 3)),
    ],
)
def test_a_place_in_a_schema(path: tuple[str, ...], place: tuple[int, int]) -> None:
    assert JsonPositions(SCHEMA).at(path) == place
