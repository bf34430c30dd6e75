"""Whatever a profile says, its text says the same again, on lines that fit."""

from __future__ import annotations

import tomllib
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from procedures.cities.toml_text import text

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=400)
VALUES = st.one_of(WORDS, st.integers(0, 10**9), st.booleans(), st.lists(WORDS, max_size=5))
ROWS = st.lists(st.fixed_dictionaries({"id": WORDS, "value": VALUES, "source": WORDS}), min_size=1, max_size=3)


@settings(max_examples=60, deadline=None)
@given(st.fixed_dictionaries({"label": WORDS, "channels": st.lists(WORDS, max_size=4), "stated": ROWS}))
def test_a_profile_is_read_back_as_it_was(profile: dict[str, Any]) -> None:
    assert tomllib.loads(text({**profile, "hours": {"assumption": True}}, "head")) == {
        **profile,
        "hours": {"assumption": True},
    }


def test_a_long_row_is_broken_and_keeps_the_blanks_between_its_words() -> None:
    said = "長い文 " * 60 + "終わり"
    written = text({"stated": [{"id": "plan", "value": said, "source": "計画"}]}, "head")
    assert max(map(len, written.splitlines())) <= 160
    assert tomllib.loads(written)["stated"][0]["value"] == said
