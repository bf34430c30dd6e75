"""Bringing a store up to this program; making it where there is none."""

from __future__ import annotations

from typing import Any

from engine.store import Store, upgrade
from engine.store.connection import PATIENCE
from engine.store.inspection import is_there
from engine.store.place import Place
from office.asking import Asked
from office.session import news_of


def upgraded(asked: Asked) -> tuple[list[str], dict[str, Any]]:
    """What was done, in words and as data.

    Raises:
        StoreError: something else stands there, it is newer, or it cannot be written.
    """
    place = Place.of(asked.db)
    if not is_there(place, PATIENCE):
        with Store.open(asked.db, asked.keys, practice=asked.practice) as store:
            key = str(store.keys.path) if store.keys.path else None
            return [news_of(store)], {"place": str(place), "created": True, "practice": store.practice, "key": key}
    before, now = upgrade(asked.db, asked.keys)
    done = f"版を {before} から {now} に上げました" if before != now else f"もう最新の版({now})です"
    return [f"ストア「{place}」: {done}。"], {"place": str(place), "created": False, "before": before, "now": now}
