"""By what a store and its keys know each other, and the secret of the store that its keys keep.

Two facts of the store are sealed under its key: a known text, which only the right ring opens, and the secret under
which commands are fingerprinted. Both are sealed anew when the key changes; so the first also says which key holds now.
"""

from __future__ import annotations

import base64
import hmac
import json
import secrets
from pathlib import Path

from engine.errors import StoreError
from engine.store.canonical import canonical
from engine.store.keys import KeyRing
from engine.store.place import Place
from engine.store.schema import APPLICATION
from engine.store.values import Sealed, seal, unseal

KEY_CHECK = "key_check"
FINGERPRINT_KEY = "fingerprint_key"
_SECRET_BYTES = 32


def ring_of(place: Place, keys: KeyRing | Path | None) -> KeyRing:
    """The ring given, or the one in a key file: the one named, or the one beside the store.

    Raises:
        StoreError: the file is missing, may not be read, or is no key file.
    """
    if isinstance(keys, KeyRing):
        return keys
    return KeyRing.load(keys or key_path_of(place))


def key_path_of(place: Place) -> Path:
    """Where the keys are when nothing is said.

    Raises:
        StoreError: the place is on a server, where it has to be said.
    """
    if place.key_path is not None:
        return place.key_path
    raise StoreError(
        f"ストア「{place}」の鍵ファイルの場所を --keys で示してください（例: --keys /etc/madoguchi/town.key）。"
        "環境変数 MADOGUCHI_KEYS でも示せます。まだなければ、そこに作られます。",
        f"say where the key file of the store {place} is with --keys (such as --keys /etc/madoguchi/town.key) or in the"
        " environment variable MADOGUCHI_KEYS; a new store makes it there",
        place=str(place),
    )


def facts_for(ring: KeyRing, secret: bytes) -> dict[str, str]:
    """Both facts, sealed under the ring's active key."""
    known = {KEY_CHECK: APPLICATION.encode(), FINGERPRINT_KEY: secret}
    return {name: _sealed(ring, name, plain) for name, plain in known.items()}


def new_secret() -> bytes:
    """A secret for a store that has none yet."""
    return secrets.token_bytes(_SECRET_BYTES)


def recognise(ring: KeyRing, check: str, place: str) -> None:
    """Nothing, when the ring, or its file by now, opens the known text of the store.

    Raises:
        StoreError: it is the ring of another store, or of this one before its key was changed.
    """
    if ring.vouched == check:
        return
    try:
        _opened(ring, KEY_CHECK, check)
    except StoreError as error:
        raise _stranger(ring, check, place) from error
    ring.vouched = check


def secret_of(ring: KeyRing, sealed: str) -> bytes:
    """The secret of the store.

    Raises:
        StoreError: the ring does not open it, or it was altered.
    """
    return _opened(ring, FINGERPRINT_KEY, sealed)


def keyed(digest: str, secret: bytes) -> str:
    """A digest as it is kept: nobody without the secret can try what gives it."""
    return hmac.digest(secret, digest.encode(), "sha256").hex()


def _sealed(ring: KeyRing, name: str, plain: bytes) -> str:
    sealed = seal(ring, 0, name, plain)
    return canonical([base64.b64encode(sealed.blob).decode(), sealed.salt.hex(), sealed.digest])


def _opened(ring: KeyRing, name: str, text: str) -> bytes:
    return unseal(ring, 0, name, _read(text))


def _read(text: str) -> Sealed:
    try:
        blob, salt, digest = json.loads(text)
        return Sealed(base64.b64decode(blob, validate=True), bytes.fromhex(salt), str(digest))
    except (ValueError, TypeError) as error:
        raise StoreError(
            "ストアが自分の鍵について書いた記録が壊れています。控え（バックアップ）から戻してください。",
            "what the store says about its own key is damaged; restore it from a backup",
        ) from error


def _stranger(ring: KeyRing, check: str, place: str) -> StoreError:
    file = str(ring.path or "(memory)")
    key = _read(check).key_id
    if key in ring.ids:
        return StoreError(
            f"鍵ファイル「{file}」は、ストア「{place}」のものではありません。"
            "このストアを作ったときの鍵ファイルを使ってください。",
            f"the key file {file} is not the one of the store {place}; use the file made with this store",
            place=place,
            path=file,
        )
    return StoreError(
        f"ストア「{place}」の今の鍵(番号{key})が、鍵ファイル「{file}」にありません。別のストアの鍵ファイルか、"
        "鍵を替える前の鍵ファイルです。このストアの、鍵を替えた後の鍵ファイルを使ってください。",
        f"the key {key} that the store {place} goes by is not in the key file {file}: it is the file of another store,"
        " or the one from before the key was changed; use the file as it was after that",
        place=place,
        path=file,
        key=key,
    )
