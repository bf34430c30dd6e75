"""A profile drawn up from answers: what is answered stands with its source, everything else as a marked assumption."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from procedures.cities.answers import OURS, Answer
from procedures.cities.questions import COUNTED, HOURS, OWN, POPULATION, STAFF, Model, Question, questions
from procedures.cities.sheets import Sheet
from procedures.profile_rows import Line
from procedures.profile_words import NUMBERED, words

Row = dict[str, Any]
DECIDER = "decider"
_KEYS = ("id", "label", "department", "roles", "staff", "serves", "deputies", "assumption")


@dataclass(frozen=True, eq=False)
class Drawing:
    """One profile while it is drawn up.

    Args:
        titles: the titles of the procedures by number.
    """

    city_id: str
    sheet: Sheet
    model: Model
    titles: Mapping[int, str]

    def profile(self) -> dict[str, Any]:
        """The profile as its file has it, but for empty lists."""
        stated, assumed = self._said()
        opens, closes = (dt.time.fromisoformat(one) for one in str(self._value(HOURS, self.model.hours())).split("-"))
        lists: dict[str, Any] = {
            "sources": list(self._sources()),
            "channels": self._value("channels", []),
            "departments": list(self._departments()),
            "posts": self._posts(),
            "meetings": list(self._meetings()),
            "stated": stated,
            "schedule": list(self._schedule()),
            "assumptions": assumed,
        }
        return {
            "id": self.city_id,
            "label": self._value("name", self.city_id),
            **({"prefecture": self._value("prefecture", "")} if "prefecture" in self.sheet.answers else {}),
            **{name: rows for name, rows in lists.items() if rows},
            "hours": {"opens": opens, "closes": closes, "assumption": not self._stands(HOURS)},
        }

    def _value(self, name: str, otherwise: object) -> Any:  # noqa: ANN401 - of the kind that was asked for
        answer = self.sheet.answers.get(name)
        return answer.value if answer else otherwise

    def _stands(self, name: str) -> bool:
        """Whether somebody states it."""
        answer = self.sheet.answers.get(name)
        return answer is not None and not answer.assumed

    def _sources(self) -> Iterator[str]:
        found = [answer.source for answer in self.sheet.answers.values() if not answer.assumed]
        yield from dict.fromkeys(one for one in (*found, *(fact.source for fact in self.sheet.facts)) if one != OURS)

    @cached_property
    def _ratio(self) -> float:
        return float(self._value(POPULATION, self.model.population)) / self.model.population

    def _scaled(self, question: Question) -> Any:  # noqa: ANN401 - of the kind that was asked for
        """What is assumed where nobody answers: figures of people and panels follow the population."""
        if question.id == POPULATION or question.kind != "whole" or question.unit not in COUNTED:
            return question.usual
        return max(1, _roughly(question.usual * self._ratio))

    @cached_property
    def _names(self) -> dict[str, str]:
        return {one: self._value(f"department.{one}", label) for one, label in self.model.departments.items()}

    @cached_property
    def _home(self) -> dict[str, str]:
        """Of each department the one that has its posts: departments that the city calls alike are one."""
        homes: dict[str, str] = {}
        return {one: homes.setdefault(name, one) for one, name in self._names.items()}

    def _departments(self) -> Iterator[Row]:
        for one, label in self._names.items():
            numbers = self.model.numbers(one)
            yield {"id": one, "label": label, **({"procedures": numbers} if numbers else {})}

    def _posts(self) -> list[Row]:
        posts: dict[tuple[str, str], Row] = {}
        for one, home in self._home.items():
            for line in self.model.posts(one):
                row = self._post(line, home)
                first = posts.setdefault((home, line.id), row)
                if first is not row:
                    _join(first, row, one)
        rows = [_counted(row) for row in posts.values()]
        return [*rows, *self._lacking(rows)]

    def _post(self, line: Line, home: str) -> Row:
        """A post as the model has it; its people are `scaled` where nobody says how many."""
        name = f"staff.{line.values['department']}.{line.id}"
        scaled = name not in self.sheet.answers
        staff = line.values.get("staff", 1) * self._ratio if scaled else self.sheet.answers[name].value
        row: Row = {"id": line.id, "label": line.values["label"], "department": home, "staff": staff, "scaled": scaled}
        row |= {key: words(line.values.get(key)) for key in ("roles", "serves", "deputies")}
        return {**row, "assumption": not self._stands(name)}

    def _lacking(self, posts: list[Row]) -> Iterator[Row]:
        """A post for everything that the definitions ask for and the model has nobody for."""
        held = {(one, word) for row in posts for one in self._served(row) for word in (row["id"], *row["roles"])}
        for asking in self.model.asked.procedures:
            home = self._home[asking.department]
            for word in dict.fromkeys([*asking.posts, *asking.roles]):
                if (asking.department, word) in held:
                    continue
                held.add((asking.department, word))
                role = word if word in self.model.asked.labels else DECIDER
                label = self.model.asked.labels.get(word, word)
                row: Row = {"id": word, "label": label, "department": home, "roles": [role], "staff": 1}
                yield {
                    **row,
                    **({"serves": [asking.department]} if home != asking.department else {}),
                    "assumption": True,
                }

    def _served(self, row: Row) -> list[str]:
        serves = row.get("serves", [])
        return [*self._names] if "*" in serves else [row["department"], *serves]

    def _meetings(self) -> Iterator[Row]:
        for line in self.model.city.of("meetings"):
            names = [f"meeting.{line.id}.{part}" for part in ("weekdays", "capacity")]
            usual = {
                key: value for key, value in line.values.items() if key not in ("assumption", "confidence", "source")
            }
            weekdays, capacity = (self._value(name, usual.get(name.rpartition(".")[2])) for name in names)
            if self._stands(names[0]):
                usual = {key: value for key, value in usual.items() if key not in ("weeks", "days")}
            row = {**usual, **({"weekdays": weekdays} if weekdays else {}), "capacity": capacity}
            if all(self._stands(name) for name in names):
                yield {**row, "source": self.sheet.answers[names[0]].source}
            else:
                yield {**row, "assumption": True, "confidence": "low"}

    def _schedule(self) -> Iterator[Row]:
        """When each procedure goes online, where the city states it."""
        for number in sorted({*NUMBERED, *self.titles}):
            name = f"online.{number}" if self._stands(f"online.{number}") else "online"
            if self._stands(name) and number in self.titles:
                yield {"number": number, "title": self.titles[number], "period": self.sheet.answers[name].value}

    def _said(self) -> tuple[list[Row], list[Row]]:
        """What is stated and what is assumed; the name, the channels and the days of meetings stand elsewhere."""
        stated = [_fact(one.id, one.label, one.value, one.unit, one.source) for one in self.sheet.facts]
        assumed: list[Row] = []
        for question in questions(self.model):
            answer = self.sheet.answers.get(question.id)
            aside = question.id in OWN and question.id not in (HOURS, "online")
            if aside or question.id.startswith("meeting.") or (answer is None and question.usual is None):
                continue
            if answer and not answer.assumed:
                stated.append(_fact(*self._row(question), answer.value, question.unit, answer.source))
            elif not question.id.startswith("staff."):
                assumed.append(self._assumption(question, answer))
        if any(row["assumption"] for row in self._posts()):
            said = f"{self.model.label}の人数を人口の比で換算した(どの職も1人以上)"
            assumed.append(_assumed(STAFF, "職ごとの人数(常勤換算)", said, "", "low"))
        return stated, assumed

    def _assumption(self, question: Question, answer: Answer | None) -> Row:
        if answer:
            return _assumed(*self._row(question), answer.value, question.unit, "medium")
        return _assumed(*self._row(question), self._scaled(question), question.unit, "low")

    def _row(self, question: Question) -> tuple[str, str]:
        """The id and label of a row; people are named by the city's own departments."""
        label = question.label
        for department in (one for one in self._names if question.id.startswith(f"staff.{one}.")):
            label = label.replace(self.model.departments[department], self._names[department], 1)
        return question.id.replace(".", "_"), label


def _fact(name: str, label: str, value: object, unit: str, source: str) -> Row:
    return {"id": name, "label": label, "value": value, **({"unit": unit} if unit else {}), "source": source}


def _assumed(name: str, label: str, value: object, unit: str, confidence: str) -> Row:
    row = {"id": name, "label": label, "value": value, **({"unit": unit} if unit else {})}
    return {**row, "assumption": True, "confidence": confidence}


def _join(row: Row, again: Row, department: str) -> None:
    """A post of two departments that are one: all roles, it serves both, and the people of both or those told of."""
    row["roles"] = list(dict.fromkeys([*row["roles"], *again["roles"]]))
    row["serves"] = list(dict.fromkeys([*row["serves"], department]))
    told = [one for one in (row, again) if not one["scaled"]] or [row, again]
    row["staff"] = sum(one["staff"] for one in told)
    row["assumption"] = any(one["assumption"] for one in told)
    row["scaled"] = row["scaled"] and again["scaled"]


def _counted(row: Row) -> Row:
    """A post with whole people where they are scaled, its keys in the order of every profile."""
    staff = max(1, int(row["staff"] + 0.5)) if row["scaled"] else row["staff"]
    told = {**row, "staff": staff}
    return {key: told[key] for key in _KEYS if key == "roles" or told[key] != []}


def _roughly(value: float) -> int:
    """A number to three figures: what is scaled is not known better."""
    whole = int(value + 0.5)
    step = int(10 ** max(0, len(str(whole)) - 3))
    return int(value / step + 0.5) * step
