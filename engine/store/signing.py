"""The key that signs what is sealed: Ed25519, in a file of its own beside the key file, never in the database.

The file is a private key in PEM (PKCS #8), such as other programs read too. Whoever has it can sign; whoever is to
check needs the public key only, which is given out as PEM. A key is called by the beginning of its public key's hash.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Self

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from engine.errors import StoreError
from engine.store.files import write_new

_ID_LETTERS = 16


class PublicKey:
    """A key that can check signatures; `id` is what seals call it by."""

    def __init__(self, key: Ed25519PublicKey) -> None:
        self._key = key
        self.id = hashlib.sha256(key.public_bytes_raw()).hexdigest()[:_ID_LETTERS]

    @classmethod
    def load(cls, path: Path) -> Self:
        """The public key in a PEM file.

        Raises:
            StoreError: the file is missing, cannot be read, or holds no such key.
        """
        try:
            key = load_pem_public_key(path.read_bytes())
        except OSError as error:
            raise _unread(path, error) from error
        except (ValueError, UnsupportedAlgorithm) as error:
            raise _no_key(path) from error
        if not isinstance(key, Ed25519PublicKey):
            raise _no_key(path)
        return cls(key)

    @property
    def pem(self) -> str:
        """The key as it is given out."""
        return self._key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    def signed(self, data: bytes, signature: str) -> bool:
        """Whether the signature (hex) was made over these bytes with the private half of this key."""
        try:
            self._key.verify(bytes.fromhex(signature), data)
        except (InvalidSignature, ValueError):
            return False
        return True


class Signer:
    """A key that signs; `path` is its file, None for one that lives in memory only."""

    def __init__(self, key: Ed25519PrivateKey, path: Path | None = None) -> None:
        self._key = key
        self.path = path
        self.public = PublicKey(key.public_key())

    def sign(self, data: bytes) -> str:
        """The signature over these bytes, in hex."""
        return self._key.sign(data).hex()

    @classmethod
    def create(cls, path: Path | None) -> Self:
        """A new key, written to a new file that only its owner may read; without a path it is written nowhere.

        Raises:
            StoreError: the file cannot be made.
        """
        key = Ed25519PrivateKey.generate()
        if path is not None:
            text = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
            try:
                write_new(path, text)
            except OSError as error:
                raise StoreError(
                    f"署名の鍵ファイル「{path}」を作れません。フォルダーがあり、書き込めるかを確かめてください。",
                    f"the signing key file {path} cannot be made; check that its folder exists and may be written",
                    path=str(path),
                ) from error
        return cls(key, path)

    @classmethod
    def load(cls, path: Path) -> Self:
        """The key in a file.

        Raises:
            StoreError: the file cannot be read, or holds no such key.
        """
        try:
            key = load_pem_private_key(path.read_bytes(), password=None)
        except OSError as error:
            raise _unread(path, error) from error
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise _no_key(path) from error
        if not isinstance(key, Ed25519PrivateKey):
            raise _no_key(path)
        return cls(key, path)


def _unread(path: Path, error: OSError) -> StoreError:
    return StoreError(
        f"署名の鍵ファイル「{path}」を読めません({error.strerror})。場所と、読む許可があるかを確かめてください。",
        f"the signing key file {path} cannot be read ({error.strerror}); check its place and that you may read it",
        path=str(path),
    )


def _no_key(path: Path) -> StoreError:
    return StoreError(
        f"「{path}」は署名の鍵(Ed25519のPEM)として読めません。このストアの署名の鍵のファイルを示してください。",
        f"{path} does not read as a signing key (Ed25519 in PEM); give the file that belongs to this store",
        path=str(path),
    )
