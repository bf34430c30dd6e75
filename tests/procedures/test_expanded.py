"""The flat machine is TOML again, and says the same."""

import datetime as dt
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.expand import NoFragments
from procedures.expanded import expanded_toml, toml_value
from procedures.library import Library
from procedures.loader import Loaded, load_source
from procedures.reading import parse_source
from tests.procedures.samples import SAMPLE, load_text

TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
VALUE = st.recursive(
    st.booleans() | st.integers(-(2**63), 2**63 - 1) | TEXT | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


def flat(loaded: Loaded) -> str:
    """The expanded text of what was loaded."""
    assert loaded.draft is not None
    return expanded_toml(loaded.draft)


def test_what_is_written_loads_to_the_same_procedure() -> None:
    for loaded in (load_text(SAMPLE), *(Library().read(one) for one in Library().ids())):
        source, problems = parse_source(flat(loaded).encode(), "flat.toml")
        assert source is not None, problems
        again = load_source(source, NoFragments())
        assert loaded.procedure is not None
        assert again.procedure == loaded.procedure.model_copy(update={"fragments": ()})


def test_rows_stay_rows_and_name_the_fragment_they_come_from() -> None:
    lines = flat(load_text(SAMPLE)).split("\n")
    at = lines.index("roles = [")
    assert lines[at : at + 7] == [
        "roles = [",
        "  # people.toml",
        '  { id = "applicant", label = "申請者", side = "citizen" },',
        '  { id = "counter", label = "受付", side = "office" },',
        "  # この手続",
        '  { id = "clerk", label = "担当", side = "office" },',
        '  { id = "chief", label = "課長", side = "office" },',
    ]


def test_no_fragment_is_left() -> None:
    assert "fragments" not in tomllib.loads(flat(load_text(SAMPLE)))


@given(VALUE)
def test_a_value_is_read_back_as_it_was(value: object) -> None:
    assert tomllib.loads(f"a = {toml_value(value)}\n")["a"] == value


def test_a_text_of_several_lines_keeps_them() -> None:
    assert toml_value("a\nb") == '"""\na\nb"""'


def test_a_time_is_written_without_quotes() -> None:
    assert toml_value(dt.time(8, 30)) == "08:30:00"


def test_what_toml_cannot_hold_is_refused() -> None:
    with pytest.raises(TypeError, match="TOML cannot hold None"):
        toml_value(None)
