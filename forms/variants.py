"""What a form changes of the blocks it uses: a field left out, limited, renamed, asked for under other conditions.

Each changed use gets a block of its own, so everything behind this module sees nothing but pairs of files.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from engine.problems import Problem, nearest
from forms.assembly import BLOCK, block_of, blocks_of, schema_at
from forms.definition import ChangeRow, FieldRow, Page, Words3
from forms.form import Schema
from forms.reading import Pair

Change = tuple[str, ChangeRow]
"""A change and the dotted path of its field inside the pair at hand."""


@dataclass(frozen=True)
class Variant(Pair):
    """A block as one form uses it; what the form changed is found in the form's page."""

    form: Pair
    changed: Mapping[str, str]

    def in_text(self, problem: Problem, path: Sequence[str]) -> Problem:
        """The same problem of a condition at its place: in the form's page when the form wrote it."""
        row = self.changed.get(path[1]) if len(path) > 1 and path[0] == "fields" else None
        place = ("changes", row, *path[2:]) if row else None
        if place is None or self.form.page_positions.at(place) == self.form.page_positions.at(place[:2]):
            return super().in_text(problem, path)
        return self.form.in_text(problem, place)


def varied(form: Pair, blocks: Mapping[str, Pair]) -> tuple[Pair, dict[str, Pair], list[Problem]]:
    """The form and its blocks with a block of its own for every use that the form changes, and what is wrong there."""
    made = dict(blocks)
    problems: list[Problem] = []
    if form.page is None or not form.page.changes:
        return form, made, problems
    work = _Varying(form, made, problems)
    changed = work.below(form, [(row.field, row) for row in form.page.changes])
    return changed, _used(changed, made), problems


def _used(form: Pair, blocks: Mapping[str, Pair]) -> dict[str, Pair]:
    """The blocks that are still used, in the order of first use."""
    found: dict[str, Pair] = {}
    waiting = list(blocks_of(form.schema))
    while waiting:
        name = waiting.pop(0)
        if name not in found:
            found[name] = blocks[name]
            waiting += blocks_of(blocks[name].schema)
    return found


class _Varying:
    """The changes of one form on their way into blocks."""

    def __init__(self, form: Pair, made: dict[str, Pair], problems: list[Problem]) -> None:
        self._form = form
        self._made = made
        self._problems = problems

    def below(self, pair: Pair, changes: Sequence[Change]) -> Pair:
        """The pair with its references led to changed blocks."""
        uses: dict[str, list[Change]] = {}
        for path, change in changes:
            holder = _holder(pair, path)
            if holder is None:
                self._unknown(pair, path, change)
            else:
                uses.setdefault(holder.id, []).append((path.removeprefix(f"{holder.id}."), change))
        schema = copy.deepcopy(pair.schema)
        for use, inner in uses.items():
            block = self._block(f"{pair.id}.{use}", block_of(schema_at(schema, use) or {}) or "", inner)
            _lead(schema_at(schema, use) or {}, block)
        return replace(pair, schema=schema)

    def _block(self, name: str, block: str, changes: Sequence[Change]) -> str:
        """The name of the changed block, which then stands among the others."""
        pair = self._made[block]
        page = pair.page or Page(id=block, title=Words3(ja=block, easy=block, en=block), fields=())
        known = {row.id for row in page.fields}
        own = [(path, change) for path, change in changes if path in known]
        varied = self.below(replace(pair, id=name), [one for one in changes if one not in own])
        schema = varied.schema
        for path, change in own:
            page = _page(page, path, change)
            _in_schema(schema, path, change)
        there = {key: getattr(varied, key) for key in Pair.__dataclass_fields__}
        changed = {path: change.field for path, change in own}
        self._made[name] = Variant(**there | {"page": page, "schema": schema}, form=self._form, changed=changed)
        return name

    def _unknown(self, pair: Pair, path: str, change: ChangeRow) -> None:
        known = [row.id for row in pair.page.fields] if pair.page else []
        ja, en = f"ブロックの中に項目 {path} はありません。", f"there is no field {path} in a block here"
        if pair is self._form and path in known:
            ja = f"{path} はこのフォームの項目です。changes ではなく fields の行を書き換えます。"
            en = f"{path} is a field of this form: change its row in fields"
        place = ("changes", change.field, "field")
        self._problems.append(self._form.page_problem("form-change", place, ja, en, nearest(path, known)))


def _holder(pair: Pair, path: str) -> FieldRow | None:
    """The field of a pair that is a block and holds the path."""
    rows = pair.page.fields if pair.page else ()
    return next((row for row in rows if path.startswith(f"{row.id}.") and row.type in {"block", "list"}), None)


def _lead(schema: Schema, block: str) -> None:
    """Lead the reference of a field, be it one or a list of it, to another block."""
    (schema if "$ref" in schema else schema["items"])["$ref"] = BLOCK + block


def _page(page: Page, path: str, change: ChangeRow) -> Page:
    if change.omit:
        return page.model_copy(
            update={
                "fields": tuple(row for row in page.fields if row.id != path),
                "choices": tuple(row for row in page.choices if row.field != path),
                "help": tuple(row for row in page.help if row.field != path),
                "messages": tuple(row for row in page.messages if row.field != path),
                "rules": tuple(row for row in page.rules if path not in row.fields),
            }
        )
    said = change.model_dump(exclude_none=True, exclude={"field", "omit", "only"})
    if change.required is not None and change.required_when is None:
        said["required_when"] = None  # the block's condition goes with its answer
    fields = tuple(row.model_copy(update=said) if row.id == path else row for row in page.fields)
    kept = {str(one) for one in change.only}
    choices = tuple(row for row in page.choices if row.field != path or not kept or row.id in kept)
    return page.model_copy(update={"fields": fields, "choices": choices})


def _in_schema(schema: Schema, path: str, change: ChangeRow) -> None:
    *above, last = path.split(".")
    holder = (schema_at(schema, ".".join(above)) if above else schema) or {}
    field, required = holder["properties"][last], [name for name in holder.get("required", ()) if name != last]
    if change.omit:
        del holder["properties"][last]
    elif change.required and change.when is None:
        required.append(last)
    elif change.required is None and change.when is None and change.required_when is None:
        required = holder.get("required", [])
    holder["required"] = required
    if change.only and "enum" in field:
        field["enum"] = [one for one in field["enum"] if one in change.only]
    elif change.only:
        field["const"] = change.only[0]
