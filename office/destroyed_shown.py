"""What was destroyed of a case, as a person reads it: which value, when and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from engine.clock import from_seconds

if TYPE_CHECKING:
    from engine.work import Work

_PARTS = {"my_number": "個人番号", "special_care": "要配慮個人情報"}


def lines(work: Work) -> list[str]:
    """What was destroyed of a case, a line each."""
    return [f"  廃棄済み {words(work, field)}({on}、{reason})" for field, on, reason in _destroyed(work)]


def facts(work: Work) -> dict[str, dict[str, str]]:
    """The same for a program, by field."""
    return {field: {"on": on, "reason": reason} for field, on, reason in _destroyed(work)}


def said(work: Work, field: str) -> str:
    """What stands in the place of a destroyed value."""
    found = {name: f"(廃棄済み {on}・{reason})" for name, on, reason in _destroyed(work)}
    return found.get(field, "(廃棄済み)")


def event_words(effects: Sequence[Sequence[Any]], work: Work) -> str:
    """What an event of destruction says besides its name: which values, and why."""
    named = [(words(work, field), effect[1]) for effect in effects if effect[0] == "destroyed" for field in effect[2]]
    return f"({'・'.join(name for name, _ in named)}、{named[0][1]})" if named else ""


def words(work: Work, field: str) -> str:
    """The name that people know a value by, with the one the program has for it."""
    name, _, rest = field.partition(".")
    number, _, part = rest.partition(".")
    if name == "fact":
        declared = work.edition.facts.get(rest)
        label = declared.says if declared else rest
    elif name in {"notice", "registration"}:
        label = f"{'通知の本文' if name == 'notice' else '登録の内容'}{rest.replace('.', '-')}"
    else:
        row = work.edition.inputs.get(name)
        label = f"{row.label if row else '申請内容'}({number}回目){_PARTS.get(part, part)}"
    return f"{label}[{field}]"


def _destroyed(work: Work) -> list[tuple[str, str, str]]:
    found = work.whole.case.memo.get("destroyed", {})
    return [(field, f"{from_seconds(at):%Y-%m-%d}", reason) for field, (at, reason) in sorted(found.items())]
