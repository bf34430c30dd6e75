"""The hash of a log row."""

import hashlib
import json
from dataclasses import asdict, fields, replace

from hypothesis import given
from hypothesis import strategies as st

from engine.state import LogRow
from engine.store import chained, row_hash
from engine.store.chain import hash_of

COLUMNS = (1, 1, 0, "submit", "event", 0, "P-1", "clerk", "draft", "arrived", "e", '{"a":1}', "key-1")
ROW = chained("", COLUMNS)


def test_the_hash_can_be_computed_from_the_columns_with_any_tool() -> None:
    columns = [value for name, value in asdict(ROW).items() if name != "hash"]
    text = json.dumps(columns, ensure_ascii=False, separators=(",", ":"))
    assert ROW.hash == hashlib.sha256(b"\x00" + text.encode()).hexdigest()


def test_a_row_carries_the_hash_before_it() -> None:
    following = chained(ROW.hash, (1, 2, *COLUMNS[2:]))
    assert (following.seq, following.previous) == (2, ROW.hash)
    assert following.hash == row_hash(ROW.hash, (1, 2, *COLUMNS[2:])) == hash_of(following)


@given(st.sampled_from([field.name for field in fields(LogRow)[:-1]]), st.text() | st.integers())
def test_another_value_in_any_column_gives_another_hash(name: str, value: str | int) -> None:
    changed = replace(ROW)
    object.__setattr__(changed, name, value)
    assert (hash_of(changed) == ROW.hash) == (getattr(ROW, name) == value)


@given(st.text(), st.text())
def test_nothing_slips_from_one_column_into_the_next(post: str, state: str) -> None:
    one = replace(ROW, post=post + "\x1f" + state, from_state="")
    other = replace(ROW, post=post, from_state="\x1f" + state)
    assert hash_of(one) != hash_of(other)
