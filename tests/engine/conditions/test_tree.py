"""The neutral tree that others translate."""

from __future__ import annotations

import pytest

from engine.conditions import Call, Comprehension, Ident, Literal, Select, parse
from engine.conditions.tree import substitute, text, walk


@pytest.mark.parametrize(
    ("cel", "again"),
    [
        ("a.b == 'x' && !c", "((a.b == 'x') && !c)"),
        ("a in ['x', null, 1.5, true]", "(a in ['x', null, 1.5, true])"),
        ("a ? b : -c % 2", "(a ? b : (-c % 2))"),
        ("a[0].b + 'it\\'s'", "(a[0].b + 'it\\'s')"),
        ("f(a, b.c).d", "f(a, b.c).d"),
        ("a.startsWith('x')", "startsWith(a, 'x')"),
        ("l.exists(x, x.a > 1)", "l.exists(x, (x.a > 1))"),
        ("l.all(x, x != null)", "l.all(x, (x != null))"),
        ("l.exists_one(x, x == 1)", "l.exists_one(x, (x == 1))"),
        ("l.filter(x, x == 1).map(y, y.z)", "l.filter(x, (x == 1)).map(y, y.z)"),
        ("l.map(x, x > 1, x + 1)", "l.map(x, (x > 1), (x + 1))"),
        ("cel.bind(x, a.b, x == x)", "cel.bind(x, a.b, (x == x))"),
    ],
)
def test_a_text_becomes_a_tree_and_a_text_again(cel: str, again: str) -> None:
    assert text(parse(cel)) == again


def test_a_node_knows_its_line_and_column() -> None:
    tree = parse("a.b == '日本'\n  && c == 1")
    found = {text(node): node.at for node in walk(tree)}
    assert found["(a.b == '日本')"] == (1, 5)
    assert found["c"] == (2, 6)
    assert found["1"] == (2, 11)


def test_equal_texts_are_equal_trees_wherever_they_stand() -> None:
    assert parse("a.b") == parse("  a.b")
    assert len({parse("a.b"), parse(" a.b")}) == 1


def test_a_name_is_replaced_but_not_a_field_a_string_or_a_variable() -> None:
    tree = parse("x && a.x == 'x' && l.exists(x, x == 1) && l.exists(y, x)")
    assert text(substitute(tree, {"x": Literal(value=True)})) == text(
        parse("true && a.x == 'x' && l.exists(x, x == 1) && l.exists(y, true)")
    )


def test_a_dotted_name_is_replaced_whole() -> None:
    meaning = Call("f", (Ident("a"),))
    assert substitute(parse("rules.x == rules.y"), {"rules.x": meaning}) == Call(
        "==", (meaning, Select(Ident("rules"), "y"))
    )


def test_what_is_put_in_takes_the_place_of_the_name() -> None:
    tree = substitute(parse("1 == 1 && x"), {"x": parse("l.exists(y, y.z[0] == 'a')")})
    assert isinstance(tree, Call)
    assert {node.at for node in walk(tree.args[1])} == {(1, 11)}


def test_a_macro_keeps_its_parts() -> None:
    assert parse("l.filter(x, x == 1)") == Comprehension(
        "filter", "x", Ident("l"), Call("==", (Ident("x"), Literal(1)))
    )
