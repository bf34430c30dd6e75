"""What can be wrong with a backup or with the place to restore it to, as sentences."""

from __future__ import annotations

from pathlib import Path

from engine.errors import StoreError
from engine.store.place import Place


def no_store(place: Place) -> StoreError:
    """There is nothing to back up."""
    return StoreError(
        f"「{place}」にはまだストアがありません。--db の場所を確かめてください。",
        f"there is no store at {place} yet; check --db",
        place=str(place),
    )


def exists(file: Path) -> StoreError:
    """A file of that name is there."""
    return StoreError(
        f"「{file}」はもうあります。上書きはしません。まだない名前を付けてください。",
        f"{file} exists and is not overwritten; give a name that is free",
        path=str(file),
    )


def taken(place: Place) -> StoreError:
    """Something stands where a backup is to be restored to."""
    return StoreError(
        f"「{place}」にはもう何かあります。控えは、まだ何もない所にだけ戻せます。--db で別の場所を示してください。",
        f"something stands at {place} already; a backup is restored only where nothing is: give another --db",
        place=str(place),
    )


def unwritable(file: Path, error: OSError) -> StoreError:
    """The file, or its folder, does not let itself be written or read."""
    why = error.strerror or str(error)
    return StoreError(
        f"「{file}」を書けません（{why}）。フォルダーがあるか、空きと許可を確かめてください。書きかけは残していません。",
        f"cannot write {file}: {why}; check its folder, the room on the disk and the permissions; nothing was left",
        path=str(file),
    )


def no_backup(file: Path) -> StoreError:
    """It is something else."""
    return StoreError(
        f"「{file}」は窓口の控えのファイルではありません。madoguchi db backup で作ったファイルを指定してください。",
        f"{file} is no backup; give a file made with `madoguchi db backup`",
        path=str(file),
    )


def damaged(what: Path | Place) -> StoreError:
    """It is not what was written."""
    return StoreError(
        f"「{what}」の中身が壊れているか、書きかえられています。控えなら別の控えを、ストアなら控えを使ってください。",
        f"{what} is damaged or was altered; use another backup, or for a store a backup of it",
        path=str(what),
    )
