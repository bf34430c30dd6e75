"""What lies beside the cases is compared with them: a changed counter or definition is named."""

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from engine.ledger import Issued
from engine.store import Store
from engine.verify import verify_everything
from tests.engine.desk import Desk
from tests.engine.test_privacy import lived
from tests.faults.tampering import changes, made


@pytest.fixture(scope="module")
def led(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two permits that were decided."""
    place = tmp_path_factory.mktemp("led") / "town.db"
    with Store.open(place) as store:
        desk = Desk(store)
        lived(desk)
        lived(desk)
    return place


@pytest.fixture
def place(led: Path, tmp_path: Path) -> Path:
    shutil.copytree(led.parent, tmp_path, dirs_exist_ok=True)
    return tmp_path / led.name


def found(place: Path) -> list[str]:
    with Store.open(place) as store, store.reading() as tx:
        return [one.en for one in verify_everything(tx)]


def run(place: Path, said: str) -> None:
    with closing(sqlite3.connect(place)) as connection, connection:
        connection.execute(said)


def test_nothing_is_found_where_nothing_was_done(place: Path) -> None:
    assert found(place) == []


def test_every_changed_counter_is_named(place: Path) -> None:
    tried = 0
    for change in changes(place, "counter", random.Random("counter"), 4):
        with made(place, change):
            assert [one for one in found(place) if all(str(part) in one for part in change.key)], change
        tried += 1
    assert tried >= 9


def test_a_counter_that_was_taken_out_is_named_with_the_numbers_given(place: Path) -> None:
    run(place, "DELETE FROM counter WHERE series = 'document'")
    assert [one.split(", but ")[1] for one in found(place)] == ["2 numbers were given, the last 2"]


def test_a_gap_and_a_double_among_the_numbers_are_seen() -> None:
    issued = Issued()
    issued.note_all([("document", "d/2022", 1), ("document", "d/2022", 3)])
    assert issued.told == {("document", "d/2022"): (2, 3)}


@pytest.mark.parametrize("column", ["hash", "procedure", "wording_hash", "valid_from", "valid_until"])
def test_a_changed_column_of_a_definition_is_named(place: Path, column: str) -> None:
    run(place, f"UPDATE definition SET {column} = 'x' || coalesce({column}, '')")  # noqa: S608 - our columns
    assert any(f"its {column} does not fit its hash" in one for one in found(place))


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ('"states":', '"stats":', "body"),
        ("clerk", "clerc", "hash"),
        ('"label":"', '"label":"x', "wording_hash"),
    ],
)
def test_a_changed_body_of_a_definition_is_named(place: Path, before: str, after: str, what: str) -> None:
    run(place, f"UPDATE definition SET body = replace(body, '{before}', '{after}')")  # noqa: S608 - of our own
    assert any(f"its {what} does not fit its hash" in one for one in found(place))


def test_a_case_whose_definition_was_taken_out_is_named(place: Path) -> None:
    run(place, "DELETE FROM definition")
    assert found(place) == ["case 1: no definition kept", "case 2: no definition kept"]
