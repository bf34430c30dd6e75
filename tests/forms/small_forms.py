"""Writes small forms into a folder, so that a test can show just what it is about."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from engine.problems import Problem
from forms import Form, Forms

Rows = Sequence[Mapping[str, Any]]
WORDS = {"ja": "見出し", "easy": "みだし", "en": "Label"}
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def row(name: str, kind: str, **more: object) -> dict[str, Any]:
    """A row of `fields`."""
    return {"id": name, "type": kind, "ja": f"{name}の欄", "easy": f"{name}の らん", "en": f"the {name}"} | more


def rule(name: str, cel: str, fields: Sequence[str]) -> dict[str, Any]:
    """A row of `rules`."""
    return {"id": name, "says": name, "cel": cel, "fields": list(fields)} | WORDS


def write_pair(folder: Path, name: str, properties: Mapping[str, Any], rows: Rows, **more: Any) -> None:  # noqa: ANN401
    """Writes the two files; `required` goes into the schema, all else into the page."""
    folder.mkdir(parents=True, exist_ok=True)
    schema = {"$schema": DIALECT, "type": "object", "additionalProperties": False, "properties": dict(properties)}
    schema |= {"required": list(more.pop("required", []))}
    (folder / f"{name}.schema.json").write_text(json.dumps(schema, ensure_ascii=False, indent=1), "utf-8")
    choices = [
        {"field": field, "id": one} | WORDS for field, node in properties.items() for one in node.get("enum", [])
    ]
    lists = {"fields": rows, "choices": choices, **more}
    lines = [f'id = "{name}"', f"title = {_toml(WORDS)}"]
    for key, value in lists.items():
        lines += [f"{key} = [", *(f"  {_toml(one)}," for one in value), "]"] if value else []
    (folder / f"{name}.toml").write_text("\n".join(lines) + "\n", "utf-8")


def load(folder: Path, name: str = "small") -> tuple[Form | None, list[Problem]]:
    """The form that was written, with its problems."""
    return Forms([folder]).load(name)


def load_small(folder: Path, properties: Mapping[str, Any], rows: Rows, **more: Any) -> Form:  # noqa: ANN401
    """A form of that one file pair, which must load."""
    write_pair(folder / "field", "small", properties, rows, **more)
    form, problems = load(folder)
    assert form is not None, [one.text() for one in problems]
    return form


def _toml(value: object) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_toml(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(one) for one in value) + "]"
    return json.dumps(value, ensure_ascii=False)


class NoTables:
    """There are no dated figures."""

    def lookup(self, name: str, on: dt.date, key: str) -> int | str:  # noqa: ARG002 - the engine's port
        """Nothing."""
        raise LookupError(name)
