"""How a store begins, and how one that is there is joined: its tables, its keys, live or for practice."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, Engine, insert, inspect, select

from engine.errors import StoreError
from engine.store.inspection import refuse_other_revision, revision_at
from engine.store.keys import KeyRing
from engine.store.migration import lay
from engine.store.place import Place
from engine.store.pool import begin_alone
from engine.store.recognition import (
    FINGERPRINT_KEY,
    KEY_CHECK,
    facts_for,
    key_path_of,
    new_secret,
    recognise,
    ring_of,
    secret_of,
)
from engine.store.schema import APPLICATION, meta


class Founded(NamedTuple):
    """A store that is ready: whether for practice, its keys, its secret, and whether it was made just now."""

    practice: bool
    keys: KeyRing
    secret: bytes
    created: bool


def found(engine: Engine, place: Place, keys: KeyRing | Path | None, *, practice: bool) -> Founded | None:
    """A new store at a place where there is none; None if another program has just made one.

    Raises:
        StoreError: the tables or the key file cannot be written.
    """
    with engine.connect() as connection:
        begin_alone(connection)
        if inspect(connection).get_table_names():
            connection.rollback()
            return None
        lay(connection)
        ring = _new_ring(place, keys)
        secret = new_secret()
        told = {"application": APPLICATION, "practice": str(int(practice)), **facts_for(ring, secret)}
        connection.execute(insert(meta), [{"name": name, "value": text} for name, text in told.items()])
        connection.commit()
    return Founded(practice, ring, secret, created=True)


def join(
    engine: Engine, place: Place, keys: KeyRing | Path | None, *, practice: bool | None, patience: float
) -> Founded:
    """The store that is there.

    Raises:
        StoreError: it has another revision, another purpose than the one asked for, or other keys.
    """
    refuse_other_revision(place, revision_at(place, patience) or "")
    # The ring first: a key that is changed after this shows in the store, and is then looked for in the file.
    ring = ring_of(place, keys)
    with engine.connect() as connection:
        told = _told(connection)
    is_practice = told["practice"] == "1"
    if practice is not None and practice != is_practice:
        raise _other_purpose(place, is_practice=is_practice)
    recognise(ring, told[KEY_CHECK], str(place))
    return Founded(is_practice, ring, secret_of(ring, told[FINGERPRINT_KEY]), created=False)


def ring_there(place: Place, keys: KeyRing | Path | None) -> KeyRing | Path | None:
    """The ring given, or the one in a key file that is there already; otherwise where to make one, None in memory.

    Raises:
        StoreError: there is a key file, but it does not read as one.
    """
    if isinstance(keys, KeyRing):
        return keys
    path = keys if keys or place.in_memory else key_path_of(place)
    return KeyRing.load(path) if path and path.exists() else path


def _new_ring(place: Place, keys: KeyRing | Path | None) -> KeyRing:
    """The ring of a new store; looked for again, now that no other program can be making one."""
    there = ring_there(place, keys)
    if isinstance(there, KeyRing):
        return there
    return KeyRing.create(there) if there else KeyRing.ephemeral()


def _told(connection: Connection) -> dict[str, str]:
    """What the store says of itself."""
    return {row.name: row.value for row in connection.execute(select(meta.c.name, meta.c.value))}


def _other_purpose(place: Place, *, is_practice: bool) -> StoreError:
    ja, en = ("練習用", "for practice") if is_practice else ("本番用", "a live one")
    wanted_ja, wanted_en = ("本番用", "a live one") if is_practice else ("練習用", "one for practice")
    return StoreError(
        f"ストア「{place}」は{ja}です。{wanted_ja}のストアの場所を指定してください。",
        f"the store {place} is {en}; give the place of {wanted_en}",
        place=str(place),
    )
