"""Sealing: the cases whose log grew, and the log of readings, become leaves of the tree, and its root is signed."""

from __future__ import annotations

import json
import secrets
from pathlib import Path

from engine.errors import StoreError
from engine.store import heads
from engine.store.canonical import canonical, canonical_bytes
from engine.store.connection import Store
from engine.store.records import Leaf, Seal
from engine.store.signing import Signer
from engine.store.transaction import Transaction
from engine.store.tree import Frontier

MOST = 20_000
"""How many cases one seal closes over: a large store gets several, so that nobody waits long and memory stays small."""


def signing_path(store: Store) -> Path | None:
    """Where the key that signs the seals of a store is kept: beside its key file; None for a store in memory."""
    beside = store.keys.path or store.place.key_path
    return beside.with_suffix(".sign") if beside else None


def signer_of(store: Store) -> Signer:
    """The key that signs the seals of a store; made when nothing was sealed yet and there is none.

    Raises:
        StoreError: seals were made and the file of their key is missing, or it cannot be read or made.
    """
    path = signing_path(store)
    if path is not None and path.exists():
        return Signer.load(path)
    with store.reading() as tx:
        sealed = tx.last_seal()
    if sealed is not None:
        raise StoreError(
            f"署名の鍵ファイル「{path}」がありません。これまでの封を作ったときのファイル"
            f"(鍵 {sealed.key_id})を、この場所に戻してください。",
            f"the signing key file {path} is missing; put back the file of the former seals (key {sealed.key_id})",
            path=str(path),
        )
    return Signer.create(path)


def seal(store: Store, signer: Signer, at: int, *, most: int = MOST) -> list[Seal]:
    """The seals that were made: as many as it takes until no case waits; none when nothing changed.

    Each is whole or absent. Together they let nobody else write for as long as each of them lasts.

    Args:
        at: epoch seconds.
        most: how many cases one seal closes over.

    Raises:
        StoreError: the former seals were signed with another key, or the store cannot be written.
        Conflict: somebody else is sealing.
    """
    made: list[Seal] = []
    while True:
        with store.transaction() as tx:
            done = _seal_some(tx, signer, at, most)
        if done is None:
            return made
        made.append(done)


def _seal_some(tx: Transaction, signer: Signer, at: int, most: int) -> Seal | None:
    last = tx.last_seal()
    if last is not None and last.key_id != signer.public.id:
        raise _other_key(signer, last)
    tree = Frontier(last.size, map(bytes.fromhex, json.loads(last.frontier))) if last else Frontier()
    leaves = _new_leaves(tx, tree.size, most)
    if not leaves:
        return None
    for leaf in leaves:
        tree.append(heads.leaf_digest(leaf))
    new = Seal(
        number=last.number + 1 if last else 1,
        store=last.store if last else secrets.token_hex(16),
        size=tree.size,
        root=tree.root().hex(),
        frontier=canonical([peak.hex() for peak in tree.peaks]),
        at=at,
        previous=heads.after(last),
        key_id=signer.public.id,
        signature="",
    )
    new = new._replace(signature=signer.sign(canonical_bytes(heads.told(new, leaves))))
    tx.add_seal(new, leaves)
    return new


def _new_leaves(tx: Transaction, number: int, most: int) -> list[Leaf]:
    """What changed since the last seal, as leaves from this number on."""
    found = [("case", *head) for head in tx.unsealed_heads(most)]
    reading, sealed = tx.last_reading(), tx.readings_leaves(1)
    if reading is not None and (not sealed or sealed[0].version != reading.number):
        found.append(("readings", 0, reading.number, reading.hash))
    return [Leaf(number + place, *one) for place, one in enumerate(found)]


def _other_key(signer: Signer, last: Seal) -> StoreError:
    path = signer.path or "(memory)"
    return StoreError(
        f"署名の鍵ファイル「{path}」(鍵 {signer.public.id})は、これまでの封の鍵 {last.key_id} ではありません。"
        "これまでの封を作ったときのファイルを戻してください。",
        f"the signing key file {path} (key {signer.public.id}) is not that of the former seals (key {last.key_id});"
        " put back theirs",
        path=str(path),
    )
