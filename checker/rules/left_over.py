"""P43, P44, P46, P47, P56: what nothing reads, and what nobody wrote to its end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from checker.rules.rows import Rows, named, of_rule
from engine.problems import Problem

WORDS = frozenset({"label", "says", "text", "text_easy", "about", "act", "article", "body", "title", "title_easy"})
_MAY_BE_EMPTY = frozenset({"text", "text_easy", "about", "label"})
UNFILLED = re.compile(
    "[〇○◯]{2,}|[△▲×□■●]{2,}|[＿_]{2,}|\\bTODO\\b|\\bFIXME\\b|\\bTBD\\b|[?？]{2,}"
    "|\\{\\{?[\\w. ]*\\}?\\}|\\bX{3,}\\b|【[\\s\u3000]*】"
)
"""Marks that authors leave where something is still to be written; nothing fills them in."""


def unread(rows: Rows) -> Iterator[Problem]:
    """P43 and P44: a fact that nobody records and nothing reads; a parameter that nothing reads."""
    elsewhere = {name for name, _, _ in rows.around.numbers}  # another procedure tells the fact, and is told it again
    for fact in rows.procedure.facts:
        read = named(f"facts.{fact.id}", rows.text) or f'"{fact.id}"' in rows.text
        if not fact.by and not read and fact.source not in elsewhere:
            ja = f"事実「{fact.says}」は、だれも記録せず、どこからも読まれていません。"
            yield of_rule("P43", ("facts", fact.id), ja, f"nobody records {fact.id} and nothing reads it")
    for name in rows.procedure.params:
        read = named(f"params.{name}", rows.text) or rows.text.count(f'"{name}"') > 1  # once it stands in params itself
        if not read and name not in rows.around.demanded:
            yield of_rule(
                "P44", ("params", name), f"定数 {name} は、どこからも読まれていません。", f"nothing reads {name}"
            )


def speechless(rows: Rows) -> Iterator[Problem]:
    """P46: a notice without a sentence and without an answer: a blank letter."""
    for notice in rows.procedure.notices:
        if not notice.text.strip() and not notice.carries:
            ja = f"通知「{notice.label}」に文も値もありません。白紙が届きます。text に書きます。"
            yield of_rule("P46", ("notices", notice.id), ja, f"the notice {notice.id} says nothing")


def unfilled(rows: Rows) -> Iterator[Problem]:
    """P47: words that were left to be written."""
    whole = rows.procedure.model_dump(mode="json", by_alias=True, exclude={"params", "common_errors"})
    for path, key, said in _texts(whole, ()):
        if found := UNFILLED.search(said):
            ja = f"「{found[0]}」は書きかけのようです。ここを埋めるものはなく、このまま人に見えます。"
            yield of_rule("P47", (*path, key), ja, f"{found[0]!r} is left to be filled in, and nothing fills it")
        elif not said.strip() and key not in _MAY_BE_EMPTY:
            yield of_rule("P47", (*path, key), f"{key} に言葉がありません。", f"{key} is empty")


def _texts(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str, str]]:  # noqa: ANN401 - any JSON
    if isinstance(value, list):
        for one in value:
            if isinstance(one, dict) and isinstance(one.get("id"), str):
                yield from _texts(one, (*path, one["id"]))
    elif isinstance(value, dict):
        for key, one in value.items():
            if isinstance(one, str) and (key in WORDS or path[-1:] == ("labels",)):
                yield path, key, one
            elif isinstance(one, dict | list):
                yield from _texts(one, (*path, key))


def unnamed_roles(rows: Rows) -> Iterator[Problem]:
    """P56: a role that nothing names."""
    for role in rows.procedure.roles:
        if f'"{role.id}"' not in rows.text and not named(role.id, rows.text):
            ja = f"役割「{role.label}」は、どの状態にも操作にも出てきません。"
            yield of_rule("P56", ("roles", role.id), ja, f"nothing names the role {role.id}")


RULES = (unread, speechless, unfilled, unnamed_roles)
