"""A rule in words: why it is there, and an example each of what is wrong and of what is right."""

from __future__ import annotations

from checker.catalogue import Change, aliases, families, rule
from procedures.codes import CODES

_GRAVE = {"error": ("誤り", "error"), "warning": ("注意", "warning"), "info": ("お知らせ", "note")}


def explained(name: str, lang: str = "ja") -> str:
    """The explanation of a rule by its id, or what a code of the loaders means.

    Raises:
        UnknownThing: there is no such rule.
    """
    ja = lang == "ja"
    if (code := CODES.get(name.upper())) and name.upper() not in aliases():
        where = "手続の宣言を読むときに分かります。" if ja else "Found when the declaration of a procedure is read."
        return f"{name.upper()} {code[0 if ja else 1]}\n{where}\ndocs/reference/problems.md"
    found = rule(name)
    grave, family = _GRAVE[found.severity][0 if ja else 1], families()[found.family][0 if ja else 1]
    head, why = (found.ja, found.why_ja) if ja else (found.en, found.why_en)
    lines = [f"{found.id} ({grave}) {head}", family, "", why, ""]
    lines += ["悪い例:" if ja else "bad:", *_example(found.bad)]
    if found.good:
        lines += ["", "よい例:" if ja else "good:", *_example(found.good)]
    return "\n".join(lines)


def _example(example: str | tuple[Change, ...]) -> list[str]:
    if isinstance(example, str):
        return [f"  {line}" for line in example.splitlines()]
    lines: list[str] = []
    for change in example:
        lines += [f"  {change.file}", *(f"  - {line}" for line in change.old.splitlines())]
        lines += [f"  + {line}" for line in change.new.splitlines()]
    return lines
