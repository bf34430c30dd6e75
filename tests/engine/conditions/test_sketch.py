"""The conditions of three real procedures load, and never err, whatever is left empty."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.conditions import Condition, Language, Scope
from engine.shapes import Many, Record, Scalar, Shape
from tests.engine.conditions.sketch import ASKED, CERTAIN, PROCEDURES, ROOTS, TASK, compiled

KINDS: dict[str, list[Any]] = {
    "text": ["ヤマダ", ""],
    "date": ["2024-10-01", "2024-11-15"],
    "whole": [1, 12, 40],
    "yen": [0, 15_000],
    "yes_no": [True, False],
}


def values(shape: Shape, path: str) -> st.SearchStrategy[Any]:
    """Values of a shape in which anything but what is certain may be missing."""
    match shape:
        case Record(fields):
            whole = st.fixed_dictionaries({name: values(inner, f"{path}.{name}") for name, inner in fields.items()})
            return whole if path.startswith(CERTAIN) else st.one_of(whole, st.none())
        case Many(item):
            return st.lists(values(item, path), max_size=2)
        case Scalar(kind, choices):
            born = ["2023-05-01", "2010-04-02"] if path.endswith("birth_date") else None
            known = st.sampled_from(list(choices) or born or KINDS[kind])
            return known if path.startswith(CERTAIN) else st.one_of(st.none(), known)
    raise AssertionError(shape)


LOADED: dict[str, tuple[Language, list[Condition]]] = {}


def loaded(procedure: str) -> tuple[Language, list[Condition]]:
    """Every condition of a procedure but those of tables, whose rows are a matter of their own."""
    if procedure not in LOADED:
        language, conditions, _ = compiled(procedure)
        LOADED[procedure] = language, [one for one in conditions.values() if "table" not in str(one.whole)]
    return LOADED[procedure]


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_every_condition_loads(procedure: str) -> None:
    _, conditions, problems = compiled(procedure)
    assert [problem.text() for problem in problems] == []
    assert len(conditions) > 30


@pytest.mark.parametrize("procedure", PROCEDURES)
@settings(max_examples=40)
@given(data=st.data())
def test_whatever_is_empty_no_condition_errs(procedure: str, data: st.DataObject) -> None:
    language, conditions = loaded(procedure)
    roots = ROOTS[procedure] | {"asked": ASKED[procedure], "task": TASK}
    drawn = {name: data.draw(values(shape, name)) for name, shape in roots.items()}
    scope = Scope(language, {}).with_(**drawn)
    found = [(one.source.path, one.value(scope)) for one in conditions]
    assert [(path, value.error) for path, value in found if value.kind == "error"] == []


def test_a_condition_that_reads_only_the_form_says_so() -> None:
    _, conditions, _ = compiled("care_certification")
    assert conditions["conditions", "urgent"].only_form
    assert not conditions["conditions", "certified_now"].only_form


def test_a_rule_read_through_others_gives_the_month() -> None:
    language, conditions, _ = compiled("child_allowance_claim")
    form = {"event_date": "2024-10-20", "children": [{"birth_date": "2023-01-05"}]}
    scope = Scope(language, {"form": lambda: form, "case": lambda: {"arrived_on": "2024-11-05"}, "facts": dict})
    assert conditions["rules", "start_month"].value(scope).value == "2024-11"
    assert conditions["rules", "monthly_amount"].value(scope).value == 15_000
