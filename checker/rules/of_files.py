"""P45, P58, P59: files that nothing uses, and what is wrong inside a table or a fragment whoever uses it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import PurePath
from typing import Any

from checker.finding import Finding
from checker.rules.rows import named
from checker.source import Source
from procedures.profile_words import rows, words

_FAR = 8
_SAID = {
    "tables": "表 {} を見る条件も計算もありません。",
    "fragments": "断片 {} を使う手続がありません。",
    "blocks": "ブロック {} を使う様式がありません。",
}


def findings(asked: Iterable[Source], every: Sequence[str]) -> Iterator[Finding]:
    """What is wrong with tables, fragments and blocks.

    Args:
        asked: the files of which findings are told.
        every: the texts of all declarations and schemas there are, those of the files asked about among them.
    """
    used = _used(every)
    for source in asked:
        path = PurePath(source.file)
        kind, name = path.parent.name, path.name.split(".")[0]
        if kind not in _SAID or path.suffix != ".toml":
            continue
        if name not in used[kind]:
            ja = f"{_SAID[kind].format(name)}id を確かめるか、ファイルを消します。"
            yield source.found("P45", max(source.text.find("id = "), 0), ja, f"nothing uses {kind[:-1]} {name}")
        data = _data(source.text)
        yield from _figures(source, data) if kind == "tables" else ()
        yield from _parameters(source, data) if kind == "fragments" else ()


def _used(every: Sequence[str]) -> dict[str, set[str]]:
    """The ids of tables, fragments and blocks that some text names."""
    tables = {name for text in every for name in re.findall(r"table\(\s*'([a-z0-9_]+)'", text)}
    blocks = {name for text in every for name in re.findall(r"urn:madoguchi:block:([a-z0-9_]+)\"\s*\}", text)}
    hosts = (_data(text) for text in every if "fragments = [" in text)
    return {
        "tables": tables,
        "blocks": blocks,
        "fragments": {one["id"] for data in hosts for one in rows(data, "fragments")},
    }


def _data(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return {}  # the loader tells it


def _figures(source: Source, data: dict[str, Any]) -> Iterator[Finding]:
    """P58: a figure many times that of the day before, or a small part of it: a digit too many or too few."""
    by_key: dict[str, list[dict[str, Any]]] = {}
    for row in data.get("rows", []):
        if isinstance(row.get("value"), int | float) and row["value"] > 0 and row.get("since") is not None:
            by_key.setdefault(str(row.get("key")), []).append(row)
    for key, several in by_key.items():
        for before, after in pairwise(sorted(several, key=lambda one: str(one["since"]))):
            if not 1 / _FAR < after["value"] / before["value"] < _FAR:
                at = re.search(rf'key = "{re.escape(key)}"[^\n]*since = {after["since"]}', source.text)
                ja = f"{key} が {before['value']} から {after['value']} に変わります。桁の書き誤りではありませんか。"
                en = f"{key} goes from {before['value']} to {after['value']}: a digit too many or too few?"
                yield source.found("P58", at.start() if at else 0, ja, en)


def _parameters(source: Source, data: dict[str, Any]) -> Iterator[Finding]:
    """P59: a parameter that the fragment asks of its hosts and reads nowhere."""
    for name in words(data.get("parameters")):
        if not named(f"params.{name}", source.text) and source.text.count(f'"{name}"') < 2:  # noqa: PLR2004 - once it is listed
            ja = f"断片の求める定数 {name} を、断片のどこも読みません。"
            yield source.found("P59", source.text.index(f'"{name}"'), ja, f"nothing in the fragment reads {name}")
