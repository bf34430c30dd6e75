"""A small vocabulary, and short ways to compile a text against it and to run one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine.conditions import Condition, Language, Scope, Source, ValueType, Vocabulary
from engine.problems import Problem
from engine.shapes import Anything, Many, Record, Scalar, Shape
from tests.engine.conditions.sketch import functions

TEXT, DAY, MONTH, WHOLE, NUMBER, YES_NO, YEN = (
    Scalar(kind) for kind in ("text", "date", "month", "whole", "number", "yes_no", "yen")
)
CHILD = Record({"birth_date": DAY, "living": Scalar("text", ("together", "apart")), "amount": YEN, "name": TEXT})
FORM = Record(
    {
        "name": TEXT,
        "weeks": WHOLE,
        "area": NUMBER,
        "agreed": YES_NO,
        "moved_on": DAY,
        "start": MONTH,
        "kind": Scalar("text", ("home", "hospital")),
        "children": Many(CHILD),
        "tags": Many(TEXT),
        "return": Record({"reason": TEXT}),
    }
)
ROOTS: dict[str, Shape] = {
    "form": FORM,
    "case": Record({"state": Scalar("text", ("draft", "arrived", "checked")), "arrived_on": DAY, "days": WHOLE}),
    "params": Record({"hold_days": WHOLE}),
    "register": Anything(),
}
CERTAIN = ("params", "case.days")


def language(named: Sequence[Source] = ()) -> Language:
    return Language(Vocabulary(ROOTS, named, CERTAIN), functions())


def named(name: str, cel: str, kind: ValueType = "yes_no", **local: Record) -> Source:
    """A named condition, or a rule when the name begins with rules."""
    rule = name.startswith("rules.")
    path = ("rules" if rule else "conditions", name.removeprefix("rules."))
    return Source(path[1], cel, kind, path, asked=local.get("asked"), task=local.get("task"))


def text(cel: str, kind: ValueType = "yes_no", **local: Record) -> Source:
    return Source("text", cel, kind, ("text",), asked=local.get("asked"), task=local.get("task"))


def problems(cel: str, kind: ValueType = "yes_no", others: Sequence[Source] = (), **local: Record) -> list[Problem]:
    """What is wrong with a text."""
    return language(others).compile([text(cel, kind, **local)])[1]


def rules(cel: str, kind: ValueType = "yes_no", others: Sequence[Source] = (), **local: Record) -> list[str]:
    """The rules a text breaks, in order."""
    return [problem.rule for problem in problems(cel, kind, others, **local)]


def compiled(
    cel: str, kind: ValueType = "yes_no", others: Sequence[Source] = (), **local: Record
) -> tuple[Language, Condition]:
    """A text that is right."""
    home = language(others)
    found, wrong = home.compile([text(cel, kind, **local)])
    assert wrong == []
    return home, found["text",]


def value(cel: str, kind: ValueType = "yes_no", others: Sequence[Source] = (), **roots: object) -> object:
    """What a text gives on some roots; those not given are empty."""
    home, condition = compiled(cel, kind, others)
    found = condition.value(scope(home, **roots))
    assert found.kind == "value", found.error
    return found.value


def holds(cel: str, others: Sequence[Source] = (), **roots: object) -> bool:
    home, condition = compiled(cel, others=others)
    return condition.holds(scope(home, **roots))


def scope(home: Language, **roots: object) -> Scope:
    return Scope(home, {name: _giving(roots.get(name, {})) for name in ROOTS})


def _giving(value: object) -> Callable[[], object]:
    return lambda: value
