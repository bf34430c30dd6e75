"""E16 to E20, F3, F8, F16: rows of a page that do nothing, go round in a circle, or say what cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from checker.finding import Finding
from checker.form_files import FormFiles
from checker.rules.asking import DAY, combinations, conditions
from checker.rules.wording import texts
from forms.conditions import fields_read
from forms.form import Field, Rule
from forms.normalise import normalise
from forms.validation import Validator

_KANJI = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_LATIN = re.compile("[A-Za-z]")
_ALWAYS_SAID = frozenset({"required", "hidden"})


def empty_steps(files: FormFiles) -> Iterator[Finding]:
    """E16: a step that names no field."""
    for step in files.form.steps:
        if not step.fields:
            ja = f"ステップ「{step.ja}」に項目がありません。項目を入れるか、ステップを消します。"
            yield files.at_page("E16", files.form.id, ("steps", step.id, "fields"), ja, f"{step.id} has no fields")


def circles(files: FormFiles) -> Iterator[Finding]:
    """E17: a field that is shown by its own answer, at once or through others: nobody ever sees it."""
    hangs: dict[str, set[str]] = {}
    shown = [(field, condition) for field, key, condition in conditions(files.form) if key == "when"]
    for field, condition in shown:
        hangs[field.pointer] = set(fields_read(condition, field.scope))
    for field, _ in shown:
        seen, waiting = set[str](), sorted(hangs[field.pointer])
        while waiting:
            one = waiting.pop()
            if one not in seen:
                seen.add(one)
                waiting += sorted(hangs.get(one, ()))
        if field.pointer in seen:
            ja = f"「{field.label.ja}」は自分の答えがないと出ません。だれにも出ない項目です。"
            yield files.at_field("E17", field, ja, f"{field.path} is shown by its own answer", key="when")


def constant_rules(files: FormFiles) -> Iterator[Finding]:
    """E18: a rule that no answers keep, or that none can break, told by trying them all."""
    for rule in _own_rules(files):
        reads = _read(files, rule)
        if rule.scope or reads is None:
            continue
        documents = combinations(files.form, sorted(reads)) if reads else iter([{}])
        found = {files.form.conditions.on(answers, DAY).holds(rule.place, answers) for answers in documents}
        if len(found) == 1 and None not in found:
            kept = found == {True}
            ja = f"この決まりは、どう答えても{'守られます' if kept else '守れません。だれも提出できません'}。"
            en = f"{rule.id}: {'nothing breaks it' if kept else 'nothing keeps it'}"
            yield files.at_page("E18", rule.owner, ("rules", rule.id, "cel"), ja, en)


def shown_elsewhere(files: FormFiles) -> Iterator[Finding]:
    """E19: a rule of which the problem is shown at a field that it does not read."""
    for rule in _own_rules(files):
        reads = _read(files, rule)
        first = rule.fields[0]
        if reads and not any(_near(first, one) for one in reads) and first in files.form.by_pointer:
            label = files.form.by_pointer[first].full_label.ja
            ja = f"この決まりは「{label}」を読みません。直すところでない項目に、誤りが出ます。"
            yield files.at_page("E19", rule.owner, ("rules", rule.id, "fields"), ja, f"{rule.id} does not read {first}")


def _own_rules(files: FormFiles) -> Iterator[Rule]:
    """The rules as their files have them, each once; not of a block that this form alone changes."""
    told: set[tuple[str, str]] = set()
    for rule in files.form.rules:
        if rule.owner in files.pairs and (rule.owner, rule.id) not in told:
            told.add((rule.owner, rule.id))
            yield rule


def _read(files: FormFiles, rule: Rule) -> set[str] | None:
    """The pointers that a rule reads; None where it reads what is no answer."""
    condition = files.form.conditions.get(rule.place)
    if condition is None or not set(condition.roots) <= {"form", "it"}:
        return None
    return set(fields_read(condition, rule.scope))


def _near(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}/") or other.startswith(f"{one}/")


def refused_samples(files: FormFiles) -> Iterator[Finding]:
    """E20: a value for made-up documents that the field itself refuses."""
    told: set[tuple[str, str]] = set()
    for field in files.form.fields:
        for row in field.samples:
            bad = [one for one in row.values if _refuses(field, one)]
            if bad and (row.field, str(bad[0])) not in told:
                told.add((row.field, str(bad[0])))
                ja = f"見本の値「{bad[0]}」を「{field.label.ja}」は断ります。見本の申請データが作れません。"
                at = ("samples", row.field, "values")
                yield files.at_page("E20", files.form.id, at, ja, f"{field.path} refuses the sample {bad[0]!r}")


def _refuses(field: Field, value: object) -> bool:
    schema: Mapping[str, object] = field.schema
    inner = schema.get("items") if field.type == "list" else schema
    if not isinstance(inner, dict) or "$ref" in inner:
        return False
    return bool(Validator(inner).failures(normalise(field.type, value) if isinstance(value, str) else value))


def dead_messages(files: FormFiles) -> Iterator[Finding]:
    """F8: a message for a keyword that the field does not have: it is never said."""
    known: dict[tuple[str, str], set[str]] = {}
    for field in files.form.fields:
        known.setdefault((field.owner, field.row), set()).update(field.schema)
    told: set[tuple[str, str, str]] = set()
    for field in files.form.fields:
        there = known[field.owner, field.row] | _ALWAYS_SAID  # a list of plain items is two fields of one row
        if "$ref" in there or field.owner not in files.pairs:
            continue
        for keyword in field.messages:
            if keyword in there or (field.owner, field.row, keyword) in told:
                continue
            told.add((field.owner, field.row, keyword))
            ja = f"「{field.label.ja}」のスキーマに {keyword} はありません。この言葉が出ることはありません。"
            yield files.at_page("F8", field.owner, ("messages", field.row), ja, f"{field.path} has no {keyword}")


def same_choice(files: FormFiles) -> Iterator[Finding]:
    """F16: two choices of one field with the same words."""
    told: set[tuple[str, str]] = set()
    for field in files.form.fields:
        words: dict[str, str] = {}
        for choice in field.choices:
            first = words.setdefault(choice.words.ja, choice.id)
            if first != choice.id and (field.owner, field.row) not in told:
                told.add((field.owner, field.row))
                ja = f"「{field.label.ja}」の選択肢に「{choice.words.ja}」が2つあります({first}・{choice.id})。"
                at = ("choices", f"{field.row}.{choice.id}", "ja")
                yield files.at_page("F16", field.owner, at, ja, f"{field.path}: two choices read alike")


def untranslated(files: FormFiles) -> Iterator[Finding]:
    """F3: words that were copied instead of translated."""
    for owner, path, kind, words in texts(files):
        if kind != "title" and words.easy == words.ja and _KANJI.search(words.easy) and words.ja not in words.en:
            ja = f"「{words.easy}」: やさしい日本語が、日本語の言葉のままです。かなで言い換えます。"
            yield files.at_page("F3", owner, (*path, "easy"), ja, "the plain words are a copy")
        if _JAPANESE.search(words.en) and not _LATIN.search(words.en) and words.easy != words.en:
            ja = f"「{words.en}」: 英語の言葉がありません。"
            yield files.at_page("F3", owner, (*path, "en"), ja, "the English words are Japanese")


RULES = (
    empty_steps,
    circles,
    constant_rules,
    shown_elsewhere,
    refused_samples,
    dead_messages,
    same_choice,
    untranslated,
)
