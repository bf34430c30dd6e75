"""What a city is asked, drawn from a profile that is there: each figure with what is assumed where nobody answers.

The profile that is there is the model: its departments, posts and figures say what can be asked; its figures of people
are scaled by population for what is not answered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from procedures.profile_rows import City, Line
from procedures.profile_words import Asked, words

Kind = Literal["text", "lines", "whole", "share", "staff", "hours", "weekdays"]
OWN = ("name", "prefecture", "opening_hours", "channels", "online")
COUNTED = ("人", "世帯", "合議体")
"""Units of figures that grow with the city."""
POPULATION = "population"
HOURS = "opening_hours"
STAFF = "staff_per_post"


@dataclass(frozen=True)
class Question:
    """One row of the sheet. `usual` is what is assumed where nobody answers; None where nothing is."""

    id: str
    label: str
    kind: Kind
    unit: str = ""
    usual: Any = None


@dataclass(frozen=True, eq=False)
class Model:
    """The profile that a new one follows, and what the definitions ask of any."""

    city: City
    asked: Asked

    @property
    def label(self) -> str:
        """The name of the model's city."""
        return str(self.city.source.data.get("label", ""))

    @cached_property
    def departments(self) -> dict[str, str]:
        """The departments by id with the model's names, those too that only the definitions ask for."""
        known = {line.id: str(line.values.get("label", line.id)) for line in self.city.of("departments")}
        return {
            **known,
            **{one.department: one.department for one in self.asked.procedures if one.department not in known},
        }

    @cached_property
    def figures(self) -> dict[str, Line]:
        """The model's figures by id, stated or assumed; the hours and the staff have rows of their own."""
        lines = [*self.city.of("assumptions"), *(line for line in self.city.of("stated") if line.id == POPULATION)]
        return {line.id: line for line in lines if line.id not in (HOURS, STAFF)}

    @property
    def population(self) -> int:
        """How many people live in the model's city."""
        return int(self.figures[POPULATION].values["value"])

    def hours(self) -> str:
        """The model's opening hours, as 08:30-17:15."""
        hours = self.city.source.data.get("hours", {})
        return f"{hours['opens']:%H:%M}-{hours['closes']:%H:%M}" if {"opens", "closes"} <= {*hours} else "08:30-17:15"

    def posts(self, department: str) -> list[Line]:
        """The model's posts of a department."""
        return [line for line in self.city.of("posts") if line.values.get("department") == department]

    def numbers(self, department: str) -> list[int]:
        """The procedures of a department, by the model and by the definitions."""
        holders = {number: line.id for line, number, _ in self.city.numbers("departments")}
        asked = {one.number: one.department for one in self.asked.procedures}
        return sorted(number for number, holder in {**asked, **holders}.items() if holder == department)


def questions(model: Model) -> list[Question]:
    """Everything that a city is asked, in the order of the sheet."""
    return [
        Question("name", "市町村の名前", "text"),
        Question("prefecture", "都道府県", "text"),
        *_figures(model, before=True),
        Question(HOURS, "平日の開庁時間", "hours", usual=model.hours()),
        Question("channels", "申請の窓口(一行に一つ)", "lines"),
        Question("online", "オンライン化の時期(どの手続も同じとき)", "text"),
        *(
            Question(f"department.{one}", _of(model, one), "text", usual=label)
            for one, label in model.departments.items()
        ),
        *_staff(model),
        *_meetings(model),
        *_figures(model, before=False),
    ]


def online(number: int) -> Question:
    """When one procedure goes online, where it is not as `online` says."""
    return Question(f"online.{number}", f"手続{number}のオンライン化の時期", "text")


def _of(model: Model, department: str) -> str:
    numbers = spans(model.numbers(department))
    return f"課の名前(手続 {numbers})" if numbers else f"課の名前({model.departments[department]}に当たるところ)"


def spans(numbers: list[int]) -> str:
    """Numbers in words: 1〜11・27."""
    firsts = [one for one in numbers if one - 1 not in numbers]
    lasts = [one for one in numbers if one + 1 not in numbers]
    return "・".join(f"{a}" if a == b else f"{a}〜{b}" for a, b in zip(firsts, lasts, strict=True))


def _figures(model: Model, *, before: bool) -> Iterator[Question]:
    """The figures of the city itself, then those of its work; a weight without a unit is no city's to know."""
    for name, line in model.figures.items():
        value, unit = line.values.get("value"), str(line.values.get("unit", ""))
        if isinstance(value, float | int) and (isinstance(value, float) or unit) and before == (unit in COUNTED[:2]):
            yield Question(
                name, str(line.values["label"]), "share" if isinstance(value, float) else "whole", unit, value
            )


def _staff(model: Model) -> Iterator[Question]:
    for department, label in model.departments.items():
        for line in model.posts(department):
            roles = "・".join(model.asked.labels.get(role, role) for role in words(line.values.get("roles")))
            said = f"人数 {label} {line.values['label']}" + (f"({roles})" if roles else "")
            yield Question(f"staff.{department}.{line.id}", said, "staff", "人", line.values.get("staff", 1))


def _meetings(model: Model) -> Iterator[Question]:
    for line in model.city.of("meetings"):
        label = str(line.values.get("label", line.id))
        yield Question(
            f"meeting.{line.id}.weekdays", f"{label}を開く曜日", "weekdays", usual=line.values.get("weekdays")
        )
        yield Question(f"meeting.{line.id}.capacity", f"{label}の1回の件数", "whole", "件", line.values.get("capacity"))
