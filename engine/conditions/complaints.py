"""What the type checker has against a text, said to an author: in Japanese, with the nearest right word."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from engine.conditions.descriptor import Messages
from engine.conditions.runtime import Complaint
from engine.conditions.signatures import Called, Signature
from engine.conditions.sources import RULES, Source
from engine.problems import Problem, nearest

# The functions of CEL itself that make sense in a condition.
STANDARD = ("size", "startsWith", "endsWith", "contains", "matches", "string", "int", "double", "dyn")
_TYPES = {
    "string": ("文字", "text"),
    "int": ("整数", "whole number"),
    "double": ("小数", "number with a fraction"),
    "bool": ("はい・いいえ", "yes/no"),
    "null_type": ("空", "null"),
    "dyn": ("型の決まらない値", "value of any type"),
}
_FIELD = re.compile(r"undefined field '(.+)' not found in struct '(.+)'")
_NAME = re.compile(r"undeclared reference to '(.+)' \(in container")
_OVERLOAD = re.compile(r"found no matching overload for '(.+)' applied to '\((.*)\)'")
_BOOLEAN = frozenset({"&&", "||", "!", "?:"})


@dataclass(frozen=True)
class Speaker:
    """Turns complaints about one text into problems.

    Args:
        words: what the text may begin a name with.
        absent: roots that exist but not for this text, which are said apart.
    """

    messages: Messages
    functions: Mapping[str, Signature]
    words: Sequence[str]
    absent: frozenset[str] = frozenset()

    def problems(self, source: Source, complaints: Sequence[Complaint]) -> list[Problem]:
        """A problem for each complaint that is not merely the echo of another."""
        own = [one for one in complaints if "*error*" not in one.said]
        return [self._problem(source, one) for one in own or complaints]

    def _problem(self, source: Source, complaint: Complaint) -> Problem:
        ways: tuple[tuple[re.Pattern[str], Callable[[Source, Complaint, re.Match[str]], Problem]], ...] = (
            (_FIELD, self._field),
            (_NAME, self._name),
            (_OVERLOAD, self._overload),
        )
        for pattern, say in ways:
            if found := pattern.match(complaint.said):
                return say(source, complaint, found)
        if "recursion" in complaint.said:
            ja = "式の入れ子が深すぎます(32段まで)。条件を分けて名前を付けてください。"
            return problem(source, "C016", complaint.at, ja, "nested deeper than 32: split it into named conditions")
        ja = "式として読めません。かっこ・引用符・演算子を確かめてください。"
        return problem(source, "C001", complaint.at, ja, complaint.said)

    def _field(self, source: Source, complaint: Complaint, found: re.Match[str]) -> Problem:
        field, message = found[1], found[2]
        known = self.messages.fields_of(message)
        ja, en = f"「{field}」という項目はありません。", f"there is no field {field!r} here"
        return problem(source, "C003", complaint.at, ja, en, nearest(field, known) or _listed(known))

    def _name(self, source: Source, complaint: Complaint, found: re.Match[str]) -> Problem:
        name, (line, column) = found[1], complaint.at
        if _is_call(source.cel, complaint.at):
            return self._function(source, complaint, name)
        first, at = name.split(".")[0], (line, column - len(name.rpartition(".")[0]))
        if first in self.absent:
            ja = f"ここでは「{first}」を読めません。"
            return problem(source, "C014", at, ja, f"{first!r} cannot be read in this place")
        wrong = name if first == RULES else first
        called = self.functions.get(name.removeprefix(f"{RULES}."))
        if first == RULES and isinstance(called, Called):
            ja, en = f"「{name}」は引数を取る規則です。", f"{name!r} takes parameters"
            return problem(source, "C005", at, ja, en, f"{called.usage} と書きます")
        ja, en = f"「{wrong}」という名前はありません。", f"there is no root, condition or variable {wrong!r}"
        return problem(source, "C002", at, ja, en, nearest(wrong, self.words))

    def _function(self, source: Source, complaint: Complaint, name: str) -> Problem:
        if name in self.functions:
            usage = self.functions[name].usage
            ja, en = f"「{name}」の引数の数が違います。", f"wrong number of arguments for {name}"
            return problem(source, "C005", complaint.at, ja, en, usage)
        ja, en = f"「{name}」という関数はありません。", f"there is no function {name!r}"
        read = f"{RULES}.{name}"
        hint = f"{read} と書きます" if read in self.words else nearest(name, [*self.functions, *STANDARD])
        return problem(source, "C004", complaint.at, ja, en, hint)

    def _overload(self, source: Source, complaint: Complaint, found: re.Match[str]) -> Problem:
        sign = found[1].replace("_[_]", "[]").replace("_?_:_", "?:").replace("@", "").strip("_")
        types = [_type(one) for one in _split(found[2])]
        ja = f"「{sign}」は {'と'.join(type_ja for type_ja, _ in types)} には使えません。"
        en = f"{sign} cannot be applied to {', '.join(type_en for _, type_en in types)}"
        hint = self._mend(sign, found[2])
        return problem(source, "C005", complaint.at, ja, en, hint)

    def _mend(self, sign: str, types: str) -> str:
        if sign in self.functions:
            return self.functions[sign].usage
        if "double" in types and "int" in types:
            return "小数の項目と比べる数は 5.0 のように書きます"
        if sign == "?:" and "null" in types:
            return "空になりうる分かれ道は dyn(null) と書きます"
        if sign in _BOOLEAN and "wrapper(bool)" not in types:
            return "はい・いいえになる式を書きます(例: x == true)"
        return ""


def problem(source: Source, rule: str, at: tuple[int, int], ja: str, en: str, hint: str = "") -> Problem:
    """A problem of one text."""
    return Problem(rule=rule, path=source.path, ja=ja, en=en, hint=hint, offset=at)


def _is_call(text: str, at: tuple[int, int]) -> bool:
    """Whether a complaint points at the bracket of a call, as the checker does for functions."""
    line, column = at
    return text.split("\n")[line - 1][column - 1 : column] == "("


def _listed(known: Sequence[str]) -> str:
    """All fields when they are few enough to be read out."""
    return f"あるのは {'・'.join(known)}" if 0 < len(known) <= 6 else ""  # noqa: PLR2004 - what fits in a sentence


def _type(name: str) -> tuple[str, str]:
    plain = name.removeprefix("wrapper(").removesuffix(")") if name.startswith("wrapper(") else name
    if plain.startswith("list"):
        return "一覧", "list"
    return _TYPES.get(plain, ("項目のまとまり", "record"))


def _split(types: str) -> list[str]:
    """The types of a signature; a comma inside brackets parts none."""
    return re.findall(r"(?:[^,()]|\([^()]*(?:\([^()]*\)[^()]*)*\))+", types.replace(", ", ","))
