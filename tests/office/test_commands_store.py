"""Stores that cannot serve, or not in this way: a sentence, nothing changed, and never a traceback."""

from __future__ import annotations

import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from engine.store.schema import REVISION
from tests.house.layout import ROOT
from tests.office.door import CHILD, EVENING, EXAMPLE, Door, program

At = Callable[[str], Door]
OPEN = ("case", "open", CHILD, "--as", "applicant:p1")


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


@pytest.mark.parametrize(
    "words",
    [
        ("case", "show", "1"),
        ("case", "fire", "1", "pass", "--as", "counter:c1"),
        ("case", "verify"),
        ("inbox", "--as", "clerk"),
        ("tick",),
        ("deliver",),
    ],
)
def test_where_there_is_no_store_only_opening_makes_one(door: Door, words: tuple[str, ...]) -> None:
    assert "まだストアがありません" in door(*words, code=1).stderr
    assert files(door.folder) == {}


def test_a_refused_first_opening_makes_no_store(door: Door) -> None:
    assert "child_allowance_claim のことですか" in door("case", "open", "child_allowance_clam", code=1).stderr
    assert "hitachinaka のことですか" in door(*OPEN, "--city", "hitachinake", code=1).stderr
    assert "--practice で作った" in door(*OPEN, "--at", EVENING, code=1).stderr
    assert "定めはありません" in door(*OPEN, "--at", "2001-01-01", "--practice", code=1).stderr
    assert files(door.folder) == {}


def test_the_clock_of_a_live_store_is_not_moved(door: Door) -> None:
    door(*OPEN)
    assert "本番のストア" in door.refused("case", "show", "1", "--at", EVENING)
    assert "本番用" in door.refused(*OPEN, "--practice")


def test_a_practice_store_goes_by_the_instant_it_is_given(at: At) -> None:
    door = at("opened")
    door.standing = ("--at", "2022-06-10T08:30+09:00")
    door("case", "submit", "1", str(EXAMPLE), "--as", "applicant:p1")
    assert door.json("case", "show", "1")["arrived_at"] == "2022-06-10T08:30:00+09:00"


def test_a_database_from_a_newer_program_is_left_alone(at: At) -> None:
    door = at("submitted")
    with closing(sqlite3.connect(door.store)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0999'")
        connection.commit()
    before = files(door.folder)
    for words in (("case", "show", "1"), OPEN, ("db", "upgrade", "--practice")):
        door.standing = ()
        said = door(*words, code=1).stderr
        assert "新しい版（0999）です" in said
        assert f"{REVISION} まで" in said
    assert files(door.folder) == before


@pytest.mark.parametrize("words", [("case", "show", "1"), OPEN, ("db", "upgrade"), ("case", "verify")])
def test_what_is_no_store_is_left_alone(door: Door, words: tuple[str, ...]) -> None:
    door.store.write_bytes(b"PK\x03\x04 a spreadsheet, say" * 100)
    before = files(door.folder)
    assert "データベースのファイルではありません" in door(*words, code=1).stderr
    assert files(door.folder) == before


def test_another_database_and_a_folder_are_left_alone(door: Door) -> None:
    with closing(sqlite3.connect(door.store)) as connection:
        connection.execute("CREATE TABLE people (name TEXT)")
        connection.commit()
    before = files(door.folder)
    assert "別のデータベースです" in door(*OPEN, code=1).stderr
    assert files(door.folder) == before
    assert "フォルダーです" in door("case", "show", "1", "--db", str(door.folder), code=1, plain=True).stderr
    nowhere = str(door.folder / "no" / "such.db")
    assert "フォルダーがありません" in door(*OPEN, "--db", nowhere, code=1, plain=True).stderr
    assert "ストアの場所" in door(*OPEN, "--db", "mysql://x/y", code=1, plain=True).stderr


def test_a_lost_key_file_is_asked_for_by_name(at: At) -> None:
    door = at("submitted")
    key = door.store.with_name("madoguchi.db.key")
    kept = key.rename(door.folder / "elsewhere.key")
    for words in (("case", "show", "1"), ("case", "verify"), ("tick",), OPEN):
        assert f"鍵ファイル「{key}」がありません" in door.refused(*words)
    key.write_text("{}", "utf-8")
    assert "鍵ファイルとして読めません" in door.refused("case", "show", "1")
    shutil.copy(kept, key)
    door("case", "show", "1")


def test_the_key_of_another_store_is_not_taken(at: At, tmp_path: Path) -> None:
    door, other = at("submitted"), Door(tmp_path)
    other(*OPEN)
    shutil.copy(f"{other.store}.key", f"{door.store}.key")
    assert "のものではありません" in door.refused("case", "show", "1")


@pytest.mark.parametrize("room", [4_096, 40_000, 90_000])
def test_a_full_disk_is_said_and_nothing_is_stored(at: At, room: int) -> None:
    door = at("opened")
    words = ("case", "submit", "1", str(EXAMPLE), "--as", "applicant:p1", "--db", str(door.store), "--at", EVENING)

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))

    found = program(*words, folder=door.folder, preexec_fn=limited)
    assert "Traceback" not in found.stderr
    assert (found.returncode, found.stdout) == (1, "")
    assert "ディスクがいっぱいか" in found.stderr
    assert door.json("case", "show", "1")["state"] == "draft"
    assert door("case", "verify").exit_code == 0


AS_NOBODY = """
import os
import office.commands.case, office.doing, office.telling  # root's folders are closed to nobody
from cli import main
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
main()
"""


@pytest.fixture
def public(at: At) -> Iterator[Door]:
    """A store in a folder that everybody may enter, its key readable for all."""
    folder = Path(tempfile.mkdtemp())
    shutil.copytree(at("submitted").folder, folder, dirs_exist_ok=True)
    for path in (folder, *folder.iterdir()):
        path.chmod(0o755)
    yield Door(folder)
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.parametrize("mode", [0o555, 0o000])
def test_a_folder_or_file_that_may_not_be_written_is_said(public: Door, mode: int) -> None:
    before = files(public.folder)
    public.store.chmod(mode & 0o444)
    public.folder.chmod(mode)
    command = [
        sys.executable,
        "-c",
        AS_NOBODY,
        "case",
        "fire",
        "1",
        "pass",
        "--as",
        "counter",
        "--db",
        str(public.store),
    ]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    public.folder.chmod(0o755)
    public.store.chmod(0o644)
    assert (found.returncode, found.stdout) == (1, "")
    assert "Traceback" not in found.stderr
    assert "許可を確かめてください" in found.stderr
    assert files(public.folder) == before


def test_letters_that_cannot_be_written_stay_unsent(at: At, tmp_path: Path) -> None:
    door = at("submitted")
    (tmp_path / "letters").write_text("in the way", "utf-8")
    assert "送っていないものとして残ります" in door("deliver", "--out", str(tmp_path / "letters"), code=1).stderr
    assert len(json.loads(door("deliver", "--json").stdout)) == 1


def test_upgrading_makes_a_store_once(door: Door) -> None:
    assert f"{door.store}.key" in door("db", "upgrade", "--practice").stdout
    before = files(door.folder)
    assert "もう最新の版" in door("db", "upgrade").stdout
    assert files(door.folder) == before
    door("case", "open", CHILD, "--at", EVENING)


def test_the_environment_names_the_store_and_the_city(tmp_path: Path) -> None:
    named = {"MADOGUCHI_DB": str(tmp_path / "named.db"), "MADOGUCHI_CITY": "hitachinaka"}
    found = program("case", "open", CHILD, folder=tmp_path, env=named)
    assert found.returncode == 0, found.stderr
    assert sorted(os.listdir(tmp_path)) == ["named.db", "named.db.key"]  # noqa: PTH208 - names only
    assert "受付・発送(counter)" not in found.stdout


def test_a_damaged_row_is_said_with_the_way_to_find_it(at: At) -> None:
    door = at("submitted")
    with closing(sqlite3.connect(door.store)) as connection:
        connection.execute("UPDATE event SET effects = '{' WHERE seq = 2")
        connection.commit()
    assert "madoguchi case verify" in door.refused("case", "log", "1", "--json")
    found = door("case", "verify", code=1).stdout
    assert "案件1の記録2行目は、書かれた後に書きかえられています。" in found
    assert json.loads(door("case", "verify", "1", "--json", code=1).stdout)["findings"][0]["seq"] == 2
