"""Answers parted by how sensitive they are: a My Number and special-care fields lie in envelopes of their own."""

from __future__ import annotations

import copy
from typing import Any

from engine.shapes import Many, Record, Scalar, Shape

Parts = dict[str, dict[str, Any]]


def split(shape: Shape, document: dict[str, Any]) -> tuple[dict[str, Any], Parts]:
    """The general answers, and for each other sensitivity a map from JSON Pointer to value."""
    rest = copy.deepcopy(document)
    parts: Parts = {}
    _take(shape, rest, "", parts)
    return rest, parts


def join(general: dict[str, Any], parts: Parts) -> dict[str, Any]:
    """The whole document again; a compartment that was destroyed is simply absent."""
    whole = copy.deepcopy(general)
    for values in parts.values():
        for pointer, value in values.items():
            *way, last = pointer[1:].split("/")
            spot: Any = whole
            for word in way:
                spot = spot[int(word)] if isinstance(spot, list) else spot[word]
            spot[last] = value
    return whole


def _take(shape: Shape, value: object, pointer: str, parts: Parts) -> None:
    """Move what is not general from a value into its part, depth first."""
    if isinstance(shape, Record) and isinstance(value, dict):
        for name in list(value):
            inner = shape.fields.get(name)
            if isinstance(inner, Scalar) and inner.sensitivity != "general":
                parts.setdefault(inner.sensitivity, {})[f"{pointer}/{name}"] = value.pop(name)
            elif inner is not None:
                _take(inner, value[name], f"{pointer}/{name}", parts)
    elif isinstance(shape, Many) and isinstance(value, list):
        for index, one in enumerate(value):
            _take(shape.item, one, f"{pointer}/{index}", parts)
