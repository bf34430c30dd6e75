"""The words of JSON Schema 2020-12: which there are, and to which type of value each speaks."""

from __future__ import annotations

DIALECT = "https://json-schema.org/draft/2020-12/schema"
OWN_PREFIX = "x-"

OF_TYPE: dict[str, frozenset[str]] = {
    "string": frozenset({"contentEncoding", "contentMediaType", "contentSchema", "maxLength", "minLength", "pattern"}),
    "number": frozenset({"exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum", "multipleOf"}),
    "array": frozenset(
        {"contains", "items", "maxContains", "maxItems", "minContains", "minItems", "prefixItems", "unevaluatedItems"}
        | {"uniqueItems"}
    ),
    "object": frozenset(
        {"additionalProperties", "dependentRequired", "dependentSchemas", "maxProperties", "minProperties"}
        | {"patternProperties", "properties", "propertyNames", "required", "unevaluatedProperties"}
    ),
}
"""`number` also stands for `integer`; `format` is left out, for it speaks to text only by our formats."""

KNOWN = frozenset().union(
    *OF_TYPE.values(),
    {"$anchor", "$comment", "$defs", "$dynamicAnchor", "$dynamicRef", "$id", "$ref", "$schema", "$vocabulary"},
    {"allOf", "anyOf", "const", "default", "definitions", "deprecated", "description", "else", "enum", "examples"},
    {"format", "if", "not", "oneOf", "readOnly", "then", "title", "type", "writeOnly"},
)

TYPES = frozenset({"array", "boolean", "integer", "null", "number", "object", "string"})


def types_of(schema: object) -> frozenset[str]:
    """The types that a schema's own `type` allows; all of them when it has none, or one that is no type."""
    named = schema.get("type") if isinstance(schema, dict) else None
    said = [named] if isinstance(named, str) else named
    found = frozenset(one for one in said if isinstance(one, str)) & TYPES if isinstance(said, list) else frozenset()
    return found or TYPES


def speaks_to(keyword: str) -> frozenset[str]:
    """The types of value that a keyword says anything about; all, when it is for any value."""
    for kind, keywords in OF_TYPE.items():
        if keyword in keywords:
            return frozenset({"integer", "number"}) if kind == "number" else frozenset({kind})
    return TYPES
