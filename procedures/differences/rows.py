"""Where two declarations differ, row by row and key by key, each difference as a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from engine.definition import Procedure
from procedures.differences.found import Difference, Touches
from procedures.differences.leaves import Path, Thing, is_ordered, things, touches
from procedures.differences.names import Names
from procedures.differences.words import KEYS, LISTS, TOP_GROUPS

_UNSAID = ("since", "until")
_FORMULAS = frozenset({"cel", "counts_from", "version_by", "effective_date", "priority"})


def row_differences(before: Procedure, after: Procedure) -> list[Difference]:
    """Every difference between two declarations, each with the rows of one day."""
    return list(_Comparison(before, after).all())


class _Comparison:
    def __init__(self, before: Procedure, after: Procedure) -> None:
        self._names = (Names(before), Names(after))
        self._things = tuple({thing.path: thing for thing in things(one)} for one in (before, after))

    def all(self) -> Iterator[Difference]:
        """Things that came, went or changed, in the order of the later declaration, and lists in another order."""
        old, new = self._things
        for path in [*new, *(path for path in old if path not in new)]:
            if path not in old:
                yield self._whole("added", new[path], self._names[1])
            elif path not in new:
                yield self._whole("removed", old[path], self._names[0])
            else:
                yield from self._changes(old[path], new[path])
        yield from self._orders()

    def _whole(self, kind: str, thing: Thing, names: Names) -> Difference:
        touched = touches(thing.place)
        end = "が加わります" if kind == "added" else "がなくなります"
        detail = _detail(thing, names)
        return Difference(
            group=_group(thing.place, touched),
            kind="added" if kind == "added" else "removed",
            path=thing.path,
            touches=touched,
            ja=f"{_called(thing, names)}{end}{detail and f'({detail})'}。",
            before=None if kind == "added" else thing.row,
            after=thing.row if kind == "added" else None,
            sources=names.law(thing.row.get("law")),
        )

    def _changes(self, old: Thing, new: Thing) -> Iterator[Difference]:
        for key in [*new.leaves, *(key for key in old.leaves if key not in new.leaves)]:
            before, after = old.leaves.get(key), new.leaves.get(key)
            if _same(key, before, after) or key in _UNSAID:
                continue
            touched = touches(new.place, key)
            laws = (*self._names[0].law(old.row.get("law")), *self._names[1].law(new.row.get("law")))
            yield Difference(
                group=_group((*new.place, key) if not new.place else new.place, touched),
                kind="changed",
                path=(*new.path, key),
                touches=touched,
                ja=self._sentence(new, key, before, after),
                before=before,
                after=after,
                sources=tuple(dict.fromkeys(laws)),
            )

    def _sentence(self, thing: Thing, key: str, before: object, after: object) -> str:
        called, word = _called(thing, self._names[1]), _word(key)
        whose = f"{called}の" if called else ""
        if key in _FORMULAS and isinstance(before, str) and isinstance(after, str):
            return f"{whose}{word}が変わります{self._used(thing)}。"
        was, now = (
            names.said(key, one, task=_task_of(thing)) for names, one in zip(self._names, (before, after), strict=True)
        )
        return f"{whose}{word}: {was} → {now}"

    def _used(self, thing: Thing) -> str:
        """Where a condition or rule is used, as a clause; what an officer meets of it comes first."""
        if thing.place not in {("conditions",), ("rules",)}:
            return ""
        word = re.compile(rf"(?<![\w.'])(rules\.)?{re.escape(thing.id)}\b")
        others = [one for one in self._things[1].values() if one.id and one.path != thing.path]
        users = [one for one in others if any(_reads(word, key, value) for key, value in one.leaves.items())]
        users.sort(key=lambda other: other.place[-1:] in {("conditions",), ("rules",)})
        shown = "・".join(_label(other, self._names[1]) or other.id for other in users[:_MOST])
        return f"(使う所: {shown}{'など' if len(users) > _MOST else ''})" if users else ""

    def _orders(self) -> Iterator[Difference]:
        """Lists whose rows stand in another order, where the order decides."""
        old, new = (_in_lists(found) for found in self._things)
        for place, ids in new.items():
            both = [one for one in ids if one in old.get(place, [])]
            was = [one for one in old.get(place, []) if one in ids]
            if is_ordered(place) and both != was:
                group, noun = LISTS[place[-1]]
                ja = f"{noun}の順が変わります: {'・'.join(was)} → {'・'.join(both)}"
                yield Difference(group, "order", place, "behaviour", ja, was, both)


_MOST = 3


def _in_lists(found: dict[Path, Thing]) -> dict[Path, list[str]]:
    lists: dict[Path, list[str]] = {}
    for thing in found.values():
        lists.setdefault(thing.place, []).append(thing.id)
    return lists


def _same(key: str, before: object, after: object) -> bool:
    """Whether two values are one; of what a rule takes, the order counts."""
    if key.startswith("takes") and isinstance(before, dict) and isinstance(after, dict):
        return list(before.items()) == list(after.items())
    return before == after


def _reads(word: re.Pattern[str], key: str, value: object) -> bool:
    formula = key.rpartition(".")[2] in {*_FORMULAS, "when", "passes", "reasons", "date"}
    return formula and isinstance(value, str) and word.search(value) is not None


def _group(place: Path, touched: Touches) -> str:
    if touched == "wording":
        return "wording"
    if place[:1] == ("tasks",):
        return "tasks"
    if place[:1] == ("approval",):
        return "approval"
    if place[-1:] and place[-1] in LISTS:
        return LISTS[place[-1]][0]
    if place[:1] and place[0] in LISTS:
        return LISTS[place[0]][0]
    return TOP_GROUPS.get(place[0].partition(".")[0], "other") if place else "other"


def _called(thing: Thing, names: Names) -> str:
    """What a thing is called: what it is, its label and its id."""
    if not thing.place:
        return ""
    last = thing.place[-1]
    noun = LISTS[last][1] if last in LISTS else last
    label = _label(thing, names)
    task = _task_of(thing)
    whose = f"作業「{names.said('opens', task)}」の" if task else ""
    return f"{whose}{noun}「{label}」({thing.id})" if label and label != thing.id else f"{whose}{noun} {thing.id}"


def _task_of(thing: Thing) -> str | None:
    """The kind of the task whose row it is."""
    return thing.place[1] if thing.place[:1] == ("tasks",) and len(thing.place) > 1 else None


def _label(thing: Thing, names: Names) -> str:
    told = thing.row.get("label") or thing.row.get("says") or ""
    if thing.place[-1:] == ("effects",):
        return names.said("on_fail", thing.id, task=_task_of(thing))
    return str(told)


def _detail(thing: Thing, names: Names) -> str:
    """What an officer wants to know first of a row that came or went."""
    keys: Sequence[str] = _FIRST.get(thing.place[-1] if thing.place else "", ())
    task = _task_of(thing)
    told = [f"{_word(key)}: {names.said(key, thing.leaves[key], task=task)}" for key in keys if key in thing.leaves]
    return "、".join(told)


_FIRST = {
    "states": ("kind", "by"),
    "events": ("by", "from", "to", "when"),
    "effects": ("proposes", "opens", "closes", "notices"),
    "checks": ("stage", "passes", "reads"),
    "attachments": ("when",),
    "clocks": ("limit.days", "limit.months", "starts"),
    "timers": ("days", "days_of", "date"),
    "outcomes": ("state", "notice"),
    "levels": ("decider", "when"),
    "cosign": ("department", "when"),
    "params": ("value",),
    "law": ("act", "article", "about"),
    "inputs": ("required",),
    "facts": ("source",),
    "versions": ("from", "until", "about"),
}


def _word(key: str) -> str:
    """What a key is called; of keys that an author chose, the name follows."""
    table, _, name = key.partition(".")
    if table in _CHOSEN and name:
        return f"{_CHOSEN[table]} {name}"
    return KEYS.get(key) or KEYS.get(key.rpartition(".")[2]) or key


_CHOSEN = {"fields": "欄", "takes": "受け取る値"}
