"""What the loaders themselves find in declarations: files, forms, procedures, tables, cities, and their editions."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from checker.catalogue import aliases
from checker.editions import Editions
from checker.finding import Finding, of_problem
from checker.proving.budget import Proofs
from checker.rules import of_rows
from checker.rules.rows import Around
from checker.scope import SCHEMA, Scope
from checker.source import read
from engine.definition import Procedure
from engine.municipality import Municipality
from engine.problems import Problem
from engine.shapes import Record
from forms.form import Form
from forms.loader import OURS, Forms
from procedures.editions import forms_of
from procedures.files import our_folder
from procedures.library import Library
from procedures.profile_words import asked_by, words
from procedures.profiles import load_profile

_BESIDE = ".simulation"
LIFE_EVENTS = "life_events"


class Declared:
    """The declarations of a scope, each loaded once, as they are looked at on a civil day; `proofs` are counted."""

    def __init__(self, scope: Scope, today: dt.date, proofs: Proofs | None = None) -> None:
        self.scope = scope
        self._today = today
        self._proofs = proofs or Proofs()
        self.forms = Forms([OURS, *parts(scope.folders, "forms")])
        self.folders = parts(scope.folders, "procedures")
        self.library = Library(self.folders, self._shape)

    @cached_property
    def cities(self) -> dict[str, tuple[Municipality | None, list[Problem]]]:
        """Every city's municipality and what is wrong with its profile, by id."""
        asked = asked_by((our_folder(), *self.folders))
        known = sorted(self.library.municipalities())
        return {city: load_profile(city, self.folders, asked) for city in known}

    def form_ids(self) -> list[str]:
        """The forms that are asked about."""
        return [one for one in self.forms.ids() if any(self.scope.tells(path) for path in self.forms.files(one))]

    def procedure_ids(self) -> list[str]:
        """The procedures that are asked about, in a file of their own or of a form or fragment that they use."""
        paths = {one: self.library.path(one) for one in self.library.ids()}
        direct = [one for one, path in paths.items() if path is not None and self.scope.tells(path)]
        shared = any(path.parent.name != LIFE_EVENTS for path in self.scope.asked)  # read by procedures: check them all
        return direct or [one for one in paths if shared and not self.form_ids()]

    def procedure(self, procedure_id: str) -> tuple[Procedure | None, list[Problem]]:
        """A procedure and what is wrong with its files."""
        return self.library.load(procedure_id)

    def form(self, form_id: str) -> Form | None:
        """A form, where it loads."""
        return self.forms.load(form_id)[0]

    def texts(self) -> list[str]:
        """The texts of all declarations, fragments and schemas, asked about or not; what cannot be read is left out."""
        everywhere = (our_folder(), *self.folders), (OURS, *parts(self.scope.folders, "forms"))
        patterns = "*/*.toml", f"*/*{SCHEMA}"
        paths = [
            path
            for folders, one in zip(everywhere, patterns, strict=True)
            for folder in folders
            for path in sorted(folder.glob(one))
        ]
        return [source.text for source, _ in map(read, paths) if source is not None]

    def problems(self) -> Iterator[Problem]:
        """Everything that the loaders find."""
        for form_id in self.form_ids():
            yield from self.forms.load(form_id)[1]
        if any(path.parent.name in {"tables", "municipalities"} for path in toml_paths(self.scope)):
            yield from self.library.tables().problems
            for _, wrong in self.cities.values():
                yield from wrong
        if any(path.parent.name == LIFE_EVENTS for path in toml_paths(self.scope)):
            yield from self.library.life_events()[1]
        for procedure_id in self.procedure_ids():
            procedure, wrong = self.procedure(procedure_id)
            yield from wrong
            if procedure is not None and not any(one.severity == "error" for one in wrong):
                yield from self._of_editions(procedure)

    def _of_editions(self, whole: Procedure) -> Iterator[Problem]:
        """What is wrong with the editions of a procedure, each at its place."""
        forms, wrong = forms_of(whole, self.forms)
        yield from wrong
        places = self.library.places(whole.id)
        found = [*of_rows.problems(whole, self.around(whole, forms)), *self._editions.problems(whole, forms)]
        for one in places.locate_all(found) if places else found:
            if one.rule not in of_rows.OF_THE_HOST or Path(one.file).stem == whole.id:
                yield one

    def around(self, whole: Procedure, forms: dict[str, Form]) -> Around:
        """What a procedure stands among."""
        departments = {name for path in self.library.municipalities().values() for name in _departments(path)}
        numbers = [(one.id, one.number, one.department) for one in self.library.list() if one.id != whole.id]
        cities = [city for city, _ in self.cities.values() if city is not None]
        return Around(forms, self.library.tables(), departments, numbers, self._made, cities, self._demanded)

    @cached_property
    def _demanded(self) -> set[str]:
        """The parameters that the fragments ask of their hosts."""
        sources = (self.library.fragments.fragment(one)[0] for one in self.library.fragments.fragment_ids())
        return {name for one in sources if one is not None for name in words(one.data.get("parameters"))}

    def _made(self) -> set[str]:
        """The registrations that all procedures make."""
        read = (self.procedure(one)[0] for one in self.library.ids())
        return {name for one in read if one is not None for name in of_rows.made_by(one)}

    @cached_property
    def _editions(self) -> Editions:
        cities = [city for city, _ in self.cities.values() if city is not None]
        return Editions(cities, self.library.tables(), self._today, self._proofs)

    def _shape(self, form_id: str) -> Record | None:
        form = self.form(form_id)
        return form.shape if form else None


def _departments(path: Path) -> Iterator[str]:
    """The departments of a city as its file has them: a procedure with a wrong one keeps the city from loading."""
    source, _ = read(path)
    try:
        rows = tomllib.loads(source.text).get("departments", []) if source is not None else []
    except tomllib.TOMLDecodeError:
        return  # the city's own findings tell it
    listed = rows if isinstance(rows, list) else []
    yield from (str(row.get("id")) for row in listed if isinstance(row, dict))


def findings(declared: Declared) -> Iterator[Finding]:
    """What the loaders find, under the rules' ids where the catalogue has one for it."""
    for problem in declared.problems():
        rule = aliases().get(problem.rule)
        found = of_problem(problem, rule.id if rule else "", rule.severity if rule else None)
        yield replace(found, file=name_of(path_of(found.file)) if found.file else "")


def parts(folders: Sequence[Path], part: str) -> list[Path]:
    """The folders of one part (`procedures` or `forms`) of definitions laid over ours."""
    inside = [folder / part if (folder / part).is_dir() else folder for folder in folders]
    return [one for one in inside if one.name == part]


def schema_paths(scope: Scope) -> list[Path]:
    """The schemas of forms and blocks that are asked about."""
    return _below(scope, parts((OURS.parent, *scope.folders), "forms"), f"*/*{SCHEMA}")


def toml_paths(scope: Scope) -> list[Path]:
    """The declarations, pages, tables and profiles that are asked about."""
    pages = _below(scope, parts((OURS.parent, *scope.folders), "forms"), "*/*.toml")
    rest = _below(scope, [our_folder(), *parts(scope.folders, "procedures")], "*/*.toml")
    return [*pages, *(one for one in rest if not one.stem.endswith(_BESIDE))]


def _below(scope: Scope, folders: Iterable[Path], pattern: str) -> list[Path]:
    return [path for folder in folders for path in sorted(folder.glob(pattern)) if scope.tells(path)]


def name_of(path: Path) -> str:
    """The name of a file in messages: of ours from its room on, of others from here on."""
    real = path.resolve()
    for home in (our_folder().resolve().parent, Path.cwd()):
        if real.is_relative_to(home):
            return real.relative_to(home).as_posix()
    return path.as_posix()


def path_of(name: str) -> Path:
    """The file of a name that a loader gives."""
    ours = our_folder().parent / name
    return ours if name.startswith(("procedures/", "forms/")) and ours.is_file() else Path(name)
