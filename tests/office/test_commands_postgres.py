"""The command line over a PostgreSQL server, from the first case to its verification, and its refusals."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from cli import main
from tests.office.door import CHILD, EVENING, EXAMPLE, program
from tests.once import read_once

if TYPE_CHECKING:
    from tests.postgres import Server

OPEN = ("case", "open", CHILD, "--as", "applicant:p1", "--practice", "--city", "hitachinaka", "--at", EVENING)


class ServerDoor:
    """The command line at one schema of a server."""

    def __init__(self, place: str, keys: Path) -> None:
        self.place = place
        self.keys = keys

    def __call__(self, *words: str, code: int = 0) -> Result:
        """What a command says."""
        with read_once():
            found = CliRunner().invoke(main, [*words, "--db", self.place, "--keys", str(self.keys)])
        assert found.exit_code == code, f"{words}: {found.exit_code}\n{found.output}"
        assert "プログラムの誤り" not in found.output, found.output
        return found


@pytest.fixture
def door(server: Server, tmp_path: Path) -> Iterator[ServerDoor]:
    opened = ServerDoor(server.place(), tmp_path / "town.key")
    yield opened
    assert sorted(file.name for file in tmp_path.iterdir()) in ([], ["town.key"])


def test_a_case_is_opened_filed_seen_and_verified(door: ServerDoor) -> None:
    at = ("--at", EVENING)
    made = door(*OPEN).stderr
    assert "練習用のストアを作りました: postgresql://" in made
    assert f"鍵のファイル: {door.keys}" in made
    door("case", "submit", "1", str(EXAMPLE), "--as", "applicant:p1", *at)
    door("case", "check", "1", "identity=passed", "required=passed", "jurisdiction=passed", "--as", "counter:c1", *at)
    door("case", "fire", "1", "pass", "--as", "counter:c1", "--key", "k1", *at)
    assert door("case", "fire", "1", "pass", "--as", "counter:c1", "--key", "k1", *at).exit_code == 0
    assert json.loads(door("case", "show", "1", "--json", *at).stdout)["state"] == "substantive_review"
    assert [item["case_id"] for item in json.loads(door("inbox", "--as", "clerk", "--json", *at).stdout)] == [1]
    door("tick", *at)
    assert door("deliver", *at).stdout
    assert "誤りは0件です" in door("case", "verify").stdout
    assert "もう最新の版" in door("db", "upgrade").stdout


def test_a_changed_row_of_the_log_is_named(door: ServerDoor, server: Server) -> None:
    door(*OPEN)
    door("case", "submit", "1", str(EXAMPLE), "--as", "applicant:p1", "--at", EVENING)
    server.execute("UPDATE event SET post = 'mayor' WHERE seq = 2", place=door.place)
    assert "案件1の記録2行目は、書かれた後に" in door("case", "verify", code=1).stdout


def test_a_store_is_made_by_itself_and_without_a_store_nothing_is(door: ServerDoor) -> None:
    for words in (("case", "show", "1"), ("inbox", "--as", "clerk"), ("tick",), ("deliver",), ("case", "verify")):
        assert "まだストアがありません" in door(*words, code=1).stderr
    assert "ストアを作りました" in door("db", "upgrade").stdout


def test_the_place_and_the_keys_can_stand_in_the_environment(door: ServerDoor) -> None:
    env = {"MADOGUCHI_DB": door.place, "MADOGUCHI_KEYS": str(door.keys)}
    assert CliRunner(env=env).invoke(main, ["db", "upgrade"]).exit_code == 0
    assert CliRunner(env=env).invoke(main, ["case", "verify"]).exit_code == 0


def test_without_a_key_file_nothing_is_made(door: ServerDoor) -> None:
    found = CliRunner().invoke(main, [*OPEN, "--db", door.place])
    assert (found.exit_code, found.stdout) == (1, "")
    assert "--keys で示してください" in found.stderr
    assert "まだストアがありません" in door("case", "show", "1", code=1).stderr


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("postgresql://me:hunter2@", "使えません"),
        ("postgresql://me:hunter2@host:port/town", "使えません"),
        ("postgresql://me:hunter2@127.0.0.1:9/town", "つながりません"),
        ("mysql://me:hunter2@host/town", "使えません"),
    ],
)
def test_a_url_that_leads_nowhere_is_a_sentence_without_its_password(url: str, says: str, tmp_path: Path) -> None:
    said = program("case", "show", "1", "--db", url, "--keys", "town.key", folder=tmp_path)
    assert (said.returncode, said.stdout) == (1, "")
    assert says in said.stderr
    assert "Traceback" not in said.stderr
    assert "hunter2" not in said.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_key_file_a_wrong_city_and_a_wrong_purpose_are_named(
    door: ServerDoor, tmp_path_factory: pytest.TempPathFactory
) -> None:
    door(*OPEN)
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "other.key"
    missing = CliRunner().invoke(main, ["case", "show", "1", "--db", door.place, "--keys", str(elsewhere)])
    assert f"鍵ファイル「{elsewhere}」がありません" in missing.stderr
    assert "hitachinakaの案件のものです" in door("case", "show", "1", "--city", "default", code=1).stderr
    door.keys.write_text("{}", "utf-8")
    assert "鍵ファイルとして読めません" in door("case", "show", "1", code=1).stderr
