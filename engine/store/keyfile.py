"""The key file on the disk: read, written new, and written in the place of the former one.

It is JSON: {"format": "madoguchi-keys/1", "active": "1", "keys": {"1": "<32 bytes in base64>"}}. What is written goes
down to the disk before anything is sealed with it: a value sealed under a lost key is lost.
"""

from __future__ import annotations

import base64
import json
import os
import stat
from collections.abc import Mapping
from pathlib import Path

from engine.store import files

FORMAT = "madoguchi-keys/1"


def read(path: Path) -> tuple[int, dict[int, bytes]]:
    """The active id and the keys in a file; raises what goes wrong as it comes."""
    text = json.loads(path.read_text(encoding="utf-8"))
    if text["format"] != FORMAT:
        raise ValueError(f"another format: {text['format']}")
    keys = {int(number): base64.b64decode(key, validate=True) for number, key in text["keys"].items()}
    return int(text["active"]), keys


def write_new(path: Path, active: int, keys: Mapping[int, bytes]) -> None:
    """Write a file that was not there and that only its owner may read (mode 0600)."""
    text = {
        "format": FORMAT,
        "active": str(active),
        "keys": {str(number): base64.b64encode(key).decode() for number, key in sorted(keys.items())},
    }
    files.write_new(path, json.dumps(text, indent=2) + "\n")


def replace(path: Path, active: int, keys: Mapping[int, bytes]) -> None:
    """Put new contents in the place of a file, all at once: whoever reads finds the former ones or these."""
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)  # left by a program that was stopped here: nothing was ever sealed with it
    try:
        write_new(draft, active, keys)
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    files.keep_names_in(path.parent)


def readable_by_others(path: Path) -> bool:
    """Whether anybody but its owner may read the file; where there are no such permissions, nobody."""
    try:
        return os.name == "posix" and bool(path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH))
    except OSError:
        return False
