"""Making the tables of a new store, and bringing an older store up to this program."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from sqlalchemy import Connection

from engine.errors import StoreError
from engine.store.failures import said_plainly
from engine.store.inspection import refuse_other_revision, revision_at
from engine.store.place import Place
from engine.store.pool import BEGIN_WRITING, make_engine
from engine.store.schema import REVISION

_PATIENCE = 10.0


def migrate(connection: Connection) -> None:
    """Bring the tables to the newest revision, within the transaction that is open on the connection."""
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(folder()).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, "head")


def folder() -> Path:
    """The folder of the migrations, in the tree or in an installed wheel."""
    return Path(str(files("engine.store") / "migrations"))


def upgrade(place: str | Path, patience: float = _PATIENCE) -> tuple[str, str]:
    """The revision that the store at a place had, and the one it has now: all steps between them, or none.

    Raises:
        StoreError: there is no store, it is newer than this program, or it cannot be written.
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
            connection.exec_driver_sql(BEGIN_WRITING)
            migrate(connection)
            connection.commit()
    finally:
        engine.dispose()
    return before, REVISION
