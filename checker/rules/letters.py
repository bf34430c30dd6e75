"""A1 to A6: what a file is made of, before anything is said with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from checker.finding import Finding
from checker.keywords import DIALECT, KNOWN, OWN_PREFIX
from checker.schema_file import SchemaFile
from checker.source import Source, replaced
from engine.problems import nearest

_OURS = ("urn:madoguchi:form:", "urn:madoguchi:block:")
_WORDS_FOR_PEOPLE = ("title", "description", "$comment")
_HALF_WIDTH_KANA = re.compile("[\uff61-\uff9f]")
_DASH_IN_KANA = re.compile("[\u30a0-\u30ff][\u2015\u2010-\u2014\u2212\uff0d-](?=[\u30a0-\u30ff]|$)")
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


def twice(file: SchemaFile) -> Iterator[Finding]:
    """A1: a key that an object has twice; readers keep the last and say nothing."""
    for pointer, offset in file.twice:
        name = pointer.rsplit("/", 1)[-1]
        ja, en = (
            f"「{name}」が2回書かれています。前のほうは効きません。",
            f"{name!r} is written twice; the first is lost",
        )
        yield file.source.found("A1", offset, ja, en, pointer=pointer)


def hidden_letters(source: Source) -> Iterator[Finding]:
    """A2: a letter that nobody sees, or that turns what follows round; also one written as an escape."""
    for offset, letter in enumerate(source.text):
        if (letter > "~" or letter < " ") and (found := _bad(letter)):
            yield source.found("A2", offset, *found, fix=replaced(source, offset, offset + 1, "", _GONE))
    for match in _ESCAPED.finditer(source.text):
        letter = chr(int(match[1], 16))
        paired = "\ud800" <= letter <= "\udfff" and _in_pair(source.text, match.start())
        if not paired and (found := _bad(letter)):
            yield source.found("A2", match.start(), *found)


_GONE = ("その文字を消す", "delete it")


def _bad(letter: str) -> tuple[str, str] | None:
    """What is wrong with a letter, in Japanese and in English."""
    code = f"U+{ord(letter):04X}"
    if letter in "\n\r\t":
        return None
    if letter in _DIRECTIONS:
        return f"文字の向きを変える見えない字({code})があります。", f"an invisible mark of direction ({code})"
    if unicodedata.category(letter) in {"Cc", "Cs", "Co"} or letter in "\u200b\u2060\ufeff":
        return f"見えない字({code})があります。", f"an invisible letter ({code})"
    return None


def _in_pair(text: str, at: int) -> bool:
    """Whether an escaped half of a letter is beside its other half."""
    pair = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")
    return bool(pair.match(text, at) or (at >= len(r"\uD800") and pair.match(text, at - len(r"\uD800"))))


def dialect(file: SchemaFile) -> Iterator[Finding]:
    """A3: a schema that does not say that it is JSON Schema 2020-12."""
    said = file.schema.get("$schema") if isinstance(file.schema, dict) else DIALECT
    if said == DIALECT:
        return
    what = f"$schema が {said} です" if said is not None else "$schema がありません"
    ja, en = f"{what}。2020-12 と書きます: {DIALECT}", f"$schema is to be {DIALECT}"
    spot = file.at("/$schema")
    change = replaced(file.source, spot.start, spot.end, f'"{DIALECT}"', ("2020-12 と書く", "name 2020-12"), safe=False)
    yield file.found("A3", "/$schema", ja, en, fix=change if isinstance(said, str) else None)


def named(file: SchemaFile) -> Iterator[Finding]:
    """A4: a schema without an $id: findings, notices and stored answers could not name it."""
    if isinstance(file.schema, dict) and not file.schema.get("$id"):
        ja = "$id がありません。この様式だけの名前を付けます(例 urn:madoguchi:form:<手続の名前>)。"
        yield file.found("A4", "", ja, "there is no $id: give the schema a name of its own")
        return
    said = file.schema.get("$id") if isinstance(file.schema, dict) else None
    name, is_form, _ = file.source.file.rsplit("/", 1)[-1].partition(".schema.json")
    if is_form and isinstance(said, str) and said.startswith(_OURS) and said.rpartition(":")[2] != name:
        ja = f"$id の終わりが、ファイルの名前「{name}」と違います。写した様式の名前が残っていませんか。"
        yield file.found("A4", "/$id", ja, f"the $id does not end in the file's name {name!r}")


def named_twice(files: Sequence[SchemaFile]) -> Iterator[Finding]:
    """A4: a name that two files have; what refers to it means either."""
    first: dict[str, str] = {}
    for file in files:
        said = file.schema.get("$id") if isinstance(file.schema, dict) else None
        if isinstance(said, str) and first.setdefault(said, file.source.file) != file.source.file:
            ja = f"$id「{said}」は {first[said]} にもあります。どちらの様式のことか分からなくなります。"
            yield file.found("A4", "/$id", ja, f"{first[said]} has the same $id")


def words_for_people(file: SchemaFile) -> Iterator[Finding]:
    """A5: words that people read with blanks at their ends, half-width kana, or a dash in place of ー."""
    for sub in file.subschemas():
        for key in _WORDS_FOR_PEOPLE:
            said = sub.schema.get(key)
            if isinstance(said, str) and (found := untidy(said)):
                yield file.found("A5", sub.below(key), *found)


def untidy(said: str) -> tuple[str, str] | None:
    """What is untidy about words that people read, in Japanese and in English; None when nothing is."""
    if said != said.strip():
        return f"「{said.strip()}」の前か後に空白があります。", "blanks before or after the words"
    if found := _HALF_WIDTH_KANA.search(said):
        return f"半角カナ「{found[0]}」があります。全角で書きます。", "half-width kana"
    if found := _DASH_IN_KANA.search(said):
        return f"「{found[0]}」の横棒は長音ではありません。「ー」にします。", "a dash in place of the long-vowel mark"
    return None


def unknown_keywords(file: SchemaFile) -> Iterator[Finding]:
    """A6: a keyword that JSON Schema does not have; validators pass over it in silence."""
    for sub in file.subschemas():
        for key in sub.schema:
            if key in KNOWN or key.startswith(OWN_PREFIX):
                continue
            near = nearest(key, KNOWN)
            ja = f"「{key}」という語はJSON Schemaにありません。検査では何も言わずに読み飛ばされます。"
            pointer = sub.below(key)
            yield file.found("A6", pointer, f"{ja}{near and near + '。'}", f"unknown keyword {key!r}")
