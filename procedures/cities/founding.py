"""A new city: its profile written into a folder of definitions, whole or not at all, and never over another."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import DefinitionError, Refusal
from engine.municipality import Municipality
from engine.problems import Problem, nearest
from procedures.cities.drawing import Drawing
from procedures.cities.questions import POPULATION, Model
from procedures.cities.sheets import Sheet
from procedures.cities.toml_text import text
from procedures.drafts import Source
from procedures.files import Layers, our_folder
from procedures.library import Library
from procedures.profile_rows import City
from procedures.profile_words import asked_by
from procedures.profiles import municipality_of
from procedures.reading import read_source
from procedures.saving import room_in, save_new

USUAL_MODEL = "hitachinaka"
"""The city that a new one follows where none is named: the one whose figures are there."""
_ID = re.compile(r"[a-z][a-z0-9_]{1,39}")
_KEPT = ("default",)


@dataclass(frozen=True)
class Founded:
    """The profile of a new city: where it is, what it says, and what `madoguchi check` would add."""

    path: Path
    municipality: Municipality
    problems: tuple[Problem, ...]


def model(like: str, folders: Sequence[Path]) -> Model:
    """The city that a new one follows, in folders that are laid over ours.

    Raises:
        Refusal: there is none of that name, or it does not say how many people live there.
        DefinitionError: its profile cannot be read.
    """
    layers = (our_folder(), *folders)
    known = Layers(layers).in_folder("municipalities")
    if like not in known:
        hint = nearest(like, known) or f"あるもの: {'・'.join(sorted(known))}"
        raise Refusal(f"手本にする市町村「{like}」の設定がありません({hint})。", f"there is no city {like!r} to follow")
    source, problems = read_source(known[like].path, known[like].name)
    if source is None:
        raise DefinitionError(problems)
    found = Model(City(source), asked_by(layers))
    if POPULATION not in found.figures:
        ja = f'{like} の設定に人口(id = "{POPULATION}")がないので、手本にできません。'
        raise Refusal(ja, f"the profile of {like} does not say how many people live there")
    return found


def require_free(city_id: str, folders: Sequence[Path]) -> None:
    """Nothing, when a city of that id may be made.

    Raises:
        Refusal: the id is no id, or is taken.
    """
    if not _ID.fullmatch(city_id):
        ja = f"「{city_id}」は市町村の名前にできません。英小文字で始まる英小文字・数字・_ の2〜40文字にしてください。"
        raise Refusal(ja, f"{city_id!r} is no id: 2 to 40 small letters, digits and _, a letter first")
    taken = Layers((our_folder(), *folders)).in_folder("municipalities")
    if city_id in taken or city_id in _KEPT:
        at = f"({taken[city_id].name})" if city_id in taken else ""
        ja = f"{city_id} という市町村はもうあります{at}。上書きはしません。別の名前にしてください。"
        raise Refusal(ja, f"there is a city {city_id} already; it is not overwritten")


def profile_text(city_id: str, sheet: Sheet, followed: Model, titles: dict[int, str], named: str) -> str:
    """The text of the profile that a sheet gives; `named` says what it was written from."""
    profile = Drawing(city_id, sheet, followed, titles).profile()
    head = (
        f"{profile['label']}。{named}から madoguchi city new が書いた。答えのあるものは stated などに出典とともに、\n"
        f"ないものは{followed.label}の数字を人口の比で換算した仮定として、assumption = true と置く。"
    )
    return text(profile, head)


def titles(folders: Sequence[Path], followed: Model) -> dict[int, str]:
    """The titles of the procedures by number, from the declarations and from the schedule of the model."""
    printed = {
        line.values["number"]: str(line.values.get("title", ""))
        for line in followed.city.of("schedule")
        if type(line.values.get("number")) is int
    }
    asked = followed.asked.numbers
    declared = {entry.number: entry.title for entry in Library(folders).list() if entry.number in asked}
    return {**declared, **printed}


def found(city_id: str, sheet: Sheet, followed: Model, folder: Path, named: str) -> Founded:
    """The new city, its file written into a folder of definitions.

    Raises:
        Refusal: there is a file of that name.
        DefinitionError: the profile would have errors, so that nothing is written.
        OSError: it cannot be written.
    """
    room = room_in(folder, "procedures")
    written = profile_text(city_id, sheet, followed, titles([room] if room.is_dir() else [], followed), named)
    path = room / "municipalities" / f"{city_id}.toml"
    municipality, problems = municipality_of(Source(path.as_posix(), written, tomllib.loads(written)), followed.asked)
    if municipality is None:
        raise DefinitionError([problem for problem in problems if problem.severity == "error"])
    save_new({path: written})
    return Founded(path, municipality, tuple(problems))
