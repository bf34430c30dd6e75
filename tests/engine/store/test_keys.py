"""The key file."""

import json
import stat
from pathlib import Path

import pytest

from engine.errors import StoreError
from engine.store import KeyRing
from engine.store.values import seal, unseal


def key_file(path: Path) -> dict[str, object]:
    read: dict[str, object] = json.loads(path.read_text("utf-8"))
    return read


def test_a_new_key_file_is_its_owners_alone(tmp_path: Path) -> None:
    KeyRing.create(tmp_path / "a.key")
    assert stat.S_IMODE((tmp_path / "a.key").stat().st_mode) == 0o600


def test_a_ring_loaded_opens_what_the_ring_created_has_sealed(tmp_path: Path) -> None:
    sealed = seal(KeyRing.create(tmp_path / "a.key"), 1, "f", b"{}")
    assert unseal(KeyRing.load(tmp_path / "a.key"), 1, "f", sealed) == b"{}"


def test_every_new_ring_has_a_key_of_its_own(tmp_path: Path) -> None:
    for name in ("a", "b"):
        KeyRing.create(tmp_path / name)
    assert key_file(tmp_path / "a")["keys"] != key_file(tmp_path / "b")["keys"]


def test_a_key_file_is_never_overwritten(tmp_path: Path) -> None:
    KeyRing.create(tmp_path / "a.key")
    before = (tmp_path / "a.key").read_bytes()
    with pytest.raises(StoreError, match="上書きはしません"):
        KeyRing.create(tmp_path / "a.key")
    assert (tmp_path / "a.key").read_bytes() == before


def test_a_ring_with_two_keys_opens_old_values_and_seals_under_the_active_one() -> None:
    old, new = b"o" * 32, b"n" * 32
    before = seal(KeyRing({1: old}, 1), 1, "f", b"{}")
    both = KeyRing({1: old, 2: new}, 2)
    assert unseal(both, 1, "f", before) == b"{}"
    assert seal(both, 1, "f", b"{}").key_id == 2


def test_a_missing_key_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as refused:
        KeyRing.load(tmp_path / "gone.key")
    for said in (refused.value.ja, refused.value.en):
        assert str(tmp_path / "gone.key") in said


KEY = "A" * 43 + "="


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not json",
        "[]",
        "null",
        "{}",
        '{"format": "other/1", "active": "1", "keys": {"1": "' + KEY + '"}}',
        '{"format": "madoguchi-keys/1", "active": "2", "keys": {"1": "' + KEY + '"}}',
        '{"format": "madoguchi-keys/1", "active": "1", "keys": {"1": "short"}}',
        '{"format": "madoguchi-keys/1", "active": "1", "keys": {"1": "AAAA"}}',
        '{"format": "madoguchi-keys/1", "active": "1", "keys": {"1": 5}}',
        '{"format": "madoguchi-keys/1", "active": "1", "keys": ["1"]}',
        '{"format": "madoguchi-keys/1", "active": "1", "keys": {"0": "' + KEY + '", "1": "' + KEY + '"}}',
        '{"format": "madoguchi-keys/1", "active": "1", "keys": {"256": "' + KEY + '", "1": "' + KEY + '"}}',
        "\udcff",
    ],
)
def test_a_garbled_key_file_says_what_is_expected(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.key").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(StoreError) as refused:
        KeyRing.load(tmp_path / "a.key")
    assert "madoguchi-keys/1" in refused.value.ja
    assert "does not read as a key file" in refused.value.en


def test_a_folder_is_no_key_file(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="読めません"):
        KeyRing.load(tmp_path)


def test_a_key_file_needs_its_folder(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="作れません"):
        KeyRing.create(tmp_path / "gone" / "a.key")


def test_a_ring_never_shows_its_keys() -> None:
    assert repr(KeyRing({1: b"s" * 32}, 1)) == "<KeyRing of 1 keys, active 1>"
