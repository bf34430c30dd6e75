"""Personal values: encrypted, bound to their case and field, and destructible."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import itemgetter

from engine.store import statements as sql
from engine.store.keys import KeyRing
from engine.store.recognition import KEY_CHECK, keyed, recognise
from engine.store.records import Envelope, StoredValue
from engine.store.session import Session
from engine.store.values import Sealed, altered, seal, unseal

_ORDER = itemgetter(0, 1)


class VaultRows(Session):
    """Seals values before they are written and opens them when they are read."""

    keys: KeyRing
    secret: bytes
    _key_is_present = False

    def put_value(self, case_id: int, field: str, plain: bytes, at: int) -> str:
        """The digest of the value, which may stand in a log; the value itself is kept sealed.

        Args:
            plain: the value as canonical JSON.
            at: epoch seconds.
        """
        envelope = self.envelope(case_id, field, plain, at)
        self.put_envelopes([envelope])
        return envelope.digest

    def envelope(self, case_id: int, field: str, plain: bytes, at: int) -> Envelope:
        """A value sealed and not yet kept; its digest may stand in a log.

        Raises:
            StoreError: the key of the store was changed, and the key file has not the new one.
        """
        self.go_by_present_key()
        sealed = seal(self.keys, case_id, field, plain)
        return Envelope(case_id, field, sealed.key_id, sealed.salt, sealed.blob, sealed.digest, at, None)

    def go_by_present_key(self) -> None:
        """Make sure, once in a transaction, that what is sealed here is sealed under the key the store goes by now.

        Another program may have changed it. It stays until this transaction ends: whoever changes it waits for us.
        """
        if not self._key_is_present:
            recognise(self.keys, self.rows(sql.KEY_CHECK, (KEY_CHECK,))[0][0], self._place)
            self._key_is_present = True

    def cross_file(self, what: str) -> None:
        """Nothing; called just before the key file is changed."""
        self._cross("file", what)

    def pseudonym(self, text: str) -> str:
        """A digest by which the same text is found again; only with the store's secret can it be guessed at."""
        return keyed(f"person|{text}", self.secret)

    def put_envelopes(self, envelopes: Sequence[Envelope]) -> None:
        """Keep sealed values together, each in the place of an earlier one of its field.

        Everybody takes them in the same order, so that nobody waits for somebody who waits for him.
        """
        self.run_each(sql.PUT_VALUE, sorted(envelopes, key=_ORDER))

    def envelopes(self, case_id: int) -> dict[str, Envelope]:
        """All sealed values of a case by field, unopened."""
        return {row[1]: Envelope._make(row) for row in self.rows(sql.ENVELOPES, (case_id,))}

    def get_value(self, case_id: int, field: str) -> bytes | None:
        """The value as it was put; None when there is none or it was destroyed.

        Raises:
            StoreError: the value was altered, moved or half destroyed, or its key is not in the ring.
        """
        found = self.row(sql.VALUE, (case_id, field))
        return None if found is None else self.opened(Envelope(*found))

    def opened(self, envelope: Envelope) -> bytes | None:
        """The value in an envelope; None when it was destroyed.

        Raises:
            StoreError: the value was altered, moved or half destroyed, or its key is not in the ring.
        """
        case_id, field, key_id, salt, blob, digest, _, destroyed_at = envelope
        if (salt, blob) == (None, None) and destroyed_at is not None:
            return None
        if destroyed_at is not None or not (isinstance(salt, bytes) and isinstance(blob, bytes)):
            raise altered(case_id, field)
        sealed = Sealed(blob, salt, digest)
        plain = unseal(self.keys, case_id, field, sealed)
        if sealed.key_id != key_id:
            raise altered(case_id, field)
        return plain

    def values(self, case_id: int) -> list[StoredValue]:
        """Which values the case has, by field, without opening them."""
        return [StoredValue(*row) for row in self.rows(sql.VALUES, (case_id,))]

    def destroy(self, case_id: int, fields: Iterable[str], at: int) -> None:
        """Take away values with their salts, so that their digests tell nothing any more.

        What commands on the case were goes too: with the keys one could try which value gives its fingerprint.
        """
        self.run_each(sql.DESTROY_VALUE, [(None, None, at, case_id, field) for field in sorted(fields)])
        self.run(sql.FORGET_FINGERPRINTS, ("", case_id))
