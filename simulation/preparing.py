"""What a run needs of each procedure and of the city before the first day: plans, makers of documents, people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from engine.definition import Procedure
from engine.errors import DefinitionError, Refusal, UnknownThing
from engine.municipality import Municipality, Post
from engine.problems import nearest
from forms.samples import NoSample
from forms.samples import Sampler as Maker
from office.office import Definitions
from procedures.plan import Plan, load_plan, usual_plan
from procedures.plan_names import plan_problems
from simulation.people import ONE_DAY, Staff, key_of
from simulation.settings import Simulated
from simulation.surge import Support, Surge

SUFFIX = ".simulation.toml"


def modelled(declared: Definitions, only: Sequence[str], days: tuple[dt.date, dt.date]) -> list[str]:
    """The procedures to run, by number: every declared one, or those named.

    Args:
        days: the first and the last day; a procedure that no law has on any of them is left out, unless it is named,
            and so is one that only reviews what others decided: nobody files it by itself.

    Raises:
        UnknownThing: one of them is not declared, or there is none.
    """
    known = [entry.id for entry in declared.library.list()]
    for name in only:
        if name not in known:
            ja = f"「{name}」という手続はありません。{nearest(name, known)}"
            raise UnknownThing(ja.strip(), f"no procedure {name!r}", procedure=name)
    if not known:
        raise UnknownThing("手続の定義がありません。", "no procedure is declared")
    return [name for name in known if name in only or (not only and _in_force(declared, name, days))]


def _in_force(declared: Definitions, name: str, days: tuple[dt.date, dt.date]) -> bool:
    """Whether a procedure has a version on one of the days; one that does not load is left to be refused."""
    procedure, _ = declared.library.load(name)
    if procedure is None or procedure.reviews:
        return procedure is None
    if procedure.has_version(days[0]):
        return True
    return any(days[0] < version.from_ <= days[1] for version in procedure.versions)


def ids_of(declared: Definitions, words: Sequence[str]) -> list[str]:
    """The ids of procedures named by id or by number; a word that is neither is left to be refused."""
    numbers = {str(entry.number): entry.id for entry in declared.library.list()}
    return [numbers.get(word, word) for word in words]


def own_plan(declared: Definitions, name: str) -> Plan | None:
    """The assumptions in the procedure's own file; None where it has none.

    Raises:
        DefinitionError: the file says something that a plan cannot say.
    """
    path = declared.library.path(name)
    beside = path.with_suffix(SUFFIX) if path else None
    return load_plan(beside) if beside is not None and beside.exists() else None


def simulated_of(declared: Definitions, name: str) -> Simulated:
    """One procedure, ready to run.

    Raises:
        UnknownThing: its form is not there.
        DefinitionError: its assumptions cannot be read, or name what it does not declare.
    """
    procedure = declared.catalogue.procedure(name)
    makers = _Makers(declared)
    own = own_plan(declared, name)
    problems = plan_problems(own, procedure, f"{name}{SUFFIX}") if own else []
    if problems:
        raise DefinitionError(problems)
    plan = own.over(usual_plan()) if own else usual_plan()
    posts = _posts_of(declared.municipality, procedure)
    roles = {key_of(post): frozenset({post.id, *post.roles}) for post in posts}

    def sample(number: int, wanted: Mapping[str, Any], day: dt.date) -> dict[str, Any]:
        return makers.fitting(procedure.form, number, wanted, day)

    def filled(form: str, number: int, day: dt.date) -> dict[str, Any]:
        return makers.fitting(form, number, {}, day)

    makers.of(procedure.form, dt.date(2022, 4, 1))
    return Simulated(procedure, plan, sample, roles, filled, own)


class _Makers:
    """Makers of documents for forms, one for each form and the present day."""

    def __init__(self, declared: Definitions) -> None:
        self._declared = declared
        self._kept: dict[str, Maker] = {}

    def of(self, form_id: str, day: dt.date) -> Maker:
        """The maker for a form on a day."""
        kept = self._kept.get(form_id)
        if kept is None or kept.today != day:
            form, _ = self._declared.forms.load(form_id)
            if form is None:
                raise UnknownThing(f"様式「{form_id}」がありません。", f"no form {form_id!r}")
            kept = self._kept[form_id] = Maker(form, today=day)
        return kept

    def fitting(self, form_id: str, number: int, wanted: Mapping[str, Any], day: dt.date) -> dict[str, Any]:
        """A document with the answers wanted, but for those that the form does not ask for after the others."""
        maker = self.of(form_id, day)
        asked = {path: value for path, value in wanted.items() if _knows(maker, path)}
        try:
            document = maker.sample(number, asked)
        except NoSample:
            return maker.sample(number, {})
        problems = maker.checker.check(document, at=day).problems if asked else ()
        refused = {problem.pointer[1:].replace("/", ".") for problem in problems}
        if not refused:
            return document
        return maker.sample(number, {path: value for path, value in asked.items() if path not in refused})


def _knows(maker: Maker, path: str) -> bool:
    """Whether a form has a field at a dotted path; numbers step into lists."""
    steps = ["*" if step.isdecimal() else step for step in path.split(".")]
    return "/" + "/".join(steps) in maker.form.by_pointer


def _posts_of(city: Municipality, procedure: Procedure) -> list[Post]:
    return [
        p
        for p in city.posts
        if p.department == procedure.department or procedure.department in p.serves or "*" in p.serves
    ]


def population(city: Municipality) -> int:
    """How many people live in a city; a hundred thousand where its profile does not say."""
    return int(next((row.value for row in city.stated if row.id == "population"), 100_000))


def staff_of(declared: Definitions, simulated: Mapping[str, Simulated], seed: int) -> Staff:
    """The people of the posts that these procedures need, shared by all of them."""
    city = declared.municipality
    keys = {key for one in simulated.values() for key in one.roles}
    posts = tuple(post for post in city.posts if key_of(post) in keys)
    windows = {
        (key, name): (row.opens, row.closes)
        for name, one in simulated.items()
        for row in one.plan.desk_hours
        for key, roles in one.roles.items()
        if row.role in roles
    }
    for key in sorted(keys):
        ours = [windows.get((key, name)) for name, one in simulated.items() if key in one.roles]
        known = [window for window in ours if window is not None]
        if len(known) == len(ours):
            windows[(key, "")] = (min(opens for opens, _ in known), max(closes for _, closes in known))
    elsewhere = frozenset(key_of(post) for post in city.posts) - keys
    absent = next((row.value for row in city.stated if row.id == "absence_share"), 0.0)
    return Staff(declared.calendar, city.hours, posts, float(absent), seed, windows, elsewhere)


def post_labels(city: Municipality, posts: Sequence[Post]) -> dict[str, str]:
    """What each post is called, with its department where posts of several departments are at work."""
    departments = {row.id: row.short or row.label for row in city.departments}
    several = len({post.department for post in posts if not post.serves}) > 1
    return {
        key_of(post): f"{departments.get(post.department, post.department)} {post.label}" if several else post.label
        for post in posts
    }


def reinforce(staff: Staff, surge: Surge | None, first: dt.date, simulated: Mapping[str, Simulated]) -> None:
    """Let those who come to help in a surge hold their posts.

    Raises:
        UnknownThing: the procedure does not run, or nobody holds a post that is to be helped or to lend somebody.
        Refusal: a post is to lend more people than it has, or all of them.
    """
    if surge is None:
        return
    if surge.procedure not in simulated:
        ja = f"想定「{surge.label}」の手続「{surge.procedure}」を動かしていません。--procedure に加えてください。"
        raise UnknownThing(ja, f"{surge.procedure} does not run", procedure=surge.procedure)
    come(staff, surge.support, first, surge.label)


def come(staff: Staff, support: Sequence[Support], first: dt.date, label: str) -> None:
    """Let people help at posts, counted from the first day, and leave the posts that lend them.

    Raises:
        UnknownThing: nobody holds a post that is to be helped or to lend somebody.
        Refusal: a post is to lend more people than it has, or all of them.
    """
    own = {key: len(people) for key, people in staff.people.items()}
    for row in support:
        key = f"{row.department}/{row.post}"
        lenders = {*staff.people, *staff.elsewhere}
        for kind, named, known in (("応援先", key, staff.people), ("応援を出す職", row.lent_by or key, lenders)):
            if named not in known:
                hint = nearest(named, known)
                ja = f"想定「{label}」の{kind}「{named}」という職は、この市で動かす手続にありません。{hint}"
                raise UnknownThing(ja.strip(), f"nobody holds {named}", post=named)
        begin, end = first + row.from_day * ONE_DAY, first + row.until_day * ONE_DAY
        if row.lent_by in staff.people:
            lent = [one for one in support if one.lent_by == row.lent_by and one.from_day <= row.until_day]
            if sum(one.staff for one in lent if row.from_day <= one.until_day) >= own[row.lent_by]:
                ja = f"想定「{label}」で「{row.lent_by}」({own[row.lent_by]}人)から全員かそれ以上を出します。"
                raise Refusal(f"{ja}一人は残してください。", f"{row.lent_by} would be left with nobody")
            staff.leave(row.lent_by, row.staff, begin, end)
        staff.add(key, row.staff, begin, end)
