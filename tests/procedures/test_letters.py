"""Words on paper: lines that fit, and nothing that could hide or reorder them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from procedures.letters import plain, shortened, text_width, wrapped


@given(some.text(max_size=80), some.floats(40, 200))
def test_every_line_fits_its_room_and_nothing_is_lost(words: str, room: float) -> None:
    lines = wrapped(words, room, 10, most=1000)
    assert all(text_width(line, 10) <= room or len(line) == 1 for line in lines)
    assert "".join("".join(lines).split()) == "".join(words.split())


def test_a_line_does_not_begin_with_a_mark_that_closes_the_one_before() -> None:
    assert wrapped("あいうえお。かき", 50, 10) == ("あいうえ", "お。かき")


def test_a_mark_is_not_parted_from_its_number() -> None:
    assert wrapped("ああああ ※13", 60, 10) == ("ああああ", "※13")


def test_a_letter_keeps_the_mark_that_chooses_its_form() -> None:
    assert all(not line.startswith("\U000e0100") for line in wrapped("辻󠄀" * 20, 44, 10, most=100))


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    assert wrapped("あ" * 20, 50, 10, most=2) == ("あああああ", "ああああ…")
    assert shortened("ああああ", 25, 10) == "あ…"


@given(some.text())
def test_plain_text_can_be_written_and_reorders_nothing(text: str) -> None:
    found = plain(text)
    found.encode("utf-8")
    assert len(found) == len(text)
    assert not set(found) & {"\u202e", "\u2066", "\x00", "\x1b", "\u200f"}


def test_names_survive_as_written() -> None:
    assert plain("髙橋 𠮷田 辻󠄀 Ó Briain") == "髙橋 𠮷田 辻󠄀 Ó Briain"
