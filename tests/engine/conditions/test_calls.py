"""A rule may take parameters: other texts call it like a host function."""

from __future__ import annotations

import pytest

from engine.conditions import Source, ValueType
from tests.engine.conditions.small import compiled, language, named, problems, rules, scope, text, value


def rule(name: str, cel: str, kind: ValueType, **takes: ValueType) -> Source:
    return Source(name, cel, kind, ("rules", name), takes=takes)


BAND = rule("band", "month <= month_of(add_months(born, 36)) ? 'small' : 'big'", "text", born="date", month="month")
TWICE = rule("twice", "n + n", "whole", n="whole")
LESS = rule("less", "a - b", "whole", a="whole", b="whole")
HALF = rule("half", "n * 0.5", "number", n="number")
YOUNG = rule("young", "band(born, '2024-10') == 'small'", "yes_no", born="date")
OLDEST = rule("oldest", "sorted(form.children.map(c, c.birth_date))[n]", "date", n="whole")
ALL = [BAND, TWICE, LESS, HALF, YOUNG, OLDEST]
FORM = {
    "moved_on": "2024-10-31",
    "start": "2024-10",
    "weeks": 3,
    "area": 3,
    "children": [{"birth_date": "2022-04-01"}, {"birth_date": "2007-04-01"}],
}


@pytest.mark.parametrize(
    ("cel", "kind", "expected"),
    [
        ("band(form.moved_on, '2027-10')", "text", "small"),
        ("band(form.moved_on, '2027-11')", "text", "big"),
        ("twice(twice(form.weeks) + 1)", "whole", 14),
        ("less(less(9, form.weeks), less(form.weeks, 1))", "whole", 4),
        ("half(form.area) + half(1) + half(0.5)", "number", 2.25),
        ("form.children.filter(c, young(c.birth_date)).map(c, c.birth_date)[0]", "date", "2022-04-01"),
        ("oldest(0)", "date", "2007-04-01"),
        ("sum(range(3).map(n, twice(n)))", "whole", 6),
        ("form.children.map(n, less(twice(form.weeks), 1))[0]", "whole", 5),
    ],
)
def test_a_call_gives_what_the_rule_gives_for_its_arguments(cel: str, kind: ValueType, expected: object) -> None:
    guarded = cel.replace("young(c.birth_date)", "c.birth_date != null && young(c.birth_date)")
    if "oldest" in cel or "[0]" in cel:
        guarded = f"size(form.children) > 0 && size(form.children.filter(c, {YOUNG_GUARD})) > 0 ? {guarded} : null"
    assert value(guarded, kind, ALL, form=FORM) == expected


YOUNG_GUARD = "c.birth_date != null && young(c.birth_date)"


def test_null_for_an_argument_gives_null() -> None:
    assert value("twice(form.weeks) == null", others=ALL, form={}) is True
    assert value("less(1, form.weeks) == null", others=ALL, form={}) is True
    assert value("young(form.moved_on) == null", others=ALL, form={}) is True


@pytest.mark.parametrize(
    ("cel", "rule_id", "offset", "hint"),
    [
        ("band(form.moved_on) == 'small'", "C005", (1, 5), "band(born, month)"),
        ("twice(form.name) == 2", "C005", (1, 6), "twice(n)"),
        ("bandd(form.moved_on, form.start) == 'x'", "C004", (1, 6), "band のことですか"),
        ("band(form.start, form.start) == 'small'", "C017", (1, 10), "band(born, month)"),
        ("rules.band == 'small'", "C005", (1, 1), "band(born, month) と書きます"),
        ("fixed(3) == 3", "C004", (1, 6), "rules.fixed と書きます"),
        ("band(form.moved_on, form.start) > 'a'", "C010", (1, 10), "form.moved_on != null && … と書きます"),
        ("young(form.moved_on)", "C010", (1, 11), "form.moved_on != null && … と書きます"),
    ],
)
def test_a_wrong_call_is_told_with_its_place(cel: str, rule_id: str, offset: tuple[int, int], hint: str) -> None:
    others = [*ALL, named("rules.fixed", "form.weeks", "whole")]
    found = problems(cel, others=others)
    assert [(one.rule, one.offset, one.hint) for one in found] == [(rule_id, offset, hint)]


@pytest.mark.parametrize(
    ("wrong", "rule_id"),
    [
        (rule("bad", "born > 3", "yes_no", born="date"), "C005"),
        (rule("bad", "borne == null", "yes_no", born="date"), "C002"),
        (rule("bad", "n > form.weeks", "yes_no", n="whole"), "C010"),
        (rule("bad", "month_of(month) == month", "yes_no", month="month"), "C017"),
        (rule("bad", "form == 'x'", "yes_no", form="text"), "C012"),
        (rule("bad", "form.children.exists(n, n.name == 'x')", "yes_no", n="whole"), "C012"),
        (rule("size", "n", "whole", n="whole"), "C015"),
        (rule("age_at", "n", "whole", n="whole"), "C015"),
        (rule("a-b", "n", "whole", n="whole"), "C015"),
    ],
)
def test_a_rule_is_checked_without_any_caller(wrong: Source, rule_id: str) -> None:
    found = language([wrong]).compile([])[1]
    assert [(one.rule, one.path) for one in found] == [(rule_id, wrong.path)]


def test_a_rule_relies_on_parameters_that_are_not_null() -> None:
    assert language([rule("late", "n > 3", "yes_no", n="whole")]).compile([])[1] == []


def test_rules_that_call_each_other_in_a_circle_are_named() -> None:
    others = [rule("a", "b(n)", "whole", n="whole"), rule("b", "a(n) + 1", "whole", n="whole")]
    found = language(others).compile([text("a(1) == 1")])[1]
    assert [(one.rule, one.path) for one in found] == [("C009", ("rules", "a"))]
    assert "rules.a → rules.b → rules.a" in found[0].ja


def test_a_text_that_calls_a_wrong_rule_has_no_problem_of_its_own() -> None:
    found, wrong = language([rule("bad", "form.wekes + n", "whole", n="whole")]).compile([text("bad(1) == 1")])
    assert found == {}
    assert [one.path for one in wrong] == [("rules", "bad")]


def test_no_variable_of_a_rule_is_taken_for_one_of_its_caller() -> None:
    count = rule("count", "size(form.children.filter(c, c.birth_date == born))", "whole", born="date")
    own = "form.children.filter(c, c.birth_date != null && count(c.birth_date) == 1)"
    assert value(f"size({own})", "whole", [count], form=FORM) == 2
    nested = rule("outer", "cel.bind(x, n + 1, inner(x) * 10 + x)", "whole", n="whole")
    inner = rule("inner", "cel.bind(x, n * 2, x)", "whole", n="whole")
    assert value("cel.bind(x, 3, outer(x) + x)", "whole", [nested, inner]) == 87


def test_a_caller_reads_what_the_rule_reads() -> None:
    _, condition = compiled("oldest(0) == '2007-04-01' || form.agreed == true", others=[_guarded_oldest()])
    assert condition.reads == {"form.agreed", "form.children", "form.children[].birth_date"}
    assert condition.names == ("rules.oldest",)
    assert condition.only_form


def _guarded_oldest() -> Source:
    cel = "n < size(form.children) ? sorted(form.children.map(c, c.birth_date))[n] : null"
    return rule("oldest", cel, "date", n="whole")


def test_what_a_rule_does_wrong_with_ordinary_values_is_found_where_it_is_called() -> None:
    assert rules("oldest(0) == '2007-04-01'", others=[OLDEST]) == ["C011"]


def test_a_rule_that_may_give_null_must_be_guarded() -> None:
    assert rules("oldest(0) > '2007-04-01'", others=[_guarded_oldest()]) == ["C010"]
    assert rules("oldest(0) != null && oldest(0) > '2007-04-01'", others=[_guarded_oldest()]) == []


def test_a_guard_in_a_rule_counts() -> None:
    known = rule("longer", "form.weeks != null && form.weeks > n", "yes_no", n="whole")
    assert rules("longer(3) && form.weeks > 3", others=[known]) == []
    assert rules("longer(3) || form.weeks > 3", others=[known]) == ["C010"]
    assert rules("longer(form.area == null ? 1 : 2) && form.weeks > 3", others=[known]) == []


def test_a_call_that_holds_says_that_its_argument_is_not_null() -> None:
    cel = "young(form.moved_on) == true && form.moved_on > '2020-01-01'"
    assert rules(cel, others=ALL) == []


def test_where_unknown_is_an_answer_a_yes_or_no_may_be_null() -> None:
    may = Source("check", "young(form.moved_on)", path=("checks", "check", "passes"), may_be_null=True)
    home = language(ALL)
    found, wrong = home.compile([may])
    assert wrong == []
    condition = found["checks", "check", "passes"]
    assert condition.value(scope(home, form={})).value is None
    assert condition.value(scope(home, form=FORM)).value is True
    still = Source("check", "form.weeks > 3", path=("checks", "check", "passes"), may_be_null=True)
    assert [one.rule for one in language(ALL).compile([still])[1]] == ["C010"]
