"""Absent is null, absent lists are empty, absent records are records of nulls."""

import pytest

from engine.shapes import Anything, Many, Record, Scalar, fill

SHAPE = Record(
    {
        "a": Scalar("text"),
        "b": Record({"c": Scalar("whole")}),
        "d": Many(Record({"e": Scalar("date")})),
        "f": Anything(),
    }
)
EMPTY: dict[str, object] = {"a": None, "b": {"c": None}, "d": [], "f": {}}


@pytest.mark.parametrize("given", [{}, None, "text", {"b": None, "d": None, "f": None}, {"d": "no list"}])
def test_what_is_absent_is_filled(given: object) -> None:
    assert fill(SHAPE, given) == EMPTY


def test_what_is_there_stays_and_what_is_unknown_is_left_out() -> None:
    given = {"a": "x", "b": {"c": 3, "z": 1}, "d": [{"e": "2022-06-06"}, {}], "f": {"any": 1}, "z": 2}
    assert fill(SHAPE, given) == {
        "a": "x",
        "b": {"c": 3},
        "d": [{"e": "2022-06-06"}, {"e": None}],
        "f": {"any": 1},
    }
