"""Files that must not be lost: written whole, down to the disk, and never over another one."""

from __future__ import annotations

import os
from pathlib import Path

OWNER_ONLY, EVERYBODY = 0o600, 0o644


def write_new(path: Path, text: str, mode: int = OWNER_ONLY) -> None:
    """Write a file that was not there; raises FileExistsError where there is one, any OSError as it comes."""
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(opened, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    keep_names_in(path.parent)


def put_in_place(draft: Path, path: Path) -> None:
    """Give a finished draft its name, all at once; raises FileExistsError where there is a file of that name."""
    opened = os.open(draft, os.O_RDWR)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        raise
    except OSError:  # some disks know no second name for a file
        if path.exists():
            raise FileExistsError(str(path)) from None
        draft.replace(path)
    draft.unlink(missing_ok=True)
    keep_names_in(path.parent)


def keep_names_in(folder: Path) -> None:
    """Bring the names of a folder's files down to the disk."""
    if os.name == "posix":  # elsewhere a folder cannot be opened
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
