"""A condition fails closed, reads only what it needs, and sees one command's values."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from engine.calendar import OpeningCalendar
from engine.conditions import Functions, Language, Scope, Source, Value, Vocabulary
from engine.shapes import Many, Record, Scalar
from tests.engine.conditions.sketch import functions
from tests.engine.conditions.small import ROOTS, YES_NO, compiled, holds, language, named, scope, text


def test_only_true_holds() -> None:
    assert holds("form.agreed == true", form={"agreed": True})
    assert not holds("form.agreed == true", form={"agreed": False})
    assert not holds("form.agreed == true", form={})


def test_a_missing_key_of_a_map_is_an_error_and_does_not_hold() -> None:
    home, condition = compiled("register.nintei.level != 'care1'")
    found = condition.value(scope(home, register={}))
    assert found.kind == "error"
    assert "nintei" in found.error
    assert not condition.holds(scope(home, register={}))


def test_a_comparison_that_null_slips_into_does_not_hold() -> None:
    home, condition = compiled("params.hold_days < 3")
    assert condition.value(scope(home, params={})).kind == "error"
    assert not condition.holds(scope(home, params={}))


def test_a_host_function_that_raises_is_an_error_that_says_why() -> None:
    home, condition = compiled("table('fees', form.moved_on, 'x') == 3")
    on = scope(home, form={"moved_on": "2024-10-01"})
    assert condition.value(on) == Value("error", None, "表「fees」に2024-10-01の「x」の行がありません。")
    assert not condition.holds(on)


def test_a_truthy_text_of_an_error_does_not_hold() -> None:
    home, condition = compiled("age_at(form.moved_on, case.arrived_on) != null")
    on = scope(home, form={"moved_on": "2024-10-02"}, case={"arrived_on": "2024-10-01"})
    assert condition.value(on).error
    assert not condition.holds(on)


def test_what_a_host_function_may_not_give_is_an_error() -> None:
    class Odd:
        def lookup(self, name: str, on: object, key: str) -> int | str:  # noqa: ARG002 - as a table is asked
            return "\ud800"

    home = Language(Vocabulary(ROOTS, []), Functions(OpeningCalendar(), Odd()))
    found, _ = home.compile([text("table('x', '2024-10-01', 'y') == 'z'")])
    assert found["text",].value(scope(home)).kind == "error"
    assert not found["text",].holds(scope(home))


@pytest.mark.parametrize("bad", ["x\0y", "\ud800", b"x", 2**63, object(), {"a": 1}, ["x"]])
def test_a_value_the_runtime_would_misread_is_an_error_for_its_readers_only(bad: object) -> None:
    home = language()
    found, _ = home.compile([text("form.name == 'x'"), Source("w", "form.weeks == 3", path=("w",))])
    on = scope(home, form={"name": bad, "weeks": 3})
    assert found["text",].value(on).kind == "error"
    assert not found["text",].holds(on)
    assert found["w",].holds(on)


def test_a_value_is_given_as_it_is() -> None:
    home, condition = compiled("form.weeks", "number")
    assert condition.value(scope(home, form={"weeks": 3.0})) == Value("value", 3)
    assert condition.value(scope(home)) == Value("value", None)


def test_a_root_is_built_once_and_only_when_read() -> None:
    built: list[str] = []

    def build(name: str) -> Callable[[], object]:
        def builder() -> object:
            built.append(name)
            return {}

        return builder

    home, condition = compiled("form.agreed == true || case.days == 3")
    on = Scope(home, {name: build(name) for name in ROOTS})
    assert built == []
    condition.holds(on)
    condition.holds(on)
    assert built == ["case", "form"]


def test_a_root_that_was_not_given_is_an_error() -> None:
    home, condition = compiled("form.agreed != true")
    assert condition.value(Scope(home, {})).kind == "error"
    assert not condition.holds(Scope(home, {}))


def test_what_a_builder_raises_is_not_swallowed() -> None:
    home, condition = compiled("form.agreed == true")

    def build() -> object:
        raise ConnectionError("register")

    with pytest.raises(ConnectionError):
        condition.holds(Scope(home, {"form": build}))


def test_a_root_may_be_built_from_conditions_but_not_from_itself() -> None:
    home = language()
    found, _ = home.compile([text("case.state == 'checked'"), Source("f", "form.agreed == true", path=("f",))])
    case: list[Any] = []

    def build_case() -> object:
        case.append((found["f",].holds(on), found["text",].holds(on), found["text",].value(on)))
        return {"state": "checked"}

    on = Scope(home, {"form": lambda: {"agreed": True}, "case": build_case})
    assert found["text",].holds(on)
    assert case[0][:2] == (True, False)
    assert "「case」" in case[0][2].error


def test_a_scope_with_other_roots_keeps_what_is_built() -> None:
    built: list[str] = []
    home, condition = compiled("asked.consent == true && form.agreed == true", asked=Record({"consent": YES_NO}))

    def form() -> object:
        built.append("form")
        return {"agreed": True}

    on = Scope(home, {"form": form, "asked": dict})
    assert not condition.holds(on)
    assert condition.holds(on.with_(asked={"consent": True}))
    assert not condition.holds(on.with_(asked={"consent": False}))
    assert built == ["form"]


def test_a_root_may_be_a_list() -> None:
    home = Language(Vocabulary({"tasks": Many(Record({"state": Scalar("text")}))}, []), functions())
    found, _ = home.compile([text("tasks.exists(t, t.state == 'done')")])
    assert found["text",].holds(Scope(home, {"tasks": lambda: [{}, {"state": "done"}]}))
    assert not found["text",].holds(Scope(home, {"tasks": lambda: None}))


def test_named_conditions_and_rules_run_where_they_are_read() -> None:
    others = [named("rules.weeks", "form.weeks", "number"), named("late", "rules.weeks != null && rules.weeks > 20")]
    assert holds("!late && rules.weeks == 3", others, form={"weeks": 3})
    assert holds("late && form.name != 'late rules.weeks'", others, form={"weeks": 30})


def test_one_language_serves_many_threads() -> None:
    home, condition = compiled("form.children.exists(c, c.amount != null && c.amount == form.weeks)")

    def run(weeks: int) -> bool:
        form = {"weeks": weeks, "children": [{"amount": 7}, {"amount": None}]}
        return all(condition.holds(scope(home, form=form)) is (weeks == 7) for _ in range(50))

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(run, range(40)))


def test_a_condition_cannot_be_pickled() -> None:
    _, condition = compiled("form.agreed == true")
    with pytest.raises(TypeError):
        pickle.dumps(condition)


def test_a_forgotten_root_is_built_anew_and_no_other() -> None:
    built: list[str] = []
    form = {"agreed": False}

    def build(name: str, value: object) -> Callable[[], object]:
        def builder() -> object:
            built.append(name)
            return copy.copy(value)

        return builder

    home, condition = compiled("form.agreed == true && case.days == 3")
    on = Scope(home, {"form": build("form", form), "case": build("case", {"days": 3})})
    assert not condition.holds(on)
    form["agreed"] = True
    assert not condition.holds(on)
    on.forget(frozenset({"form", "checks"}))
    assert condition.holds(on)
    assert built == ["case", "form", "form"]
