"""Whether the tree, its seals and the log of readings are as they were made, and go on from a head kept elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from engine.store import heads
from engine.store.canonical import canonical_bytes
from engine.store.chain import row_hash
from engine.store.findings import Finding, finding
from engine.store.heads import SignedHead
from engine.store.records import Leaf, Seal
from engine.store.signing import PublicKey
from engine.store.transaction import Transaction
from engine.store.tree import Frontier
from engine.store.verification import since_sealed

_HIGHEST = 2**62


def verify_seals(tx: Transaction, keys: Sequence[PublicKey]) -> list[Finding]:
    """Every seal and leaf that is not as it was made; the leaves are read seal by seal."""
    seals = tx.seals()
    found = [*_gaps("seals_missing", [0, *(seal.number for seal in seals)])]
    former, tree = None, Frontier()
    for seal in seals:
        if not _is_whole(seal.size):
            found.append(finding("seal", 0, seal.number))
            continue
        leaves = tx.leaves(tree.size, seal.size)
        told = [*_bad_leaves(leaves, tree.size, seal.size)]
        for leaf in leaves:
            tree.append(heads.leaf_digest(leaf))
        told += [*_bad_seal(seal, former, leaves, tree, keys)]
        if told:
            tree = _as_told(seal)
        found += told
        former = seal
    beyond = tx.leaves(former.size if former else 0, _HIGHEST)
    before = tx.leaves(-_HIGHEST, 0)
    return [*found, *(finding("leaf", 0, leaf.number) for leaf in (*before, *beyond))]


def _bad_leaves(leaves: Sequence[Leaf], first: int, until: int) -> Iterator[Finding]:
    """What can be seen of the leaves of one seal by their form alone."""
    yield from _gaps("leaves_missing", [first - 1, *(leaf.number for leaf in leaves), until])
    for leaf in leaves:
        if (leaf.kind, leaf.case_id == 0) not in {("case", False), ("readings", True)}:
            yield finding("leaf", 0, leaf.number)


def _bad_seal(
    seal: Seal, former: Seal | None, leaves: Sequence[Leaf], tree: Frontier, keys: Sequence[PublicKey]
) -> Iterator[Finding]:
    key = next((key for key in keys if key.id == seal.key_id), None)
    sound = (
        seal.size == tree.size
        and seal.root == tree.root().hex()
        and seal.frontier == json.dumps([peak.hex() for peak in tree.peaks], separators=(",", ":"))
        and seal.previous == heads.after(former)
        and (former is None or seal.store == former.store)
    )
    if sound and key is None:
        yield finding("unknown_key", 0, seal.number)
    elif key is None or not sound or not key.signed(canonical_bytes(heads.told(seal, leaves)), seal.signature):
        yield finding("seal", 0, seal.number)


def _as_told(seal: Seal) -> Frontier:
    """The tree as a seal tells it, to go on from: what is wrong in one seal must not be said of every later one."""
    try:
        return Frontier(seal.size, map(bytes.fromhex, json.loads(seal.frontier)))
    except (ValueError, TypeError):
        return Frontier(seal.size, [b""] * seal.size.bit_count())


def verify_readings(tx: Transaction) -> list[Finding]:
    """Every row of the log of readings that is not as it was written or sealed."""
    found: list[Finding] = []
    sealed = {leaf.version: leaf for leaf in tx.readings_leaves()}
    previous, number, named = "", 0, False
    for row in tx.every_reading():
        found += _gaps("readings_missing", [max(number, 0), row.number])
        follows = row.number != number + 1 or row.previous == previous
        sound = row.number > 0 and row_hash(row.previous, row[:-2]) == row.hash
        if sound and not follows and not named:
            found.append(finding("reading", 0, max(number, 1)))  # the row before was written anew with a hash that fits
        if not sound:
            found.append(finding("reading", 0, row.number))
        leaf = sealed.pop(row.number, None)
        if leaf is not None and leaf.head != row.hash:
            found.append(finding("readings_rewritten", 0, row.number, leaf=leaf.number))
        previous, number, named = row.hash, row.number, not sound
    beyond = [leaf for leaf in sealed.values() if not _is_whole(leaf.version) or leaf.version > number]
    return [*found, *(finding("readings_cut", 0, number, leaf.version, leaf.number) for leaf in beyond)]


def verify_head(tx: Transaction, head: SignedHead) -> list[Finding]:
    """Where the store is no continuation of what a head told of it."""
    last = tx.last_seal()
    if last is not None and last.store != head.store:
        return [finding("other_store", 0, head.seal)]
    return [*_tree_since(tx, head, last), *(one for leaf in head.leaves for one in _since(tx, leaf))]


def _tree_since(tx: Transaction, head: SignedHead, last: Seal | None) -> Iterator[Finding]:
    """Whether the tree still has the head's seal, with its leaves."""
    if last is None:
        yield finding("never_sealed", 0, head.seal)
        return
    seal = next((seal for seal in tx.seals() if seal.number == head.seal), None)
    if seal is None:
        yield finding("seal_lost", 0, last.number, head.seal)
        return
    if (seal.size, seal.root) != (head.size, head.root):
        yield finding("root", 0, head.seal)
    now = {leaf.number: leaf for leaf in tx.leaves(head.first, head.size)}
    yield from (finding("leaf_unlike", one.case_id, one.number) for one in head.leaves if now.get(one.number) != one)


def _since(tx: Transaction, leaf: Leaf) -> list[Finding]:
    """Whether the log of a leaf goes on from it."""
    if leaf.kind == "readings":
        row = next(iter(tx.readings(after=leaf.version - 1, limit=1)), None)
        if row is None or row.number != leaf.version:
            last = tx.last_reading()
            return [finding("readings_cut", 0, last.number if last else 0, leaf.version, leaf.number)]
        return [] if row.hash == leaf.head else [finding("readings_rewritten", 0, leaf.version, leaf=leaf.number)]
    if tx.head(leaf.case_id) is None:
        return [finding("gone", leaf.case_id, 0, leaf.version, leaf.number)]
    earlier = [one for one in tx.leaves_of(leaf.case_id) if one.number < leaf.number]
    return since_sealed(leaf.case_id, tx.log(leaf.case_id), [*earlier, leaf])


def _is_whole(value: object) -> bool:
    """Whether this is a number, as it always was when it was written: SQLite keeps whatever is put in its place."""
    return isinstance(value, int)


def _gaps(
    kind: Literal["seals_missing", "readings_missing", "leaves_missing"], numbers: Sequence[int]
) -> Iterator[Finding]:
    """The numbers that are left out between these."""
    return (finding(kind, 0, a + 1, b - 1) for a, b in pairwise(numbers) if b > a + 1)
