"""The rows of a profile as written, each with its place and the name people know it by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from procedures.drafts import Place, Source
from procedures.profile_words import table, words

LISTS = ("departments", "posts", "meetings", "stated", "assumptions", "schedule")


@dataclass(frozen=True, eq=False)
class Line:
    """One row of a list."""

    list: str
    values: dict[str, Any]
    place: Place

    @property
    def id(self) -> str:
        """The row's id, or an empty string when it has none."""
        word = self.values.get("id")
        return word if isinstance(word, str) else ""

    @property
    def name(self) -> str:
        """The id, of a post with its department (posts of several departments share ids), or a row's number."""
        department = self.values.get("department")
        return (
            f"{department}/{self.id}" if isinstance(department, str) else self.id or str(self.values.get("number", ""))
        )

    @property
    def path(self) -> tuple[str, str]:
        """How a finding names the row."""
        return (self.list, self.name)

    def serves(self, department: str) -> bool:
        """Whether a post works for a department."""
        return self.values.get("department") == department or bool(
            {department, "*"} & {*words(self.values.get("serves"))}
        )


@dataclass(frozen=True, eq=False)
class City:
    """A profile's file."""

    source: Source

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every row of every list, in the order of the types."""
        return tuple(line for name in LISTS for line in self._read(name))

    def of(self, name: str) -> list[Line]:
        """The rows of one list."""
        return [line for line in self.lines if line.list == name]

    def serving(self, department: str) -> list[Line]:
        """The posts that work for a department."""
        return [line for line in self.of("posts") if line.serves(department)]

    def holders(self, wanted: str, department: str) -> list[Line]:
        """The posts of that id, or in that role, that work for a department."""
        return [line for line in self.serving(department) if wanted in (line.id, *words(line.values.get("roles")))]

    def numbers(self, name: str) -> Iterator[tuple[Line, int, Place]]:
        """The procedure numbers of departments or of the schedule, with their rows and places."""
        for line in self.of(name):
            found = line.values.get("procedures" if name == "departments" else "number")
            several = isinstance(found, list)
            for index, number in enumerate(found if isinstance(found, list) else [found]):
                if type(number) is int:
                    place = line.place.below("procedures", index) if several else line.place.below("number")
                    yield line, number, place

    def params(self) -> Iterator[tuple[str, Place]]:
        """The city's own parameters, with their places."""
        for name in table(self.source.data, "params"):
            yield name, Place(self.source, ("params", name))

    def totals(self) -> dict[str, int]:
        """The printed totals by period."""
        printed = table(self.source.data, "printed_totals")
        return {period: total for period, total in printed.items() if type(total) is int}

    def _read(self, name: str) -> Iterator[Line]:
        found = self.source.data.get(name)
        for index, row in enumerate(found if isinstance(found, list) else []):
            if isinstance(row, dict):
                yield Line(name, row, Place(self.source, (name, index)))
