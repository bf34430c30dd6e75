"""Changing the key of a store while others work on it: a new key, every value sealed anew under it, the old one gone.

The store itself says which key holds (`recognition`). From the commit that says so on, whoever seals a value finds it
out within the transaction and takes the new key from the file; the file has both until nothing is left under the old
one. Stopped anywhere, the store serves on, and the same command goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import NamedTuple

from engine.errors import StoreError
from engine.store import signalling
from engine.store import statements as sql
from engine.store.connection import Store
from engine.store.recognition import KEY_CHECK, facts_for, recognise
from engine.store.records import Envelope, Letter
from engine.store.rows.vault import VaultRows
from engine.store.transaction import Transaction
from engine.store.values import seal

BATCH = 500
"""How many values are sealed anew in one transaction: some hundredths of a second, in which other writers wait."""


_Anew = tuple[int, bytes, int, str, str]


class Rotated(NamedTuple):
    """What a change of the key did: the key that holds now, how many values went over to it, whether it had begun."""

    key: int
    resealed: int
    went_on: bool


class _Page(NamedTuple):
    """What became of the values of one page: the last of them, how many went over, what does not open."""

    last: tuple[int, str] | None
    resealed: int
    stuck: list[StoreError]


def rotate(store: Store, progress: Callable[[int], None] = lambda _: None, batch: int = BATCH) -> Rotated:
    """Give the store a new key, or bring to its end a change that was stopped.

    Args:
        progress: is told how many more values went over.
        batch: how many values to seal anew in one transaction.

    Raises:
        StoreError: the store or the key file cannot serve, or values do not open; then the old key stays in the file.
    """
    with store.transaction() as tx:
        went_on = _begin(tx, store)
    resealed = 0
    stuck: list[StoreError] = []
    for page in chain(_pages(store, batch), _pages_of_signals(store, batch)):
        resealed += page.resealed
        stuck += page.stuck
        progress(page.resealed)
    if stuck:
        raise _stuck(stuck)
    with store.transaction() as tx:
        _end(tx, store)
    return Rotated(store.keys.active, resealed, went_on)


def values_in(store: Store) -> int:
    """How many values the store has, destroyed ones too."""
    with store.reading() as tx:
        return int(tx.rows(sql.COUNT_VALUES)[0][0])


def _begin(tx: Transaction, store: Store) -> bool:
    """Whether a change was under way already; otherwise a new key is in the file, and the store says that it holds."""
    check = tx.rows(sql.KEY_CHECK_TO_CHANGE, (KEY_CHECK,))[0][0]
    ring = tx.keys
    ring.read_again()  # nobody else changes the file now
    recognise(ring, check, str(store.place))
    went_on = len(ring.ids) > 1
    if not went_on:
        tx.cross_file("new key")
        ring.add_key()
    for name, value in facts_for(ring, store.secret).items():
        tx.run(sql.SET_META, (value, name))
    return went_on


def _pages(store: Store, batch: int) -> Iterator[_Page]:
    """Every value that is not under the active key, sealed anew a page at a time."""
    last: tuple[int, str] | None = (0, "")
    while last is not None:
        with store.transaction() as tx:
            page = _reseal(tx, last, batch)
        yield page
        last = page.last


def _pages_of_signals(store: Store, batch: int) -> Iterator[_Page]:
    """The same for what signals carry that are on their way."""
    last: tuple[int, str] | None = (0, "")
    while last is not None:
        with store.transaction() as tx:
            page = _reseal_signals(tx, last[0], batch)
        yield page
        last = page.last


def _reseal_signals(tx: Transaction, after: int, batch: int) -> _Page:
    tx.go_by_present_key()
    found = [Letter(*row) for row in tx.rows(signalling.UNDER_OTHERS, (after, tx.keys.active, batch))]
    anew, stuck = _sealed_anew(tx, [letter.envelope() for letter in found])
    tx.run_each(signalling.RESEAL, [(key, blob, int(field.partition(".")[2])) for key, blob, _, field, _ in anew])
    return _Page((found[-1].id, "") if len(found) == batch else None, len(anew), stuck)


def _reseal(tx: Transaction, after: tuple[int, str], batch: int) -> _Page:
    tx.go_by_present_key()
    found = [Envelope(*row) for row in tx.rows(sql.VALUES_UNDER_OTHERS, (*after, tx.keys.active, batch))]
    anew, stuck = _sealed_anew(tx, found)
    tx.run_each(sql.RESEAL_VALUE, anew)
    last = (found[-1].case_id, found[-1].field) if len(found) == batch else None
    return _Page(last, len(anew), stuck)


def _sealed_anew(tx: VaultRows, found: list[Envelope]) -> tuple[list[_Anew], list[StoreError]]:
    """What opens, sealed under the present key, and why the rest does not open."""
    anew, stuck = [], []
    for envelope in found:
        try:
            anew.append(_anew(tx, envelope))
        except StoreError as error:
            stuck.append(error)
    return anew, stuck


def _anew(tx: VaultRows, envelope: Envelope) -> _Anew:
    """The new blob of a value and the row it belongs to. Salt and digest stay: they stand in the log."""
    plain = tx.opened(envelope)
    sealed = seal(tx.keys, envelope.case_id, envelope.field, plain or b"", envelope.salt)
    return sealed.key_id, sealed.blob, envelope.case_id, envelope.field, envelope.digest


def _end(tx: Transaction, store: Store) -> None:
    """Drop the old key from the file, unless another change has begun since."""
    check = tx.rows(sql.KEY_CHECK_TO_CHANGE, (KEY_CHECK,))[0][0]
    ring, held = tx.keys, tx.keys.active
    ring.read_again()
    recognise(ring, check, str(store.place))
    if ring.active == held and len(ring.ids) > 1:
        tx.cross_file("old key")
        ring.drop_others()


def _stuck(errors: list[StoreError]) -> StoreError:
    first = errors[0]
    return StoreError(
        f"値{len(errors)}件を開けないため、鍵を替え終えていません。前の鍵は鍵ファイルに残しました。"
        f"最初の1件: {first.ja}",
        f"{len(errors)} values do not open, so the key is not changed to the end, and the former key stays in the key"
        f" file; the first: {first.en}",
        **first.facts,
    )
