"""The tables on a server are those of a file, and answer in the same order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine

from engine.store import Store
from engine.store.migration import migrate
from engine.store.place import Place
from engine.store.schema import metadata
from tests.engine.store.samples import NOON, RING, opened

if TYPE_CHECKING:
    from tests.postgres import Server

COLUMNS = (
    "SELECT table_name, column_name, ordinal_position, data_type, is_nullable, collation_name"
    " FROM information_schema.columns WHERE table_schema = current_schema() AND table_name <> 'alembic_version'"
    " ORDER BY 1, 2"
)
INDEXES = (
    "SELECT replace(indexdef, current_schema() || '.', '') FROM pg_indexes"
    " WHERE schemaname = current_schema() AND tablename <> 'alembic_version' ORDER BY 1"
)


def tables(server: Server, place: str) -> list[Any]:
    return [*server.execute(COLUMNS, place=place), *server.execute(INDEXES, place=place)]


def test_the_migrations_end_in_exactly_the_tables_of_the_schema(schema: str, server: Server) -> None:
    Store.open(schema, RING).close()
    migrated, drawn = server.place(), server.place()
    for place in (migrated, drawn):
        engine = create_engine(Place.of(place).url)
        with engine.begin() as connection:
            migrate(connection) if place == migrated else metadata.create_all(connection)
        engine.dispose()
    assert tables(server, schema) == tables(server, migrated) == tables(server, drawn)


def test_every_text_column_has_the_order_of_its_bytes_as_in_a_file(schema: str, server: Server) -> None:
    Store.open(schema, RING).close()
    texts = [row for row in server.execute(COLUMNS, place=schema) if row[3] == "text"]
    assert len(texts) > 50
    assert [row[:2] for row in texts if row[-1] != "C"] == []  # take TEXT of engine/store/schema.py


def test_names_come_in_the_same_order_as_from_a_file(schema: str) -> None:
    names = ["b", "B", "a", "ア", "あ", "-", "a b", "ab", "é", "z", "𠮷", "髙"]
    found = []
    for place in (schema, ":memory:"):
        with Store.open(place, RING) as store, store.transaction() as tx:
            made = opened(tx)
            for name in names:
                tx.put_value(made.id, name, b"{}", NOON)
            found.append([value.field for value in tx.values(made.id)])
    assert found == [sorted(names)] * 2
