"""One way of writing JSON: sorted keys, no spaces, letters as they are. Equal values give equal bytes.

What only has to be read again (a JSON column, the inside of an envelope) goes through the faster `pydantic_core`.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic_core import from_json, to_json

from engine.errors import StoreError

_ENCODER = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False, check_circular=False
)
# A row that somebody has tampered with may hold bytes where text belongs: it must still hash, to another value.
_TOLERANT = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=repr, check_circular=False
)


def canonical(value: object) -> str:
    """The value as canonical JSON.

    Raises:
        ValueError: the value holds NaN or an infinity.
        TypeError: the value holds something that JSON has no word for.
    """
    return _ENCODER.encode(value)


def canonical_bytes(value: object) -> bytes:
    """The value as canonical JSON in UTF-8, whatever it holds; only for hashing."""
    return _TOLERANT.encode(value).encode("utf-8", "surrogatepass")


def pack(memo: dict[str, Any] | list[Any]) -> str:
    """The text of a JSON column, keys in the order in which they were put."""
    return to_json(memo).decode()


def unpack(text: str, case_id: int, where: str) -> Any:  # noqa: ANN401 - a JSON column holds what the engine put there
    """The value in a JSON column; `where` says which one of the case it is, as a path of names.

    Raises:
        StoreError: somebody wrote something else into it.
    """
    if text == "{}":
        return {}
    try:
        return from_json(text)
    except ValueError as error:
        raise StoreError(
            f"案件{case_id}の {where} の内容が壊れています。"
            "madoguchi case verify でほかも確かめ、控え(バックアップ)と照らし合わせてください。",
            f"case {case_id}: {where} is damaged; check for more with `madoguchi case verify`, compare with a backup",
            case=case_id,
            where=where,
        ) from error
