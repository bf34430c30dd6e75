"""Whether two names in kana are the same name."""

from __future__ import annotations

import unicodedata

_SMALL = "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ"
_LARGE = "あいうえおつやゆよわかけアイウエオツヤユヨワカケ"
_HYPHENS = "-‐‑‒–—―−ｰ"
_DROPPED = " \t\n·•‧・゠="
_TO_KATAKANA = {hira: hira + 0x60 for hira in range(ord("ぁ"), ord("ゖ") + 1)}
_FOLD = (
    str.maketrans(_SMALL, _LARGE) | dict.fromkeys(map(ord, _HYPHENS), "ー") | dict.fromkeys(map(ord, _DROPPED), None)
)


def same_kana(a: str, b: str) -> bool:
    """Whether two kana names agree as banks and registers write them; an empty name agrees with none.

    Half width counts as full width, ャ as ヤ, hiragana as katakana, every hyphen as ー; spaces and middle dots do not
    count. ガ and カ stay different: a bank holds them for two persons.
    """
    one, other = folded(a), folded(b)
    return one == other != ""


def folded(name: str) -> str:
    """The name as it is compared: whatever two ways of writing the same name have in common."""
    # NFKC joins a half-width kana with its sound mark, which only then can be folded.
    return unicodedata.normalize("NFKC", name).translate(_FOLD).translate(_TO_KATAKANA)
