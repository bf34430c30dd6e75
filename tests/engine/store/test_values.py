"""Sealing one value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import StoreError
from engine.store import KeyRing
from engine.store.values import Sealed, digest_of, seal, unseal

RING = KeyRing.ephemeral()
PLAIN = '{"氏名":"花見川 さくら"}'.encode()


@given(st.binary(max_size=300), st.integers(0, 2**40), st.text(max_size=20))
def test_what_is_sealed_opens_again_and_only_there(plain: bytes, case_id: int, field: str) -> None:
    sealed = seal(RING, case_id, field, plain)
    assert unseal(RING, case_id, field, sealed) == plain
    for other_case, other_field in ((case_id + 1, field), (case_id, field + "x")):
        with pytest.raises(StoreError):
            unseal(RING, other_case, other_field, sealed)


def test_any_flipped_bit_is_noticed() -> None:
    sealed = seal(RING, 1, "f", b"{}")
    for place in range(len(sealed.blob) * 8):
        blob = bytearray(sealed.blob)
        blob[place // 8] ^= 1 << place % 8
        with pytest.raises(StoreError):
            unseal(RING, 1, "f", Sealed(bytes(blob), sealed.salt, sealed.digest))


def test_a_value_cut_short_is_noticed() -> None:
    sealed = seal(RING, 1, "f", b"{}")
    for length in range(len(sealed.blob)):
        with pytest.raises(StoreError, match="案件1の「f」"):
            unseal(RING, 1, "f", sealed._replace(blob=sealed.blob[:length]))


def test_a_key_that_is_not_in_the_ring_is_named() -> None:
    sealed = seal(KeyRing({7: b"k" * 32}, 7), 1, "f", b"{}")
    with pytest.raises(StoreError) as refused:
        unseal(RING, 1, "f", sealed)
    assert "番号7" in refused.value.ja
    assert "the key 7" in refused.value.en


def test_another_ring_does_not_open_it() -> None:
    with pytest.raises(StoreError):
        unseal(KeyRing.ephemeral(), 1, "f", seal(RING, 1, "f", PLAIN))


def test_no_two_seals_are_alike() -> None:
    sealed = [seal(RING, 1, "f", PLAIN) for _ in range(200)]
    assert len({one.blob[2:14] for one in sealed}) == len({one.salt for one in sealed}) == 200


def test_the_header_says_the_format_and_the_key() -> None:
    sealed = seal(KeyRing({9: b"k" * 32}, 9), 1, "f", PLAIN)
    assert sealed.blob[:2] == bytes((1, 9))
    assert len(sealed.blob) == 2 + 12 + len(PLAIN) + 16


def test_the_digest_is_of_the_salt_and_the_value() -> None:
    sealed = seal(RING, 1, "f", b"abc")
    assert sealed.digest == digest_of(sealed.salt, b"abc")
    # FIPS 180-2, B.1: SHA-256 of "abc"
    assert digest_of(b"", b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
