"""Answers parted by how sensitive they are, and put together again."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from engine.compartments import join, split
from engine.shapes import Many, Record, Scalar

SECRET = Scalar("text", sensitivity="my_number")
CARE = Scalar("text", sensitivity="special_care")
SHAPE = Record(
    {
        "name": Scalar("text"),
        "number": SECRET,
        "home": Record({"town": Scalar("text"), "illness": CARE}),
        "children": Many(Record({"name": Scalar("text"), "number": SECRET, "notes": Many(Record({"illness": CARE}))})),
    }
)
FILLED = {
    "name": "親",
    "number": "1",
    "home": {"town": "町", "illness": "a"},
    "children": [{"name": "一", "number": "2", "notes": [{"illness": "b"}]}, {"name": "二"}],
}


def test_what_is_not_general_lies_apart_under_its_pointer() -> None:
    general, parts = split(SHAPE, FILLED)
    assert general == {
        "name": "親",
        "home": {"town": "町"},
        "children": [{"name": "一", "notes": [{}]}, {"name": "二"}],
    }
    assert parts == {
        "my_number": {"/number": "1", "/children/0/number": "2"},
        "special_care": {"/home/illness": "a", "/children/0/notes/0/illness": "b"},
    }


def test_splitting_leaves_the_document_as_it_was() -> None:
    document: dict[str, Any] = {"number": "1", "home": {"illness": "a"}}
    split(SHAPE, document)
    assert document == {"number": "1", "home": {"illness": "a"}}


def test_a_compartment_that_was_destroyed_is_simply_absent() -> None:
    general, parts = split(SHAPE, FILLED)
    del parts["my_number"]
    joined = join(general, parts)
    assert "number" not in joined
    assert joined["home"]["illness"] == "a"


def test_joining_leaves_the_parts_as_they_were() -> None:
    general, parts = split(SHAPE, FILLED)
    join(general, parts)
    assert "number" not in general


CHILD = st.fixed_dictionaries(
    {}, optional={"name": st.text(), "number": st.text(), "notes": st.just([{"illness": "x"}])}
)
DOCUMENT = st.fixed_dictionaries(
    {},
    optional={
        "name": st.none() | st.text(),
        "number": st.text(),
        "home": st.fixed_dictionaries({}, optional={"town": st.text(), "illness": st.text()}),
        "children": st.lists(CHILD, max_size=4),
    },
)


def test_two_answers_that_are_one_object_are_parted_each_for_itself() -> None:
    child = {"name": "双子", "number": "2"}
    general, parts = split(SHAPE, {"children": [child, child]})
    assert parts == {"my_number": {"/children/0/number": "2", "/children/1/number": "2"}}
    assert join(general, parts) == {"children": [child, child]}


@given(DOCUMENT)
def test_what_was_split_joins_to_the_same(document: dict[str, Any]) -> None:
    assert join(*split(SHAPE, document)) == document
