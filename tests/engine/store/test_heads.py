"""A head that is given out can be read again; one that was damaged or not signed is refused."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.errors import StoreError
from engine.store import Store, heads
from engine.store.sealing import seal
from engine.store.signing import PublicKey, Signer
from tests.engine.store.samples import NOON, opened

SIGNER, STRANGER = Signer.create(None), Signer.create(None)


@pytest.fixture
def head(tmp_path: Path) -> Path:
    """The head of the second seal of a store."""
    with Store.open(":memory:") as store:
        for length in (1, 2):
            with store.transaction() as tx:
                opened(tx, length)
            (made,) = seal(store, SIGNER, NOON)
        with store.reading() as tx:
            text = heads.write(made, tx.leaves(1, 2))
    file = tmp_path / "head.json"
    file.write_text(text, "utf-8")
    return file


def test_a_head_tells_its_seal_its_root_and_the_leaves_it_added(head: Path) -> None:
    found = heads.read(head, [STRANGER.public, SIGNER.public])
    assert (found.seal, found.size, found.first, len(found.root)) == (2, 2, 1, 64)
    assert [(leaf.number, leaf.kind, leaf.case_id, leaf.version) for leaf in found.leaves] == [(1, "case", 2, 2)]
    assert found.sealed_at == "2023-03-28T19:40:00+09:00"


def changed(name: str, value: Any) -> Callable[[str], str]:  # noqa: ANN401 - JSON
    return lambda text: json.dumps({**json.loads(text), name: value})


DAMAGED = {
    "half": lambda text: text[: len(text) // 2],
    "empty": lambda _: "",
    "a list": lambda _: "[]",
    "deep": lambda _: "[" * 100_000,
    "another file": lambda _: '{"format": "madoguchi-keys/1"}',
    "no size": changed("size", None),
    "a size in words": changed("size", "2"),
    "yes for a size": changed("size", value=True),
    "leaves that are none": changed("leaves", [1]),
    "a leaf too short": changed("leaves", [["case", 1, 1]]),
    "a surrogate": changed("store", "\ud800"),
}


@pytest.mark.parametrize("name", [name for name in DAMAGED if name != "a surrogate"])
def test_what_is_no_head_is_refused(head: Path, name: str) -> None:
    head.write_text(DAMAGED[name](head.read_text("utf-8")), "utf-8")
    with pytest.raises(StoreError, match=r"封の控え.*として読めません"):
        heads.read(head, [SIGNER.public])


CHANGES = {
    "store": "0" * 32,
    "seal": 3,
    "size": 3,
    "root": "0" * 64,
    "sealed_at": "2023-03-28T19:40:01+09:00",
    "previous": "",
    "leaves": [],
    "signature": "00" * 64,
    "more": "than there was",
}


@pytest.mark.parametrize("name", CHANGES)
def test_one_changed_value_does_not_fit_the_signature(head: Path, name: str) -> None:
    head.write_text(changed(name, CHANGES[name])(head.read_text("utf-8")), "utf-8")
    with pytest.raises(StoreError, match="署名が合いません"):
        heads.read(head, [SIGNER.public])


def test_every_flipped_bit_of_a_head_is_refused(head: Path) -> None:
    text = head.read_bytes()
    for place in range(0, len(text) - 1, 3):
        head.write_bytes(text[:place] + bytes((text[place] ^ 1,)) + text[place + 1 :])
        with pytest.raises(StoreError):
            heads.read(head, [SIGNER.public])


def test_halves_of_letters_are_refused(head: Path) -> None:
    head.write_text(DAMAGED["a surrogate"](head.read_text("utf-8")), "utf-8")
    with pytest.raises(StoreError, match="署名が合いません"):
        heads.read(head, [SIGNER.public])


def test_a_newer_format_is_named(head: Path) -> None:
    head.write_text(changed("format", "madoguchi-head/2")(head.read_text("utf-8")), "utf-8")
    with pytest.raises(StoreError, match=r"新しい形式\(2\)"):
        heads.read(head, [SIGNER.public])


@pytest.mark.parametrize("keys", [[], [STRANGER.public]])
def test_a_key_that_is_not_here_is_asked_for(head: Path, keys: list[PublicKey]) -> None:
    with pytest.raises(StoreError, match=rf"鍵 {SIGNER.public.id} で署名.*--public-key"):
        heads.read(head, keys)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    for place in (tmp_path / "none.json", tmp_path):
        with pytest.raises(StoreError, match="を読めません"):
            heads.read(place, [SIGNER.public])


def test_a_public_key_comes_back_from_its_file(tmp_path: Path) -> None:
    file = tmp_path / "seal.pem"
    file.write_text(SIGNER.public.pem, "utf-8")
    assert PublicKey.load(file).id == SIGNER.public.id
    assert PublicKey.load(file).signed(b"head", SIGNER.sign(b"head"))
    assert not PublicKey.load(file).signed(b"head", STRANGER.sign(b"head"))


@pytest.mark.parametrize("text", ["", "no key", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"])
def test_what_is_no_key_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "seal.pem"
    file.write_text(text, "utf-8")
    for load in (PublicKey.load, Signer.load):
        with pytest.raises(StoreError, match=r"署名の鍵.*として読めません"):
            load(file)
        with pytest.raises(StoreError, match="を読めません"):
            load(tmp_path / "none.pem")
