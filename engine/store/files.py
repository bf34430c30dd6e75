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
    if os.name == "posix":  # elsewhere a folder cannot be opened
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
