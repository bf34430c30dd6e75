"""One value sealed: AES-256-GCM bound to its case and field.

A sealed value is two bytes of header (format version, key id), a nonce of 96 bits from the operating system, the
ciphertext and its tag of 128 bits. Moved to another case or field, or changed in one bit, it does not open. The digest
is SHA-256 over a salt of its own and the value; it may stand in a log, for with the salt destroyed it tells nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from engine.errors import StoreError
from engine.store.keys import KeyRing

VERSION = 1
_HEADER, _NONCE, _TAG, _SALT = 2, 12, 16, 16


class Sealed(NamedTuple):
    """A sealed value, the salt of its digest, and the digest in hex."""

    blob: bytes
    salt: bytes
    digest: str

    @property
    def key_id(self) -> int:
        """The id of the key that opens it."""
        return self.blob[1]


def seal(ring: KeyRing, case_id: int, field: str, plain: bytes, salt: bytes | None = None) -> Sealed:
    """The value sealed under the ring's active key.

    Args:
        plain: the value as canonical JSON, so that equal values have equal bytes to digest.
        salt: that of the value as it was sealed before, whose digest stays; a new one if nothing is said.
    """
    cipher = ring.cipher(ring.active)
    if cipher is None:
        raise ValueError("a ring always has its active key")
    nonce = secrets.token_bytes(_NONCE)
    salt = salt or secrets.token_bytes(_SALT)
    body = cipher.encrypt(nonce, plain, _bound_to(case_id, field))
    return Sealed(bytes((VERSION, ring.active)) + nonce + body, salt, digest_of(salt, plain))


def unseal(ring: KeyRing, case_id: int, field: str, sealed: Sealed) -> bytes:
    """The value as it was sealed.

    Raises:
        StoreError: it was altered, belongs to another case or field, or its key is not in the ring.
    """
    blob, salt, digest = sealed
    if len(blob) < _HEADER + _NONCE + _TAG or blob[0] != VERSION:
        raise altered(case_id, field)
    cipher = ring.cipher(blob[1])
    if cipher is None:
        raise _unknown_key(ring, case_id, field, blob[1])
    try:
        plain = _decrypted(cipher, blob, case_id, field)
    except InvalidTag as error:
        if (cipher := ring.another(blob[1])) is None:
            raise altered(case_id, field) from error
        try:
            plain = _decrypted(cipher, blob, case_id, field)
        except InvalidTag:
            raise altered(case_id, field) from error
    if not hmac.compare_digest(digest_of(salt, plain).encode(), digest.encode(errors="replace")):
        raise altered(case_id, field)
    return plain


def _decrypted(cipher: AESGCM, blob: bytes, case_id: int, field: str) -> bytes:
    return cipher.decrypt(blob[_HEADER : _HEADER + _NONCE], blob[_HEADER + _NONCE :], _bound_to(case_id, field))


def digest_of(salt: bytes, plain: bytes) -> str:
    """The salted digest of a value, in hex."""
    return hashlib.sha256(salt + plain).hexdigest()


def _bound_to(case_id: int, field: str) -> bytes:
    return f"value|{case_id}|{field}".encode()


def altered(case_id: int, field: str) -> StoreError:
    """The error of a value that is not as it was sealed."""
    return StoreError(
        f"案件{case_id}の「{field}」の値は、書きかえられたか、別の案件・項目のもの、または別の鍵で封じたものです。"
        "控え（バックアップ）と照らし合わせてください。",
        f"case {case_id}: the value {field} was altered, belongs to another case or field, or was sealed under another"
        " key; compare it with a backup",
        case=case_id,
        field=field,
    )


def _unknown_key(ring: KeyRing, case_id: int, field: str, key_id: int) -> StoreError:
    place = ring.path or "(memory)"
    return StoreError(
        f"案件{case_id}の「{field}」の値を開く鍵（番号{key_id}）が、鍵ファイル「{place}」にありません。"
        "その鍵を含む鍵ファイルを使ってください。",
        f"case {case_id}: the key {key_id} that opens the value {field} is not in the key file {place}; use the file"
        " that has it",
        case=case_id,
        field=field,
        key=key_id,
    )
