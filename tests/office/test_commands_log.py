"""Sealing, giving out the head and checking with it, as a person does it on the command line."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.office.door import EVENING, Door

At = Callable[[str], Door]
NOW = ("--at", EVENING)


@pytest.fixture
def sealed(at: At) -> Door:
    """A store with one case, sealed; its head and its public key lie in a folder of their own."""
    door = at("submitted")
    door("log", "seal")
    door.standing = ()
    (door.folder / "away").mkdir()
    door("log", "head", "--out", head(door))
    door("log", "public-key", "--out", key(door))
    return door


def head(door: Door) -> str:
    return str(door.folder / "away" / "head-1.json")


def key(door: Door) -> str:
    return str(door.folder / "away" / "seal.pem")


def tampered(door: Door, *changes: str) -> None:
    with closing(sqlite3.connect(door.store)) as connection, connection:
        for change in changes:
            connection.execute(change)


def test_the_first_seal_says_where_its_key_is_and_later_ones_do_not(at: At) -> None:
    door = at("submitted")
    first = door("log", "seal")
    assert "封1をしました" in first.stdout
    assert f"署名の鍵のファイルを作りました: {door.store}.sign" in first.stderr
    again = door("log", "seal")
    assert (again.stdout, again.stderr) == ("前の封から変わった記録はありません。\n", "")
    assert again.exit_code == 0


def test_a_seal_tells_a_program_its_root_and_when(sealed: Door) -> None:
    sealed.standing = NOW
    sealed("case", "check", "1", "identity=passed", "--as", "counter:c1")
    told = sealed.json("log", "seal")
    assert [(one["seal"], one["size"], one["sealed_at"]) for one in told["seals"]] == [(2, 2, f"{EVENING}:00+09:00")]
    assert sealed.json("log", "seal") == {"seals": [], "last": told["seals"][0]}


def test_the_head_on_the_screen_is_the_head_in_the_file(sealed: Door) -> None:
    assert sealed("log", "head").stdout == Path(head(sealed)).read_text("utf-8")
    assert sealed("log", "public-key").stdout == Path(key(sealed)).read_text("utf-8")


def test_a_store_goes_on_from_its_head_after_more_work(sealed: Door) -> None:
    sealed.standing = NOW
    sealed("case", "check", "1", "identity=passed", "--as", "counter:c1")
    sealed("log", "seal")
    sealed.standing = ()
    said = sealed("log", "verify", "--head", head(sealed), "--public-key", key(sealed)).stdout
    assert said.splitlines() == [
        f"控え「{head(sealed)}」(封1、2022-05-30T20:00): 合っています。",
        "案件1件、封2個、閲覧の記録0行を確かめました。誤りは0件です。",
    ]
    nearby = sealed("log", "verify", "--lang", "en").stdout
    assert nearby.endswith(f"{sealed.store}.sign\n1 cases, 2 seals, 0 readings verified, 0 findings\n")


def test_a_case_that_was_cut_off_is_named_and_the_head_does_not_fit(sealed: Door) -> None:
    last = "(SELECT hash FROM event WHERE case_id = 1 AND seq = 1)"
    tampered(sealed, "DELETE FROM event WHERE seq > 1", f"UPDATE case_ SET version = 1, head = {last}")  # noqa: S608
    found = sealed("log", "verify", "--head", head(sealed), code=1).stdout
    assert "案件1は3行目まで封をしてありますが、いまの記録は1行です(一覧の0番)。" in found
    assert f"控え「{head(sealed)}」(封1、2022-05-30T20:00): 合いません。" in found
    told = json.loads(sealed("log", "verify", "--head", head(sealed), "--json", code=1).stdout)
    assert told["heads"] == [{"file": head(sealed), "seal": 1, "fits": False}]
    assert {"cut"} <= {one["kind"] for one in told["findings"]}


def test_a_replaced_store_is_told_from_the_one_of_the_head(sealed: Door, at: At) -> None:
    other = at("opened")
    other("log", "seal")
    for ending in ("", ".key"):
        shutil.copy(f"{other.store}{ending}", f"{sealed.store}{ending}")
    found = sealed("log", "verify", "--head", head(sealed), "--public-key", key(sealed), code=1).stdout
    assert "この控え(封1)は、別のストアのものです。" in found
    assert "封1は、手もとにない鍵で署名されています。" in found


def test_a_store_put_back_from_before_its_first_seal_is_told(sealed: Door, at: At) -> None:
    shutil.copy(at("opened").store, sealed.store)
    found = sealed("log", "verify", "--head", head(sealed), code=1).stdout
    assert "このストアにはまだ封がありません。" in found
    assert "案件1は3行目まで封をしてありますが、いまの記録は1行です" in found


def test_several_heads_are_looked_at_in_the_order_of_their_seals(sealed: Door) -> None:
    sealed.standing = NOW
    sealed("case", "check", "1", "identity=passed", "--as", "counter:c1")
    sealed("log", "seal")
    sealed.standing = ()
    second = str(sealed.folder / "away" / "head-2.json")
    sealed("log", "head", "--seal", "2", "--out", second)
    told = sealed.json("log", "verify", "--head", second, "--head", head(sealed))
    assert [(one["seal"], one["fits"]) for one in told["heads"]] == [(1, True), (2, True)]


def test_what_cannot_be_done_is_said_and_changes_nothing(sealed: Door, tmp_path: Path) -> None:
    assert "すでにあります" in sealed.refused("log", "head", "--out", head(sealed))
    assert "書けません" in sealed.refused("log", "head", "--out", str(tmp_path / "no" / "head.json"))
    assert "封7はありません" in sealed.refused("log", "head", "--seal", "7")
    assert "を読めません" in sealed.refused("log", "verify", "--head", str(tmp_path / "none.json"))
    assert "として読めません" in sealed.refused("log", "verify", "--head", key(sealed))
    assert "署名の鍵" in sealed.refused("log", "verify", "--public-key", head(sealed))
    assert "本番のストア" not in sealed.refused("log", "seal", "--at", "soon", code=2)
    Path(f"{sealed.store}.sign").unlink()
    assert "署名の鍵ファイル" in sealed.refused("log", "seal")
    assert "その公開鍵を --public-key で" in sealed.refused("log", "verify", "--head", head(sealed))


def test_a_store_that_was_never_sealed_has_no_head_but_can_be_verified(at: At) -> None:
    door = at("submitted")
    door.standing = ()
    assert "log seal で封をしてください" in door.refused("log", "head")
    said = door("log", "verify").stdout
    assert said == "案件1件、封0個、閲覧の記録0行を確かめました。誤りは0件です。\n"


@pytest.mark.parametrize("words", [("seal",), ("head",), ("verify",), ("public-key",)])
def test_there_is_nothing_to_seal_where_there_is_no_store(door: Door, words: tuple[str, ...]) -> None:
    assert "まだストアがありません" in door("log", *words, code=1).stderr
    assert list(door.folder.iterdir()) == []
