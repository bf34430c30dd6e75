"""The tables of a new store, and the way from an older one."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from engine.errors import StoreError
from engine.store import Registered, Store, inspection, migration, upgrade
from engine.store.recognition import keyed
from engine.store.schema import REVISION, metadata
from tests.engine.store.samples import NOON, ROOT, opened, store_with

NEXT = f"{int(REVISION) + 1:04}"
STEP = f'''
"""One more step, for the test."""

import sqlalchemy as sa
from alembic import op

revision = "{NEXT}"
down_revision = "{REVISION}"


def upgrade() -> None:
    op.add_column("case_", sa.Column("colour", sa.Text))
    {{then}}
'''


FIRST_REGISTRATION = """CREATE TABLE registration (
    case_id INTEGER, seq INTEGER, ordinal INTEGER, kind TEXT, subject_digest TEXT, from_month TEXT, until_day TEXT,
    ended_at INTEGER, PRIMARY KEY (case_id, seq, ordinal)
) WITHOUT ROWID"""


def tables(path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE '%alembic%'")
        return {row[0]: row[1] for row in rows}


def stamp(path: Path) -> list[str]:
    """How a store says its revision, and which."""
    with closing(sqlite3.connect(path)) as connection:
        (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
        return [" ".join(sql.split()), *connection.execute("SELECT version_num FROM alembic_version").fetchone()]


def test_the_migrations_end_in_exactly_the_tables_of_the_schema(path: Path) -> None:
    store_with(path)
    migrated, drawn = path.with_name("migrated.db"), path.with_name("drawn.db")
    for place in (migrated, drawn):
        engine = create_engine(f"sqlite:///{place}")
        with engine.begin() as connection:
            migration.migrate(connection) if place == migrated else metadata.create_all(connection)
        engine.dispose()
    assert tables(path) == tables(migrated) == tables(drawn)
    assert stamp(path) == stamp(migrated)


def test_the_newest_revision_is_the_one_the_program_names() -> None:
    config = Config()
    config.set_main_option("script_location", str(migration.folder()))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [REVISION]


@pytest.fixture
def newer_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that knows one more revision; gives the file in which its step stands."""
    folder = tmp_path / "migrations"
    shutil.copytree(migration.folder(), folder, ignore=shutil.ignore_patterns("__pycache__"))
    step = folder / "versions" / f"r{NEXT}_next.py"
    step.write_text(STEP.format(then=""), "utf-8")
    monkeypatch.setattr(migration, "folder", lambda: folder)
    monkeypatch.setattr(migration, "REVISION", NEXT)
    monkeypatch.setattr(inspection, "REVISION", NEXT)
    return step


@pytest.mark.usefixtures("newer_program")
def test_an_older_store_opens_once_it_is_upgraded_and_loses_nothing(path: Path) -> None:
    with pytest.MonkeyPatch.context() as older:
        older.setattr(inspection, "REVISION", REVISION)
        older.setattr(migration, "folder", lambda: ROOT / "engine" / "store" / "migrations")
        store_with(path, 3)
    with pytest.raises(StoreError, match="madoguchi db upgrade"):
        Store.open(path)
    assert upgrade(path) == (REVISION, NEXT)
    assert upgrade(path) == (NEXT, NEXT)
    Store.open(path).close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT colour, version FROM case_").fetchall() == [(None, 3)]


def test_an_upgrade_that_fails_half_way_changes_nothing(path: Path, newer_program: Path) -> None:
    with pytest.MonkeyPatch.context() as older:
        older.setattr(inspection, "REVISION", REVISION)
        older.setattr(migration, "folder", lambda: ROOT / "engine" / "store" / "migrations")
        store_with(path, 1)
    newer_program.write_text(STEP.format(then='op.execute("DROP TABLE nothing")'), "utf-8")
    before = tables(path)
    with pytest.raises(StoreError):
        upgrade(path)
    assert tables(path) == before


def made_older(path: Path) -> None:
    """Take a store back to the first revision: plain digests for fingerprints, no secret, nothing about seals."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
        connection.execute("DELETE FROM meta WHERE name = 'fingerprint_key'")
        for table in ("absence", "unsealed", "leaf", "seal", "reading", "subject", "signal", "registration", "booking"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute(FIRST_REGISTRATION)
        connection.execute("CREATE INDEX registration_subject ON registration (kind, subject_digest)")
        for index in ("case_inbox", "case_urgent", "task_inbox"):
            connection.execute(f"DROP INDEX {index}")
        connection.execute("CREATE INDEX case_unclosed ON case_ (desk) WHERE closed IS 0")
        connection.execute("CREATE INDEX task_inbox ON task (desk) WHERE open IS 1")


def test_an_upgrade_puts_the_fingerprints_of_commands_under_a_secret(path: Path) -> None:
    with Store.open(path) as store, store.transaction() as tx:
        tx.put_command("key", opened(tx).id, "d" * 64, "{}", NOON)
    made_older(path)
    upgrade(path)
    with Store.open(path) as store, store.reading() as tx:
        kept = tx.command("key")
        assert kept is not None
        assert kept.fingerprint == keyed("d" * 64, store.secret) != "d" * 64
        assert [head.id for head in tx.unsealed_heads(9)] == [kept.case_id]


def test_an_upgrade_keeps_registrations_and_no_longer_takes_what_they_hold_for_whom_they_are_about(path: Path) -> None:
    store_with(path, 1)
    made_older(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("INSERT INTO registration VALUES (1, 1, 1, 'recipient', 'd', '2022-07', NULL, NULL)")
    upgrade(path)
    with Store.open(path) as store, store.reading() as tx:
        assert tx.registrations(1) == [Registered(1, 1, 1, "recipient", "", "d", "2022-07")]


def test_an_upgrade_that_needs_the_keys_says_so_and_changes_nothing(path: Path) -> None:
    store_with(path, 1)
    made_older(path)
    path.with_name("madoguchi.db.key").rename(path.with_name("away"))
    with pytest.raises(StoreError, match="鍵ファイル"):
        upgrade(path)
    path.with_name("away").rename(path.with_name("madoguchi.db.key"))
    assert upgrade(path) == ("0001", REVISION)


def test_there_is_nothing_to_upgrade_where_there_is_no_store(path: Path) -> None:
    for place in (path, ":memory:"):
        with pytest.raises(StoreError, match="まだストアがありません"):
            upgrade(place)
    assert not path.exists()


def test_a_newer_store_is_not_upgraded_backwards(path: Path) -> None:
    store_with(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0009'")
    with pytest.raises(StoreError, match="0009"):
        upgrade(path)


def test_a_store_is_made_wherever_the_program_is_installed(tmp_path: Path) -> None:
    installed = tmp_path / "50% off" / "_app"
    shutil.copytree(ROOT / "engine", installed / "engine")
    program = "from engine.store import Store; Store.open('a.db').close(); import engine; print(engine.__file__)"
    run = subprocess.run(
        [sys.executable, "-P", "-c", program], cwd=tmp_path, env=env(installed), capture_output=True, check=False
    )
    assert run.stderr == b""
    assert str(installed) in run.stdout.decode()
    assert (tmp_path / "a.db").exists()


def env(installed: Path) -> dict[str, str]:
    return {"PYTHONPATH": str(installed), "PYTHONDONTWRITEBYTECODE": "1"}
