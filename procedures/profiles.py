"""A city's profile as the engine's Municipality, or every problem of its file.

A profile fills slots. What a plan states stands under `stated` and `schedule` with its source; what no plan states
stands under `assumptions`, each row marked as one. Printed figures that contradict each other are told, never mended.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from engine.municipality import Municipality, Stated
from engine.problems import Problem, nearest
from procedures.drafts import Place, Source
from procedures.files import Found, Layers, our_folder
from procedures.printed_totals import contradictions
from procedures.profile_rows import City
from procedures.profile_rules import profile_problems
from procedures.profile_words import Asked, asked_by
from procedures.reading import read_source
from procedures.refusals import Holder, frozen, refusals


class Profile(Municipality):
    """The file of a city: a municipality with its assumptions apart."""

    assumptions: tuple[Stated, ...] = ()


def load_profile(
    where: Path | str, folders: Sequence[Path] = (), asked: Asked | None = None
) -> tuple[Municipality | None, list[Problem]]:
    """A city's municipality and every problem of its profile; None when one of them is an error.

    Args:
        where: a file, or the name of a city of our folder or of those laid over it.
        folders: definition folders laid over ours, in this order.
        asked: what the definitions ask of a city, when that is known already.
    """
    layers = (our_folder(), *folders)
    file, problems = _find(where, layers)
    if file is None:
        return None, problems
    source, problems = read_source(file.path, file.name)
    if source is None:
        return None, problems
    return municipality_of(source, asked or asked_by(layers))


def municipality_of(source: Source, asked: Asked) -> tuple[Municipality | None, list[Problem]]:
    """The municipality of a profile that has been read; its assumptions stand at the end of what is stated."""
    city = City(source)
    problems = [*profile_problems(city, asked), *contradictions(city)]
    try:
        profile = Profile.model_validate(frozen(source.data), strict=True)
    except ValidationError as refused:
        problems += refusals(Profile, refused, lambda steps: _holder(city, steps))
        return None, sorted(set(problems))
    if any(problem.severity == "error" for problem in problems):
        return None, sorted(set(problems))
    fields = {name: getattr(profile, name) for name in Municipality.model_fields}
    return Municipality(**{**fields, "stated": profile.stated + profile.assumptions}), sorted(set(problems))


def _find(where: Path | str, layers: Sequence[Path]) -> tuple[Found | None, list[Problem]]:
    """The file of a path or of a city's name."""
    if isinstance(where, Path) or where.endswith(".toml"):
        return _named(Path(where)), []
    cities = Layers(layers).in_folder("municipalities")
    if where in cities:
        return cities[where], []
    hint = nearest(where, cities) or f"あるもの: {'・'.join(sorted(cities))}"
    ja, en = f"市町村「{where}」の設定ファイルがありません。", f"there is no profile of a municipality {where}"
    return None, [Problem(rule="M001", path=(where,), ja=ja, en=en, hint=hint)]


def _named(path: Path) -> Found:
    """A file under the name that a city of ours has on every machine, or under its path."""
    ours = path.is_relative_to(our_folder())
    return Found(path, f"procedures/{path.relative_to(our_folder()).as_posix()}" if ours else path.as_posix())


def _holder(city: City, steps: Sequence[Any]) -> Holder:
    """The row, table or top of the profile that a complaint of the types is about."""
    line = next((one for one in city.lines if len(steps) > 1 and one.place.path == tuple(steps[:2])), None)
    if line is not None:
        return Holder(line.path, line.place, tuple(steps[2:]), line.place.below)
    top = Place(city.source)
    if len(steps) > 1 and isinstance(steps[1], str):
        table = top.below(steps[0])
        return Holder((str(steps[0]),), table, tuple(steps[1:]), table.below)
    return Holder((), top, tuple(steps), top.below)
