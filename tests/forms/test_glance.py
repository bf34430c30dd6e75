"""A glance at bytes gives what the slow reading gives, or nothing; what is odd is never taken."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.decoding import LARGEST_WHOLE, MAX_DEPTH, examine
from forms.glance import glance
from tests.forms.test_decoding import HOSTILE

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec="utf-8"), max_size=5)
KEYS = st.sampled_from(["a", "b", "a:b", "名前", "\u200b"])


def written_object(pairs: list[tuple[str, str]], gap: str) -> str:
    """An object as somebody may have written it, with a key as often as they liked."""
    return "{" + ",".join(f"{json.dumps(key, ensure_ascii=False)}{gap}:{value}" for key, value in pairs) + "}"


WRITTEN = st.recursive(
    SCALARS.map(lambda one: json.dumps(one, ensure_ascii=False)),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda several: f"[{','.join(several)}]")
        | st.builds(written_object, st.lists(st.tuples(KEYS, inner), max_size=4), st.sampled_from(["", " ", "\n"]))
    ),
    max_leaves=12,
)


def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object with each key once."""
    found = dict(pairs)
    assert len(found) == len(pairs)
    return found


@given(WRITTEN | st.text(max_size=30), st.text('{}[]":,\\\u200b', max_size=1), st.integers(0, 30))
def test_what_is_taken_at_a_glance_has_nothing_odd_in_it(text: str, odd: str, place: int) -> None:
    data = (text[:place] + odd + text[place:]).encode()
    taken = glance(data, MAX_DEPTH, LARGEST_WHOLE)
    if taken is not None:
        assert taken == json.loads(data, object_pairs_hook=once)
        assert examine(taken) == (taken, [])


def test_answers_as_people_write_them_are_taken() -> None:
    answers = {"name": "髙橋　はな子", "children": [{"born": "2022-05-16", "second": None}], "yes": True, "yen": 10_000}
    assert glance(json.dumps(answers, ensure_ascii=False).encode(), MAX_DEPTH, LARGEST_WHOLE) == answers


@pytest.mark.parametrize("data", [data for data, code in HOSTILE.values() if code != "size"])
def test_nothing_hostile_is_taken(data: bytes) -> None:
    assert glance(data, MAX_DEPTH, LARGEST_WHOLE) is None


@pytest.mark.parametrize("levels", [3, 4])
def test_nesting_is_counted_through_lists(levels: int) -> None:
    taken = glance(b'{"a": [{"b": [1]}]}', levels, LARGEST_WHOLE)
    assert (taken is not None) is (levels == 4)


@pytest.mark.parametrize("number", [LARGEST_WHOLE + 1, -LARGEST_WHOLE - 1, 10**400, 1.5])
def test_numbers_that_somebody_has_to_look_at_are_not_taken(number: float) -> None:
    assert glance(f'{{"a": [{number}]}}'.encode(), MAX_DEPTH, LARGEST_WHOLE) is None
