"""The keys under which values are sealed: a file of its own beside the database, never inside it.

The file is JSON: {"format": "madoguchi-keys/1", "active": "1", "keys": {"1": "<32 bytes in base64>"}}. Several keys can
stand in it; new values are sealed under the active one, old ones keep the key whose id is in their header.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from engine.errors import StoreError

FORMAT = "madoguchi-keys/1"
KEY_BYTES = 32
_IDS = range(1, 256)  # one byte in the header of a sealed value


class KeyRing:
    """The keys of one store by id; `path` is the file they came from, None for a ring that lives in memory only."""

    def __init__(self, keys: dict[int, bytes], active: int, path: Path | None = None) -> None:
        if active not in keys or any(number not in _IDS or len(key) != KEY_BYTES for number, key in keys.items()):
            raise ValueError("a ring has an active key among its keys, ids from 1 to 255, and 32 bytes in each key")
        self.active = active
        self.path = path
        self._ciphers = {number: AESGCM(key) for number, key in keys.items()}

    def __repr__(self) -> str:
        return f"<KeyRing of {len(self._ciphers)} keys, active {self.active}>"

    def cipher(self, number: int) -> AESGCM | None:
        """The cipher under the key with this id, or None."""
        return self._ciphers.get(number)

    @classmethod
    def ephemeral(cls) -> KeyRing:
        """A ring with a new key that is written nowhere, for a store in memory."""
        return cls({1: secrets.token_bytes(KEY_BYTES)}, 1)

    @classmethod
    def create(cls, path: Path) -> KeyRing:
        """A ring with a new key, written to a new file that only its owner may read (mode 0600).

        Raises:
            StoreError: there is a file already, or the folder cannot be written.
        """
        key = secrets.token_bytes(KEY_BYTES)
        text = {"format": FORMAT, "active": "1", "keys": {"1": base64.b64encode(key).decode()}}
        try:
            _write_new(path, json.dumps(text, indent=2) + "\n")
        except FileExistsError as error:
            raise _said(
                path,
                "鍵ファイル「{path}」はすでにあります。上書きはしません。",
                "there is a key file {path} already; it is not overwritten",
            ) from error
        except OSError as error:
            raise _said(
                path,
                "鍵ファイル「{path}」を作れません。フォルダーがあり、書き込めるかを確かめてください。",
                "the key file {path} cannot be made; check that its folder exists and may be written",
            ) from error
        return cls({1: key}, 1, path)

    @classmethod
    def load(cls, path: Path) -> KeyRing:
        """The ring in a file.

        Raises:
            StoreError: the file is missing, may not be read, or is no key file.
        """
        try:
            active, keys = _read(path)
            return cls(keys, active, path)
        except FileNotFoundError as error:
            raise _said(
                path,
                "鍵ファイル「{path}」がありません。このストアを作ったときの鍵ファイルを、この場所に戻してください。"
                "鍵がないと、保存された申請内容は読めません。",
                "the key file {path} is missing; put back the file made with this store: without it the stored answers"
                " cannot be read",
            ) from error
        except OSError as error:
            raise _said(
                path,
                "鍵ファイル「{path}」を読めません。通常のファイルで、読む許可があるかを確かめてください。",
                "the key file {path} cannot be read; check that it is a file and that you may read it",
            ) from error
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise _said(
                path,
                "「{path}」は窓口の鍵ファイルとして読めません（形式 " + FORMAT + "）。"
                "このストアを作ったときの鍵ファイルに置きかえてください。",
                "{path} does not read as a key file (format " + FORMAT + "); put the file made with this store there",
            ) from error


def _read(path: Path) -> tuple[int, dict[int, bytes]]:
    """The active id and the keys in a file; raises what goes wrong as it comes."""
    text = json.loads(path.read_text(encoding="utf-8"))
    if text["format"] != FORMAT:
        raise ValueError(f"another format: {text['format']}")
    keys = {int(number): base64.b64decode(key, validate=True) for number, key in text["keys"].items()}
    return int(text["active"]), keys


def _write_new(path: Path, text: str) -> None:
    """Write a file that was not there, down to the disk: a value sealed under a lost key is lost."""
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
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


def _said(path: Path, ja: str, en: str) -> StoreError:
    return StoreError(ja.format(path=path), en.format(path=path), path=str(path))
