"""Any shape becomes a message."""

from engine.conditions import Language, Source, Vocabulary
from engine.shapes import Anything, Many, Record, Scalar
from tests.engine.conditions.sketch import functions


def loads(shape: Record, cel: str) -> bool:
    return not Language(Vocabulary({"r": shape}, []), functions()).compile([Source("x", cel, path=("x",))])[1]


def test_names_that_differ_in_an_underscore_stay_apart() -> None:
    shape = Record(
        {"foo_bar": Scalar("text"), "fooBar": Scalar("whole"), "return": Scalar("text"), "日": Scalar("text")}
    )
    assert loads(shape, "r.foo_bar == 'x' && r.fooBar == 1 && r.return == null")
    assert not loads(shape, "r.fooBar == 'x'")


def test_an_empty_record_a_list_of_lists_and_a_map_are_shapes_too() -> None:
    shape = Record({"none": Record(), "grid": Many(Many(Scalar("whole"))), "map": Anything(), "maps": Many(Anything())})
    assert loads(shape, "r.grid.exists(row, size(row) > 1) && r.map.a == 1 && r.maps.all(m, m.x == 'y')")
    assert not loads(shape, "r.none.x == 1")


def test_a_form_of_many_fields_is_no_trouble() -> None:
    shape = Record({f"f{n}": Scalar("text") for n in range(500)})
    assert loads(shape, "r.f0 == 'x' || r.f499 == 'y'")
    assert not loads(shape, "r.f500 == 'x'")
