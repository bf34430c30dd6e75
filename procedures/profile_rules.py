"""What is wrong with a city's profile beyond its types: unknown names, posts nobody holds, rows without a source.

The rules read the file as written, so that one mistake does not hide another.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from engine.municipality import DEPUTY, OpeningHours, Stated
from engine.problems import Problem, nearest
from procedures.drafts import Place
from procedures.findings import found, one_of
from procedures.profile_rows import City, Line
from procedures.profile_words import Asked, table, words
from procedures.row_rules import written_problems


def profile_problems(city: City, asked: Asked) -> list[Problem]:
    """Everything that the profile says wrongly or leaves out."""
    problems = written_problems(city.source)
    for rule in (_ids, _provenance, _unsourced_meetings, _hours):
        problems += rule(city)
    for names in (
        _departments,
        _roles,
        _numbers,
        _belonging,
        _route_posts,
        _deputies,
        _empty_desks,
        _meetings,
        _params,
    ):
        problems += names(city, asked)
    return problems


def _ids(city: City) -> Iterator[Problem]:
    """An id stands first in its row and is given once; posts of different departments may share one."""
    first: dict[tuple[str, str], Line] = {}
    for line in city.lines:
        said = ("行の最初の項目は id です。", "the first key of a row is its id")
        if "id" in line.values and next(iter(line.values)) != "id":
            yield found(
                "D015", (*line.path, "id"), line.place.below("id"), said, f'{{ id = "{line.id}", … }}', key=True
            )
        again = first.setdefault(("stated" if line.list == "assumptions" else line.list, line.name), line)
        if again is not line and line.list != "schedule" and line.id:
            at = again.place.text()
            said = (f"{line.name} は {at} にもあります。", f"{line.name} is also at {at}")
            yield found("D016", (*line.path, "id"), line.place.below("id"), said, "別の id にする")


def _departments(city: City, _: Asked) -> Iterator[Problem]:
    known = [line.id for line in city.of("departments")]
    for line in city.of("posts"):
        for key, allowed in (("department", known), ("serves", [*known, "*"])):
            for word in words(line.values.get(key)):
                if word not in allowed:
                    said = (f"{word} という課は departments にありません。", f"there is no department {word}")
                    yield found("M002", (*line.path, key), line.place.below(key), said, one_of(word, known))


def _roles(city: City, asked: Asked) -> Iterator[Problem]:
    for line in city.of("posts"):
        for role in words(line.values.get("roles")):
            if role not in asked.roles:
                said = (f"{role} という役割を求める手続はありません。", f"no procedure asks for a role {role}")
                yield found("M003", (*line.path, "roles"), line.place.below("roles"), said, one_of(role, asked.roles))


def _numbers(city: City, asked: Asked) -> Iterator[Problem]:
    """Every number is that of a procedure, in one department and in one row of the schedule."""
    for name in ("departments", "schedule"):
        first: dict[int, Line] = {}
        for line, number, place in city.numbers(name):
            path = (*line.path, str(place.path[2]))
            if number not in asked.numbers:
                said = (f"手続番号 {number} はありません。", f"there is no procedure number {number}")
                hint = f"手続番号は {min(asked.numbers)} から {max(asked.numbers)} まで"
                yield found("M004", path, place, said, hint)
            elif first.setdefault(number, line) is not line:
                at = first[number].place.text()
                said = (f"手続番号 {number} は {at} にもあります。", f"procedure number {number} is also at {at}")
                yield found("M005", path, place, said, "どちらか一つにする")


def _belonging(city: City, asked: Asked) -> Iterator[Problem]:
    """A department has the id by which its procedures name it; every row of the schedule has a department."""
    holders = {number: line for line, number, _ in city.numbers("departments")}
    for one in asked.procedures:
        line = holders.get(one.number)
        if line is not None and line.id != one.department:
            said = (
                f"手続{one.number}の担当課の id は {one.department} です(いまは {line.id})。",
                f"procedure {one.number} belongs to {one.department}, not {line.id}",
            )
            yield found("M006", (*line.path, "id"), line.place.below("id"), said, f'id = "{one.department}"')
    for line, number, place in city.numbers("schedule"):
        if number not in holders and number in asked.numbers:
            said = (f"手続{number}の担当課がありません。", f"procedure {number} has no department")
            hint = "departments の procedures に足す"
            yield replace(found("M007", (*line.path, "number"), place, said, hint), severity="warning")


def _route_posts(city: City, asked: Asked) -> Iterator[Problem]:
    """The posts that an approval route passes exist in the department; a near miss is told where it stands."""
    for line in city.of("departments"):
        needed = {post: one.number for one in asked.procedures if one.department == line.id for post in one.posts}
        missing = [post for post in needed if not city.holders(post, line.id)]
        for own in city.serving(line.id):
            near = nearest(own.id, missing) if own.id not in needed else ""
            if near:
                missing = [post for post in missing if not near.startswith(f"{post} ")]
                said = (f"{own.id} という職を通る決裁ルートはありません。", f"no approval route passes a post {own.id}")
                yield found("M008", (*own.path, "id"), own.place.below("id"), said, near)
        for post in missing:
            said = (
                f"手続{needed[post]}の決裁ルートが通る職 {post} が {line.id} にありません。",
                f"{line.id} has no post {post}, which the route of procedure {needed[post]} passes",
            )
            hint = f'posts に {{ id = "{post}", label = "…", department = "{line.id}", … }} を足す'
            yield found("M008", line.path, line.place, said, hint)


def _deputies(city: City, _: Asked) -> Iterator[Problem]:
    """A deputy is another post that works for the department, and acts in the role of a deputy."""
    for line in city.of("posts"):
        serving = city.serving(str(line.values.get("department")))
        able = [one.id for one in serving if DEPUTY in words(one.values.get("roles")) and one.id != line.id]
        for deputy in words(line.values.get("deputies")):
            if deputy not in able:
                said = (f"{deputy} は {line.name} の代決者になれません。", f"{deputy} is no deputy for {line.name}")
                hint = one_of(deputy, able) if able else f'代決する職の roles に "{DEPUTY}" を足す'
                yield found("M015", (*line.path, "deputies"), line.place.below("deputies"), said, hint)


def _empty_desks(city: City, asked: Asked) -> Iterator[Problem]:
    """Nobody would find a case that waits in the inbox of a role without a post."""
    for line in city.of("departments"):
        needed = {role: one.number for one in asked.procedures if one.department == line.id for role in one.roles}
        for role, number in needed.items():
            if not city.holders(role, line.id):
                said = (
                    f"手続{number}の役割 {role} を担う職が {line.id} にありません。案件がそこで止まります。",
                    f"no post of {line.id} fills the role {role} of procedure {number}; cases would wait for ever",
                )
                hint = f'職の roles に "{role}" を足す'
                yield replace(found("M009", line.path, line.place, said, hint), severity="warning")


def _meetings(city: City, asked: Asked) -> Iterator[Problem]:
    """A meeting sits on some day; a case that has to come before one that never sits cannot go on."""
    held = {name: one.number for one in asked.procedures for name in one.meetings}
    for line in city.of("meetings"):
        if not line.values.get("weekdays") and not line.values.get("days"):
            said = ("開催日がありません。", "it never sits")
            yield found("M016", line.path, line.place, said, 'weekdays = ["tue", …] か days を書く')
        if line.id and line.id not in held:
            said = (f"{line.id} という会議を開く手続はありません。", f"no procedure holds a meeting {line.id}")
            problem = found("M017", (*line.path, "id"), line.place.below("id"), said, one_of(line.id, held))
            yield replace(problem, severity="warning")
    known = {line.id for line in city.of("meetings")}
    for line in city.of("departments"):
        needed = {name: one.number for one in asked.procedures if one.department == line.id for name in one.meetings}
        for name in (one for one in needed if one not in known):
            said = (
                f"手続{needed[name]}の会議 {name} の開催日がありません。案件を会議に出せません。",
                f"it is not said when the meeting {name} of procedure {needed[name]} sits; no case can come before it",
            )
            hint = f'meetings に {{ id = "{name}", weekdays = [ … ], capacity = … }} を足す'
            yield replace(found("M016", line.path, line.place, said, hint), severity="warning")


def _provenance(city: City) -> Iterator[Problem]:
    """A fact names its source; an assumption is marked as one, with how far it can be trusted."""
    for line in city.of("stated"):
        if line.values.get("assumption") is True:
            said = ("仮定が stated にあります。", "an assumption stands under stated")
            yield found("M010", (*line.path, "assumption"), line.place.below("assumption"), said, "assumptions に移す")
        elif not line.values.get("source") and not _misspelt(line):
            said = ("出典がありません。", "no source is given")
            yield found("M010", line.path, line.place, said, "source を書くか、仮定として assumptions に移す")
    for line in city.of("assumptions"):
        if line.values.get("assumption") is not True and not _misspelt(line):
            said = ("仮定であることの印がありません。", "it is not marked as an assumption")
            yield found(
                "M010", (*line.path, "assumption"), line.place.below("assumption"), said, "assumption = true と書く"
            )
        if "confidence" not in line.values and not _misspelt(line):
            said = ("確かさがありません。", "no confidence is given")
            yield found("M010", (*line.path, "confidence"), line.place, said, "confidence = high・medium・low のどれか")


def _unsourced_meetings(city: City) -> Iterator[Problem]:
    for line in city.of("meetings"):
        if not line.values.get("source") and line.values.get("assumption") is not True:
            said = ("出典がありません。", "no source is given")
            yield found("M010", line.path, line.place, said, "source を書くか、仮定なら assumption = true と書く")


def _misspelt(line: Line) -> bool:
    """Whether the row has a key that the types refuse: what seems to be missing may be that one."""
    return not line.values.keys() <= Stated.model_fields.keys()


def _params(city: City, asked: Asked) -> Iterator[Problem]:
    """A parameter that no definition reads has no effect, and nobody would notice."""
    for name, place in city.params():
        if name not in asked.params:
            said = (f"{name} という値を使う手続はありません。", f"no procedure reads a parameter {name}")
            problem = found("M011", ("params", name), place, said, one_of(name, asked.params), key=True)
            yield replace(problem, severity="warning")


def _hours(city: City) -> Iterator[Problem]:
    hours = table(city.source.data, "hours")
    opens, closes = (hours.get(key, OpeningHours.model_fields[key].default) for key in ("opens", "closes"))
    if isinstance(opens, dt.time) and isinstance(closes, dt.time) and closes <= opens:
        said = (
            f"閉庁({closes})が開庁({opens})より後ではありません。",
            f"closing ({closes}) is not after opening ({opens})",
        )
        path = ("hours", "closes" if "closes" in hours else "opens")
        yield found("M014", path, Place(city.source, path), said, "24時間の時刻で書く")
