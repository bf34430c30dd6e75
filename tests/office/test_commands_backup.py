"""Backups, restoring and the state hash from the command line."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable

import pytest

from tests.office.door import Door

At = Callable[[str], Door]


@pytest.fixture
def kept(at: At) -> Door:
    """A door to a store with one case; commands about the store take no instant."""
    door = at("submitted")
    door.standing = ()
    return door


def test_a_backup_is_taken_and_restored_elsewhere(kept: Door) -> None:
    file, new = str(kept.folder / "town.backup"), kept.folder / "new.db"
    told = kept("db", "backup", file).stdout
    found = kept("db", "hash").stdout.strip()
    assert f"ハッシュ値: {found}" in told
    assert "練習用、案件1件" in told
    assert "鍵のファイルは入っていません" in told
    said = kept("db", "restore", file, "--db", str(new), plain=True).stdout
    assert f"ハッシュ値: {found}(控えと同じ)" in said
    assert f"{new}.key" in said
    assert kept("db", "hash", "--db", str(new), plain=True).stdout.strip() == found
    shutil.copy(f"{kept.store}.key", f"{new}.key")
    shown = kept("case", "show", "1", "--db", str(new), plain=True).stdout
    assert shown == kept("case", "show", "1").stdout
    assert "誤りは0件" in kept("case", "verify", "--db", str(new), plain=True).stdout


def test_a_program_is_told_the_same(kept: Door) -> None:
    told = kept.json("db", "backup", str(kept.folder / "a"))
    assert told["hash"] == kept.json("db", "hash")["hash"]
    assert (told["practice"], told["cases"], told["findings"]) == (True, 1, [])


def test_a_log_that_was_changed_is_told_and_the_backup_kept(kept: Door) -> None:
    with sqlite3.connect(kept.store) as connection:
        connection.execute("UPDATE event SET person = 'Q' WHERE seq = 2")
    connection.close()
    file = kept.folder / "a"
    assert "案件1の記録2行目" in kept("db", "backup", str(file), code=1).stdout
    assert file.exists()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_what_cannot_be_done_is_a_sentence(kept: Door, lang: str) -> None:
    file, words = kept.folder / "a", ("--lang", lang)
    kept("db", "backup", str(file))
    for said, sentences in (
        (("db", "backup", str(file)), ("上書きはしません", "not overwritten")),
        (("db", "restore", str(file)), ("もう何かあります", "stands at")),
        (("db", "restore", str(kept.store)), ("控えのファイルではありません", "is no backup")),
    ):
        assert sentences[lang == "en"] in kept.refused(*said, *words)
    nowhere = str(kept.folder / "none.db")
    for command in (("db", "hash"), ("db", "backup", str(kept.folder / "b"))):
        assert nowhere in kept(*command, "--db", nowhere, *words, code=1, plain=True).stderr
    assert not (kept.folder / "b").exists()
