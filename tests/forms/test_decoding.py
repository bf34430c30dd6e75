"""What a lenient JSON reader lets through is refused with a sentence, and names come through byte for byte."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import BadAnswers
from forms.decoding import MAX_BYTES, MAX_DEPTH, decode, examine

HOSTILE = {
    "a key written twice": (b'{"a": 1, "a": 2}', "duplicate_key"),
    "a key written twice, further in": (b'{"a": [{"b": 1, "b": 1}]}', "duplicate_key"),
    "nesting that exhausts the reader": (b"[" * 100_000, "depth"),
    "nesting just too deep": (b'{"a":' * MAX_DEPTH + b"{}" + b"}" * MAX_DEPTH, "depth"),
    "an integer of 5,000 digits": (b'{"a": ' + b"9" * 5_000 + b"}", "number"),
    "an integer that loses digits elsewhere": (b'{"a": 9007199254740993}', "number"),
    "NaN": (b'{"a": NaN}', "number"),
    "Infinity": (b'{"a": -Infinity}', "number"),
    "a float that overflows": (b'{"a": 1e400}', "number"),
    "NUL, escaped": (b'{"a": "x\\u0000y"}', "character"),
    "NUL, raw": (b'{"a": "x\x00y"}', "json"),
    "a lone surrogate": (b'{"a": "\\ud842"}', "character"),
    "a direction override": ('{"a": "abc\u202ecba"}'.encode(), "character"),
    "a direction mark in a name of a field": ('{"a\u200fb": 1}'.encode(), "character"),
    "an invisible character": ('{"a": "x\u200by"}'.encode(), "character"),
    "a character of one's own device": ('{"a": "\ue000"}'.encode(), "character"),
    "a byte order mark": (b'\xef\xbb\xbf{"a": 1}', "encoding"),
    "UTF-16": ('{"a": 1}'.encode("utf-16"), "encoding"),
    "Shift_JIS": ('{"a": "高橋"}'.encode("shift_jis"), "encoding"),
    "too much": (b'{"a": "' + b"x" * MAX_BYTES + b'"}', "size"),
    "nothing": (b"", "json"),
    "half an object": (b'{"a": ', "json"),
    "a list": (b"[1]", "type"),
    "a comma too many": (b'{"a": 1,}', "json"),
}


@pytest.mark.parametrize(("data", "code"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_bytes_are_refused_with_a_sentence(data: bytes, code: str) -> None:
    with pytest.raises(BadAnswers) as refused:
        decode(data)
    problem = refused.value.problems[0]
    assert problem.code == code
    assert problem.ja.endswith("。")
    assert problem.en


def test_a_problem_is_named_at_its_place() -> None:
    with pytest.raises(BadAnswers) as refused:
        decode(b'{"children": [{}, {"name": "x\\u0007"}, {"a/b": 1, "a/b": 2}]}')
    assert [problem.pointer for problem in refused.value.problems] == ["/children/2/a~1b"]


def test_the_line_and_the_column_of_broken_json_are_named() -> None:
    with pytest.raises(BadAnswers) as refused:
        decode(b'{\n  "a": 1\n  "b": 2\n}')
    assert "3行目の3文字目" in refused.value.problems[0].ja


@pytest.mark.parametrize("name", ["髙橋", "𠮷田", "辻󠄀", "塚本", "﨑", "Nguyễn Văn A", "O'Neil", "ｳｴｽﾞﾘｰ"])
def test_names_come_through_byte_for_byte(name: str) -> None:
    assert decode(json.dumps({"name": name}, ensure_ascii=False).encode())["name"].encode() == name.encode()
    assert decode(json.dumps({"name": name}).encode())["name"].encode() == name.encode()


def test_deepest_nesting_and_line_breaks_in_text_are_allowed() -> None:
    inner: object = "1行目\n2行目"
    for _ in range(MAX_DEPTH - 1):
        inner = [inner]
    assert decode(json.dumps({"a": inner}).encode())["a"] == inner


@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_no_bytes_raise_anything_but_bad_answers(data: bytes) -> None:
    try:
        answers = decode(data)
    except BadAnswers:
        return
    assert examine(answers) == (answers, [])


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates() | st.binary(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text() | st.integers(), inner, max_size=4),
    max_leaves=20,
)


@given(ANYTHING)
def test_what_is_left_of_any_object_is_json_that_can_be_stored(tree: object) -> None:
    left, problems = examine(tree)
    assert json.loads(json.dumps(left, allow_nan=False).encode("utf-8")) == left
    assert examine(left) == (left, [])
    assert all(problem.ja and problem.easy and problem.en for problem in problems)
