"""Texts come after those they read."""

from engine.conditions.ordering import in_order


def test_each_comes_after_what_it_reads_in_declared_order() -> None:
    assert in_order({"a": ["c", "form"], "b": [], "c": ["b"]}) == (["b", "c", "a"], [])


def test_a_circle_is_named_once_from_its_first_member() -> None:
    order, circles = in_order({"x": ["a"], "a": ["b"], "b": ["c", "x"], "c": ["c"]})
    assert circles == [("c", "c"), ("x", "a", "b", "x")]
    assert sorted(order) == ["a", "b", "c", "x"]
