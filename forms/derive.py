"""Conditional requirements as JSON Schema if/then, out of conditions that compare fields of their own record.

The condition is the truth: what JSON Schema cannot say (sizes, ages, other records) is left out here and asked of the
condition itself when answers are checked. Where a schema is derived it holds exactly when the condition does.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from engine.conditions.tree import Call, Literal, Node, dotted
from engine.shapes import Record, Scalar, Shape
from forms.form import Schema


@dataclass(frozen=True)
class Conditional:
    """One field of a record (a dotted path) with the trees of its conditions, None where it has none."""

    path: str
    required: bool
    when: Node | None
    required_when: Node | None


def predicate(node: Node, root: str, shape: Record) -> Schema | None:
    """A schema that a record satisfies exactly when the condition holds of it, or None when there is none.

    Args:
        root: what the condition calls the record: `it`, or `form` for the form itself.
        shape: the record's; only its scalars can be compared in a schema.
    """
    return _Translator(root, shape).true(node)


def conditionals(fields: Iterable[Conditional], root: str, shape: Record) -> list[Schema]:
    """One if/then/else for each condition: what it requires and what is hidden without it, in order of the fields."""
    translator = _Translator(root, shape)
    found: dict[str, _Branch] = {}
    for field in fields:
        shown = translator.true(field.when) if field.when is not None else {}
        needed = translator.true(field.required_when) if field.required_when is not None else None
        if field.when is not None and shown is not None:
            branch = found.setdefault(json.dumps(shown), _Branch(shown))
            branch.hidden.append(field.path)
            branch.required += [field.path] if field.required else []
        if needed is not None and shown is not None:
            both = {"allOf": [shown, needed]} if shown else needed
            found.setdefault(json.dumps(both), _Branch(both)).required.append(field.path)
    return [branch.schema() for branch in found.values()]


def is_said(row: Conditional, root: str, shape: Record) -> bool:
    """Whether the schemas of `conditionals` say all that the conditions of a field do."""
    translator = _Translator(root, shape)
    return all(one is None or translator.true(one) is not None for one in (row.when, row.required_when))


class _Branch:
    """What hangs on one condition."""

    def __init__(self, condition: Schema) -> None:
        self.condition = condition
        self.required: list[str] = []
        self.hidden: list[str] = []

    def schema(self) -> Schema:
        found: Schema = {"if": self.condition}
        if self.required:
            found["then"] = _all([_around(path, _required) for path in self.required])
        if self.hidden:
            found["else"] = _all([_around(path, _hidden) for path in self.hidden])
        return found


def _required(name: str) -> Schema:
    return {"required": [name]}


def _hidden(name: str) -> Schema:
    return {"properties": {name: False}}


def _around(path: str, last: Callable[[str], Schema]) -> Schema:
    *above, name = path.split(".")
    found = last(name)
    for step in reversed(above):
        found = {"properties": {step: found}}
    return found


def _all(schemas: Sequence[Schema]) -> Schema:
    """The schemas as one: their `required` joined, their `properties` side by side, the rest under allOf."""
    found: Schema = {}
    for one in schemas:
        if one.keys() == {"required"}:
            found.setdefault("required", []).extend(one["required"])
        elif not found.get("properties", {}).keys() & one["properties"].keys():
            found.setdefault("properties", {}).update(one["properties"])
        else:
            found.setdefault("allOf", []).append(one)
    return found


class _Translator:
    def __init__(self, root: str, shape: Record) -> None:
        self._root = root
        self._shape = shape

    def true(self, node: Node) -> Schema | None:
        """The schema of a condition. A bare yes/no needs none: where null is neither, conditions do not load."""
        match node:
            case Literal(bool() as value):
                return {} if value else {"not": {}}
            case Call("&&", args):
                return self._joined("allOf", args)
            case Call("||", args):
                return self._joined("anyOf", args)
            case Call("!", (operand,)):
                return _not(self.true(operand))
            case Call("!=", (left, right)):
                return _not(self._equal(left, right))
            case _:
                return self._comparison(node)

    def _comparison(self, node: Node) -> Schema | None:
        match node:
            case Call("==", (left, right)):
                return self._equal(left, right)
            case Call("in", (operand, Call("list", elements))):
                return self._among(operand, elements)
            case _:
                return None

    def _joined(self, keyword: str, args: Sequence[Node]) -> Schema | None:
        parts = [self.true(arg) for arg in args]
        known = [part for part in parts if part is not None]
        if len(known) < len(parts):
            return None
        flat: list[Schema] = []
        for part in known:
            flat += part[keyword] if part.keys() == {keyword} else [part]
        return {keyword: flat}

    def _equal(self, left: Node, right: Node) -> Schema | None:
        node, other = (right, left) if isinstance(left, Literal) else (left, right)
        path = self._path(node)
        if path is None or not isinstance(other, Literal) or isinstance(other.value, float):
            return None
        if other.value is None:
            return {"not": _at(path, {})}
        return _at(path, {"const": other.value})

    def _among(self, operand: Node, elements: Sequence[Node]) -> Schema | None:
        path = self._path(operand)
        values = [one.value for one in elements if isinstance(one, Literal)]
        if path is None or len(values) < len(elements) or any(one is None or isinstance(one, float) for one in values):
            return None
        return _at(path, {"enum": values})

    def _path(self, node: Node) -> list[str] | None:
        """The way from the record to a scalar, or None for anything else."""
        root, *path = (dotted(node) or "").split(".")
        shape: Shape | None = self._shape
        for step in path:
            shape = shape.fields.get(step) if isinstance(shape, Record) else None
        return path if root == self._root and path and isinstance(shape, Scalar) else None


def _not(schema: Schema | None) -> Schema | None:
    return None if schema is None else {"not": schema}


def _at(path: Sequence[str], schema: Schema) -> Schema:
    """The record holds something at the path that satisfies the schema."""
    for step in reversed(path):
        above: Schema = {"type": "object", "required": [step]}
        schema = above | ({"properties": {step: schema}} if schema else {})
    return schema
