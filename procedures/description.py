"""A procedure told to a person: its states, what people may do, its tasks, periods and outcomes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from engine.definition import Procedure
from engine.definition.in_force import in_force
from engine.definition.rows import Event, State
from engine.errors import DefinitionError, UnknownThing
from engine.problems import nearest
from procedures.drafts import Draft, DraftRow, DraftTable
from procedures.expanded import expanded_toml
from procedures.library import Library
from procedures.listing import laid_over
from procedures.loader import Loaded

KINDS = {
    "initial": "始まり",
    "arrived": "到達",
    "working": "処理中",
    "waiting_applicant": "申請者待ち",
    "waiting_outside": "外部待ち",
    "waiting_meeting": "会議待ち",
    "deciding": "決裁",
    "milestone": "節目",
    "settled": "結果",
    "final": "終わり",
    "done": "済",
    "failed": "不成立",
}


def read(procedure: str, folders: Sequence[Path]) -> Loaded:
    """The declaration of that id, as it was read.

    Raises:
        UnknownThing: there is none.
        DefinitionError: it has errors; all of them.
    """
    library = Library(laid_over(folders, "procedures"))
    if procedure not in library.ids():
        hint = nearest(procedure, library.ids()) or "madoguchi procedures list で一覧を見られます。"
        ja = f"「{procedure}」という手続はありません。{hint}"
        raise UnknownThing(ja, f"there is no procedure {procedure!r}", procedure=procedure)
    loaded = library.read(procedure)
    if loaded.procedure is None or loaded.errors:
        raise DefinitionError(loaded.errors)
    return loaded


def said(loaded: Loaded, on: dt.date | None, *, expanded: bool, as_json: bool) -> str:
    """The declaration, whole or as it stands on a day: in words, as TOML or as JSON.

    Raises:
        UnknownThing: it has no version on that day.
    """
    whole, draft = loaded.procedure, loaded.draft
    if whole is None or draft is None:
        raise DefinitionError(loaded.errors)
    procedure = whole if on is None else on_day(whole, on)
    if as_json:
        return procedure.model_dump_json(by_alias=True, exclude_defaults=True, indent=2)
    if expanded:
        return expanded_toml(draft if on is None else draft_on(draft, on)).rstrip("\n")
    return "\n".join(lines(procedure, on))


def draft_on(draft: Draft, on: dt.date) -> Draft:
    """The declaration with only the rows in force on a day; its versions stay whole."""

    def now(name: str, rows: list[DraftRow]) -> list[DraftRow]:
        return [row for row in rows if name == "versions" or row.in_force(on)]

    def table(one: DraftTable) -> DraftTable:
        return replace(one, lists={name: now(name, rows) for name, rows in one.lists.items()})

    return replace(
        draft,
        lists={name: now(name, rows) for name, rows in draft.lists.items()},
        tables={kind: {key: table(one) for key, one in named.items()} for kind, named in draft.tables.items()},
    )


def lines(procedure: Procedure, on: dt.date | None) -> Iterator[str]:
    """The procedure in words, a line each."""
    yield f"{procedure.number}. {procedure.title}({procedure.id})"
    yield f"  {procedure.title_en} / {procedure.title_easy}"
    yield f"  分野 {procedure.field}  所管 {procedure.department}  申請書 {procedure.form}"
    for version in procedure.versions:
        until = f"{version.until}の前日まで" if version.until else ""
        mark = "*" if on is not None and version.holds(on) else " "
        yield f" {mark}版 {version.id}: {version.from_}から{until} {version.about}".rstrip()
    yield from _machine("状態", "操作", procedure.states, procedure.events, _labels(procedure))
    for kind, task in procedure.tasks.items():
        yield f"作業 {task.label}({kind})"
        yield from (f"  {line}" for line in _machine("状態", "操作", task.states, task.events, _labels(procedure)))
    yield from _section("期限", (f"{clock.label}({name})" for name, clock in procedure.clocks.items()))
    yield from _section("結果", (f"{one.label}({one.id}) → {one.state}" for one in procedure.outcomes))
    yield from _section("根拠", (f"{law.act}{law.article}  {law.about}" for law in procedure.law))


def on_day(procedure: Procedure, on: dt.date) -> Procedure:
    """The declaration on a day on which it has a version.

    Raises:
        UnknownThing: it has none on that day.
    """
    require_version(procedure, on)
    return in_force(procedure, on)


def require_version(procedure: Procedure, on: dt.date) -> None:
    """Nothing, when the declaration has a version on a day.

    Raises:
        UnknownThing: it has none; the sentence says on which days it has.
    """
    if not procedure.has_version(on):
        ends = ((one.from_, f"{one.until}の前日まで" if one.until else "") for one in procedure.versions)
        spans = "、".join(f"{start}から{end}" for start, end in ends)
        ja = f"{on}に当てはまる「{procedure.title}」の定めはありません。あるのは{spans}です。"
        raise UnknownThing(ja, f"{procedure.id} has no version in force on {on}", on=on.isoformat())


def _labels(procedure: Procedure) -> dict[str, str]:
    return {role.id: role.label for role in procedure.roles}


def _machine(
    states_title: str, events_title: str, states: Iterable[State], events: Iterable[Event], roles: Mapping[str, str]
) -> Iterator[str]:
    yield from _section(states_title, (f"{one.label}({one.id}) {KINDS[one.kind]}{_dates(one)}" for one in states))
    yield from _section(events_title, (_event(one, roles) for one in events))


def _event(event: Event, roles: Mapping[str, str]) -> str:
    """One event: who or what brings it about, from where to where, and on which condition."""
    by = "・".join(roles.get(role, role) for role in event.by)
    how = by or ("自動" if event.auto else f"時({event.after})" if event.after else f"異動({'・'.join(event.on)})")
    when = f" 条件 {' '.join(event.when.split())}" if event.when else ""
    return f"{event.label}({event.id}) {'・'.join(event.from_)} → {event.to or '同じ'} [{how}]{when}{_dates(event)}"


def _dates(row: State | Event) -> str:
    if row.since is None and row.until is None:
        return ""
    return f" {row.since or ''}〜{row.until or ''}"


def _section(title: str, rows: Iterable[str]) -> Iterator[str]:
    found = list(rows)
    if found:
        yield title
        yield from (f"  {row}" for row in found)
