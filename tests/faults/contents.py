"""What a store holds, put so that two stores which lived the same life hold the same.

Salts, nonces and hence digests and hashes differ from store to store. So each value stands here opened, and digests and
hashes are left out: whether those fit is what the verification says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from engine.store import KeyRing
from engine.store.schema import metadata
from engine.store.values import Sealed, unseal

Key = tuple[Any, ...]
Row = dict[str, Any]
Contents = dict[str, dict[Key, Row]]

DIGEST = re.compile(r"[0-9a-f]{64}")
WITH_DIGESTS = frozenset({"head", "memo", "effects", "previous", "hash", "digest", "subject_digest"})


def comparable(rows: Mapping[str, list[Row]], ring: KeyRing) -> Contents:
    """Every row of every table by its key, as it can be compared."""
    found: Contents = {}
    for table in metadata.sorted_tables:
        keys = [column.name for column in table.primary_key.columns]
        known = rows[table.name]
        found[table.name] = {tuple(row[key] for key in keys): _comparable(table.name, row, ring) for row in known}
    del found["meta"]
    persons = Counter((case_id, name) for _, case_id, name in found["subject"])
    found["subject"] = {key: {"persons": persons[key]} for key in sorted(persons)}
    return found


def without_sending(found: Contents) -> Contents:
    """The same, whatever was sent of it: notices go out one by one, each in a transaction of its own."""
    return found | {"outbox": {key: row | {"sent_at": None} for key, row in found["outbox"].items()}}


def _comparable(table: str, row: Row, ring: KeyRing) -> Row:
    if table == "value":
        plain = None
        if row["destroyed_at"] is None:
            sealed = Sealed(row["blob"], row["salt"], row["digest"])
            plain = unseal(ring, row["case_id"], row["field"], sealed)
        row = {**row, "salt": None, "blob": plain}
    if table == "signal" and row["blob"] is not None:
        sealed = Sealed(row["blob"], row["salt"], row["digest"])
        row = {**row, "salt": None, "blob": unseal(ring, 0, f"signal.{row['id']}", sealed)}
    return {name: DIGEST.sub("#", value) if name in WITH_DIGESTS and value else value for name, value in row.items()}
