"""Recording that a post is absent or vacant for a time, and letting that end earlier: commands beside all cases."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine import receipts
from engine.absences import ABSENT, MOST_LINKS, VACANT, key_of, listed
from engine.actors import Actor
from engine.clock import from_seconds, to_seconds
from engine.errors import KeyReused, NotPossibleNow, NotYourTurn, UnknownThing
from engine.problems import nearest
from engine.store import Absence, Conflict, Transaction

if TYPE_CHECKING:
    from engine.commands import Engine
    from engine.municipality import Municipality, Post

_Make = Callable[[Transaction], Absence]

LONGEST = 366 * 24 * 60 * 60
"""The longest time of one record, in seconds: whoever is away longer is recorded again, or another takes the post."""


@dataclass(frozen=True)
class Leave:
    """What is to be recorded: from `since` until just before `until`, both epoch seconds.

    `department` may be left out where one post alone has the name, `deputy` where the city's order holds.
    """

    post: str
    since: int
    until: int
    department: str = ""
    deputy: str = ""
    kind: str = ABSENT


def record(engine: Engine, actor: Actor, leave: Leave, *, key: str = "") -> tuple[Absence, bool]:
    """The record that was made, and whether the same command had made it before under its key.

    Raises:
        Refusal: an unknown post, a time that is over or not one, one that is recorded already, a deputy who is not
            listed, deputies that lead in a circle or too far, or an actor without a post.
    """
    said = ("absence", actor, *(getattr(leave, name) for name in leave.__dataclass_fields__))

    def make(tx: Transaction) -> Absence:
        city, now = engine.ports.municipality, to_seconds(engine.ports.clock.now())
        _require_post(city, actor)
        post, department = _known(city, leave)
        _require_time(leave, now)
        number = tx.next_number("absence")  # whoever records at the same moment waits here, and then sees this one
        until = leave.until
        row = Absence(
            *(number, department, post, leave.kind, leave.since, until, until, leave.deputy),
            *(actor.person, actor.post, now),
        )
        during = tx.absences(row.since, row.until)
        _require_free(city, row, during)
        if leave.deputy:
            _require_deputy(city, row)
            _require_straight(city, row, during)
        tx.add_absence(row)
        return row

    return _once(engine, key, said, make)


def end(engine: Engine, actor: Actor, number: int, *, key: str = "") -> tuple[Absence, bool]:
    """The record, which ends now; one that has not begun is as if it had never been.

    Raises:
        Refusal: there is none of this number, it is over, or the actor has no post.
    """

    def make(tx: Transaction) -> Absence:
        now = to_seconds(engine.ports.clock.now())
        _require_post(engine.ports.municipality, actor)
        row = tx.absence(number)
        if row is None:
            ja = f"不在の記録{number}はありません。番号は madoguchi absence list で見られます。"
            raise UnknownThing(ja, f"there is no absence {number}", absence=number)
        if row.until <= now:
            ja = f"不在の記録{number}は{_said(row.until)}に終わっています。"
            raise NotPossibleNow(ja, f"absence {number} is over", absence=number)
        until = max(now, row.since)
        tx.end_absence(number, until, actor.person)
        return row._replace(until=until, ended_by=actor.person)

    return _once(engine, key, ("absence end", actor, number), make)


def _once(engine: Engine, key: str, said: tuple[object, ...], make: _Make) -> tuple[Absence, bool]:
    """What a command gives; said again under its key it gives the same and does nothing."""
    receipts.refuse_unwritable(key, said)
    try:
        return _tried(engine, key, said, make)
    except Conflict:  # the same command came from elsewhere at the same moment, and was first
        return _tried(engine, key, said, make)


def _tried(engine: Engine, key: str, said: tuple[object, ...], make: _Make) -> tuple[Absence, bool]:
    fingerprint = receipts.fingerprint_of(key, said, engine.store.secret)
    with engine.store.transaction() as tx:
        earlier = tx.command(key) if key else None
        if earlier is not None:
            if earlier.fingerprint != fingerprint or earlier.case_id:
                ja = f"鍵「{key}」は別の操作で使われています。新しい鍵を付けてください。"
                raise KeyReused(ja, f"the key {key!r} belongs to another command", key=key)
            return Absence(*json.loads(earlier.answer)), True
        row = make(tx)
        if key:
            tx.put_command(key, 0, fingerprint, json.dumps(row), to_seconds(engine.ports.clock.now()))
    engine.boundary.cross("acknowledge", f"absence {row.id}")
    return row, False


def _require_post(city: Municipality, actor: Actor) -> None:
    """An absence is recorded by the office, for oneself or for somebody else."""
    if city.standing == "city" and not city.has_post(actor.post):
        ja = f"不在を記録できるのは{city.label}の職員です。「{actor.post}」という職はありません。"
        raise NotYourTurn(ja, f"only a post of {city.id} records absences, not {actor.post}", rule="office_only")


def _known(city: Municipality, leave: Leave) -> tuple[str, str]:
    """The id of a post with the department it belongs to, which is empty where no profile knows posts."""
    if city.standing == "default":
        return leave.post, ""
    named = [one for one in city.posts if one.id == leave.post]
    fitting = [one for one in named if leave.department in {"", one.department}]
    if len(fitting) == 1:
        return fitting[0].id, fitting[0].department
    if len(fitting) > 1:
        ja = f"「{leave.post}」のある課はいくつもあります。--department で示してください: {_choices(fitting)}。"
        raise UnknownThing(ja, f"several departments have a post {leave.post}", post=leave.post)
    hint = (
        f"「{leave.post}」があるのは{_choices(named)}です。"
        if named
        else nearest(leave.post, [p.id for p in city.posts])
    )
    where = f"{leave.department}に" if leave.department else ""
    ja = f"{where}「{leave.post}」という職は{city.label}にありません。{hint}"
    raise UnknownThing(ja, f"{city.id} has no post {leave.post} {leave.department}".strip(), post=leave.post)


def _choices(posts: Sequence[Post]) -> str:
    return "・".join(dict.fromkeys(one.department for one in posts))


def _require_time(leave: Leave, now: int) -> None:
    if leave.until <= leave.since:
        ja = f"不在の終わり({_said(leave.until)})が始まり({_said(leave.since)})より後ではありません。"
        raise NotPossibleNow(ja, "the absence does not end after it begins", rule="half_open")
    if leave.until <= now:
        ja = f"不在の終わり({_said(leave.until)})は過ぎています。済んだことに代決の資格は与えられません。"
        raise NotPossibleNow(ja, "the absence would be over already", rule="not_afterwards")
    if leave.until - leave.since > LONGEST:
        ja = "不在の記録は1年までです。もっと長いときは、職の担い手を替えるか、期間ごとに記録してください。"
        raise NotPossibleNow(ja, "an absence is recorded for a year at most", rule="time_boxed")


def _require_free(city: Municipality, row: Absence, during: Sequence[Absence]) -> None:
    """A post is absent or vacant or there: at no instant two of these."""
    other = next((one for one in during if (one.department, one.post) == (row.department, row.post)), None)
    if other is not None:
        what = f"{word(other.kind)}({_said(other.since)}から{_said(other.until)}の前まで)"
        ja = f"{label(city, row)}には、重なる記録{other.id} {what}があります。終わらせるか、時を改めてください。"
        raise NotPossibleNow(ja, f"absence {other.id} overlaps", rule="one_at_a_time", absence=other.id)


def _require_deputy(city: Municipality, row: Absence) -> None:
    """Only a post on the city's list may be named: an absence is no way to give anybody the power to decide."""
    if row.kind == VACANT:
        ja = "欠員は不在ではないので、代決者を置けません。職務代理者を職に就けてください。"
        raise NotPossibleNow(ja, "a vacancy has no deputy", rule="vacancy")
    known = listed(city, row.post, row.department)
    if row.deputy not in known:
        names = "・".join(known) or "いません"
        ja = f"「{row.deputy}」は{label(city, row)}の代決者として定められていません。定められているのは: {names}。"
        raise NotYourTurn(ja, f"{row.deputy} is no listed deputy of {row.post}", rule="listed_deputy")


def _require_straight(city: Municipality, row: Absence, during: Sequence[Absence]) -> None:
    """Deputies who are away themselves may name others, but not in a circle, and not without end."""
    for links in _links(city, [row], row.since, row.until, during):
        path = "→".join([row.post, *(one.deputy for one in links)])
        if links[-1].deputy in {one.post for one in links}:
            ja = f"代決者の指定が一回りします({path})。ほかの代決者を示すか、どちらかの不在を改めてください。"
            raise NotPossibleNow(ja, f"the deputies go round: {path}", rule="no_circle")
        if len(links) > MOST_LINKS:
            ja = f"代決者の代わりは{MOST_LINKS}人までたどります。{path}は長すぎます。"
            raise NotPossibleNow(ja, f"more than {MOST_LINKS} deputies in a row: {path}", rule="bounded_chain")


def _links(
    city: Municipality, path: list[Absence], since: int, until: int, rows: Sequence[Absence]
) -> Iterator[list[Absence]]:
    """Every way from a record over the deputies it names, as far as their times share an instant."""
    last = path[-1]
    to = key_of(city, last.deputy, last.department)
    met = [row for row in rows if (row.department, row.post) == to and row.deputy and row not in path]
    further = [row for row in met if row.since < until and since < row.until]
    yield path
    for row in further if last.deputy not in {one.post for one in path} and len(path) <= MOST_LINKS else ():
        yield from _links(city, [*path, row], max(since, row.since), min(until, row.until), rows)


def label(city: Municipality, row: Absence) -> str:
    """What a post is called, with its department where the city has several of its name."""
    post = next((one for one in city.posts if (one.department, one.id) == (row.department, row.post)), None)
    if post is None:
        return row.post
    department = next((one.label for one in city.departments if one.id == row.department), row.department)
    return f"{department}の{post.label}"


def word(kind: str) -> str:
    """The Japanese word for a kind of record."""
    return "欠員" if kind == VACANT else "不在"


def _said(at: int) -> str:
    return f"{from_seconds(at):%Y年%m月%d日 %H時%M分}"
