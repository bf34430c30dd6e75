"""A seal as it is signed and given out: a head, to be kept where whoever can change the store cannot reach it.

A head tells the root of the tree and every leaf that its seal added, so that a store which lost something can be told
what. It is JSON, signed over its canonical form without the signature.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.clock import from_seconds
from engine.errors import StoreError
from engine.store.canonical import canonical_bytes
from engine.store.records import Leaf, Seal
from engine.store.signing import PublicKey
from engine.store.tree import leaf_hash

FORMAT = "madoguchi-head/1"
_FAMILY = FORMAT.partition("/")[0]
_TEXTS = ("store", "root", "sealed_at", "previous", "key", "signature")
_LEAF_KINDS = (str, int, int, str)


@dataclass(frozen=True)
class SignedHead:
    """A head that was read from a file and whose signature was checked; `first` is the number of its first leaf."""

    seal: int
    store: str
    size: int
    root: str
    sealed_at: str
    leaves: tuple[Leaf, ...]

    @property
    def first(self) -> int:
        """The number of the first leaf that this seal added."""
        return self.size - len(self.leaves)


def leaf_digest(leaf: Leaf) -> bytes:
    """The hash of a leaf in the tree."""
    return leaf_hash(canonical_bytes(list(leaf[1:])))


def told(seal: Seal, leaves: Sequence[Leaf]) -> dict[str, Any]:
    """What a seal says, without its signature."""
    return {
        "format": FORMAT,
        "store": seal.store,
        "seal": seal.number,
        "size": seal.size,
        "root": seal.root,
        "sealed_at": _instant(seal.at),
        "previous": seal.previous,
        "key": seal.key_id,
        "leaves": [list(leaf[1:]) for leaf in leaves],
    }


def after(seal: Seal | None) -> str:
    """What the seal after this one calls it by; empty before the first."""
    return hashlib.sha256(str(seal.signature).encode("utf-8", "surrogatepass")).hexdigest() if seal else ""


def write(seal: Seal, leaves: Sequence[Leaf]) -> str:
    """The text of the head."""
    return json.dumps({**told(seal, leaves), "signature": seal.signature}, ensure_ascii=False) + "\n"


def read(path: Path, keys: Sequence[PublicKey]) -> SignedHead:
    """The head in a file.

    Raises:
        StoreError: the file is missing, no head, of a newer format, or not signed by one of these keys.
    """
    try:
        plain = json.loads(path.read_bytes())
    except OSError as error:
        why = error.strerror
        raise _said(path, f"を読めません({why})。場所を確かめてください。", f"cannot be read ({why})") from error
    except (ValueError, RecursionError) as error:
        raise _damaged(path) from error
    family, _, version = str(plain.get("format") if isinstance(plain, dict) else "").partition("/")
    if family == _FAMILY and plain["format"] != FORMAT:
        ja = f"は新しい形式({version})の控えです。新しい madoguchi を使ってください。"
        raise _said(path, ja, f"has the newer format {version}; use a newer madoguchi")
    if not _is_head(plain):
        raise _damaged(path)
    _refuse_unsigned(path, plain, keys)
    first = plain["size"] - len(plain["leaves"])
    leaves = tuple(Leaf(first + place, *leaf) for place, leaf in enumerate(plain["leaves"]))
    return SignedHead(plain["seal"], plain["store"], plain["size"], plain["root"], plain["sealed_at"], leaves)


def _is_head(plain: Any) -> bool:  # noqa: ANN401 - whatever stands in a file
    """Whether this is a head in its form; what it says is a matter of its signature."""
    return (
        isinstance(plain, dict)
        and plain.get("format") == FORMAT
        and all(isinstance(plain.get(name), str) for name in _TEXTS)
        and all(type(plain.get(name)) is int for name in ("seal", "size"))
        and isinstance(plain.get("leaves"), list)
        and all(isinstance(leaf, list) and tuple(map(type, leaf)) == _LEAF_KINDS for leaf in plain["leaves"])
    )


def _refuse_unsigned(path: Path, plain: dict[str, Any], keys: Sequence[PublicKey]) -> None:
    """Nothing, when one of the keys signed this."""
    key = next((key for key in keys if key.id == plain["key"]), None)
    if key is None:
        ja = f"は鍵 {plain['key']:.16} で署名されています。その公開鍵を --public-key で示してください。"
        raise _said(path, ja, f"was signed with the key {plain['key']:.16}; give its public key with --public-key")
    signature = plain["signature"]
    if not key.signed(canonical_bytes({name: said for name, said in plain.items() if name != "signature"}), signature):
        ja = "の署名が合いません。書きかえられたか、途中で壊れた控えです。別に取ってある控えを使ってください。"
        raise _said(path, ja, "does not fit its signature: it was changed or damaged; use another copy")


def _instant(seconds: object) -> str:
    """An instant as it is written; whatever else stands in a damaged row, as it is."""
    try:
        return from_seconds(seconds).isoformat() if isinstance(seconds, int) else repr(seconds)
    except (ValueError, OverflowError, OSError):
        return repr(seconds)


def _damaged(path: Path) -> StoreError:
    ja = "は封の控え(madoguchi log head で書き出したファイル)として読めません。別に取ってある控えを使ってください。"
    return _said(path, ja, "does not read as a head written by `madoguchi log head`; use another copy")


def _said(path: Path, ja: str, en: str) -> StoreError:
    return StoreError(f"封の控え「{path}」{ja}", f"the head {path} {en}", path=str(path))
