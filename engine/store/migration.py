"""Making the tables of a new store, and bringing an older store up to this program."""

from __future__ import annotations

import functools
from importlib.resources import files
from pathlib import Path

from sqlalchemy import Connection, bindparam, insert, make_url, select, update
from sqlalchemy.schema import CreateIndex, CreateTable

from engine.errors import StoreError
from engine.store.failures import said_plainly
from engine.store.inspection import refuse_other_revision, revision_at
from engine.store.keys import KeyRing
from engine.store.place import Place
from engine.store.pool import begin_alone, make_engine
from engine.store.recognition import FINGERPRINT_KEY, KEY_CHECK, facts_for, keyed, new_secret, recognise, ring_of
from engine.store.schema import REVISION, command, meta, metadata

_PATIENCE = 10.0
_STAMP = """CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL,
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
)"""
_KEYED = 2  # the first revision in which the fingerprints of commands are keyed


def lay(connection: Connection, revision: str = REVISION) -> None:
    """Make the tables of a revision where there are none, within the transaction open on the connection.

    Those of the newest are made as the schema draws them, which the steps end in too, and in a tenth of the time.
    """
    if revision != REVISION:
        migrate(connection, revision)
        return
    for statement in (*_drawn(connection.dialect.name), _STAMP):
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(f"INSERT INTO alembic_version (version_num) VALUES ('{REVISION}')")  # noqa: S608 - ours


@functools.cache
def _drawn(dialect: str) -> tuple[str, ...]:
    """The statements that make the tables of the schema in a dialect."""
    of = make_url(f"{dialect}://").get_dialect()()
    tables = metadata.sorted_tables
    indexes = [index for table in tables for index in sorted(table.indexes, key=lambda one: int(one.info["order"]))]
    parts: list[CreateTable | CreateIndex] = [*map(CreateTable, tables), *map(CreateIndex, indexes)]
    return tuple(str(part.compile(dialect=of)) for part in parts)


def migrate(connection: Connection, to: str = "head") -> None:
    """Bring the tables to a revision, the newest if none is said, within the transaction open on the connection."""
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(folder()).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, to)


def folder() -> Path:
    """The folder of the migrations, in the tree or in an installed wheel."""
    return Path(str(files("engine.store") / "migrations"))


def upgrade(place: str | Path, keys: KeyRing | Path | None = None, *, patience: float = _PATIENCE) -> tuple[str, str]:
    """The revision that the store at a place had, and the one it has now: all steps between them, or none.

    Args:
        keys: as for `Store.open`.

    Raises:
        StoreError: there is no store, it is newer than this program, it cannot be written, or its keys are missing.
    """
    where = Place.of(place)
    before = revision_at(where, patience)
    if before is None:
        raise StoreError(
            f"「{where}」にはまだストアがありません。ストアの場所を確かめてください。",
            f"there is no store at {where} yet; check the place",
            place=str(where),
        )
    if not before.isdecimal() or int(before) > int(REVISION):
        refuse_other_revision(where, before)
    engine = make_engine(where, "FULL", patience)
    try:
        with said_plainly(str(where)), engine.connect() as connection:
            begin_alone(connection)
            migrate(connection)
            if int(before) < _KEYED:
                _key_fingerprints(connection, ring_of(where, keys), str(where))
            connection.commit()
    finally:
        engine.dispose()
    return before, REVISION


def _key_fingerprints(connection: Connection, ring: KeyRing, place: str) -> None:
    """Give the store its secret, and put every fingerprint it has under it."""
    told = {row.name: row.value for row in connection.execute(select(meta.c.name, meta.c.value))}
    recognise(ring, told[KEY_CHECK], place)
    secret = new_secret()
    connection.execute(insert(meta).values(name=FINGERPRINT_KEY, value=facts_for(ring, secret)[FINGERPRINT_KEY]))
    known = connection.execute(select(command.c.key, command.c.fingerprint)).all()
    anew = update(command).where(command.c.key == bindparam("of_key")).values(fingerprint=bindparam("keyed"))
    if known:
        connection.execute(anew, [{"of_key": row.key, "keyed": keyed(row.fingerprint, secret)} for row in known])
