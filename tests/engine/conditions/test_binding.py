"""Only what is read is bound, filled like the shapes say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.conditions.binding import UNFIT, cut, filler, reader
from engine.shapes import Anything, Many, Record, Shape, fill
from tests.engine.conditions.small import CHILD, DAY, FORM, NUMBER, ROOTS, TEXT, WHOLE

JSON = st.recursive(
    st.none() | st.booleans() | st.text(st.characters(codec="utf-8", exclude_characters="\0")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", "c"]), inner),
    max_leaves=8,
)
SHAPE = Record({"a": TEXT, "b": Many(Record({"a": DAY, "c": TEXT})), "c": Record({"b": TEXT})})


def test_a_root_is_cut_down_to_what_is_read() -> None:
    paths = ["form.kind", "form.children", "form.children[].living", "form.return", "case.days"]
    assert cut("form", FORM, paths) == Record(
        {
            "children": Many(Record({"living": CHILD.fields["living"]})),
            "kind": FORM.fields["kind"],
            "return": FORM.fields["return"],
        }
    )


def test_a_list_that_is_only_counted_keeps_its_length_alone() -> None:
    assert cut("form", FORM, ["form.children"]) == Record({"children": Many(Record())})
    assert filler(Many(Record()))([{"name": "x"}, {}]) == [{}, {}]


def test_a_map_stays_a_map_or_spreads_to_what_is_read() -> None:
    paths = ["r.a.b", "r.a.c[].d"]
    assert cut("r", Anything(), paths) == Anything()
    inner = Record({"b": Anything(), "c": Many(Record({"d": Anything()}))})
    assert cut("r", Anything(), paths, spread=True) == Record({"a": inner})


def scalars_only(shape: Shape, value: object) -> object:
    """The value without what no scalar can be, which is left out of what is bound."""
    if isinstance(shape, Record):
        given = value if isinstance(value, dict) else {}
        return {name: scalars_only(inner, given.get(name)) for name, inner in shape.fields.items()}
    if isinstance(shape, Many):
        return [scalars_only(shape.item, one) for one in value] if isinstance(value, list) else value
    return None if isinstance(value, dict | list) else value


@given(JSON)
def test_what_is_absent_is_filled_as_the_shapes_say(value: object) -> None:
    clean = scalars_only(SHAPE, value)
    assert filler(SHAPE)(clean) == fill(SHAPE, clean)


def test_whole_numbers_are_whole_and_others_have_a_fraction() -> None:
    whole, fraction = filler(WHOLE), filler(NUMBER)
    assert [(type(whole(n)), whole(n)) for n in (3, 3.0, 3.5)] == [(int, 3), (int, 3), (float, 3.5)]
    assert [(type(fraction(n)), fraction(n)) for n in (3, 3.5)] == [(float, 3.0), (float, 3.5)]
    assert whole(True) is True  # noqa: FBT003 - a yes/no where a number belongs


def test_a_value_the_runtime_cannot_hold_is_left_out() -> None:
    shape = Record({"a": TEXT, "b": Many(TEXT), "c": Record({"b": TEXT}), "d": Anything()})
    bad = {"a": "x\0", "b": ["y", "\ud800"], "c": {"b": object()}, "d": {"x": {"y": "\0", "z": [1]}, "\0": 1}}
    assert filler(shape)(bad) == {"c": {}, "d": {"x": {"z": [1]}}}


NOWHERE = object()
PATHS = [
    ("form", "name"),
    ("form", "weeks"),
    ("form", "area"),
    ("form", "agreed"),
    ("form", "children"),
    ("form", "tags"),
    ("form", "return"),
    ("form", "return", "reason"),
    ("register", "a"),
    ("register", "a", "b"),
    ("register",),
]
KEYS = st.sampled_from(["name", "weeks", "area", "agreed", "children", "tags", "return", "reason", "amount", "a", "b"])
RAW = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**65), 2**65)
    | st.floats()
    | st.sampled_from(["", "髙", "\0", "\ud800"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=6,
)


@given(path=st.sampled_from(PATHS), raw=RAW)
def test_a_path_out_of_a_root_as_it_was_built_is_what_the_filled_root_has_there(
    path: tuple[str, ...], raw: object
) -> None:
    root, *steps = path
    there: object = filler(ROOTS[root])(raw)
    for step in steps:
        there = there.get(step, NOWHERE) if isinstance(there, dict) else NOWHERE
    found = reader(ROOTS[root], steps)(raw)
    assert repr(NOWHERE if found is UNFIT else found) == repr(there)
