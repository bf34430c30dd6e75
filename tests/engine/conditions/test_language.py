"""What is wrong with a text is said at load: all of it, where it stands, with the nearest right word."""

from __future__ import annotations

import pytest

from engine.conditions import Call, Ident, Language, Literal, Select, Source, ValueType, Vocabulary, parse
from engine.errors import DefinitionError
from engine.shapes import Record, Scalar
from tests.engine.conditions.sketch import functions
from tests.engine.conditions.small import YES_NO, compiled, language, named, problems, rules, text


@pytest.mark.parametrize(
    ("cel", "rule", "offset", "hint"),
    [
        ("form.kind ==", "C001", (1, 13), ""),
        ("from.kind == 'home'", "C002", (1, 1), "form のことですか"),
        ("form.knd == 'home'", "C003", (1, 5), "kind のことですか"),
        ("form.children.exists(c, c.livng == 'apart')", "C003", (1, 26), "living のことですか"),
        ("form.return.why == 'x'", "C003", (1, 12), "あるのは reason"),
        ("age_att(form.moved_on, form.moved_on) == 3", "C004", (1, 8), "age_at のことですか"),
        ("add_days(form.moved_on) == null", "C005", (1, 9), "add_days(day, n)"),
        ("add_days(form.weeks, 3) == null", "C005", (1, 9), "add_days(day, n)"),
        ("form.name > 3", "C005", (1, 11), ""),
        ("form.area > 3", "C005", (1, 11), "小数の項目と比べる数は 5.0 のように書きます"),
        ("has(form.kind)", "C007", (1, 4), "x != null と書きます"),
        ("form.kind == 'hospitl'", "C008", (1, 14), "hospital のことですか"),
        ("form.moved_on == '2024-02-30'", "C008", (1, 18), "YYYY-MM-DD"),
        ("form.start == '2024-10-01'", "C008", (1, 15), "YYYY-MM"),
        ("{'a': 1}.a == 1", "C013", (1, 1), "表は table(名前, 日, 見出し) で引きます"),
        ("asked.consent == true", "C014", (1, 1), ""),
        ("form.moved_on == form.start", "C017", (1, 15), "month_of(日付) と書くと月になります"),
        ("month_of(form.name) == form.start", "C017", (1, 14), "month_of(day)"),
        ("add_days('2024-1-5', 3) == null", "C017", (1, 10), "add_days(day, n)"),
    ],
)
def test_a_problem_names_its_place_and_the_nearest_right_word(
    cel: str, rule: str, offset: tuple[int, int], hint: str
) -> None:
    found = problems(cel)
    assert [(one.rule, one.offset, one.hint) for one in found] == [(rule, offset, hint)]
    assert found[0].path == ("text",)
    assert found[0].ja
    assert found[0].en


@pytest.mark.parametrize(
    "cel",
    [
        "form.kind in ['home', 'hospitl']",
        "'homee' != form.kind",
        "form.children.exists(c, c.living == 'aprt')",
        "form.children.exists(c, c.name != null && c.living in ['aprt'])",
        "(form.agreed == true ? 'home' : 'hospitl') == form.kind",
        "case.state == 'chekced'",
        "cel.bind(k, form.kind, k == 'homee')",
    ],
)
def test_a_word_that_is_none_of_the_choices_is_seen_wherever_it_stands(cel: str) -> None:
    assert rules(cel) == ["C008"]


def test_all_problems_of_one_text_are_told_at_once() -> None:
    found = problems("form.knd == 'x'\n  && form.wekes > 3 && age_of(form.moved_on) == 1")
    assert [(one.rule, one.offset) for one in found] == [("C003", (1, 5)), ("C003", (2, 10)), ("C004", (2, 30))]


def test_all_problems_of_all_texts_are_told_at_once_and_the_right_ones_load() -> None:
    home = language([named("bad", "form.knd == 'x'")])
    found, wrong = home.compile([text("form.kind == 'home'"), Source("b", "form.wekes", path=("b",))])
    assert list(found) == [("text",)]
    assert [one.path for one in wrong] == [("conditions", "bad"), ("b",)]


@pytest.mark.parametrize(
    ("cel", "kind"),
    [
        ("form.weeks", "yes_no"),
        ("form.moved_on", "month"),
        ("form.name", "date"),
        ("form.area", "yen"),
        ("form.area", "whole"),
        ("form.kind == 'home'", "text"),
        ("null", "date"),
    ],
)
def test_a_text_that_gives_something_else_than_its_place_wants_does_not_load(cel: str, kind: ValueType) -> None:
    assert "C006" in rules(cel, kind)


@pytest.mark.parametrize(
    ("cel", "kind"),
    [
        ("form.moved_on", "date"),
        ("form.weeks * 7 - 3", "number"),
        ("form.weeks * 7 - 3", "whole"),
        ("form.area * 1.5", "number"),
        ("table('allowance', form.moved_on, form.name)", "yen"),
        ("form.weeks == null ? dyn(null) : form.weeks + 1", "number"),
        ("month_after(form.moved_on)", "month"),
    ],
)
def test_all_but_a_yes_no_may_be_null(cel: str, kind: ValueType) -> None:
    assert rules(cel, kind) == []


def test_conditions_that_read_each_other_in_a_circle_are_named() -> None:
    others = [named("a", "b || form.agreed == true"), named("b", "!c"), named("c", "a")]
    found, wrong = language(others).compile([text("a")])
    assert found == {}
    assert [(one.rule, one.path, one.offset) for one in wrong] == [("C009", ("conditions", "a"), (1, 1))]
    assert "a → b → c → a" in wrong[0].ja


def test_a_text_that_reads_a_wrong_one_has_no_problem_of_its_own() -> None:
    found, wrong = language([named("bad", "form.knd == 'x'")]).compile([text("bad && form.agreed == true")])
    assert found == {}
    assert [one.path for one in wrong] == [("conditions", "bad")]


def test_a_misspelt_rule_is_compared_with_the_rules() -> None:
    found = problems("rules.star_day == null", others=[named("rules.start_day", "form.moved_on", "date")])
    assert [(one.rule, one.hint) for one in found] == [("C002", "rules.start_day のことですか")]


def test_a_variable_may_not_hide_another_name() -> None:
    others = [named("urgent", "form.agreed == true")]
    assert rules("form.children.exists(form, form.name == 'x')") == ["C012"]
    assert rules("form.children.exists(urgent, urgent.name == 'x')", others=others) == ["C012"]
    assert rules("form.children.exists(c, form.tags.exists(c, c == 'x'))") == ["C012"]
    assert rules("form.tags.exists(c, c == 'x') && form.tags.all(c, c == 'x')") == []


def test_a_name_used_twice_is_a_problem() -> None:
    _, wrong = language([named("a", "form.weeks == 1"), named("a", "form.weeks == 2")]).compile([])
    assert [(one.rule, one.path) for one in wrong] == [("C015", ("conditions", "a"))]


def test_a_named_number_has_a_fraction_or_not_as_its_text_says() -> None:
    others = [named("off", "280 - form.weeks * 7", "number"), named("half", "form.area * 0.5", "number")]
    assert rules("off != null && off >= -14 && half != null && half > 2.5", others=others) == []
    assert rules("half != null && half > 2", others=others) == ["C005"]


def test_a_named_condition_is_checked_against_what_its_reader_was_asked() -> None:
    others = [named("consented", "asked.consent == true")]
    with_consent, without = Record({"consent": YES_NO}), Record({"reason": Scalar("text")})
    assert rules("consented", others=others, asked=with_consent) == []
    assert rules("consented", others=[*others, named("x", "consented", asked=with_consent)]) == ["C014"]
    home = language([*others, named("x", "consented", asked=with_consent)])
    assert [one.rule for one in home.compile([text("consented", asked=without)])[1]] == ["C014"]


def test_an_answer_of_another_kind_is_no_answer_to_a_named_condition() -> None:
    others = [named("late", "asked.when == '2024-10-01'", asked=Record({"when": Scalar("date")}))]
    assert rules("late", others=others, asked=Record({"when": YES_NO})) == ["C014"]


def test_a_text_nested_too_deep_is_a_problem_not_a_crash() -> None:
    assert rules("(" * 40 + "form.agreed" + ")" * 40 + " == true") == ["C016"]


def test_conditions_that_double_at_every_step_are_a_problem() -> None:
    chain = [named("n0", "form.weeks == 1 || form.weeks == 2")]
    chain += [named(f"n{i}", f"n{i - 1} && n{i - 1}") for i in range(1, 12)]
    _, wrong = language(chain).compile([])
    assert {one.rule for one in wrong} == {"C016"}


def test_a_root_is_no_plain_value() -> None:
    with pytest.raises(ValueError, match="today"):
        Language(Vocabulary({"today": Scalar("date")}, []), functions())


def test_a_condition_knows_what_it_reads_through_others() -> None:
    others = [
        named("rules.base", "form.weeks", "number"),
        named("apart", "form.children.exists(c, c.living == 'apart')"),
    ]
    _, condition = compiled("apart && rules.base == 3 && case.days > params.hold_days", others=others)
    expected = {"form.children", "form.children[].living", "form.weeks", "case.days", "params.hold_days"}
    assert condition.reads == expected
    assert condition.roots == {"form", "case", "params"}
    assert condition.names == ("apart", "rules.base")
    assert not condition.only_form


def test_a_text_can_be_parsed_without_any_vocabulary() -> None:
    assert parse("a.b == 1") == Call("==", (Select(Ident("a"), "b"), Literal(1)))
    for unreadable, rule in (("a.b ==", "C001"), ("has(a.b)", "C007")):
        with pytest.raises(DefinitionError) as caught:
            parse(unreadable)
        assert [one.rule for one in caught.value.problems] == [rule]
