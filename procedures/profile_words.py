"""What the definitions ask of a city: the roles, posts, departments, numbers and parameters that a profile may name.

Read from the files as written, so that a procedure which does not load yet still says what it asks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from procedures.drafts import Source
from procedures.files import FragmentFolders, Layers
from procedures.reading import read_source

NUMBERED = range(1, 28)
_READ = re.compile(r"\bmunicipality\.([a-z_][a-z0-9_]*)")


@dataclass(frozen=True)
class Asking:
    """One procedure: where it belongs, the posts its routes name, and the office roles in whose inbox a case may wait.

    `meetings` are those at which its cases are dealt with.
    """

    number: int
    department: str
    posts: tuple[str, ...]
    roles: tuple[str, ...]
    meetings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked:
    """What all definitions ask for; `roles` are those of the office, `params` what a city may set.

    `labels` are the Japanese names of the roles.
    """

    procedures: tuple[Asking, ...]
    roles: tuple[str, ...]
    params: tuple[str, ...]
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def numbers(self) -> set[int]:
        """Every procedure number that exists: the 27, and those of procedures beyond them."""
        return {*NUMBERED, *(one.number for one in self.procedures)}


def asked_by(folders: Sequence[Path]) -> Asked:
    """What the procedures and fragments of some folders ask for; what cannot be read is left out."""
    fragments = FragmentFolders(folders)
    parts = [source for name in fragments.fragment_ids() if (source := fragments.fragment(name)[0])]
    files = Layers(folders).procedures().values()
    hosts = [source for one in files if (source := read_source(one.path, one.name)[0])]
    roles: dict[str, str] = {}
    for row in (row for one in (*parts, *hosts) for row in rows(one.data, "roles") if row.get("side") == "office"):
        roles.setdefault(row["id"], str(row.get("label", row["id"])))
    params = dict.fromkeys(name for source in (*parts, *hosts) for name in _params(source))
    numbered = [one.data for one in hosts if isinstance(one.data.get("number"), int) and not _reviews(one.data)]
    return Asked(tuple(_asking(data, fragments, roles) for data in numbered), tuple(roles), tuple(params), roles)


def _reviews(data: dict[str, Any]) -> bool:
    """Whether a procedure is about what another decided, before a body that is not the city's: it asks for nobody."""
    return any(row.get("kind") == "appeals" for row in rows(data, "links"))


def _params(source: Source) -> Iterator[str]:
    """What a city may set: parameters, limits of clocks, and whatever a condition reads of the municipality."""
    yield from words(source.data.get("parameters"))
    yield from table(source.data, "params")
    for clock in table(source.data, "clocks").values():
        yield from words(table(clock, "limit").get("city"))
    yield from _READ.findall(source.text)


def _asking(data: dict[str, Any], fragments: FragmentFolders, roles: Iterable[str]) -> Asking:
    posts: dict[str, None] = {}
    used = [data, *_fragments_of(data, fragments, set())]
    routes = [table(part, "approval") for part in used]
    for route in (table(found, name) for found in routes for name in found):
        deciders = (word for row in rows(route, "levels") for word in words(row.get("decider")))
        cosigners = (row.get("post", "cosigner") for row in rows(route, "cosign"))
        posts |= dict.fromkeys([*words(route.get("steps")), *deciders, *cosigners])
    desks = dict.fromkeys(desk for part in used for desk in _desks(part) if desk in roles)
    meetings = dict.fromkeys(name for part in used for name in table(part, "meetings"))
    return Asking(data["number"], str(data.get("department")), tuple(posts), tuple(desks), tuple(meetings))


def _fragments_of(data: dict[str, Any], fragments: FragmentFolders, seen: set[str]) -> Iterator[dict[str, Any]]:
    for name in (word for row in rows(data, "fragments") for word in words(row.get("id"))):
        source = fragments.fragment(name)[0] if name not in seen else None
        seen.add(name)
        if source is not None:
            yield source.data
            yield from _fragments_of(source.data, fragments, seen)


def _desks(data: dict[str, Any]) -> Iterator[str]:
    """Whose inbox a case or a task waits in, by role."""
    for part in (data, *table(data, "tasks").values()):
        for state in rows(part, "states"):
            yield from words(state.get("by"))


def rows(data: object, name: str) -> list[dict[str, Any]]:
    """The rows of a list that are rows and have an id."""
    found = data.get(name) if isinstance(data, dict) else None
    every = found if isinstance(found, list) else []
    return [row for row in every if isinstance(row, dict) and isinstance(row.get("id"), str)]


def table(data: object, name: str) -> dict[str, Any]:
    """A table, or an empty one when there is none of that name."""
    found = data.get(name) if isinstance(data, dict) else None
    return found if isinstance(found, dict) else {}


def words(value: object) -> list[str]:
    """A word or a list of words, as a list."""
    if isinstance(value, str):
        return [value]
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
