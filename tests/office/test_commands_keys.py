"""Changing the key of a store from the command line."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable

from tests.office.door import Door

At = Callable[[str], Door]


def quiet(door: Door) -> Door:
    """The same door without the instant that commands about the store do not take."""
    door.standing = ()
    return door


def test_the_key_is_changed_and_everything_is_as_before(at: At) -> None:
    door = quiet(at("submitted"))
    shown = door("case", "show", "1", "--answers", "--as", "clerk:k1").stdout
    told = door.json("db", "rotate-keys")
    assert (told["key"], told["went_on"]) == (2, False)
    assert told["resealed"] > 0
    assert door("case", "show", "1", "--answers", "--as", "clerk:k1").stdout == shown
    assert "誤りは0件" in door("case", "verify").stdout
    assert list(json.loads(door.store.with_name("madoguchi.db.key").read_text("utf-8"))["keys"]) == ["2"]


def test_a_person_is_told_to_keep_a_new_copy_of_the_key_file(at: At) -> None:
    said = quiet(at("opened"))("db", "rotate-keys").stdout
    assert "今の鍵は番号2" in said
    assert "控えを、データベースとは別の所に取り直してください" in said


def test_the_former_key_file_is_refused_after_that(at: At) -> None:
    door = quiet(at("submitted"))
    key = door.store.with_name("madoguchi.db.key")
    shutil.copy(key, door.folder / "former.key")
    door("db", "rotate-keys")
    shutil.copy(door.folder / "former.key", key)
    for words in (("case", "show", "1"), ("db", "rotate-keys")):
        assert "鍵を替える前の鍵ファイルです" in door.refused(*words)


def test_there_must_be_a_store_to_change_the_key_of(door: Door) -> None:
    assert "まだストアがありません" in door("db", "rotate-keys", code=1).stderr
    assert list(door.folder.iterdir()) == []


def test_a_key_file_that_others_can_read_is_warned_of(at: At) -> None:
    door = at("opened")
    assert door("case", "show", "1").stderr == ""
    door.store.with_name("madoguchi.db.key").chmod(0o640)
    assert "chmod 600" in door("case", "show", "1").stderr
    assert "others can read the key file" in door("case", "show", "1", "--lang", "en").stderr
    assert door("case", "show", "99", code=1).stderr.count("chmod 600") == 1
