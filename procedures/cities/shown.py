"""A city on the screen: who has which procedure, posts and roles, hours, meetings, what is stated, what is assumed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import DefinitionError
from engine.municipality import Municipality, Stated
from engine.problems import Problem
from procedures.cities.answers import ASSUMED, DAYS
from procedures.cities.questions import spans
from procedures.columns import columns
from procedures.files import our_folder
from procedures.library import Entry, Library
from procedures.listing import laid_over
from procedures.profile_words import asked_by
from procedures.profiles import load_profile

_LETTERS = {day: letter for letter, day in DAYS.items()}
_SURE = {"high": "高", "medium": "中", "low": "低"}
UNDECLARED = "(まだ宣言がありません)"


@dataclass(frozen=True)
class Shown:
    """A city with what was noticed about it, the declared procedures, and the Japanese names of the roles."""

    city: Municipality
    problems: tuple[Problem, ...]
    declared: tuple[Entry, ...]
    roles: Mapping[str, str]

    def lines(self, *, terminal: bool) -> Iterator[str]:
        """The city for a person, section by section."""
        city = self.city
        yield f"{city.label} ({city.id})  {city.prefecture}".rstrip()
        hours = f"{city.hours.opens:%H:%M}〜{city.hours.closes:%H:%M}"
        yield f"  開庁時間  平日 {hours}{_mark(assumed=city.hours.assumption)}"
        yield from (f"  申請の窓口  {'・'.join(city.channels)}" for _ in city.channels[:1])
        yield from (f"  資料{number}  {source}" for number, source in enumerate(city.sources, 1))
        facts = [(one.label, _value(one), self._source(one)) for one in city.stated if not one.assumption]
        guesses = [(one.label, _value(one), _SURE[one.confidence]) for one in city.stated if one.assumption]
        tables: tuple[tuple[str, tuple[str, ...], Sequence[tuple[str, ...]]], ...] = (
            ("担当課と手続", ("番号", "手続", "担当課", "オンライン化"), self._procedures()),
            ("職と役割", ("職", "課", "人数", "役割"), self._posts()),
            ("会議", ("会議", "開催日", "1回の件数", "出典"), self._meetings()),
            ("書かれていること", ("項目", "内容", "出典"), facts),
            ("仮定", ("項目", "内容", "確かさ"), guesses),
        )
        for title, headings, rows in tables:
            yield f"■ {title}({len(rows)}件)"
            yield columns(headings, rows, terminal=terminal) if rows else "ありません。"
        yield from (f"注意 {one.text()}" for one in self.problems)

    def facts(self) -> dict[str, Any]:
        """The city for a program."""
        told = self.city.model_dump(mode="json", exclude={"standing", "stated"})
        stated = [one.model_dump(mode="json") for one in self.city.stated]
        return {
            **told,
            "procedures": [
                {"number": n, "title": t, "department": d, "online": o} for n, t, d, o in self._procedures()
            ],
            "stated": [one for one in stated if not one["assumption"]],
            "assumptions": [one for one in stated if one["assumption"]],
            "problems": [vars(one) for one in self.problems],
        }

    def _procedures(self) -> list[tuple[str, ...]]:
        """Every procedure that is declared or that a department has; what is not declared has its printed title."""
        printed = {row.number: row for row in self.city.schedule}
        labels = {number: one.label for one in self.city.departments for number in one.procedures}
        titles = [(one.number, one.title) for one in self.declared]
        known = {number for number, _ in titles}
        titles += [(number, printed[number].title if number in printed else UNDECLARED) for number in {*labels} - known]
        return [
            (
                str(number),
                title,
                labels.get(number, "決まっていません"),
                printed[number].period if number in printed else "",
            )
            for number, title in sorted(titles)
        ]

    def _posts(self) -> list[tuple[str, ...]]:
        labels = {one.id: one.label for one in self.city.departments}
        found: list[tuple[str, ...]] = []
        for post in self.city.posts:
            served = ["どの課も" if one == "*" else labels.get(one, one) for one in post.serves]
            where = "・".join(dict.fromkeys([labels.get(post.department, post.department), *served]))
            roles = "・".join(self.roles.get(one, one) for one in post.roles) or "なし"
            found.append((f"{post.label} {post.id}", where, f"{post.staff:g}人{_mark(assumed=post.assumption)}", roles))
        return found

    def _meetings(self) -> list[tuple[str, ...]]:
        found: list[tuple[str, ...]] = []
        for row in self.city.meetings:
            weeks = f"第{'・'.join(map(str, row.weeks))}" if row.weeks else "毎週"
            days = [f"{weeks}{'・'.join(_LETTERS[day] for day in row.weekdays)}"] if row.weekdays else []
            days += [day.isoformat() for day in row.days]
            source = ASSUMED if row.assumption else self._short(row.source)
            found.append((row.label or row.id, "、".join(days), f"{row.capacity}件", source))
        return found

    def _source(self, row: Stated) -> str:
        return self._short(row.source) + (f" ({row.as_of})" if row.as_of else "")

    def _short(self, source: str) -> str:
        """A source by its number in the list at the top."""
        return f"資料{self.city.sources.index(source) + 1}" if source in self.city.sources else source


def read(city_id: str, folders: Sequence[Path]) -> Shown:
    """A city as its profile has it.

    Raises:
        UnknownThing: a folder is not there.
        DefinitionError: there is no such city, or its profile has errors.
    """
    layers = laid_over(folders, "procedures")
    asked = asked_by((our_folder(), *layers))
    city, problems = load_profile(city_id, layers, asked)
    if city is None:
        raise DefinitionError([one for one in problems if one.severity == "error"])
    declared = tuple(entry for entry in Library(layers).list() if entry.number in asked.numbers)
    return Shown(city, tuple(problems), declared, asked.labels)


def summary(city: Municipality) -> str:
    """In one line how much of a city is stated and how much assumed."""
    stated, assumed = ([one for one in city.stated if one.assumption is told] for told in (False, True))
    staff = sum(one.assumption for one in city.posts)
    numbers = spans(sorted(number for one in city.departments for number in one.procedures))
    return (
        f"{city.label}: 手続 {numbers}、職 {len(city.posts)}(うち人数が仮定 {staff})、"
        f"書かれていること {len(stated)}件、仮定 {len(assumed)}件"
    )


def _value(row: Stated) -> str:
    parts = row.value if isinstance(row.value, tuple | list) else (row.value,)
    numbers = (f"{one:,}" if isinstance(one, int) and not isinstance(one, bool) else str(one) for one in parts)
    return "\n".join(numbers) + row.unit


def _mark(*, assumed: bool) -> str:
    return f"({ASSUMED})" if assumed else ""
