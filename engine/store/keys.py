"""The keys under which values are sealed: a file of its own beside the database, never inside it.

Several keys can stand in it; new values are sealed under the active one, old ones keep the key whose id is in their
header. Another program may change the file while this one runs: a key that is not known is looked for there once more.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from engine.errors import StoreError
from engine.store import keyfile

KEY_BYTES = 32
_IDS = range(1, 256)  # one byte in the header of a sealed value


class KeyRing:
    """The keys of one store by id; `path` is the file they came from, None for a ring that lives in memory only."""

    def __init__(self, keys: dict[int, bytes], active: int, path: Path | None = None) -> None:
        if active not in keys or any(number not in _IDS or len(key) != KEY_BYTES for number, key in keys.items()):
            raise ValueError("a ring has an active key among its keys, ids from 1 to 255, and 32 bytes in each key")
        self.active = active
        self.path = path
        self.vouched = ""  # what a store last showed of itself, once this ring had opened it
        self._keys = dict(keys)  # those of the file
        self._ciphers = {number: AESGCM(key) for number, key in keys.items()}

    def __repr__(self) -> str:
        return f"<KeyRing of {len(self._ciphers)} keys, active {self.active}>"

    @property
    def ids(self) -> list[int]:
        """The ids of the keys in its file, in order."""
        return sorted(self._keys)

    @property
    def readable_by_others(self) -> bool:
        """Whether its file may be read by anybody but its owner."""
        return self.path is not None and keyfile.readable_by_others(self.path)

    def cipher(self, number: int) -> AESGCM | None:
        """The cipher under the key with this id, looked for in the file if it is not known; None when there is none.

        Raises:
            StoreError: it is not known, and the file is missing or no key file any more.
        """
        if number not in self._ciphers and self.path is not None:
            self.read_again()
        return self._ciphers.get(number)

    def another(self, number: int) -> AESGCM | None:
        """The cipher of another key that the file has under this id by now: ids come round after 255 changes."""
        before = self._keys.get(number)
        try:
            self.read_again()
        except StoreError:
            return None
        return self._ciphers.get(number) if self._keys.get(number) != before else None

    def read_again(self) -> None:
        """Take up what the file says now. A key that left it stays known here: what was read before may need it.

        Raises:
            StoreError: the file is missing, may not be read, or is no key file.
        """
        if self.path is not None:
            now = KeyRing.load(self.path)
            self._take(now.active, now._keys)  # noqa: SLF001 - a ring like this one

    def add_key(self) -> None:
        """Make a new key and let it be the active one, in the file first.

        Raises:
            StoreError: the file cannot be written; the ring and the file are as they were.
        """
        number = next(n for n in (*range(self.active + 1, 256), *_IDS) if n not in self._keys)
        self._put(number, self._keys | {number: secrets.token_bytes(KEY_BYTES)})

    def drop_others(self) -> None:
        """Keep the active key only, in the file first.

        Raises:
            StoreError: the file cannot be written; the ring and the file are as they were.
        """
        self._put(self.active, {self.active: self._keys[self.active]})

    def _put(self, active: int, keys: dict[int, bytes]) -> None:
        if self.path is not None:
            try:
                keyfile.replace(self.path, active, keys)
            except OSError as error:
                raise _said(
                    self.path,
                    "鍵ファイル「{path}」を書きかえられません。ディスクの空きと、フォルダーに書き込む許可を確かめてください。"
                    "前の鍵ファイルはそのままです。",
                    "the key file {path} cannot be written anew; check for room on the disk and that its folder may be"
                    " written; the former file is as it was",
                ) from error
        self._take(active, keys)

    def _take(self, active: int, keys: dict[int, bytes]) -> None:
        self._keys = keys
        self._ciphers = self._ciphers | {number: AESGCM(key) for number, key in keys.items()}
        self.active = active

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
        try:
            keyfile.write_new(path, 1, {1: key})
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
            active, keys = keyfile.read(path)
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
                "「{path}」は窓口の鍵ファイルとして読めません（形式 " + keyfile.FORMAT + "）。"
                "このストアを作ったときの鍵ファイルに置きかえてください。",
                "{path} does not read as a key file (format "
                + keyfile.FORMAT
                + "); put the file made with this store there",
            ) from error


def _said(path: Path, ja: str, en: str) -> StoreError:
    return StoreError(ja.format(path=path), en.format(path=path), path=str(path))
