"""Canonical JSON."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import StoreError
from engine.store.canonical import canonical, canonical_bytes, pack, unpack

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=4,
)


def test_keys_are_sorted_without_spaces_and_letters_stay_as_they_are() -> None:
    assert canonical({"b": [1, None], "a": "髙𠮷"}) == '{"a":"髙𠮷","b":[1,null]}'


@given(st.dictionaries(st.text(), JSON))
def test_the_order_of_writing_makes_no_difference(value: dict[str, object]) -> None:
    turned = dict(reversed(value.items()))
    assert canonical(turned) == canonical(value)
    assert json.loads(canonical(value)) == value


@given(st.dictionaries(st.text(), JSON) | st.lists(JSON))
def test_a_json_column_gives_back_what_was_put(value: dict[str, object] | list[object]) -> None:
    assert unpack(pack(value), 1, "case.memo") == value


def test_what_json_has_no_number_for_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        canonical(float("nan"))


def test_even_bytes_and_half_characters_hash() -> None:
    assert canonical_bytes([b"\xff"]) != canonical_bytes(["\udcff"]) != canonical_bytes(["?"])


def test_a_column_that_is_no_json_is_said_to_be_damaged_and_where() -> None:
    with pytest.raises(StoreError, match=r"案件7の tasks\.2\.memo の内容が壊れています"):
        unpack("{", 7, "tasks.2.memo")
