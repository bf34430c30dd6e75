"""Finds, reads and assembles forms. Adding one is adding its two files; nothing is registered anywhere."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from engine.problems import Problem, nearest
from engine.shapes import Record
from forms.agreement import disagreements
from forms.assembly import blocks_of, flatten, foreign_references, missing_block, one_schema
from forms.conditions import Conditions, compile_conditions
from forms.definition import Page
from forms.derive import Conditional, conditionals, is_said
from forms.form import Field, Form, Rule, Schema
from forms.prefilling import unknown_sources
from forms.reading import PAGE_SUFFIX, SCHEMA_SUFFIX, Pair, read_pair
from forms.shape import shape_at, shape_of
from forms.validation import FORMATS, schema_problems
from forms.variants import varied

BLOCKS = "blocks"
OURS = Path(__file__).resolve().parent


class Forms:
    """The forms in one or several folders laid over each other: a later folder's file hides an earlier one's.

    A folder holds `<field>/<id>.schema.json` with `<id>.toml` beside it, and `blocks/`.
    """

    def __init__(self, folders: Sequence[Path] = (OURS,)) -> None:
        self._folders = tuple(folders)
        self._loaded: dict[str, tuple[Form | None, list[Problem]]] = {}

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders laid over each other, ours first."""
        return self._folders

    def ids(self) -> list[str]:
        """The ids of the forms, sorted."""
        return sorted(self._schemas(blocks=False))

    def blocks(self) -> list[str]:
        """The ids of the blocks, sorted."""
        return sorted(self._schemas(blocks=True))

    def files(self, form_id: str) -> tuple[Path, ...]:
        """The pair of files of a form; none when there is no such form."""
        path = self._schemas(blocks=False).get(form_id)
        return (path, _page_beside(path)) if path is not None else ()

    def load(self, form_id: str) -> tuple[Form | None, list[Problem]]:
        """The form, or None when it cannot be used, with every problem of its files and of its blocks' files."""
        if form_id not in self._loaded:
            self._loaded[form_id] = self._load(form_id)
        form, problems = self._loaded[form_id]
        return form, list(problems)

    def pairs(self, form_id: str) -> dict[str, Pair]:
        """The pairs that a form is made of, as their authors wrote them, by id: its own first, then its blocks'."""
        path = self._schemas(blocks=False).get(form_id)
        pair = read_pair(form_id, path, _page_beside(path), page_needed=True)[0] if path is not None else None
        return {form_id: pair, **self._blocks_of(pair)[0]} if pair is not None else {}

    def _load(self, form_id: str) -> tuple[Form | None, list[Problem]]:
        path = self._schemas(blocks=False).get(form_id)
        if path is None:
            ja, en = f"フォーム {form_id} はありません。", f"there is no form {form_id}"
            hint = nearest(form_id, self.ids())
            return None, [Problem(rule="form-unknown", path=(form_id,), ja=ja, en=en, hint=hint)]
        pair, problems = read_pair(form_id, path, _page_beside(path), page_needed=True)
        if pair is None:
            return None, problems
        blocks, found = self._blocks_of(pair)
        problems = sorted({*problems, *found, *_pair_problems(pair, blocks)})
        if problems:
            return None, problems
        pair, blocks, problems = varied(pair, blocks)
        return (None, sorted(problems)) if problems else _form(pair, blocks)

    def _blocks_of(self, form: Pair) -> tuple[dict[str, Pair], list[Problem]]:
        """Every block that the form uses, also through other blocks, in the order of first use."""
        known = self._schemas(blocks=True)
        found: dict[str, Pair] = {}
        problems: list[Problem] = []
        waiting, seen = [(form, name) for name in blocks_of(form.schema)], set[str]()
        while waiting:
            user, name = waiting.pop(0)
            if name not in known:
                problems.append(missing_block(user, name))
            if name not in known or name in seen:
                continue
            seen.add(name)
            pair, read = read_pair(name, known[name], _page_beside(known[name]), page_needed=False)
            problems += read
            if pair is not None:
                found[name] = pair
                waiting += [(pair, inner) for inner in blocks_of(pair.schema)]
        return found, [*problems, *(one for pair in found.values() for one in _pair_problems(pair, found))]

    def _schemas(self, *, blocks: bool) -> dict[str, Path]:
        """The schema files by id; the last folder wins."""
        return {
            path.name.removesuffix(SCHEMA_SUFFIX): path
            for folder in self._folders
            for path in sorted(folder.glob(f"*/*{SCHEMA_SUFFIX}"))
            if (path.parent.name == BLOCKS) == blocks
        }


def _page_beside(schema: Path) -> Path:
    return schema.with_name(schema.name.removesuffix(SCHEMA_SUFFIX) + PAGE_SUFFIX)


def _pair_problems(pair: Pair, blocks: Mapping[str, Pair]) -> Iterator[Problem]:
    """What is wrong inside one pair, its blocks being known."""
    for path, sentence in schema_problems(_without_blocks(pair.schema)):
        yield pair.schema_problem("form-schema", path, f"スキーマの書き方が正しくありません: {sentence}", sentence)
    for path in foreign_references(pair.schema):
        ja, en = "$ref はブロック(urn:madoguchi:block:…)だけを指せます。", "a $ref may only name a block of ours"
        yield pair.schema_problem("form-ref", path, ja, en)
    for path, name in _formats(pair.schema):
        ja, en = f"format {name} は検査できません。", f"the format {name} is not checked by anything"
        yield pair.schema_problem("form-format", path, ja, en, nearest(name, FORMATS))
    yield from disagreements(pair, blocks)


def _without_blocks(schema: Any) -> Any:  # noqa: ANN401
    """The schema by itself: a reference to a block says anything."""
    if isinstance(schema, dict):
        return {name: _without_blocks(value) for name, value in schema.items() if name != "$ref"}
    return [_without_blocks(value) for value in schema] if isinstance(schema, list) else schema


def _formats(schema: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    for name, value in schema.items() if isinstance(schema, dict) else ():
        if name == "format" and isinstance(value, str) and value not in FORMATS:
            yield (*path, name), value
        yield from _formats(value, (*path, name))


def _form(pair: Pair, blocks: Mapping[str, Pair]) -> tuple[Form | None, list[Problem]]:
    page = pair.page
    if page is None:
        return None, []
    fields, rules = flatten(pair, blocks)
    pairs = {pair.id: pair, **blocks}
    wrong_names = [*_rules_at_nothing(rules, fields, pairs), *_hints_at_nothing(pair, fields)]
    if problems := [*wrong_names, *unknown_sources(fields, pairs)]:
        return None, problems
    shape = shape_of(one_schema(pair, blocks, {}), {one.pointer: one for one in fields})
    conditions, wrong = compile_conditions(shape, fields, rules)
    if wrong:
        return None, sorted(pairs[owner].in_text(problem, problem.path) for owner, problem in wrong)
    said, unsaid = derived(shape, fields, conditions)
    schema = one_schema(pair, blocks, said)
    decides = [[one.id, one.cel, one.scope] for one in rules]
    behaviour = {"schema": schema, "fields": [_behaviour(one) for one in fields], "rules": decides}
    pages = [page, *(one.page for one in blocks.values() if one.page is not None)]
    form = Form(
        id=pair.id,
        title=page.title,
        schema=schema,
        shape=shape,
        steps=page.steps,
        fields=fields,
        rules=rules,
        conditions=conditions,
        behaviour_hash=_digest(behaviour),
        wording_hash=_digest([_wording(one) for one in pages]),
        legal_ground_my_number=page.legal_ground_my_number,
        unsaid=unsaid,
    )
    return form, []


def derived(
    shape: Record, fields: Sequence[Field], conditions: Conditions
) -> tuple[dict[str, list[Schema]], frozenset[tuple[str, str]]]:
    """The if/then of each file, by its id (a block in several places says it once), and the rows they cannot say."""
    first: dict[str, str] = {}
    found: dict[str, list[Conditional]] = {}
    for field in fields:
        if field.scope == first.setdefault(field.owner, field.scope):
            when = conditions.get(field.shown)
            needed = conditions.get(field.needed)
            trees = [None if one is None else one.tree for one in (when, needed)]
            found.setdefault(field.owner, []).append(Conditional(field.row, field.required, *trees))
    said: dict[str, list[Schema]] = {}
    unsaid: set[tuple[str, str]] = set()
    for owner, rows in found.items():
        if isinstance(record := shape_at(shape, first[owner]), Record):
            root = "it" if first[owner] else "form"
            said[owner] = conditionals(rows, root, record)
            unsaid |= {(owner, row.path) for row in rows if not is_said(row, root, record)}
    return said, frozenset(unsaid)


def _rules_at_nothing(rules: Sequence[Rule], fields: Sequence[Field], pairs: Mapping[str, Pair]) -> Iterator[Problem]:
    """Rules that would show their problem at a field which is not there."""
    known = {one.pointer: one.path for one in fields}
    for rule in rules:
        for pointer in rule.fields:
            if pointer not in known:
                name = pointer.removeprefix(rule.scope).strip("/").replace("/", ".")
                ja, en = f"項目 {name} はありません。", f"there is no field {name}"
                path = ("rules", rule.id, "fields")
                yield pairs[rule.owner].page_problem("form-field", path, ja, en, nearest(name, known.values()))


def _hints_at_nothing(pair: Pair, fields: Sequence[Field]) -> Iterator[Problem]:
    """Hints for samples about a field which is not there."""
    known = [one.path for one in fields]
    for hint in pair.page.samples if pair.page is not None else ():
        for key, name in (("field", hint.field), ("same_as", hint.same_as)):
            if name is not None and name not in known:
                ja, en = f"項目 {name} はありません。", f"there is no field {name}"
                yield pair.page_problem("form-field", ("samples", hint.field, key), ja, en, nearest(name, known))


def _behaviour(field: Field) -> list[object]:
    conditions = [field.required, field.when, field.required_when]
    about = [field.about] if field.prefill else []
    return [field.pointer, field.type, *conditions, field.sensitivity, field.prefill, *about]


def _wording(page: Page) -> Schema:
    """The page without what decides anything."""
    silent = {"when", "required", "required_when", "prefill", "about", "sensitivity", "cel", "type", "block"}
    dumped = page.model_dump(mode="json", exclude={"samples", "changes", "about"})
    rows = {"fields", "rules"}
    return {
        name: [{k: v for k, v in row.items() if k not in silent} for row in value] if name in rows else value
        for name, value in dumped.items()
    }


def _digest(value: object) -> str:
    """SHA-256 of the canonical JSON."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
