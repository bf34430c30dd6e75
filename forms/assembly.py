"""One self-contained schema and one list of fields out of a form's pair and the pairs of its blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from engine.problems import Problem
from engine.shapes import Sensitivity
from forms.definition import ChoiceRow, FieldRow, Page, Words3
from forms.form import Choice, Field, Rule, Schema
from forms.reading import Pair
from registers.port import Role

BLOCK = "urn:madoguchi:block:"


def refers_to(schema: object) -> str | None:
    """The block that a subschema refers to, or None."""
    reference = schema.get("$ref") if isinstance(schema, dict) else None
    return reference.removeprefix(BLOCK) if isinstance(reference, str) and reference.startswith(BLOCK) else None


def block_of(schema: Schema) -> str | None:
    """The block of a field, be it one or a list of it."""
    return refers_to(schema) or refers_to(schema.get("items"))


def blocks_of(schema: object) -> Iterator[str]:
    """Every block that a schema refers to, in the order of writing, repeated where repeated."""
    if block := refers_to(schema):
        yield block
    for value in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from blocks_of(value)


def foreign_references(schema: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The places of references that lead outside the form and its blocks."""
    if isinstance(schema, dict):
        reference = schema.get("$ref")
        if isinstance(reference, str) and not reference.startswith((BLOCK, "#")):
            yield (*path, "$ref")
        for name, value in schema.items():
            yield from foreign_references(value, (*path, name))
    elif isinstance(schema, list):
        for index, value in enumerate(schema):
            yield from foreign_references(value, (*path, str(index)))


def one_schema(form: Pair, blocks: Mapping[str, Pair], conditionals: Mapping[str, Sequence[Schema]]) -> Schema:
    """The form's schema with its blocks as `$defs` and, where given, the derived conditional requirements."""
    schema = _with(_local(form.schema), conditionals.get(form.id, ()))
    definitions = {name: _with(_local(pair.schema), conditionals.get(name, ())) for name, pair in blocks.items()}
    for definition in definitions.values():
        definition.pop("$id", None)
        definition.pop("$schema", None)
    return schema | ({"$defs": definitions} if definitions else {})


def _with(schema: Schema, conditionals: Sequence[Schema]) -> Schema:
    return schema | ({"allOf": [*schema.get("allOf", []), *conditionals]} if conditionals else {})


def _local(schema: Any) -> Any:  # noqa: ANN401
    """The schema with its references to blocks turned into `#/$defs/…`."""
    if isinstance(schema, dict):
        found = {name: _local(value) for name, value in schema.items()}
        block = refers_to(schema)
        return found | {"$ref": f"#/$defs/{block}"} if block else found
    return [_local(value) for value in schema] if isinstance(schema, list) else schema


def schema_at(schema: Schema, path: str) -> Schema | None:
    """The subschema of a dotted path inside one file, or None."""
    found: Any = schema
    for step in path.split("."):
        found = found.get("properties", {}).get(step) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else None


def is_required(schema: Schema, path: str) -> bool:
    """Whether the record that holds a dotted path requires it unconditionally."""
    *above, last = path.split(".")
    holder = schema_at(schema, ".".join(above)) if above else schema
    return last in (holder or {}).get("required", ())


def flatten(form: Pair, blocks: Mapping[str, Pair]) -> tuple[tuple[Field, ...], tuple[Rule, ...]]:
    """Every field and every rule of the form and its blocks, in the order of the steps and of each page's rows."""
    page = form.page
    if page is None:
        return (), ()
    step_of = {name: number for number, step in enumerate(page.steps) for name in step.fields}
    order = {name: place for place, name in enumerate(name for step in page.steps for name in step.fields)}
    rows = sorted(page.fields, key=lambda row: order.get(row.id.split(".")[0], len(order)))
    fields: list[Field] = []
    rules: list[Rule] = []
    _flatten(form, rows, _Into(blocks, fields, rules), scope="", above=_Above("general", step_of, "person"))
    with_hints = [replace(one, samples=tuple(h for h in page.samples if h.field == one.path)) for one in fields]
    return tuple(one for field in _with_full_labels(with_hints) for one in _and_its_items(field)), tuple(rules)


def _and_its_items(field: Field) -> Iterator[Field]:
    """The field, and after a list of plain values one more for any of its items."""
    yield field
    if field.items is not None:
        at, schema = f"{field.pointer}/*", field.schema.get("items", {})
        plain = replace(field, required=False, items=None, when=None, prefill=None)
        yield replace(plain, pointer=at, type=field.items, schema=schema)


class _Into:
    """Where the flattening of one form collects what it finds."""

    def __init__(self, blocks: Mapping[str, Pair], fields: list[Field], rules: list[Rule]) -> None:
        self.blocks = blocks
        self.fields = fields
        self.rules = rules


class _Above(NamedTuple):
    """What a field takes from the field that holds it."""

    sensitivity: Sensitivity
    steps: int | dict[str, int]
    about: Role


def _flatten(pair: Pair, rows: Sequence[FieldRow], into: _Into, *, scope: str, above: _Above) -> None:
    """One file's fields below `scope`."""
    page = pair.page
    if page is None:
        return
    sensitivity, steps, about = above
    for row in rows:
        step = steps if isinstance(steps, int) else steps.get(row.id.split(".")[0], 0)
        one = _field(pair, page, row, scope)
        one = replace(one, step=step, sensitivity=row.sensitivity if row.sensitivity != "general" else sensitivity)
        one = replace(one, about=row.about or about)
        into.fields.append(one)
        block = into.blocks.get(block_of(one.schema) or "")
        if block is not None and block.page is not None:
            inside = one.pointer + ("/*" if row.type == "list" else "")
            whom = row.about or block.page.about or (about if scope else "nobody")
            _flatten(block, block.page.fields, into, scope=inside, above=_Above(one.sensitivity, step, whom))
    for rule in page.rules:
        fields = tuple(_pointer(scope, name) for name in rule.fields)
        words = Words3(ja=rule.ja, easy=rule.easy, en=rule.en)
        into.rules.append(Rule(rule.id, rule.cel, rule.says, words, scope, pair.id, fields))


def _field(pair: Pair, page: Page, row: FieldRow, scope: str) -> Field:
    words = Words3(ja=row.ja, easy=row.easy, en=row.en)
    return Field(
        pointer=_pointer(scope, row.id),
        type=row.type,
        label=words,
        full_label=words,
        step=0,
        schema=schema_at(pair.schema, row.id) or {},
        scope=scope,
        owner=pair.id,
        row=row.id,
        required=row.required or is_required(pair.schema, row.id),
        when=row.when,
        required_when=row.required_when,
        choices=tuple(Choice(c.id, _words(c)) for c in page.choices if c.field == row.id),
        help=next((Words3(ja=h.ja, easy=h.easy, en=h.en) for h in page.help if h.field == row.id), None),
        messages={m.keyword: Words3(ja=m.ja, easy=m.easy, en=m.en) for m in page.messages if m.field == row.id},
        prefill=row.prefill,
        block=row.block,
        items=row.items,
    )


def _words(row: ChoiceRow) -> Words3:
    return Words3(ja=row.ja, easy=row.easy, en=row.en)


def _pointer(scope: str, path: str) -> str:
    return f"{scope}/{path.replace('.', '/')}"


def _with_full_labels(fields: Sequence[Field]) -> tuple[Field, ...]:
    """Each label with as many labels of what holds the field as make it the only one of its name in the form."""
    labels = {one.pointer: one.label for one in fields}
    chains = {one.pointer: _chain(one.pointer, labels) for one in fields}
    seen = Counter(
        tuple(w.ja for w in chain[-length:]) for chain in chains.values() for length in range(1, len(chain) + 1)
    )
    return tuple(replace(one, full_label=_joined(chains[one.pointer], seen)) for one in fields)


def _chain(pointer: str, labels: Mapping[str, Words3]) -> tuple[Words3, ...]:
    """The labels from the outermost holder to the field."""
    steps = pointer.split("/")
    above = ("/".join(steps[: i + 1]) for i in range(1, len(steps)))
    return tuple(labels[one] for one in above if one in labels)


def _joined(chain: Sequence[Words3], seen: Mapping[tuple[str, ...], int]) -> Words3:
    for length in range(1, len(chain) + 1):
        words = chain[-length:]
        if seen[tuple(w.ja for w in words)] == 1 or length == len(chain):
            ja, easy = "の".join(w.ja for w in words), "の ".join(w.easy for w in words)
            return Words3(ja=ja, easy=easy, en=", ".join(w.en for w in reversed(words)))
    return chain[-1]


def missing_block(pair: Pair, name: str) -> Problem:
    """A reference to a block of which there is no file."""
    path = _path_of_reference(pair.schema, BLOCK + name, ())
    ja, en = f"ブロック {name} のファイルがありません。", f"there is no block {name}"
    return pair.schema_problem("form-ref", path, ja, en)


def _path_of_reference(schema: object, reference: str, path: tuple[str, ...]) -> tuple[str, ...]:
    for name, value in schema.items() if isinstance(schema, dict) else ():
        if name == "$ref" and value == reference:
            return (*path, name)
        if found := _path_of_reference(value, reference, (*path, name)):
            return found
    return ()
