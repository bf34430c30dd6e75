"""Bytes of which one look says that nothing is odd about them: most answers are read so, all others are read slowly."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

# ASCII without controls and the backslash, and U+3000 to U+9FFF: kana, kanji, and nothing that no answer may hold.
_WITHOUT_DOUBT = bytes([*b"\t\n\r", *(set(range(0x20, 0x7F)) - {0x5C}), *range(0x80, 0xC0), *range(0xE3, 0xEA)])
_ODD = -(2**63)


def glance(data: bytes, levels: int, largest: int) -> dict[str, Any] | None:
    """The JSON object in the bytes; None where there may be something that only a slow reading can judge.

    A key that was written twice is one member of the object but two colons in the bytes. A colon in a text is taken for
    one of these too: that only costs the slow reading.

    Args:
        levels: how deeply it may be nested.
        largest: the largest whole number in it, and with a minus the least.
    """
    from pydantic_core import from_json

    if data.translate(None, _WITHOUT_DOUBT):
        return None
    try:
        tree = from_json(data, allow_inf_nan=False, cache_strings="keys")  # values are nobody's to keep
    except ValueError:
        return None
    return tree if type(tree) is dict and _members(tree, levels, largest) == data.count(b":") else None


def _members(tree: dict[str, Any] | list[Any], levels: int, largest: int) -> int:
    """How many members all objects in a value have together; less than none if something in it is odd."""
    if levels == 0:
        return _ODD
    inside: Iterable[Any] = tree.values() if type(tree) is dict else tree
    found = len(tree) if type(tree) is dict else 0
    for one in inside:
        kind = type(one)
        if kind is str or kind is bool or one is None:
            continue
        if kind is dict or kind is list:
            found += _members(one, levels - 1, largest)
        elif kind is not int or not -largest <= one <= largest:
            return _ODD
    return found
