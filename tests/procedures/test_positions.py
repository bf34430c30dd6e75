"""Every key, value and character of a TOML text is found again, by name of list, id of row and key."""

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.positions import TomlPositions
from procedures.reading import parse_source
from tests.procedures.samples import SAMPLE

TEXT = """id = "x"
online = { submit = true, "a b" = 1 }
rows = [
  # 注記
  { id = "一", from = ["a", "b"], plant = { "form.x" = [] } }, { id = "two", cel = "a\\tb == \\"c\\"" },
]
[tasks.survey]
label = 'C:\\dir'
states = [{ id = "open" }]
long = \"\"\"
first
  second \\
    third\"\"\"
clocks.limit.days = 3
"""


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        (("id",), (1, 1), (1, 7)),
        (("online", "submit"), (2, 12), (2, 21)),
        (("online", "a b"), (2, 27), (2, 35)),
        (("rows",), (3, 1), (3, 8)),
        (("rows", "一"), (5, 3), (5, 3)),
        (("rows", 1, "id"), (5, 65), (5, 71)),
        (("rows", "一", "from", "b"), (5, 28), (5, 29)),
        (("rows", "一", "plant", "form.x"), (5, 44), (5, 55)),
        (("tasks", "survey", "states", "open", "id"), (9, 13), (9, 19)),
        (("tasks", "survey", "clocks", "limit", "days"), (14, 14), (14, 21)),
    ],
)
def test_keys_and_values_have_places(path: tuple[str | int, ...], key: tuple[int, int], value: tuple[int, int]) -> None:
    positions = TomlPositions(TEXT)
    assert positions.key(path) == key
    assert positions.value(path) == value


def test_what_is_not_there_has_no_place() -> None:
    positions = TomlPositions(TEXT)
    assert positions.key(("rows", "three")) is None
    assert positions.value(("rows", 7, "id")) is None
    assert positions.inside(("rows",), 1, 1) is None


@pytest.mark.parametrize(
    ("path", "line", "column", "spot"),
    [
        (("rows", "two", "cel"), 1, 1, (5, 84)),
        (("rows", "two", "cel"), 1, 3, (5, 87)),  # after the two characters of \\t
        (("rows", "two", "cel"), 1, 9, (5, 94)),
        (("tasks", "survey", "label"), 1, 4, (8, 13)),
        (("tasks", "survey", "long"), 1, 1, (11, 1)),
        (("tasks", "survey", "long"), 2, 3, (12, 3)),
        (("tasks", "survey", "long"), 2, 10, (13, 5)),  # the continued line
        (("id",), 1, 99, (1, 8)),
    ],
)
def test_a_place_in_a_string_is_a_place_in_the_file(
    path: tuple[str, ...], line: int, column: int, spot: tuple[int, int]
) -> None:
    assert TomlPositions(TEXT).inside(path, line, column) == spot


@given(st.text(st.characters(codec="utf-8"), max_size=30), st.sampled_from(['"', '"""']))
def test_every_character_of_a_string_is_found_where_it_stands(text: str, quotes: str) -> None:
    several = len(quotes) > 1
    escapes = {'"': '\\"', "\\": "\\\\", "\n": "\n" if several else "\\n", "\t": "\\t"}
    written = [escapes.get(c, c if c.isprintable() else f"\\U{ord(c):08X}") for c in text]
    source = f"a = {quotes}{chr(10) if several else ''}{''.join(written)}{quotes}\n"
    assert tomllib.loads(source)["a"] == text
    positions, lines = TomlPositions(source), source.split("\n")
    line = column = 1
    for character, raw in zip(text, written, strict=True):
        spot = positions.inside(("a",), line, column)
        assert spot is not None
        assert raw == "\n" or lines[spot.line - 1][spot.column - 1 :].startswith(raw)
        line, column = (line + 1, 1) if character == "\n" else (line, column + 1)


def test_every_row_of_a_whole_file_is_found() -> None:
    source, _ = parse_source(SAMPLE.encode(), "sample.toml")
    assert source is not None
    lines = SAMPLE.split("\n")
    for name, rows in _lists(source.data):
        for index, row in enumerate(rows):
            spot = source.positions.value((name, index))
            assert spot is not None
            assert f'{{ id = "{row["id"]}"' in lines[spot.line - 1][spot.column - 1 :]


def _lists(data: dict[str, Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    return [(name, value) for name, value in data.items() if isinstance(value, list)]


def test_a_key_written_twice_is_known_with_both_places() -> None:
    (twice,) = TomlPositions('a = 1\n[t]\nb = 1\n"b" = 2\n').duplicates
    assert (twice.key, twice.again, twice.first) == ("b", (4, 1), (3, 1))
