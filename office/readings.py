"""Who was shown what, for a person and for a program."""

from __future__ import annotations

from typing import Any

from engine.clock import from_seconds
from engine.store import Reading
from engine.store.canonical import unpack
from office.asking import Asked
from office.session import store_there

SENSITIVITIES = {"general": "", "special_care": "(要配慮個人情報)", "my_number": "(個人番号)"}


def readings(
    asked: Asked, case_id: int | None, person: str | None, sensitivity: str | None
) -> tuple[list[str], list[dict[str, Any]]]:
    """The readings of one case or of all, by one person or by all, in words and as data.

    Args:
        sensitivity: only those in which a value of this kind was shown.

    Raises:
        UnknownThing: there is no store.
        StoreError: a row was damaged.
    """
    with store_there(asked) as store, store.reading() as tx:
        found = [(row, _fields(row)) for row in tx.readings(case_id=case_id, person=person)]
    wanted = [(row, fields) for row, fields in found if sensitivity in {None, *fields.values()}]
    lines = [_line(row, fields) for row, fields in wanted]
    return lines or ["当てはまる閲覧の記録はありません。"], [_facts(row, fields) for row, fields in wanted]


def _fields(row: Reading) -> dict[str, str]:
    found = unpack(row.fields, row.case_id, f"readings.{row.number}.fields")
    return found if isinstance(found, dict) else {}


def _line(row: Reading, fields: dict[str, str]) -> str:
    when = f"{from_seconds(row.at):%Y-%m-%d %H:%M}"
    names = "、".join(f"{name}{SENSITIVITIES.get(kind, f'({kind})')}" for name, kind in fields.items())
    case = f"案件{row.case_id}" if row.case_id else "案件外"  # a look-up in the registers outside any case
    return f"{row.number:>3}  {when}  {case}  {row.post}:{row.person}  {row.purpose}  {names}"


def _facts(row: Reading, fields: dict[str, str]) -> dict[str, Any]:
    told = {"number": row.number, "at": from_seconds(row.at).isoformat(), "case": row.case_id}
    return {**told, "post": row.post, "person": row.person, "purpose": row.purpose, "fields": fields}
