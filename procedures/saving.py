"""Texts put into files whole, or not at all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from engine.errors import Refusal


def save(text: str, path: Path) -> None:
    """Nothing; the text is in the file, or the file is as it was.

    Raises:
        OSError: it cannot be written; the error names the file.
    """
    beside = path.parent / f".{path.name}.new"
    try:
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(path)) from error


def save_new(texts: Mapping[Path, str]) -> None:
    """Nothing; all the files are there with their texts and folders, or none is.

    Raises:
        Refusal: one of them is there already; none is overwritten.
        OSError: one cannot be written; the error names it.
    """
    there = [path for path in texts if path.exists()]
    if there:
        names = "・".join(str(path) for path in there)
        raise Refusal(f"{names} はもうあります。上書きはしません。", f"{names}: there already; not overwritten")
    made: list[Path] = []
    try:
        for path, text in texts.items():
            lacking = [one for one in (path.parent, *path.parent.parents) if not one.exists()]
            for folder in reversed(lacking):
                folder.mkdir()
                made.append(folder)
            save(text, path)
            made.append(path)
    except OSError:
        for one in reversed(made):
            one.rmdir() if one.is_dir() else one.unlink()
        raise


def require_room(folder: Path) -> None:
    """Nothing, when files can be made in a folder, or in one that is to be made there.

    Raises:
        Refusal: something else is there, or it may not be written to.
    """
    there = next(one for one in (folder, *folder.absolute().parents) if one.exists())
    if not there.is_dir() or not os.access(there, os.W_OK):
        raise Refusal(
            f"「{folder}」には書けません。書けるフォルダを指定してください。", f"{folder} cannot be written to"
        )


def room_in(folder: Path, room: str) -> Path:
    """Where a folder of definitions keeps its procedures or forms: below that name, or in itself when it is flat."""
    flat = folder.name == room or (not (folder / room).is_dir() and any(folder.glob("*/*.toml")))
    return folder if flat else folder / room
