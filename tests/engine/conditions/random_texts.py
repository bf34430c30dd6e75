"""Random texts over the small vocabulary, mostly of sensible types, and random values for what they read."""

from __future__ import annotations

from random import Random
from typing import Any

KINDS = ("yes_no", "whole", "text", "day", "texts")
_DAYS = ("2022-02-28", "2024-02-29", "2024-12-31", "1999-04-01")
_WORDS = ("home", "hospital", "髙橋", "", "a'b", "2024-10")
_ODD = 0.04
_UNKNOWN = 0.12


class Texts:
    """Writes texts; the same luck writes the same."""

    def __init__(self, luck: Random) -> None:
        self._luck = luck
        self._depth = 0
        self._variables: list[str] = []

    def text(self, kind: str) -> str:
        """A text of a kind, now and then of another one."""
        kind = self._luck.choice(KINDS) if self._luck.random() < _ODD else kind
        self._depth += 1
        try:
            return self._luck.choice(self._plain(kind) if self._depth > 4 else self._made(kind))
        finally:
            self._depth -= 1

    def _plain(self, kind: str) -> list[str]:
        """Texts that hold no other."""
        own = [f"{name}.{field}" for name in self._variables for field in _FIELDS[kind]]
        return [*_ATOMS[kind], *own, *own]

    def _made(self, kind: str) -> list[str]:
        either = f"({self.text('yes_no')} ? {self.text(kind)} : {self.text(kind)})"
        bound = f"cel.bind(b{self._depth}, {self.text(kind)}, b{self._depth})"
        return [*self._plain(kind), either, bound, *getattr(self, f"_{kind}")()]

    def _yes_no(self) -> list[str]:
        kind = self._luck.choice(KINDS[1:4])
        sign = self._luck.choice(["==", "!=", "<", "<=", ">", ">="])
        return [
            f"{self.text(kind)} {sign} {self.text(kind)}",
            f"({self.text('yes_no')} && {self.text('yes_no')})",
            f"({self.text('yes_no')} || {self.text('yes_no')})",
            f"!({self.text('yes_no')})",
            f"{self.text(kind)} == null",
            f"{self.text('text')} in {self.text('texts')}",
            f"{self.text('texts')} == {self.text('texts')}",
            f"{self.text('text')}.{self._luck.choice(['startsWith', 'endsWith', 'contains'])}({self.text('text')})",
            f"same_kana({self.text('text')}, {self.text('text')})",
            self._over(self._luck.choice(["exists", "all", "exists_one"]), "yes_no"),
        ]

    def _whole(self) -> list[str]:
        return [
            f"({self.text('whole')} {self._luck.choice('+-*/%')} {self.text('whole')})",
            f"-({self.text('whole')})",
            f"size({self.text(self._luck.choice(['text', 'texts']))})",
            f"days_between({self.text('day')}, {self.text('day')})",
            f"age_at({self.text('day')}, {self.text('day')})",
            f"sum({self._over('map', 'whole')})",
            f"max_of({self._over('map', 'whole')})",
        ]

    def _text(self) -> list[str]:
        return [
            f"({self.text('text')} + {self.text('text')})",
            f"string({self.text('whole')})",
            f"month_of({self.text('day')})",
            f"{self.text('texts')}[{self._luck.choice('012')}]",
        ]

    def _day(self) -> list[str]:
        return [f"add_days({self.text('day')}, {self._luck.choice(['1', '-40', 'form.weeks'])})"]

    def _texts(self) -> list[str]:
        return [
            f"[{self.text('text')}, {self.text('text')}]",
            f"sorted({self.text('texts')})",
            f"({self.text('texts')} + {self.text('texts')})",
            self._over("map", "text"),
            "form.tags.filter(t, t != 'home')",
            "form.tags.map(t, t != '', t + '!')",
        ]

    def _over(self, macro: str, kind: str) -> str:
        name = f"c{self._depth}"
        self._variables.append(name)
        try:
            return f"form.children.{macro}({name}, {self.text(kind)})"
        finally:
            self._variables.pop()


_FIELDS = {
    "yes_no": ["agreed"],
    "whole": ["amount"],
    "text": ["name", "living"],
    "day": ["birth_date"],
    "texts": ["names"],
}
_ATOMS = {
    "yes_no": ["true", "false", "form.agreed", "form.agreed", "null"],
    "whole": ["0", "7", "-3", "form.weeks", "params.hold_days", "9223372036854775807", "1.5", "form.area", "null"],
    "text": ["'home'", "'髙橋'", "''", "form.name", "form.kind", "form.return.reason", "null"],
    "day": ["'2024-02-29'", "form.moved_on", "case.arrived_on", "'2024-02-30'", "null"],
    "texts": ["[]", "['home', 'x']", "form.tags", "form.tags"],
}


def values(luck: Random) -> dict[str, Any]:
    """Roots with null here and there, and now and then a value of another type."""

    def one(kind: str) -> Any:  # noqa: ANN401
        if luck.random() < _UNKNOWN:
            return None
        kind = luck.choice(KINDS[:4]) if luck.random() < _ODD else kind
        numbers = [0, 1, -7, 12, 2**40, 2.5, 3.0]
        choices: dict[str, list[Any]] = {
            "yes_no": [True, False],
            "whole": numbers,
            "text": list(_WORDS),
            "day": list(_DAYS),
        }
        return luck.choice(choices[kind])

    def child() -> dict[str, Any]:
        named = {"agreed": one("yes_no"), "amount": one("whole"), "name": one("text"), "living": one("text")}
        return {**named, "birth_date": one("day"), "names": [one("text") for _ in range(luck.randint(0, 2))]}

    form = {"name": one("text"), "weeks": one("whole"), "area": luck.choice([None, 1.5, 2.0]), "agreed": one("yes_no")}
    form |= {"moved_on": one("day"), "kind": one("text"), "return": {"reason": one("text")}}
    form |= {"children": [child() for _ in range(luck.randint(0, 3))]}
    form |= {"tags": [one("text") for _ in range(luck.randint(0, 3))]}
    return {"form": form, "params": {"hold_days": one("whole")}, "case": {"arrived_on": one("day")}}
