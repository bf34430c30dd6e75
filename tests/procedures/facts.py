"""What the collected facts name of a procedure, and what stands for it here: `tests/procedures/<id>/facts.toml`.

A name of ours is a field of the form as `applicant.name_kanji`, or with the list it stands in: `facts.died_on`,
`checks.identity`, `given.proposal.amount`, and of another procedure `building_survey.checks.whole_building`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from engine.definition import Procedure
from forms.loader import OURS, Forms

HERE = Path(__file__).parent
PARTS = {
    "fields": "欄",
    "attachments": "添付書類",
    "checks": "確認",
    "outcomes": "結果",
    "errors": "よくある誤り",
}
"""The parts of a file, with the name that the page gives them."""
LISTS = (
    *("facts", "rules", "conditions", "checks", "attachments", "outcomes", "states", "notices", "links", "tasks"),
    "common_errors",
)
KEPT = {"case.arrived_at", "case.receipt"}
"""What every case has, whatever its declaration: the instant of arrival and the number of its receipt."""


@dataclass(frozen=True)
class Part:
    """One part of the facts: how many they print, and for each name ours or the reason why there is none."""

    printed: int
    ours: dict[str, str]
    left_out: dict[str, str]


@dataclass(frozen=True)
class Facts:
    """The facts of one procedure part by part, how many transitions they print, and why some have no scenario."""

    procedure: str
    parts: dict[str, Part]
    exits: int
    untaken: dict[str, str]


@cache
def all_facts() -> tuple[Facts, ...]:
    """The facts of every procedure that has a file."""
    return tuple(_read(file) for file in sorted(HERE.glob("*/facts.toml")))


def unknown(procedure: Procedure, part: str, name: str, others: dict[str, Procedure]) -> bool:
    """Whether nothing of ours has a name that stands for something of a part of the facts."""
    root, _, rest = name.partition(".")
    if root in others and rest:
        return unknown(others[root], part, rest, others)
    if root in LISTS and rest:
        return rest not in {getattr(row, "id", row) for row in getattr(procedure, root)}
    if part == "fields":
        return name not in KEPT and name not in (_given(procedure) if root == "given" else _fields(procedure))
    return name not in {row.id for row in getattr(procedure, "common_errors" if part == "errors" else part)}


def _read(file: Path) -> Facts:
    typed = tomllib.loads(file.read_text("utf-8"))
    exits = file.with_name("exits.toml")
    rows: list[dict[str, Any]] = tomllib.loads(exits.read_text("utf-8"))["transitions"] if exits.exists() else []
    untaken = {f"{row['from']} → {row['to']}({row['event']})": row["reason"].strip() for row in rows if "reason" in row}
    return Facts(file.parent.name, {name: _part(typed[name]) for name in PARTS}, len(rows), untaken)


def _part(typed: dict[str, Any]) -> Part:
    same = {name: name for name in typed.get("same", [])}
    return Part(typed["printed"], same | typed.get("ours", {}), typed.get("left_out", {}))


@cache
def _forms() -> Forms:
    return Forms([OURS])


def _fields(procedure: Procedure) -> set[str]:
    """The fields of the forms of a procedure, and the records that hold them."""
    found: set[str] = set()
    for form_id in (procedure.form, *(row.form for row in procedure.inputs if row.form)):
        form, _ = _forms().load(form_id)
        for field in form.fields if form else ():
            steps = field.path.split(".")
            found |= {".".join(steps[:length]) for length in range(1, len(steps) + 1)}
    return found


def _given(procedure: Procedure) -> set[str]:
    return {f"given.{row.id}.{name}" for row in procedure.inputs for name in row.fields}
