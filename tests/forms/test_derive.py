"""The derived if/then holds exactly when the condition does, and says nothing where it could not."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calendar import OpeningCalendar
from engine.conditions import Condition, Functions, Language, Scope, Source, Vocabulary
from engine.shapes import Many, Record, Scalar
from forms import Form
from forms.derive import Conditional, conditionals, predicate
from forms.form import Schema, pattern_of
from forms.samples import Sampler
from forms.shape import shape_at
from forms.validation import HIDDEN, Failure, Validator
from forms.visibility import failures, records
from tests.forms.ours import FORMS
from tests.forms.small_forms import NoTables, load_small, row

SHAPE = Record(
    {
        "kind": Scalar("text", ("a", "b", "c")),
        "flag": Scalar("yes_no"),
        "count": Scalar("whole"),
        "inner": Record({"note": Scalar("text"), "sure": Scalar("yes_no")}),
        "rows": Many(Record({"note": Scalar("text")})),
    }
)
ATOMS = [
    *(f"form.kind {sign} {value}" for sign in ("==", "!=") for value in ("'a'", "'b'", "null")),
    *(f"form.flag {sign} {value}" for sign in ("==", "!=") for value in ("true", "false", "null")),
    *(f"form.count {sign} {value}" for sign in ("==", "!=") for value in ("0", "3", "null")),
    *(f"form.inner.note {sign} {value}" for sign in ("==", "!=") for value in ("'x'", "null")),
    "form.kind in ['a', 'c']",
    "form.count in [1, 3]",
    "form.inner.sure == true",
    "null == form.kind",
]
CONDITIONS = st.recursive(
    st.sampled_from(ATOMS),
    lambda inner: (
        st.builds("({} && {})".format, inner, inner)
        | st.builds("({} || {})".format, inner, inner)
        | st.builds("!({})".format, inner)
    ),
    max_leaves=5,
)
ODD: st.SearchStrategy[Any] = st.sampled_from(
    ["a", "b", "c", "x", "", 0, 1, 3, True, False, [], {}, ["a"], {"note": "x"}]
)
INNER = ODD | st.fixed_dictionaries({}, optional={"note": ODD, "sure": ODD})
DOCUMENTS = st.fixed_dictionaries({}, optional={"kind": ODD, "flag": ODD, "count": ODD, "rows": ODD, "inner": INNER})


def compiled(cel: str) -> tuple[Language, Condition]:
    language = Language(Vocabulary({"form": SHAPE}, ()), Functions(OpeningCalendar(), NoTables()))
    found, problems = language.compile([Source("x", cel, path=("x",))])
    assert not problems, [one.text() for one in problems]
    return language, found["x",]


def holds(cel: str, document: object) -> bool:
    language, condition = compiled(cel)
    return condition.holds(Scope(language, {"form": lambda: document}))


@given(CONDITIONS, DOCUMENTS)
def test_a_schema_holds_exactly_when_its_condition_does(cel: str, document: dict[str, Any]) -> None:
    schema = predicate(compiled(cel)[1].tree, "form", SHAPE)
    assert schema is not None
    assert (Validator(schema).failures(document, both=True) == ()) == holds(cel, document)


@pytest.mark.parametrize(
    "cel",
    [
        "size(form.rows) > 1",
        "form.rows.exists(r, r.note == 'x')",
        "form.count != null && form.count > 2",
        "form.kind == form.inner.note",
        "form.flag == true && size(form.rows) == 0",
        "form.kind == 'a' ? form.flag == true : true",
        "form.kind in ['a', null]",
    ],
)
def test_what_a_schema_cannot_say_is_not_said(cel: str) -> None:
    assert predicate(compiled(cel)[1].tree, "form", SHAPE) is None


def test_another_root_is_another_record() -> None:
    assert predicate(compiled("form.kind == 'a'")[1].tree, "it", SHAPE) is None


def test_fields_with_one_condition_share_one_if() -> None:
    tree = compiled("form.kind == 'a'")[1].tree
    rows = [Conditional("flag", True, tree, None), Conditional("inner.note", False, tree, None)]  # noqa: FBT003
    (found,) = conditionals(rows, "form", SHAPE)
    assert found["if"]["required"] == ["kind"]
    assert found["then"] == {"required": ["flag"]}
    assert found["else"]["properties"] == {"flag": False, "inner": {"properties": {"note": False}}}


def test_a_form_carries_its_conditions_in_its_schema(tmp_path: Any) -> None:  # noqa: ANN401
    properties: dict[str, Schema] = {"kind": {"enum": ["a", "b"], "type": "string"}, "count": {"type": "integer"}}
    rows = [row("kind", "choice"), row("count", "whole", required_when="form.kind == 'a'")]
    form = load_small(tmp_path, properties, rows)
    assert Validator(form.schema).failures({"kind": "a"}, both=True) == (Failure("/count", "required"),)
    assert Validator(form.schema).failures({"kind": "b"}, both=True) == ()


@pytest.mark.parametrize("form_id", FORMS.ids())
def test_schema_and_conditions_agree_on_documents_gone_wrong(form_id: str) -> None:
    form, _ = FORMS.load(form_id)
    assert form is not None
    sampler, validator = Sampler(form, today=dt.date(2025, 6, 2)), Validator(form.schema)
    for seed in range(60):
        document = damaged(sampler.sample(seed), Random(seed))
        by_conditions = set(failures(form.conditions.on(document, sampler.today), records(form, document)))
        by_schema = {one for one in validator.failures(document) if pattern_of(one.pointer) in form.by_pointer}
        assert {one for one in by_schema if one.keyword in {HIDDEN, "required"}} == {
            one for one in by_conditions if is_said(form, one)
        }


def is_said(form: Form, failure: Failure) -> bool:
    """Whether the conditions behind a failure can be said in a schema."""
    field = form.by_pointer[pattern_of(failure.pointer)]
    record, root = shape_at(form.shape, field.scope), "it" if field.scope else "form"
    assert isinstance(record, Record)
    keys = ["when"] if failure.keyword == HIDDEN or field.required else ["when", "required_when"]
    found = [form.conditions.get((field.owner, ("fields", field.row, key))) for key in keys]
    return all(one is None or predicate(one.tree, root, record) is not None for one in found)


def damaged(document: dict[str, Any], luck: Random) -> dict[str, Any]:
    """The document with some answers gone, and some yes/no turned round."""
    found: dict[str, Any] = {}
    for name, value in document.items():
        if luck.random() < 0.15:
            continue
        if isinstance(value, dict):
            found[name] = damaged(value, luck)
        elif isinstance(value, list):
            found[name] = [damaged(one, luck) if isinstance(one, dict) else one for one in value]
        else:
            found[name] = not value if isinstance(value, bool) and luck.random() < 0.3 else value
    return found
