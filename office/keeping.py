"""Keeping a store safe: a backup, its restoring, and the hash by which two stores are compared, told to a person."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from engine.clock import Clock, from_seconds, to_seconds
from engine.store.backup import Backup, back_up, hash_of, rows_of
from engine.store.place import Place
from engine.store.restoring import restore, rows_of_backup
from engine.store.schema import REVISION
from office.asking import Asked
from office.progress import Shown

Answer = tuple[list[str], dict[str, Any]]


def backed_up(asked: Asked, file: Path, clock: Clock, *, show: bool) -> Answer:
    """What was written, in words and as data.

    Raises:
        StoreError: there is no store, there is such a file already, or it cannot be written.
    """
    place = Place.of(asked.db)
    with Shown("控えを取る", 2 * rows_of(place) if show else 0, show=show) as shown:
        backup, found = back_up(place, file.absolute(), to_seconds(clock.now()), progress=shown.more)
    lines = [
        *(one.text(asked.lang) for one in found),
        f"控えを取りました: {file}({_kind(backup)}、案件{backup.cases}件)",
        f"ハッシュ値: {backup.hash}",
        f"読み直して確かめました。記録の誤りは{len(found)}件です。",
        "鍵のファイルは入っていません。鍵のファイルの控えは別に、別の所に取ってください。",
    ]
    return lines, {"path": str(file), **_facts(backup), "findings": [one.text(asked.lang) for one in found]}


def restored(asked: Asked, file: Path, *, show: bool) -> Answer:
    """What was restored, in words and as data.

    Raises:
        StoreError: it is no backup or a damaged one, something stands at the place, or it cannot be written.
    """
    place = Place.of(asked.db)
    with Shown("控えを戻す", 3 * rows_of_backup(file) if show else 0, show=show) as shown:
        backup = restore(file, place, progress=shown.more)
    key = f"「{place.key_path}」に置いて" if place.key_path else "--keys で示して"
    old = [f"古い版({backup.revision})の控えです。madoguchi db upgrade で今の版({REVISION})に上げてください。"]
    taken = f"{from_seconds(backup.at):%Y-%m-%d %H:%M}の控え"
    lines = [
        f"控えを戻しました: {place}({_kind(backup)}、案件{backup.cases}件、{taken})",
        f"ハッシュ値: {backup.hash}(控えと同じ)",
        f"この控えを取ったときの鍵のファイルを、{key}ください。",
        *(old if backup.revision != REVISION else []),
    ]
    return lines, {"place": str(place), **_facts(backup)}


def hashed(asked: Asked, *, show: bool) -> Answer:
    """The hash of all that a store holds, in words and as data.

    Raises:
        StoreError: there is no store, or it cannot be read.
    """
    place = Place.of(asked.db)
    with Shown("確かめる", rows_of(place) if show else 0, show=show) as shown:
        found = hash_of(place, shown.more)
    return [found], {"place": str(place), "hash": found}


def _kind(backup: Backup) -> str:
    return "練習用" if backup.practice else "本番用"


def _facts(backup: Backup) -> dict[str, Any]:
    return {**backup._asdict(), "at": from_seconds(backup.at).isoformat()}
