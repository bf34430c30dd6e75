"""The compiled conditions of one form: when fields are shown, when they must be answered, what rules demand.

Each file (the form, each block) has a language of its own, for in a block `it` is the block's record.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from engine.calendar import OpeningCalendar
from engine.conditions import Condition, Functions, Language, Scope, Source, Unsure, Vocabulary
from engine.problems import Problem
from engine.shapes import Record, Scalar, Shape
from forms.form import Field, Rule
from forms.shape import shape_at

Path = tuple[str, ...]
Place = tuple[str, Path]
_DAY = Record({"day": Scalar("date")})


class Conditions:
    """The conditions of a form, by the file that says them and their place in its page.

    They read `form`, in a block also `it`, and `today.day`, the day on which the answers are given.
    """

    def __init__(self, languages: Mapping[str, Language], compiled: Mapping[Place, Condition]) -> None:
        self._languages = languages
        self.get: Callable[[Place], Condition | None] = compiled.get
        """The condition at a place, or None where nothing is said."""
        self._read: dict[tuple[Place, str], frozenset[str]] = {}

    def read_at(self, place: Place, scope: str) -> frozenset[str]:
        """The fields that the condition at a place reads, as `fields_read` gives them; none where nothing is said."""
        if (place, scope) not in self._read:
            condition = self.get(place)
            found = () if condition is None else fields_read(condition, scope)
            self._read[place, scope] = frozenset(found)
        return self._read[place, scope]

    def on(self, document: Mapping[str, Any], today: dt.date) -> Judge:
        """The conditions on one document."""
        return Judge(self, self._languages, document, today)


def fields_read(condition: Condition, scope: str) -> list[str]:
    """The fields that a condition reads, as pointers with `*` for places in lists; `scope` is that of its `it`."""
    paths = (path.replace("[]", ".*").split(".") for path in sorted(condition.reads))
    return [(scope if root == "it" else "") + "".join(f"/{step}" for step in rest) for root, *rest in paths]


class Judge:
    """Says which conditions hold on one document, which must stay as it is meanwhile."""

    def __init__(
        self, conditions: Conditions, languages: Mapping[str, Language], document: Mapping[str, Any], today: dt.date
    ) -> None:
        self._condition = conditions.get
        self._languages = languages
        self._roots: dict[str, Any] = {"form": document, "today": {"day": today.isoformat()}}

    def holds(self, place: Place, it: object) -> bool | None:
        """Whether the condition at a place holds for a record; None where nothing is said."""
        condition = self._condition(place)
        if condition is None:
            return None
        self._roots["it"] = it
        try:
            return condition.plainly_holds(self._roots)
        except Unsure:
            roots = self._roots.copy()
            return condition.holds(Scope(self._languages[place[0]], {}).with_(**roots))

    def shows(self, field: Field, it: object) -> bool:
        """Whether a field is asked, as far as its own condition goes."""
        return field.when is None or self.holds(field.shown, it) is not False

    def needs(self, field: Field, it: object) -> bool:
        """Whether a field that is asked must be answered."""
        if field.required or field.required_when is None:
            return field.required
        return self.holds(field.needed, it) is True

    def keeps(self, rule: Rule, it: object) -> bool:
        """Whether a rule is kept."""
        return self.holds(rule.place, it) is True


def compile_conditions(
    shape: Record, fields: Iterable[Field], rules: Iterable[Rule]
) -> tuple[Conditions, list[tuple[str, Problem]]]:
    """The conditions, and what is wrong with any: the file that says it, and the problem with its path in the page."""
    sources = _sources(fields, rules)
    functions = Functions(OpeningCalendar(), _NoTables())
    languages: dict[str, Language] = {}
    compiled: dict[Place, Condition] = {}
    problems: list[tuple[str, Problem]] = []
    for (owner, scope), texts in sources.items():
        roots: dict[str, Shape] = {"form": shape, "today": _DAY, "it": shape_at(shape, scope)}
        language = languages[owner] = Language(Vocabulary(roots, (), certain=("today",)), functions)
        found, wrong = language.compile(list(texts.values()))
        compiled |= {(owner, path): condition for path, condition in found.items()}
        problems += [(owner, one) for one in wrong]
    return Conditions(languages, compiled), problems


def _sources(fields: Iterable[Field], rules: Iterable[Rule]) -> dict[tuple[str, str], dict[Path, Source]]:
    """The texts of each file; a block in several places is one file, and its first place gives the shape of `it`."""
    found: dict[tuple[str, str], dict[Path, Source]] = {}
    first: dict[str, str] = {}
    for field in fields:
        for key, text in (("when", field.when), ("required_when", field.required_when)):
            if text is not None:
                place = (field.owner, first.setdefault(field.owner, field.scope))
                path = ("fields", field.row, key)
                found.setdefault(place, {})[path] = Source(f"{field.row}.{key}", text, path=path)
    for rule in rules:
        place, path = (rule.owner, first.setdefault(rule.owner, rule.scope)), ("rules", rule.id, "cel")
        found.setdefault(place, {})[path] = Source(rule.id, rule.cel, path=path)
    return found


class _NoTables:
    """A form judges what was written down; figures that the law dates belong to procedures."""

    def lookup(self, name: str, on: dt.date, key: str) -> int | str:  # noqa: ARG002 - the engine's port
        """Nothing: there are no tables here.

        Raises:
            LookupError: always.
        """
        raise LookupError(f"フォームの条件では表 {name} を使えません。")
