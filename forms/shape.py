"""The shape of a form's answers for conditions, out of the assembled schema and the fields."""

from __future__ import annotations

from collections.abc import Mapping

from engine.shapes import Kind, Many, Record, Scalar, Shape
from forms.form import Field, Schema

_OF_TYPE: Mapping[str, Kind] = {"date": "date", "month": "month", "whole": "whole", "yen": "yen", "yes_no": "yes_no"}
_OF_SCHEMA: Mapping[str, Kind] = {"boolean": "yes_no", "integer": "whole", "number": "number"}


def shape_of(schema: Schema, fields: Mapping[str, Field]) -> Record:
    """The record that the whole form is.

    Args:
        schema: assembled, with its blocks in `$defs`.
        fields: by pointer; they add the type and the sensitivity that a schema cannot say.
    """
    found = _shape(schema, "", fields, schema.get("$defs", {}))
    return found if isinstance(found, Record) else Record()


def shape_at(shape: Shape, pattern: str) -> Shape:
    """The shape of what stands at a pointer with `*` for places in lists."""
    for step in pattern.split("/")[1:]:
        if isinstance(shape, Many):
            shape = shape.item
        elif isinstance(shape, Record):
            shape = shape.fields[step]
    return shape


def _shape(schema: Schema, pointer: str, fields: Mapping[str, Field], blocks: Mapping[str, Schema]) -> Shape:
    if reference := schema.get("$ref"):
        return _shape(blocks[str(reference).rsplit("/", 1)[-1]], pointer, fields, blocks)
    if schema.get("type") == "object":
        inner = schema.get("properties", {})
        return Record({name: _shape(one, f"{pointer}/{name}", fields, blocks) for name, one in inner.items()})
    if schema.get("type") == "array":
        return Many(_shape(schema.get("items", {}), f"{pointer}/*", fields, blocks))
    return _scalar(schema, fields.get(pointer))


def _scalar(schema: Schema, field: Field | None) -> Scalar:
    kind = _OF_SCHEMA.get(str(schema.get("type")), "text")
    if field is None:
        return Scalar("date" if schema.get("format") == "date" else kind)
    choices = tuple(one for one in schema.get("enum", ()) if isinstance(one, str))
    return Scalar(_OF_TYPE.get(field.type, kind), choices, field.sensitivity)
