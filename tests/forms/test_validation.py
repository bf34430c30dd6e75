"""Two validators name the same failures, at the place where a person can mend them."""

from __future__ import annotations

import copy
import datetime as dt
import math
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.coverage import near_misses
from forms.form import Schema
from forms.samples import Sampler
from forms.satisfy import documents
from forms.validation import Disagreement, Failure, Validator, is_day, is_email, matches, schema_problems
from tests.forms.ours import FORMS

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, width=32) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


VALIDATORS: dict[str, Validator] = {}
CLOSED = {"properties": {"a": {}}, "additionalProperties": False}


def failures(schema: Schema, document: object) -> tuple[Failure, ...]:
    return Validator(schema).failures(document, both=True)


@pytest.mark.parametrize(
    ("schema", "document", "found"),
    [
        ({"required": ["a", "b"]}, {"b": 1}, [("/a", "required")]),
        ({"properties": {"x": {"required": ["a"]}}}, {"x": {}}, [("/x/a", "required")]),
        (CLOSED, {"p": 1, "q/r": 2}, [("/p", "additionalProperties"), ("/q~1r", "additionalProperties")]),
        ({"properties": {"a": False, "b": False}}, {"a": 1, "b": 2}, [("/a", "hidden"), ("/b", "hidden")]),
        ({"patternProperties": {"^x[0-9]$": False}}, {"x1": 1, "x１": 2}, [("/x1", "hidden")]),
        ({"pattern": "^[0-9]{7}$"}, "3128501\n", [("", "pattern")]),
        ({"pattern": r"^\d{3}$"}, "１２３", [("", "pattern")]),
        ({"pattern": r"^\p{Script=Katakana}+$"}, "ヤマダ", []),
        ({"format": "date"}, "2025-02-30", [("", "format")]),
        ({"format": "date"}, "2025-02-28\n", [("", "format")]),
        ({"format": "date"}, "20250228", [("", "format")]),
        ({"format": "email"}, "a@b@c", [("", "format")]),
        ({"format": "email"}, "foo..bar.@docomo.ne.jp", []),
        ({"type": "integer"}, 1.0, []),
        ({"type": "integer"}, True, [("", "type")]),
        ({"const": True}, 1, [("", "const")]),
        ({"maxLength": 1}, "辻󠄀", [("", "maxLength")]),
        ({"maxLength": 2}, "𠮷郎", []),
        ({"if": {"required": ["a"]}, "then": {"required": ["b"]}}, {"a": 1}, [("/b", "required")]),
    ],
)  # fmt: skip
def test_both_name_the_same_failures(schema: Schema, document: object, found: list[tuple[str, str]]) -> None:
    assert failures(schema, document) == tuple(Failure(*one) for one in found)


TOGETHER = 100_000


@pytest.mark.parametrize("form_id", FORMS.ids())
@pytest.mark.parametrize("share", [0.004, pytest.param(1.0, marks=pytest.mark.full)])
def test_both_agree_on_documents_gone_wrong(form_id: str, share: float) -> None:
    form, _ = FORMS.load(form_id)
    assert form is not None
    sampler, validator = Sampler(form, today=dt.date(2025, 6, 2)), Validator(form.schema)
    wholes = [sampler.sample(seed, full=True) for seed in range(10)] + list(documents(form.schema, 1, 10))
    for seed in range(math.ceil(share * TOGETHER / len(FORMS.ids()))):
        luck = Random(seed)
        document = copy.deepcopy(luck.choice(wholes))
        for _ in range(luck.randint(1, 6)):
            spoil(document, luck)
        validator.failures(document, both=True)


@pytest.mark.parametrize("form_id", FORMS.ids())
def test_both_agree_on_samples_and_near_misses(form_id: str) -> None:
    form, _ = FORMS.load(form_id)
    assert form is not None
    validator = Validator(form.schema)
    assert validator.failures(Sampler(form, today=dt.date(2025, 6, 2)).sample(1), both=True) == ()
    for miss in near_misses(form.schema, 1, share=0.01):
        assert validator.failures(miss.document, both=True) == miss.failures


@pytest.mark.parametrize("form_id", FORMS.ids())
@given(document=JSON)
def test_both_agree_on_any_json(form_id: str, document: object) -> None:
    form, _ = FORMS.load(form_id)
    assert form is not None
    VALIDATORS.setdefault(form_id, Validator(form.schema)).failures(document, both=True)


def test_a_disagreement_is_raised_with_what_each_says() -> None:
    validator = Validator({"pattern": "^a"})
    validator.__dict__["_fast"] = Validator({"pattern": "^b"})._fast  # noqa: SLF001 - no two libraries at hand that differ
    with pytest.raises(Disagreement) as raised:
        validator.failures("a", both=True)
    assert raised.value.facts == {"reference": (), "fast": (Failure("", "pattern"),)}


@pytest.mark.parametrize("text", ["2024-02-29", "0001-01-01", "9999-12-31"])
def test_real_days(text: str) -> None:
    assert is_day(text)


@pytest.mark.parametrize(
    "text", ["2023-02-29", "0000-01-01", "2025-1-1", "2025-W01-1", "２０２５-01-01", "2025-01-01T00:00"]
)
def test_no_days(text: str) -> None:
    assert not is_day(text)


@pytest.mark.parametrize("text", ["hanako@example.jp", "a.b-c@x.co.jp", "taro..k@docomo.ne.jp", "taro.@ezweb.ne.jp"])
def test_addresses_that_people_have(text: str) -> None:
    assert is_email(text)


@pytest.mark.parametrize(
    "text", ["", "@", "a@b", "a b@example.jp", "a@b@example.jp", "taro..k@example.jp", ".@docomo.ne.jp"]
)
def test_addresses_that_nobody_has(text: str) -> None:
    assert not is_email(text)


def test_a_pattern_is_read_by_ecma_rules() -> None:
    assert matches("^[ァ-ヶー]+$", "ヤマダ")
    assert not matches("^[0-9]+$", "1\n")


@pytest.mark.parametrize(
    ("schema", "path"),
    [({"properties": {"a": {"type": "sting"}}}, ("properties", "a", "type")), ({"pattern": "["}, ("pattern",))],
)
def test_a_wrong_schema_is_named_at_its_place(schema: Schema, path: tuple[str, ...]) -> None:
    assert [found for found, _ in schema_problems(schema)] == [path]
    assert schema_problems({"$ref": "#/$defs/nowhere"})
    assert schema_problems({"type": "object"}) == []


def spoil(value: Any, luck: Random) -> None:  # noqa: ANN401
    """One change somewhere below: something gone, something odd, or something that nobody asked for."""
    while True:
        steps = list(value) if isinstance(value, dict) else list(range(len(value)))
        if not steps:
            return
        step = luck.choice(steps)
        if not isinstance(value[step], dict | list) or luck.random() < 0.2:
            break
        value = value[step]
    kind = luck.randrange(3)
    if kind == 0:
        value.pop(step)
    elif kind == 1:
        value[step] = luck.choice(
            ["", "x\n", "１", -1, 2.5, True, None, [], {}, "2025-13-01", "ア" * 200, [[]], {"a": {}}]
        )
    elif isinstance(value, dict):
        value[luck.choice(["", "a/b", "~", "my_number", "address", "名"])] = luck.choice([1, {}, "x"])


def test_nothing_is_fetched_for_a_reference_to_a_place_that_nobody_handed_in() -> None:
    ((_, told),) = schema_problems({"$ref": "https://elsewhere.invalid/x.json"})
    assert "https://elsewhere.invalid/x.json is not fetched" in told
