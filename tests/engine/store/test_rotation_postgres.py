"""Changing the key of a store on a server: under load, and so that what was destroyed cannot be read from its files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from engine.errors import StoreError
from engine.store import KeyRing, Store
from engine.store.rotation import rotate
from engine.store.values import Sealed, unseal
from tests.engine.store.samples import NOON, ROOT, opened

if TYPE_CHECKING:
    from tests.postgres import Server

WRITER = """
import sys
from pathlib import Path
from engine.store import Store
from tests.engine.store.samples import NOON
with Store.open(sys.argv[1], Path(sys.argv[2])) as store:
    for number in range(60):
        with store.transaction() as tx:
            tx.put_envelopes([tx.envelope(1, f"{sys.argv[3]}-{number}-{part}", b"{}", NOON) for part in (2, 1, 0)])
            tx.put_value(1, "shared", b"{}", NOON)
        print(number, flush=True)
"""


def test_under_load_every_acknowledged_value_opens_after_each_of_several_changes(schema: str, tmp_path: Path) -> None:
    key = tmp_path / "town.key"
    with Store.open(schema, key) as store:
        with store.transaction() as tx:
            made = opened(tx)
            for number in range(100):
                tx.put_value(made.id, f"early-{number}", b"{}", NOON)
        command = [sys.executable, "-c", WRITER, schema, str(key)]
        writers = [
            subprocess.Popen([*command, name], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            for name in "ab"
        ]
        changes = 0
        while any(writer.poll() is None for writer in writers):
            rotate(store, batch=20)
            changes += 1
    for writer in writers:
        said, error = writer.communicate()
        assert (error, len(said.split())) == (b"", 60)
    assert changes > 1
    with Store.open(schema, key) as store, store.reading() as tx:
        fields = [value.field for value in tx.values(1)]
        assert len(fields) == 100 + 2 * 60 * 3 + 1
        assert {tx.get_value(1, field) for field in fields} == {b"{}"}
    assert len(json.loads(key.read_text("utf-8"))["keys"]) == 1


def bytes_of(server: Server, place: str) -> bytes:
    """What the file of the table of values holds now."""
    with server.connect(place) as connection:
        connection.execute("CHECKPOINT")
        row = connection.execute("SELECT pg_read_binary_file(pg_relation_filepath('value'))").fetchone()
        assert row is not None
        return bytes(row[0])


def test_what_was_destroyed_is_vacuumed_and_no_key_is_left_for_the_rest(
    server: Server, schema: str, tmp_path: Path
) -> None:
    key = tmp_path / "town.key"
    with Store.open(schema, key) as store:
        with store.transaction() as tx:
            made = opened(tx)
            tx.put_value(made.id, "small", b"x" * 200, NOON)
            tx.put_value(made.id, "large", os.urandom(9000), NOON)
            tx.put_value(made.id, "kept", b"{}", NOON)
            small, large = (tx.envelopes(made.id)[name] for name in ("small", "large"))
        assert small.blob and large.blob and small.salt and large.salt  # noqa: PT018 - all of them are there
        with store.transaction() as tx:
            tx.destroy(made.id, ["small", "large"], NOON)
        assert small.blob in bytes_of(server, schema)
        assert not store.scrub()
        assert small.blob not in bytes_of(server, schema)
        rotate(store)
        with store.reading() as tx:
            assert tx.get_value(made.id, "kept") == b"{}"
    with pytest.raises(StoreError, match="番号1"):
        unseal(KeyRing.load(key), made.id, "large", Sealed(large.blob, large.salt, large.digest))
