"""A JSON Schema of every kind of declaration file, for editors: what may stand where, told in Japanese and English.

It is made from the types that the loaders use. It describes a file as it is written: rows of a procedure that change a
fragment's row name only what changes. An editor sees one file; whether names lead anywhere, only the loader can say.
"""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from engine.definition import Fragment, Procedure
from engine.definition.procedure import Appeal, Approval, Clock, Meeting, Online, Task
from engine.definition.rows import Event, Row, Version
from forms.definition import Page
from forms.loader import OURS as OUR_FORMS
from procedures.files import Layers, our_folder
from procedures.life_events import LifeEvent
from procedures.plan import Plan
from procedures.profiles import Profile
from procedures.tables import Table

KINDS: dict[str, type[BaseModel]] = {
    "procedure": Procedure,
    "fragment": Fragment,
    "form": Page,
    "table": Table,
    "city": Profile,
    "simulation": Plan,
    "life_event": LifeEvent,
}
_OVERRIDABLE = (Row, Version, Task, Clock, Approval, Meeting, Appeal, Online)
_STARTERS = ("by", "auto", "after", "on")
_EMPTY: tuple[object, ...] = (None, [], {}, "", False)


def schema(kind: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one kind of file."""
    model = KINDS[kind]
    found = model.model_json_schema(by_alias=True, schema_generator=_Written)
    definitions = {**found.pop("$defs", {}), model.__name__: found}
    examples = _examples(kind, definitions)
    for name, one in definitions.items():
        _tell(name, one)
        if name in examples:
            one["examples"] = [examples[name]]
    if kind in {"procedure", "fragment"}:
        for name in _names(_OVERRIDABLE) & set(definitions):
            _may_override(name, definitions[name])
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"urn:madoguchi:declaration:{kind}"}
    return {**head, **definitions.pop(model.__name__), "$defs": dict(sorted(definitions.items()))}


def text(kind: str) -> str:
    """The schema as a file."""
    return json.dumps(schema(kind), ensure_ascii=False, indent=2) + "\n"


class _Written(GenerateJsonSchema):
    """Types as a TOML file writes them: no null, a single word for a list of one, dates and times without quotes."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """What is absent is not written."""
        return self.generate_inner(schema["schema"])

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        """A word, or a number, stands for a list of one."""
        several = self.generate_inner(schema["schema"])
        return {"anyOf": [several["items"], several]}

    def time_schema(self, schema: core_schema.TimeSchema) -> JsonSchemaValue:  # noqa: ARG002 - pydantic asks for it
        """A local time; JSON Schema's own wants a zone."""
        return {"type": "string", "pattern": "^[0-9]{2}:[0-9]{2}(:[0-9]{2})?$"}

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """A default that says something."""
        found = super().default_schema(schema)
        if found.get("default") in _EMPTY or isinstance(found.get("default"), dict):
            found.pop("default", None)
        return found

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401, ARG002 - pydantic asks for it
        """A key is its own title."""
        return False


def _tell(name: str, one: dict[str, Any]) -> None:
    """Say what a type and its keys are: Japanese first, then the type's own English."""
    words = _words()
    one.pop("title", None)
    one["description"] = "\n".join(said for said in (words["types"].get(name, ""), one.get("description", "")) if said)
    for key, value in one.get("properties", {}).items():
        said = words.get(name, {}).get(key) or words["keys"].get(key)
        if said:
            value["description"] = said


def _may_override(name: str, one: dict[str, Any]) -> None:
    """Let a row or table change a fragment's: then only its id is required, and an event need not say who does it."""
    required = one.pop("required", [])
    marked = {"properties": {"override": {"const": True}}, "required": ["override"]}
    one["properties"]["override"] = {"const": True, "description": _words()["keys"]["override"]}
    one["if"] = marked
    one["then"] = {"required": [key for key in required if key == "id"]}
    one["else"] = {"required": required}
    if name == Event.__name__:
        one["else"]["oneOf"] = [{"required": [starter]} for starter in _STARTERS]


def _names(types: tuple[type[BaseModel], ...]) -> set[str]:
    """The names of types and of all that are made from them."""
    found = {one.__name__ for one in types}
    return found.union(*(_names(tuple(one.__subclasses__())) for one in types)) if types else found


def _examples(kind: str, definitions: Mapping[str, Any]) -> dict[str, Any]:
    """A row of our own files for every type of row that one of them has."""
    found: dict[str, Any] = {}
    for path in _files(kind):
        for key, rows in _lists(tomllib.loads(path.read_text("utf-8"))):
            name = _row_type(definitions, key)
            example = next((row for row in rows if "override" not in row), None)
            if name and example:
                found.setdefault(name, as_json(example))
    return found


def _files(kind: str) -> list[Path]:
    """Our files of a kind, in order."""
    layers = Layers((our_folder(),))
    folders = {"fragment": "fragments", "table": "tables", "city": "municipalities", "life_event": "life_events"}
    if kind in folders:
        return [found.path for found in layers.in_folder(folders[kind]).values()]
    if kind == "form":
        return sorted(OUR_FORMS.glob("*/*.toml"))
    if kind == "simulation":
        return sorted(our_folder().glob("*/*.simulation.toml"))
    return [found.path for found in layers.procedures().values()]


def _lists(data: Mapping[str, Any]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Every list of rows, and every table of flat rows, in a file with its key, those inside tables too."""
    for key, value in data.items():
        if isinstance(value, list) and value and all(isinstance(row, dict) for row in value):
            yield key, value
        elif isinstance(value, dict) and value and all(_is_flat(row) for row in value.values()):
            yield key, list(value.values())
        elif isinstance(value, dict):
            yield from _lists(value)


def _is_flat(row: object) -> bool:
    return isinstance(row, dict) and not any(isinstance(value, dict | list) for value in row.values())


def _row_type(definitions: Mapping[str, Any], key: str) -> str | None:
    """The type of the rows of a list."""
    for one in definitions.values():
        rows = one.get("properties", {}).get(key, {})
        ref = rows.get("items", rows.get("additionalProperties", {}))
        if isinstance(ref, dict) and "$ref" in ref:
            return str(ref["$ref"]).removeprefix("#/$defs/")
    return None


def as_json(value: object) -> Any:  # noqa: ANN401 - whatever JSON has
    """A TOML value as JSON has it: dates and times as text."""
    if isinstance(value, dict):
        return {key: as_json(one) for key, one in value.items()}
    if isinstance(value, list):
        return [as_json(one) for one in value]
    return value.isoformat() if isinstance(value, dt.date | dt.time) else value


@cache
def _words() -> dict[str, dict[str, str]]:
    """The Japanese of types and keys."""
    return tomllib.loads((our_folder() / "editor_words.toml").read_text("utf-8"))
