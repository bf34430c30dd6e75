"""A signal as it lies in its row: numbered, and what it carries sealed until it is heard."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from engine.errors import StoreError
from engine.store import Letter
from engine.store.canonical import canonical_bytes

if TYPE_CHECKING:
    from engine.store import Transaction

TELL = "tell"
OPEN = "open"
MOST_HOPS = 20
"""No chain of declared signals is nearly as long; two cases that answer each other go on for ever."""


class Sender(NamedTuple):
    """Who sends: a case with the event and its place in it, or a register (None, 0); `hops` as of a letter."""

    case_id: int | None
    seq: int
    ordinal: int
    hops: int = 0


class Receiver(NamedTuple):
    """Who is to hear: a case, or the one that the letter numbered `behind` will open."""

    procedure: str
    case_id: int | None
    behind: int | None = None


def post(
    tx: Transaction, at: int, sender: Sender, receiver: Receiver, kind: str, name: str, content: Mapping[str, Any]
) -> Letter:
    """A signal put on its way."""
    number = tx.next_number("signal")
    seal = tx.envelope(0, f"signal.{number}", canonical_bytes(content), at)
    letter = Letter(
        id=number,
        kind=kind,
        name=name,
        from_case=sender.case_id,
        seq=sender.seq,
        ordinal=sender.ordinal,
        to_procedure=receiver.procedure,
        to_case=receiver.case_id,
        behind=receiver.behind,
        hops=sender.hops,
        at=at,
        key_id=seal.key_id,
        salt=seal.salt,
        blob=seal.blob,
        digest=seal.digest,
        due_at=at,
    )
    tx.send([letter])
    return letter


def content_of(tx: Transaction, letter: Letter) -> dict[str, Any]:
    """What a signal carries.

    Raises:
        StoreError: it was altered, or its key is not in the ring.
    """
    try:
        plain = tx.opened(letter.envelope())
    except StoreError as error:
        ja = f"知らせ{letter.id}の中身は、書きかえられたか、別の鍵で封じたものです。控えと照らし合わせてください。"
        en = f"what signal {letter.id} carries was altered or sealed under another key; compare it with a backup"
        raise StoreError(ja, en, case=letter.to_case, signal=letter.id) from error
    found: dict[str, Any] = {} if plain is None else json.loads(plain)
    return found
