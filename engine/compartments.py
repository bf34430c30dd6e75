"""Answers parted by how sensitive they are: a My Number and special-care fields lie in envelopes of their own.

Neither parting nor joining changes what it is given; what both leave as it is they share, so it is to be read only.
"""

from __future__ import annotations

from typing import Any

from engine.shapes import Many, Record, Scalar, Shape

Parts = dict[str, dict[str, Any]]


def split(shape: Shape, document: dict[str, Any]) -> tuple[dict[str, Any], Parts]:
    """The general answers, and for each other sensitivity a map from JSON Pointer to value."""
    parts: Parts = {}
    general: dict[str, Any] = _general(shape, document, "", parts)
    return general, parts


def join(general: dict[str, Any], parts: Parts) -> dict[str, Any]:
    """The whole document again; a compartment that was destroyed is simply absent."""
    whole: Any = general
    for values in parts.values():
        for pointer, value in values.items():
            whole = _with(whole, pointer[1:].split("/"), value)
    found: dict[str, Any] = whole
    return found


def kinds_at(shape: Shape | None, path: str) -> set[str]:
    """The sensitivities other than general of what lies at a path, written ".children[].number"; "" is the whole."""
    for step in path.replace("[]", "").split(".")[1:]:
        shape = shape.item if isinstance(shape, Many) else shape
        shape = shape.fields.get(step) if isinstance(shape, Record) else None
    match shape:
        case Scalar(sensitivity=kind):
            return set() if kind == "general" else {kind}
        case Record(fields):
            return {kind for inner in fields.values() for kind in kinds_at(inner, "")}
        case Many(item):
            return kinds_at(item, "")
        case _:
            return set()


def _general(shape: Shape | None, value: Any, pointer: str, parts: Parts) -> Any:  # noqa: ANN401 - a JSON document
    """What is general of a value; the rest goes into its part."""
    if isinstance(shape, Many) and isinstance(value, list):
        return [_general(shape.item, one, f"{pointer}/{index}", parts) for index, one in enumerate(value)]
    if not isinstance(shape, Record) or not isinstance(value, dict):
        return value
    kept = {}
    for name, one in value.items():
        inner = shape.fields.get(name)
        if isinstance(inner, Scalar) and inner.sensitivity != "general":
            parts.setdefault(inner.sensitivity, {})[f"{pointer}/{name}"] = one
        else:
            kept[name] = _general(inner, one, f"{pointer}/{name}", parts)
    return kept


def _with(container: Any, way: list[str], value: object) -> Any:  # noqa: ANN401 - a JSON document
    """The container with a value at the end of a way; only what lies on the way is made anew."""
    first, *rest = way
    copied = list(container) if isinstance(container, list) else dict(container)
    spot: Any = int(first) if isinstance(copied, list) else first
    copied[spot] = _with(copied[spot], rest, value) if rest else value
    return copied
