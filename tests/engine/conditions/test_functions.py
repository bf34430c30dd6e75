"""What conditions can calculate with."""

from __future__ import annotations

import pytest

from engine.calendar import OpeningCalendar
from engine.conditions import Functions, Language, Vocabulary
from tests.engine.conditions.sketch import Tables
from tests.engine.conditions.small import CERTAIN, ROOTS, named, rules, text, value

FORM = {
    "moved_on": "2024-10-31",
    "start": "2024-10",
    "weeks": 3,
    "name": "ﾔﾏﾀﾞ ﾊﾅｺ",
    "children": [{"birth_date": "2007-04-01", "amount": 3}, {"birth_date": "2020-02-29", "amount": 4}],
}


@pytest.mark.parametrize(
    ("cel", "expected"),
    [
        ("age_at('2007-04-01', '2025-03-31') == 18", True),
        ("add_days(form.moved_on, -60) == '2024-09-01'", True),
        ("add_months(form.moved_on, 1) == '2024-11-30'", True),
        ("days_between(form.moved_on, '2024-11-15') == 15", True),
        ("days_between('2024-11-15', form.moved_on) == -15", True),
        ("next_open_day('2024-11-02') == '2024-11-05'", True),
        ("month_of(form.moved_on) == form.start", True),
        ("month_after(form.moved_on) == '2024-11'", True),
        ("month_after(form.start) == '2024-11'", True),
        ("months_between(form.start, '2025-01-15') == 3", True),
        ("months_between('2025-01', form.start) == -3", True),
        ("school_year_end_after('2007-04-01', 18) == '2025-03-31'", True),
        ("same_kana(form.name, 'ヤマダ・ハナコ')", True),
        ("sum(form.children.map(c, c.amount)) == 7", True),
        ("sum([1.5, 2.0]) == 3.5", True),
        ("min_of(form.children.map(c, c.birth_date)) == '2007-04-01'", True),
        ("max_of(form.children.map(c, c.amount)) == 4", True),
        ("first_day(form.start) == '2024-10-01'", True),
        ("months_in(form.start, '2025-01') == ['2024-10', '2024-11', '2024-12', '2025-01']", True),
        ("months_in(form.start, '2024-10') == ['2024-10']", True),
        ("months_in(form.start, '2024-09') == []", True),
        ("sorted(form.children.map(c, c.birth_date)) == ['2007-04-01', '2020-02-29']", True),
        ("sorted([3, 1, 2]) == [1, 2, 3] && sorted(['b', 'a']) == ['a', 'b'] && sorted([2.5, 1.5])[0] == 1.5", True),
        ("range(form.weeks) == [0, 1, 2] && range(0) == [] && range(-1) == []", True),
        ("table('allowance', form.moved_on, 'u3') == 15000", True),
        ("table('allowance', form.start, 'u3') == 15000", True),
        ("size(form.children.filter(c, c.birth_date != null && c.birth_date < '2010-01-01')) == 1", True),
    ],
)
def test_a_function_gives(cel: str, expected: object) -> None:
    assert value(cel, form=FORM) == expected


@pytest.mark.parametrize(
    "cel",
    [
        "age_at(form.moved_on, '2024-10-01')",
        "add_days(form.moved_on, 3)",
        "add_days('2024-10-01', form.weeks)",
        "days_between('2024-10-01', form.moved_on)",
        "next_open_day(form.moved_on)",
        "month_after(form.moved_on)",
        "months_between(form.start, '2024-10-01')",
        "first_day(form.start)",
        "dyn(months_in(form.start, '2024-10'))",
        "dyn(range(form.weeks))",
        "table('allowance', form.moved_on, 'u3')",
        "table('allowance', '2024-10-01', form.name)",
        "sum(form.children.map(c, c.amount))",
        "max_of(form.children.map(c, c.amount))",
    ],
)
def test_with_something_unknown_the_result_is_unknown(cel: str) -> None:
    assert value(f"{cel} == null", form={"children": [{"amount": 3}, {}]}) is True


def test_arithmetic_with_something_unknown_is_unknown() -> None:
    others = [named("rules.left", "280 - form.weeks * 7", "number")]
    assert value("rules.left", "number", others, form={}) is None
    assert value("rules.left", "number", others, form={"weeks": 3}) == 259
    assert value("form.area / 2.0 + 1.0", "number", form={}) is None
    assert value("-form.weeks", "number", form={}) is None
    assert value("form.name + '様'", "text", form={}) is None


def test_an_empty_list_has_the_sum_nothing_and_no_greatest_value() -> None:
    assert value("sum(form.children.map(c, c.amount)) == 0", form={}) is True
    assert value("max_of(form.children.map(c, c.amount)) == null", form={}) is True


def test_a_name_is_never_the_same_as_an_unknown_one() -> None:
    assert value("same_kana(form.name, form.name)", form={}) is False


@pytest.mark.parametrize(("given", "expected"), [(3, 1.5), (3.0, 1.5), (2.5, 1.25)])
def test_json_may_write_a_number_with_or_without_a_fraction(given: float, expected: float) -> None:
    assert value("form.area / 2.0", "number", form={"area": given}) == expected


def test_a_sum_of_fractions_goes_on_with_fractions_when_the_list_is_empty() -> None:
    others = [named("rules.share", "sum(form.tags.map(t, 1.5)) * 0.5", "number")]
    assert value("rules.share", "number", others, form={}) == 0
    assert value("rules.share", "number", others, form={"tags": ["a", "b"]}) == 1.5


@pytest.mark.parametrize("day", ["20241001", "2024-W40-2", "2024-02-30", "x"])
def test_a_day_written_otherwise_is_an_error(day: str) -> None:
    with pytest.raises(AssertionError, match=r"day|isoformat|range"):
        value("add_days(form.moved_on, 1) == '2024-10-02'", form={"moved_on": day})


def test_every_function_is_checked_for_its_arguments() -> None:
    assert rules("age_at(form.weeks, form.moved_on) == 3") == ["C005"]
    assert rules("sum(form.tags) == 3") == ["C005"]
    assert rules("same_kana(form.name) == true") == ["C005"]


def test_what_is_unknown_comes_last_in_a_sorted_list() -> None:
    children = [{"amount": 3}, {}, {"amount": 1}]
    assert value("sorted(form.children.map(c, c.amount)) == [1, 3, null]", form={"children": children}) is True


def test_an_element_of_a_list_without_null_needs_no_guard() -> None:
    assert rules("months_in('2024-10', '2025-01').exists(m, m > form.name || form.agreed == true)") == ["C010"]
    assert rules("months_in('2024-10', '2025-01').exists(m, m > '2024-12')") == []
    assert rules("months_in('2024-10', '2025-01')[0] > '2024-12' || range(3)[1] > 2") == []
    assert rules("months_in(form.start, '2025-01').exists(m, m > '2024-12')") == ["C010"]
    known = "form.children.filter(c, c.amount != null).map(c, c.amount)"
    assert rules(f"sorted({known} + [1])[0] > 2") == []
    assert rules("sorted(form.children.map(c, c.amount) + [1])[0] > 2") == ["C010"]
    assert rules(f"cel.bind(known, {known}, known + known).all(a, a > 2)") == []


@pytest.mark.parametrize("cel", ["range(form.weeks) == []", "months_in(form.start, '2024-10') == []"])
def test_a_list_too_long_to_be_meant_is_an_error(cel: str) -> None:
    with pytest.raises(AssertionError, match="1000"):
        value(cel, form={"weeks": 1_001, "start": "0001-01"})


@pytest.mark.parametrize("cel", ["months_in('2024-10', form.name)", "months_in(form.name, '2024-10')"])
def test_months_are_written_as_months(cel: str) -> None:
    assert rules(f"{cel} == []") == ["C017"]


class Listed(Tables):
    def ids(self) -> list[str]:
        return ["allowance", "validity_months_max"]


def test_a_table_that_does_not_exist_is_found_when_the_tables_can_say_so() -> None:
    home = Language(Vocabulary(ROOTS, [], CERTAIN), Functions(OpeningCalendar(), Listed()))
    found = home.compile([text("table('alowance', '2024-10', 'u3') == 1")])[1]
    assert [(one.rule, one.offset, one.hint) for one in found] == [("C008", (1, 7), "allowance のことですか")]
    assert rules("table('alowance', '2024-10', 'u3') == 1") == []
