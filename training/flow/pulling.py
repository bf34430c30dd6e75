"""A lever as a learner names it: one of our scenarios by its name, or a kind of lever with its values."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any, NamedTuple

from engine.errors import DefinitionError, UnknownThing
from engine.problems import nearest
from office.asking import Misused
from simulation.comparison.checks import Ground, scenario_problems
from simulation.comparison.lever_words import LEVER_WORDS
from simulation.comparison.levers import KINDS
from simulation.comparison.scenario import Levers, Scenario, read_scenario, scenario_named

LISTS = frozenset({"steps", "units", "channels", "weekdays", "procedures"})
FILE = "change.toml"


class Pull(NamedTuple):
    """What a learner changes: the name of a scenario or of a kind of lever, and its values."""

    name: str
    values: Mapping[str, Any]


def ours() -> dict[str, str]:
    """The scenarios that we have by name, with their labels."""
    names = sorted(path.name.removesuffix(".toml") for path in (files("simulation") / "scenarios").iterdir())
    return {name: scenario_named(name).written.label for name in names}


def values_of(words: str) -> dict[str, Any]:
    """The values in words as `post=care/counter,change=1`; several of a list are joined by `+`.

    Raises:
        Misused: they are not written like this.
    """
    found: dict[str, Any] = {}
    for word in filter(None, words.split(",")):
        key, sign, value = word.partition("=")
        if not sign or not key:
            ja = f"「{word}」は 名前=値 の形で書いてください。例: change staff post=部署/職,change=1"
            raise Misused(ja, f"write {word!r} as name=value", word=word)
        found[key] = value.split("+") if key in LISTS else _plain(value)
    return found


def _plain(word: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    try:
        return json.loads(word)
    except ValueError:
        return word


def pulled(pulls: Sequence[Pull], ground: Ground) -> Levers:
    """The levers of what was changed, found to fit the city and the procedure.

    Raises:
        UnknownThing: there is no scenario and no kind of lever of a name.
        DefinitionError: a value cannot be, or the levers contradict each other; every problem at once.
    """
    rows: list[dict[str, Any]] = []
    for place, pull in enumerate(pulls, 1):
        rows += [row | {"id": f"l{place}_{row['id']}"} for row in _rows(pull)]
    scenario = _read(rows)
    problems = scenario_problems(scenario, ground)
    if problems:
        raise DefinitionError(problems)
    return scenario.rung(len(scenario.levers))


def _rows(pull: Pull) -> list[dict[str, Any]]:
    known = ours()
    if pull.name in known and not pull.values:
        source = scenario_named(pull.name).source
        return [dict(row) for row in source.data["levers"]]
    if pull.name in KINDS:
        label = LEVER_WORDS.get(pull.name, pull.name)
        return [{"id": pull.name, "kind": pull.name, "label": label, **pull.values}]
    hint = nearest(pull.name, [*known, *KINDS])
    ja = f"「{pull.name}」というてこはありません。look levers で一覧を見られます。{hint}"
    raise UnknownThing(ja.strip(), f"no lever {pull.name!r}", lever=pull.name)


def _read(rows: Sequence[Mapping[str, Any]]) -> Scenario:
    lines = ["assumption = true", 'label = "課題"', 'source = "課題"', "levers = ["]
    lines += [f"  {_toml(row)}," for row in rows]
    scenario, problems = read_scenario("\n".join([*lines, "]"]).encode("utf-8", "replace"), FILE)
    if scenario is None:
        raise DefinitionError(sorted(problems))
    return scenario


def _toml(value: Any) -> str:  # noqa: ANN401 - whatever TOML holds
    """A value on one line of TOML."""
    if isinstance(value, Mapping):
        return (
            "{ "
            + ", ".join(f"{json.dumps(key, ensure_ascii=False)} = {_toml(one)}" for key, one in value.items())
            + " }"
        )
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_toml(one) for one in value) + "]"
    return json.dumps("" if value is None else value, ensure_ascii=False).replace("\x7f", "\\u007f")
