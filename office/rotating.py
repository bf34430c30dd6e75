"""Changing the key of a store, told to a person."""

from __future__ import annotations

from typing import Any

from engine.store.rotation import rotate, values_in
from office.asking import Asked
from office.progress import Shown
from office.session import store_there


def rotated(asked: Asked, *, show: bool) -> tuple[list[str], dict[str, Any]]:
    """What was done, in words and as data; with a bar meanwhile when somebody watches.

    Raises:
        UnknownThing: there is no store.
        StoreError: the store or its key file cannot serve, or values do not open.
    """
    with store_there(asked) as store:
        with Shown("鍵を替える", values_in(store) if show else 0, show=show) as shown:
            done = rotate(store, shown.more)
        path = str(store.keys.path)
    went_on = ["前に止まった鍵の取り替えの続きをしました。"] if done.went_on else []
    lines = [
        *went_on,
        f"鍵を替えました: 今の鍵は番号{done.key}です。封じ直した値は{done.resealed}件です。",
        f"鍵のファイル: {path}",
        "この鍵ファイルの控えを、データベースとは別の所に取り直してください。",
        "前の鍵ファイルの控えは、前の鍵で取った控え(バックアップ)を読むときだけに要ります。要らなくなったら廃棄してください。",
    ]
    return lines, {"key": done.key, "resealed": done.resealed, "went_on": done.went_on, "path": path}
