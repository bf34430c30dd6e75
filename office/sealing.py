"""Sealing a store's logs, giving out the signed head, and verifying all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

from engine.clock import from_seconds, to_seconds
from engine.difference import Difference
from engine.errors import NotPossibleNow, UnknownThing
from engine.store import Finding, Store
from engine.store import heads as signed
from engine.store.files import EVERYBODY, write_new
from engine.store.heads import SignedHead
from engine.store.records import Seal
from engine.store.seal_verification import verify_head, verify_readings, verify_seals
from engine.store.sealing import seal, signer_of, signing_path
from engine.store.signing import PublicKey
from engine.verify import verify_everything
from office.asking import Asked
from office.session import clock_of, store_there

Said = tuple[str, list[str], dict[str, Any]]


class Verified(NamedTuple):
    """What was found in how much; each head with the file it came from, and whether the store goes on from it."""

    cases: int
    seals: int
    readings: int
    found: tuple[Finding | Difference, ...]
    heads: tuple[tuple[Path, SignedHead, bool], ...]
    nearby: Path | None

    def lines(self, lang: str) -> list[str]:
        """The findings, a line each; then the heads, and a last line that sums up."""
        sums = (self.cases, self.seals, self.readings, len(self.found))
        if lang == "en":
            heads = [
                f"{file}: {'fits' if fits else 'does NOT fit'} (seal {one.seal})" for file, one, fits in self.heads
            ]
            last = "{} cases, {} seals, {} readings verified, {} findings".format(*sums)
            key = f"signatures were checked with the key beside the store, {self.nearby}"
        else:
            heads = [
                f"控え「{file}」(封{one.seal}、{one.sealed_at[:16]}): {'合っています' if fits else '合いません'}。"
                for file, one, fits in self.heads
            ]
            last = "案件{}件、封{}個、閲覧の記録{}行を確かめました。誤りは{}件です。".format(*sums)
            key = f"署名は、ストアのそばの鍵「{self.nearby}」で確かめました。"
        return [*(one.text(lang) for one in self.found), *heads, *([key] if self.nearby else []), last]

    def facts(self) -> dict[str, Any]:
        """The same for a program."""
        return {
            "cases": self.cases,
            "seals": self.seals,
            "readings": self.readings,
            "findings": [{"kind": "differs", **asdict(one)} for one in self.found],
            "heads": [{"file": str(file), "seal": one.seal, "fits": fits} for file, one, fits in self.heads],
        }


def sealed(asked: Asked) -> Said:
    """What a person must be told once, and the seals that were made, in words and as data.

    Raises:
        StoreError: the signing key is missing or another one, or the store cannot be written.
    """
    with store_there(asked) as store:
        at = to_seconds(clock_of(asked, practice=store.practice).now())
        path = signing_path(store)
        known = path is None or path.exists()
        made = seal(store, signer_of(store), at)
        with store.reading() as tx:
            last = tx.last_seal()
    news = "" if known or not made else _news(path)
    lines = [f"封{one.number}をしました({_told(one)})。" for one in made]
    if not made:
        lines = ["前の封から変わった記録はありません。" if last else "封をする記録がまだありません。"]
    return news, lines, {"seals": [_facts(one) for one in made], "last": last and _facts(last)}


def head(asked: Asked, number: int | None, out: Path | None) -> Said:
    """The signed head of a seal as text, and what was done with it in words and as data.

    Raises:
        UnknownThing: there is no such seal.
        NotPossibleNow: the file is there already, or cannot be written.
    """
    with store_there(asked) as store, store.reading() as tx:
        seals = {one.number: one for one in tx.seals()}
        found = seals.get(number or max(seals, default=0))
        if found is None:
            raise _no_seal(asked, number)
        former = seals.get(found.number - 1)
        text = signed.write(found, tx.leaves(former.size if former else 0, found.size))
    if out is not None:
        _write(out, text)
    line = f"封{found.number}の控えを「{out}」に書きました。ストアとは別の人・別の所に置いてください。"
    return text, [line], {**_facts(found), "file": str(out)}


def public_key(asked: Asked, out: Path | None) -> Said:
    """The public key as PEM, and what was done with it.

    Raises:
        StoreError: the signing key is missing.
        NotPossibleNow: the file is there already, or cannot be written.
    """
    with store_there(asked) as store:
        key = signer_of(store).public
    if out is not None:
        _write(out, key.pem)
    line = f"封の公開鍵 {key.id} を「{out}」に書きました。控えを確かめる人に、控えとは別に渡してください。"
    return key.pem, [line], {"key": key.id, "file": str(out)}


def verified(asked: Asked, files: Sequence[Path], key_files: Sequence[Path]) -> Verified:
    """What is wrong with the store, and whether it goes on from every head.

    Raises:
        UnknownThing: there is no store.
        StoreError: a head or a key cannot be used, or the store is too damaged to be read.
    """
    with store_there(asked) as store:
        given = [PublicKey.load(file) for file in key_files]
        keys = given or _nearby(store)
        heads = sorted(((file, signed.read(file, keys)) for file in files), key=lambda one: one[1].seal)
        with store.reading() as tx:
            found = [*verify_everything(tx), *verify_seals(tx, keys), *verify_readings(tx)]
            since = [(file, one, verify_head(tx, one)) for file, one in heads]
            last = tx.last_reading()
            counts = (tx.count_cases(), len(tx.seals()), last.number if last else 0)
    every = dict.fromkeys([*found, *(one for _, _, told in since for one in told)])
    told = tuple((file, one, not told) for file, one, told in since)
    nearby = signing_path(store) if keys and not given and (counts[1] or heads) else None
    return Verified(*counts, tuple(every), told, nearby)


def _nearby(store: Store) -> list[PublicKey]:
    """The public half of the key beside the store; none where there is no such file."""
    path = signing_path(store)
    return [signer_of(store).public] if path is not None and path.exists() else []


def _write(out: Path, text: str) -> None:
    try:
        write_new(out, text, EVERYBODY)
    except FileExistsError as error:
        ja = f"「{out}」はすでにあります。上書きはしません。別の名前にしてください。"
        raise NotPossibleNow(ja, f"{out} is there already and is not overwritten", file=str(out)) from error
    except OSError as error:
        ja = f"「{out}」に書けません({error.strerror})。場所の名前と許可を確かめてください。"
        raise NotPossibleNow(ja, f"cannot write {out}: {error.strerror}", file=str(out)) from error


def _no_seal(asked: Asked, number: int | None) -> UnknownThing:
    if number is None:
        ja = f"ストア「{asked.db}」にはまだ封がありません。madoguchi log seal で封をしてください。"
        return UnknownThing(ja, f"the store {asked.db} was never sealed; run `madoguchi log seal` first")
    ja = f"ストア「{asked.db}」に封{number}はありません。"
    return UnknownThing(ja, f"there is no seal {number} in {asked.db}", seal=number)


def _news(path: Path | None) -> str:
    return (
        f"署名の鍵のファイルを作りました: {path}\n"
        "この鍵を持つ人は封を作れます。控え(バックアップ)を取り、持つ人を限ってください。"
    )


def _told(one: Seal) -> str:
    return f"全部で{one.size}枚、根 {one.root[:16]}…"


def _facts(one: Seal) -> dict[str, Any]:
    return {
        "seal": one.number,
        "size": one.size,
        "root": one.root,
        "sealed_at": from_seconds(one.at).isoformat(),
        "key": one.key_id,
    }
