"""Null is proved to stop nothing, or the place where it does is named with the mend."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.conditions import Condition, Language
from tests.engine.conditions.small import compiled, named, problems, rules, scope

SAFE = [
    "form.weeks != null && form.weeks > 3",
    "form.weeks > 3 && form.weeks != null",
    "form.weeks == null || form.weeks > 3",
    "!(form.weeks == null) && form.weeks > 3",
    "!(form.weeks == null || form.area == null) && form.weeks > 3 && form.area > 1.5",
    "form.weeks != null ? form.weeks > 3 : false",
    "form.weeks == null ? false : form.weeks > 3",
    "form.weeks == 5 && form.weeks > 3",
    "form.weeks in [4, 5] && form.weeks > 3",
    "form.weeks == params.hold_days && form.weeks > 3",
    "case.days > params.hold_days",
    "form.agreed == true && !(form.agreed == false)",
    "form.weeks * 7 - 3 == 4",
    "form.weeks != null && 280 - form.weeks * 7 > 3",
    "add_days(form.moved_on, 3) != null && form.moved_on > '2024-01-01'",
    "age_at(form.moved_on, case.arrived_on) == 3",
    "same_kana(form.name, 'ヤマダ') || form.agreed == true",
    "form.children.exists(c, c.amount != null && c.amount > 3)",
    "form.children.filter(c, c.amount != null).all(c, c.amount > 3)",
    "form.children.filter(c, c.amount != null).filter(c, c.living == 'apart').exists(k, k.amount > 3)",
    "sum(form.children.map(c, c.amount != null, c.amount)) > 3",
    "sum(form.children.filter(c, c.amount != null).map(c, c.amount)) > 3",
    "form.tags.filter(t, t != null).exists(t, t.startsWith('x'))",
    "size(form.tags) > 3 && form.kind in ['home']",
    "cel.bind(w, form.weeks, w != null && w > 3)",
    "cel.bind(w, form.weeks, form.weeks != null && w > 3)",
    "form.agreed == true ? true : form.weeks != null && form.weeks > 3",
    "form.name != null && form.name.contains('x')",
    "register.nintei.level == 'care1'",
    "register.nintei.days != null && register.nintei.days > 3",
]
UNSAFE = [
    ("form.weeks > 3", (1, 5), "form.weeks"),
    ("form.weeks != null || form.weeks > 3", (1, 27), "form.weeks"),
    ("form.area != null && form.weeks > 3", (1, 26), "form.weeks"),
    ("form.weeks > 3 && form.weeks < 5", (1, 5), "form.weeks"),
    ("!(form.weeks != null) && form.weeks > 3", (1, 30), "form.weeks"),
    ("form.weeks != 5 && form.weeks > 3", (1, 24), "form.weeks"),
    ("form.agreed && form.weeks == 3", (1, 5), "form.agreed"),
    ("!form.agreed", (1, 6), "form.agreed"),
    ("form.agreed ? true : false", (1, 5), "form.agreed"),
    ("form.agreed", (1, 5), "form.agreed"),
    ("280 - form.weeks * 7 > 3", (1, 11), "form.weeks"),
    ("age_at(form.moved_on, '2024-10-01') < 3", (1, 12), "form.moved_on"),
    ("form.children.exists(c, c.amount > 3)", (1, 26), "c.amount"),
    ("form.children.map(c, c.amount).exists(a, a > 3)", (1, 42), "a"),
    ("sum(form.children.map(c, c.amount)) > 3", (1, 4), "sum(form.children.map(c, c.amount))"),
    ("max_of(form.children.map(c, c.amount)) > 3", (1, 7), "max_of(form.children.map(c, c.amount))"),
    ("form.name.contains('x')", (1, 5), "form.name"),
    ("register.nintei.days > 3", (1, 16), "register.nintei.days"),
    ("form.tags.exists(t, t.startsWith('x'))", (1, 21), "t"),
    ("form.children.filter(c, c.amount == null).exists(c, c.amount > 3)", (1, 54), "c.amount"),
]


@pytest.mark.parametrize("cel", SAFE)
def test_a_guarded_text_loads(cel: str) -> None:
    assert rules(cel) == []


@pytest.mark.parametrize(("cel", "offset", "what"), UNSAFE)
def test_an_unguarded_value_is_named_with_its_place(cel: str, offset: tuple[int, int], what: str) -> None:
    found = problems(cel)
    assert [one.rule for one in found] == ["C010"] * len(found)
    assert found[0].offset == offset
    assert f"「{what}」" in found[0].ja
    assert what in found[0].hint


def test_every_unguarded_value_is_named() -> None:
    assert [one.offset for one in problems("form.weeks > 3 && form.area > 1.0")] == [(1, 5), (1, 23)]


def test_the_mend_says_what_to_write() -> None:
    assert problems("form.weeks > 3")[0].hint == "form.weeks != null && … と書きます"
    assert problems("form.agreed")[0].hint == "form.agreed == true と書きます"


def test_a_guard_in_a_named_condition_counts() -> None:
    others = [named("known", "form.weeks != null")]
    assert rules("known && form.weeks > 3", others=others) == []
    assert rules("known || form.weeks > 3", others=others) == ["C010"]


def test_a_named_number_that_may_be_null_is_named_by_its_name() -> None:
    others = [named("off", "280 - form.weeks * 7", "number")]
    found = problems("off > 3", others=others)
    assert [(one.offset, one.hint) for one in found] == [((1, 1), "off != null && … と書きます")]
    assert rules("off != null && off > 3", others=others) == []


def test_a_variable_of_a_named_condition_is_not_the_readers() -> None:
    others = [named("rich", "form.children.exists(c, c.amount != null && c.amount > 3)")]
    assert rules("form.children.exists(c, rich && c.amount > 3)", others=others) == ["C010"]


LOADED: list[tuple[Language, Condition]] = []


@given(st.data())
def test_what_loads_never_errs_on_null(data: st.DataObject) -> None:
    if not LOADED:
        LOADED.extend(compiled(cel) for cel in SAFE)
    maybe = {"weeks": 4, "area": 2.5, "agreed": True, "moved_on": "2024-10-01", "name": "x", "kind": "home"}
    form: dict[str, Any] = {k: data.draw(st.sampled_from([v, None])) for k, v in maybe.items()}
    amounts = st.fixed_dictionaries({"amount": st.sampled_from([None, 1, 5]), "living": st.just("apart")})
    form["children"] = data.draw(st.lists(amounts, max_size=2))
    form["tags"] = data.draw(st.lists(st.sampled_from([None, "x"]), max_size=2))
    nintei = {"level": data.draw(st.sampled_from([None, "care1"])), "days": data.draw(st.sampled_from([None, 4]))}
    roots = {"form": form, "case": {"days": 3}, "params": {"hold_days": 2}, "register": {"nintei": nintei}}
    errors = [c.source.cel for home, c in LOADED if c.value(scope(home, **roots)).kind == "error"]
    assert errors == []
