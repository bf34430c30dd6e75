"""A store on a PostgreSQL server: what is different there from a file."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from engine.errors import StoreError
from engine.store import Store, Transaction, upgrade
from tests.engine.store.samples import NOON, RING, ROOT, numbers, opened

if TYPE_CHECKING:
    from tests.postgres import Server


def said_on_opening(schema: str) -> str:
    with pytest.raises(StoreError) as refused:
        Store.open(schema, RING, patience=1)
    assert refused.value.en != refused.value.ja
    return refused.value.ja


def test_a_new_store_makes_its_key_file_where_it_was_told(schema: str, path: Path) -> None:
    with Store.open(schema, path) as store, store.transaction() as tx:
        assert (store.created, store.practice, store.keys.path) == (True, False, path)
        tx.put_value(opened(tx).id, "a", b"{}", NOON)
    with Store.open(schema, path) as store, store.reading() as tx:
        assert tx.get_value(1, "a") == b"{}"


def test_where_the_keys_are_has_to_be_said(schema: str, server: Server) -> None:
    with pytest.raises(StoreError, match="--keys で示してください"):
        Store.open(schema)
    assert server.execute("SELECT 1 FROM pg_tables WHERE schemaname = current_schema()", place=schema) == []


def test_another_ring_is_refused(schema: str, path: Path) -> None:
    Store.open(schema, path).close()
    assert "鍵ファイル「(memory)」は" in said_on_opening(schema)


def test_a_store_of_another_purpose_is_refused(schema: str) -> None:
    Store.open(schema, RING, practice=True).close()
    with pytest.raises(StoreError, match="練習用です"):
        Store.open(schema, RING, practice=False)


FOUNDER = """
import sys
from pathlib import Path
from engine.store import Store
from tests.engine.store.samples import case
with Store.open(sys.argv[1], Path(sys.argv[2])) as store:
    print(store.created)
    for _ in range(25):
        with store.transaction() as tx:
            tx.insert_case(case())
"""


def test_programs_that_start_at_once_make_one_store_and_number_its_cases_without_a_gap(schema: str, path: Path) -> None:
    command = [sys.executable, "-c", FOUNDER, schema, str(path)]
    programs = [subprocess.Popen(command, cwd=ROOT, stdout=-1, stderr=-1, text=True) for _ in range(4)]
    said = [program.communicate(timeout=60) for program in programs]
    assert sorted(said) == [("False\n", "")] * 3 + [("True\n", "")]
    with Store.open(schema, path) as store:
        assert numbers(store) == list(range(1, 101))


def test_a_store_is_upgraded_under_the_same_lock_and_stays_as_it_is_when_nothing_is_newer(schema: str) -> None:
    with pytest.raises(StoreError, match="まだストアがありません"):
        upgrade(schema)
    Store.open(schema, RING).close()
    before, after = upgrade(schema)
    assert before == after


@pytest.mark.parametrize(("revision", "says"), [("0000", "madoguchi db upgrade"), ("9999", "新しい madoguchi を")])
def test_another_revision_is_named(schema: str, server: Server, revision: str, says: str) -> None:
    Store.open(schema, RING).close()
    server.execute(f"UPDATE alembic_version SET version_num = '{revision}'", place=schema)  # noqa: S608
    assert says in said_on_opening(schema)


SHOP = """
CREATE TABLE meta AS SELECT 'application' AS name, 'shop' AS value;
CREATE TABLE alembic_version AS SELECT '0001' AS version_num
"""


@pytest.mark.parametrize(
    "there",
    [
        "CREATE TABLE orders (id int)",
        "CREATE TABLE meta (colour text); CREATE TABLE alembic_version (version_num text)",
        SHOP,
    ],
)
def test_another_programs_database_is_left_alone(schema: str, server: Server, there: str) -> None:
    server.execute(*there.split(";"), place=schema)
    assert "別のデータベースです" in said_on_opening(schema)


def test_a_database_in_another_encoding_is_refused(server: Server) -> None:
    with server.connect() as connection:
        connection.execute("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    assert "文字コードはLATIN1です" in said_on_opening(server.place("public").replace("/postgres?", "/latin?"))


def test_a_server_that_does_not_flush_to_its_disk_is_refused(schema: str, server: Server) -> None:
    with server.connect() as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
        try:
            assert "fsync = on にしてください" in eventually_said(schema)
        finally:
            connection.execute("ALTER SYSTEM RESET fsync")
            connection.execute("SELECT pg_reload_conf()")


def eventually_said(schema: str) -> str:
    """What is said on opening, once the server has read its settings again."""
    for _ in range(100):
        with suppress(AssertionError):
            return said_on_opening(schema)
        Store.open(schema, RING).close()
    raise AssertionError("it was never refused")


@pytest.mark.parametrize(("told", "is_now"), [("off", "on"), ("on", "on"), ("remote_apply", "remote_apply")])
def test_every_commit_waits_for_the_disk_whatever_the_server_was_told(schema: str, told: str, is_now: str) -> None:
    with Store.open(f"{schema}%20-csynchronous_commit%3D{told}", RING) as store, store.reading() as tx:
        connection: Any = tx._connection  # noqa: SLF001 - each connection has settings of its own
        assert connection.execute("SHOW synchronous_commit").fetchall() == [(is_now,)]


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("postgresql://nobody:hunter2@/postgres?", "利用者の名前とパスワード"),
        ("postgresql://postgres:hunter2@/nowhere?", "データベースの名前を確かめるか"),
        ("postgresql://postgres:hunter2@/postgres?color=red&", "書き方が正しくありません"),
        ("postgresql://postgres:hunter2@127.0.0.1:9/postgres?connect_timeout=2", "つながりません"),
        ("postgresql://postgres:hunter2@no-such-host.invalid/postgres?", "つながりません"),
    ],
)
def test_why_a_server_cannot_be_reached_is_said_without_the_password(server: Server, url: str, says: str) -> None:
    at = url if "/postgres?c" in url.replace("color", "") or "invalid" in url else f"{url}host={server.folder}"
    with pytest.raises(StoreError) as refused:
        Store.open(at, RING, patience=1)
    assert says in refused.value.ja
    assert "hunter2" not in f"{refused.value.ja}{refused.value.en}{refused.value.facts}"


def test_a_user_without_rights_is_told_to_ask_for_them(schema: str, server: Server) -> None:
    name = schema.rpartition("%3D")[2]
    server.execute("DROP ROLE IF EXISTS guest", "CREATE ROLE guest LOGIN")
    at = schema.replace("postgres:@", "guest:@")
    assert "USAGE の権限を" in said_on_opening(at)
    server.execute(f"GRANT USAGE ON SCHEMA {name} TO guest")
    assert "権限がありません" in said_on_opening(at)
    Store.open(schema, RING).close()
    assert "権限がありません" in said_on_opening(at)
    server.execute("DROP OWNED BY guest")


def test_a_user_who_may_only_read_is_told_so_when_he_writes(schema: str, server: Server) -> None:
    Store.open(schema, RING).close()
    name = schema.rpartition("%3D")[2]
    server.execute("DROP ROLE IF EXISTS reader", "CREATE ROLE reader LOGIN")
    server.execute(f"GRANT USAGE ON SCHEMA {name} TO reader")
    server.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA {name} TO reader")
    with Store.open(schema.replace("postgres:@", "reader:@"), RING) as store:
        assert numbers(store) == []
        with pytest.raises(StoreError, match="権限がありません"), store.transaction() as tx:
            opened(tx)
    server.execute("DROP OWNED BY reader")


def test_a_server_that_takes_no_writes_says_so(schema: str) -> None:
    Store.open(schema, RING).close()
    standby = f"{schema}%20-cdefault_transaction_read_only%3Don"
    with Store.open(standby, RING) as store:
        assert numbers(store) == []
    with Store.open(schema, RING) as store, pytest.raises(StoreError, match="読み取り専用"), store.transaction() as tx:
        write_on_a_standby(tx)


def write_on_a_standby(tx: Transaction) -> None:
    tx._connection.execute("SET LOCAL transaction_read_only = on")  # noqa: SLF001 - as a standby is, always
    opened(tx)


def test_a_schema_that_is_not_there_is_named_as_what_is_missing(server: Server) -> None:
    assert "スキーマがないか、" in said_on_opening(server.place("nowhere"))


def test_a_program_without_psycopg_names_what_to_install(schema: str) -> None:
    words = "import sys; sys.modules['psycopg'] = None; from engine.store import Store; Store.open(sys.argv[1], None)"
    run = subprocess.run([sys.executable, "-c", words, schema], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "pip install 'madoguchi[postgres]'" in run.stderr.splitlines()[-1]
