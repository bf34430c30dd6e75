"""Which lessons there are: one for each common error in force, one without an error, and a day of mixed cases.

Nothing is written for a lesson by hand. What the declarations cannot make a lesson of is listed with the reason.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from engine.definition import Procedure
from engine.definition.in_force import in_force
from engine.definition.rows import CommonError, Event
from engine.errors import UnknownThing
from engine.problems import nearest
from office.office import Definitions

CLEAN = "clean"
DAY = "day"
COURSE = "course"
FIRST_DAY = dt.date(2022, 6, 1)
"""The day of a lesson, where its mistake is not made only later: dates planted in declarations lie around it."""


@dataclass(frozen=True)
class Lesson:
    """One lesson: a case of a procedure with a mistake planted in it, or without.

    `cannot` says why it cannot be given, None where nothing is known against it; `skills` are what it trains; `own` is
    one that a trainer wrote.
    """

    id: str
    procedure: str
    title: str
    error: CommonError | None
    on: dt.date
    field: str
    skills: tuple[str, ...]
    cannot: str | None = None
    own: bool = False

    @property
    def says(self) -> str:
        """What is the matter, for a trainer; a learner is not told before the end."""
        return self.error.says if self.error else "誤りのない申請"


def lessons(declared: Definitions, on: dt.date | None = None) -> list[Lesson]:
    """Every lesson on a day, by number of the procedure; each mistake on its first day where no day is given."""
    found: list[Lesson] = []
    for entry in declared.library.list():
        loaded = declared.library.read(entry.id).procedure
        if loaded is not None and not loaded.reviews:  # begun about a decided case only
            found += _of(loaded, on)
    return found


def lesson(declared: Definitions, name: str, on: dt.date | None = None) -> Lesson:
    """The lesson of a name.

    Raises:
        UnknownThing: there is none of that name on that day.
    """
    procedure, _, _ = name.partition(".")
    loaded = declared.library.read(procedure).procedure if procedure in declared.library.ids() else None
    known = {one.id: one for one in _of(loaded, on)} if loaded else {}
    if name not in known:
        hint = nearest(name, known or [f"{one}.{CLEAN}" for one in declared.library.ids()])
        ja = f"「{name}」という課題はありません。{hint} madoguchi train list で一覧を見られます。"
        raise UnknownThing(ja, f"no lesson {name!r}; see `madoguchi train list`", lesson=name)
    return known[name]


def own_lesson(declared: Definitions, name: str, error: CommonError, on: dt.date) -> Lesson:
    """The lesson of a mistake that a trainer wrote; its name begins with that of its procedure."""
    procedure = in_force(declared.catalogue.procedure(name.partition(".")[0]), on)
    skills, cannot = _skills(procedure, error), _cannot(procedure, error)
    return Lesson(name, procedure.id, procedure.title, error, on, procedure.field, skills, cannot, own=True)


def _of(procedure: Procedure, on: dt.date | None) -> Iterator[Lesson]:
    first = max([FIRST_DAY, *(version.from_ for version in procedure.versions[:1])])
    yield Lesson(
        f"{procedure.id}.{CLEAN}", procedure.id, procedure.title, None, on or first, procedure.field, ("form_check",)
    )
    for error in procedure.common_errors:
        day = on or max(first, error.since or first)
        if error.in_force(day):
            today = in_force(procedure, day)
            name = f"{procedure.id}.{error.id}"
            found = (_skills(today, error), _cannot(today, error))
            yield Lesson(name, procedure.id, procedure.title, error, day, procedure.field, *found)


def _skills(procedure: Procedure, error: CommonError) -> tuple[str, ...]:
    """What a mistake trains: what its check reads, its clock, where it should have gone."""
    check = next((one for one in procedure.checks if one.id == error.check), None)
    reads = [*(check.reads if check else ()), *(error.plant if check is None or check.passes else ())]
    found = ["clock"] if error.clock else []
    found += ["attachment"] if "attachments" in reads else []
    found += ["register"] if any(one.startswith(("facts.", "register.")) for one in reads) else []
    found += ["form_check"] if any(one.startswith("form") for one in reads) else []
    found += ["referral"] if error.filed_as or error.link else []
    found += ["ordinary_way"] if error.right and error.check is None else []
    return tuple(dict.fromkeys(found)) or ("form_check",)


def _cannot(procedure: Procedure, error: CommonError) -> str | None:
    """Why nothing can be made of a mistake; None where nothing speaks against it."""
    if not error.plant and error.right is None:
        return "何を仕込むか(plant)も、何が正しいか(right)も宣言にありません。"
    checks = {check.id: check for check in procedure.checks}
    if error.check is not None and error.check not in checks:
        return f"確認「{error.check}」が{FIRST_DAY}の版にありません。"
    if error.check is None and error.right is None:
        return "どの確認で分かるか(check)も、何が正しいか(right)も宣言にありません。"
    events = {event.id for event in _events(procedure)}
    wanted = error.right or checks[error.check or ""].on_fail
    if wanted not in events:
        return f"正しい操作「{wanted}」がこの日の版にありません。"
    return None


def _events(procedure: Procedure) -> Iterator[Event]:
    yield from procedure.events
    for task in procedure.tasks.values():
        yield from task.events
