"""Whether a schema and its page speak of the same fields: nothing in one that the other does not know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from engine.problems import Problem, nearest
from forms.assembly import block_of, is_required, refers_to, schema_at
from forms.definition import FieldRow, FieldType, Page
from forms.form import Schema
from forms.reading import Pair

_OF_SCHEMA: dict[str, frozenset[FieldType]] = {
    "boolean": frozenset({"yes_no"}),
    "integer": frozenset({"whole", "yen"}),
    "number": frozenset({"number"}),
    "array": frozenset({"list"}),
    "object": frozenset({"block", "attachment"}),
}
_NOT_PLAIN_TEXT: frozenset[FieldType] = frozenset(
    {"yes_no", "whole", "number", "yen", "list", "block", "attachment", "date", "choice"}
)


def disagreements(pair: Pair, blocks: Iterable[str]) -> Iterator[Problem]:
    """Every disagreement inside one pair.

    Args:
        blocks: the blocks that there are.
    """
    page = pair.page
    if page is None:
        return
    known = {row.id for row in page.fields}
    yield from _twice(pair, page)
    for row in page.fields:
        yield from _field(pair, row, sorted(blocks))
    for path in _leaves(pair.schema):
        if not any(path == name or path.startswith(f"{name}.") for name in known):
            ja, en = f"{path} がページの fields にありません。", f"{path} has no row in the page's fields"
            yield pair.schema_problem("form-field", _schema_path(path), ja, en, nearest(path, known))
    yield from _references(pair, page, known)
    yield from _choices(pair, page)
    yield from _steps(pair, page)


def _twice(pair: Pair, page: Page) -> Iterator[Problem]:
    lists: dict[str, Sequence[str]] = {
        "fields": [row.id for row in page.fields],
        "rules": [row.id for row in page.rules],
        "steps": [row.id for row in page.steps],
        "choices": [f"{row.field}.{row.id}" for row in page.choices],
        "help": [row.field for row in page.help],
        "messages": [f"{row.field}.{row.keyword}" for row in page.messages],
    }
    for name, ids in lists.items():
        for one, count in Counter(ids).items():
            if count > 1:
                ja, en = f"{one} が{count}回あります。", f"{one} stands there {count} times"
                yield pair.page_problem("form-twice", (name, one), ja, en)


def _field(pair: Pair, row: FieldRow, blocks: Sequence[str]) -> Iterator[Problem]:
    path = ("fields", row.id)
    schema = schema_at(pair.schema, row.id)
    if schema is None:
        hint = nearest(row.id, _leaves(pair.schema))
        ja, en = f"{row.id} がスキーマにありません。", f"{row.id} is not in the schema"
        yield pair.page_problem("form-field", path, ja, en, hint)
        return
    if row.type not in _possible(schema):
        ja = f"型 {row.type} はスキーマの {row.id} に合いません。"
        yield pair.page_problem("form-type", (*path, "type"), ja, f"the type {row.type} does not fit the schema")
    if row.block is not None and row.block not in blocks:
        ja, en = f"ブロック {row.block} はありません。", f"there is no block {row.block}"
        yield pair.page_problem("form-ref", (*path, "block"), ja, en, nearest(row.block, blocks))
    elif row.type in {"block", "list"} and row.block != block_of(schema):
        ja = f"スキーマは {block_of(schema)} を参照しています。"
        yield pair.page_problem("form-ref", (*path, "block"), ja, f"the schema refers to {block_of(schema)}")
    yield from _items(pair, row, schema)
    if (row.when or row.required_when) and is_required(pair.schema, row.id):
        ja = "条件つきの項目は、スキーマの required から外します。"
        yield pair.page_problem("form-required", path, ja, "a conditional field may not be in the schema's required")
    if row.required and not row.when and not is_required(pair.schema, row.id):
        ja = "いつも必須の項目は、スキーマの required に書きます。"
        yield pair.page_problem("form-required", path, ja, "an unconditional one belongs in the schema's required")


def _items(pair: Pair, row: FieldRow, schema: Schema) -> Iterator[Problem]:
    """A list is of a block or of plain items, whose type the schema of an item allows."""
    path = ("fields", row.id, "items")
    if row.type != "list" and row.items is not None:
        ja = "items は type が list の項目だけに書きます。"
        yield pair.page_problem("form-type", path, ja, "only a list has items")
    elif row.type == "list" and row.block is None and row.items is None:
        ja = "くり返す項目には block か items を書きます。"
        yield pair.page_problem("form-type", ("fields", row.id), ja, "a list needs a block or items")
    elif row.items is not None and row.items not in _possible(schema.get("items", {})):
        ja = f"items の型 {row.items} はスキーマの {row.id} に合いません。"
        yield pair.page_problem("form-type", path, ja, f"the items {row.items} do not fit the schema")


def _possible(schema: Schema) -> frozenset[FieldType]:
    """The types that a page may give to a subschema."""
    if refers_to(schema):
        return _OF_SCHEMA["object"]
    kind = schema.get("type")
    if kind == "string":
        if "enum" in schema:
            return frozenset({"choice"})
        if schema.get("format") == "date":
            return frozenset({"date"})
        return frozenset(FieldType.__args__) - _NOT_PLAIN_TEXT  # type: ignore[attr-defined]
    return _OF_SCHEMA.get(str(kind), frozenset())


def _leaves(schema: Schema, above: str = "") -> Iterator[str]:
    """The dotted paths of the properties; a nested object stands for its own properties."""
    for name, inner in schema.get("properties", {}).items():
        path = f"{above}.{name}" if above else name
        if isinstance(inner, dict) and inner.get("properties"):
            yield from _leaves(inner, path)
        else:
            yield path


def _schema_path(path: str) -> tuple[str, ...]:
    return tuple(step for name in path.split(".") for step in ("properties", name))


def _references(pair: Pair, page: Page, known: set[str]) -> Iterator[Problem]:
    """Words for a field which is not there; rules may reach into blocks and are held to the assembled form."""
    spoken = [("help", row.field, row.field) for row in page.help]
    spoken += [("messages", row.field, row.field) for row in page.messages]
    spoken += [("choices", f"{row.field}.{row.id}", row.field) for row in page.choices]
    for kind, row_id, name in spoken:
        if name not in known:
            ja, en = f"項目 {name} はありません。", f"there is no field {name}"
            yield pair.page_problem("form-field", (kind, row_id), ja, en, nearest(name, known))


def _choices(pair: Pair, page: Page) -> Iterator[Problem]:
    for row in page.fields:
        schema = schema_at(pair.schema, row.id) or {}
        schema = schema.get("items", {}) if row.items == "choice" else schema
        allowed = [str(one) for one in schema.get("enum", ())] if "choice" in {row.type, row.items} else []
        worded = [choice.id for choice in page.choices if choice.field == row.id]
        for one in allowed:
            if one not in worded:
                ja, en = f"選択肢 {one} の言葉が choices にありません。", f"the choice {one} has no words in choices"
                yield pair.page_problem("form-choice", ("fields", row.id), ja, en)
        for one in worded:
            if one not in allowed:
                ja, en = f"選択肢 {one} はスキーマにありません。", f"the schema does not allow the choice {one}"
                yield pair.page_problem("form-choice", ("choices", f"{row.id}.{one}"), ja, en, nearest(one, allowed))


def _steps(pair: Pair, page: Page) -> Iterator[Problem]:
    """Each field of a form stands in exactly one step; a block has none."""
    if not page.steps:
        return
    tops = dict.fromkeys(row.id.split(".")[0] for row in page.fields)
    placed = Counter(name for step in page.steps for name in step.fields)
    for name in tops:
        if placed[name] != 1:
            ja = f"{name} はどれか1つのステップに入れてください(今は{placed[name]})。"
            en = f"{name} stands in {placed[name]} steps, not in one"
            yield pair.page_problem("form-step", ("fields", name), ja, en)
    for step in page.steps:
        for name in step.fields:
            if name not in tops:
                ja, en = f"項目 {name} はありません。", f"there is no field {name}"
                yield pair.page_problem("form-step", ("steps", step.id), ja, en, nearest(name, tops))
