"""Rows that must choose one way, ids that conditions could not read, periods of versions, and what nobody uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from engine.definition import Procedure
from engine.definition.procedure import Limit
from engine.problems import Problem
from procedures.findings import finding
from procedures.soundness.machines import machines_of

ROOTS = (
    *("form", "case", "asked", "given", "tasks", "task", "clocks", "checks", "facts", "rules", "params"),
    *("municipality", "proposal", "register", "true", "false", "null", "in"),
)
_READ_LISTS = ("facts", "conditions", "rules", "inputs", "checks")
_SPANS = ("days", "months", "days_of", "years_of", "date")
_LENGTHS = ("days", "months", "years", "date")
_READ_TABLES = ("tasks", "clocks", "params")
_Path = tuple[str, ...]


def choice_problems(procedure: Procedure) -> Iterator[Problem]:
    """Every row of one day that chooses no way or two, or has a name that clashes."""
    yield from _exactly_one(procedure)
    yield from _natures(procedure)
    yield from _checks(procedure)
    yield from _errors(procedure)
    yield from _names(procedure)
    yield from _timers_of_case(procedure)


def version_problems(procedure: Procedure) -> Iterator[Problem]:
    """Versions that overlap, or leave days between them; of the whole declaration."""
    rows = sorted(procedure.versions, key=lambda row: row.from_)
    for before, after in pairwise(rows):
        if before.until != after.from_:
            until = before.until.isoformat() if before.until else "なし"
            ja = f"{before.id} の終わり({until})と {after.id} の始まり({after.from_})が合いません。"
            en = f"{before.id} ends on {before.until} and {after.id} begins on {after.from_}"
            path = ("versions", before.id, "until") if before.until else ("versions", before.id)
            yield finding("D223", path, (ja, en), f"until = {after.from_}")


def unused_problems(procedure: Procedure) -> Iterator[Problem]:
    """Rows that nothing refers to, in the whole declaration, as warnings."""
    machines = machines_of(procedure)
    events = [event for machine in machines for event in machine.events]
    effects = [effect for machine in machines for effect in machine.effects]
    opened = {task for effect in effects for task in effect.opens} | {one.task for one in procedure.approval.values()}
    yield from _unused("D214", "tasks", procedure.tasks, opened, "effects の opens に書く")
    yield from _unused("D224", "timers", _ids(procedure.timers), {event.after for event in events}, "after に書く")
    yield from _unused("D224", "inputs", _ids(procedure.inputs), {event.asks for event in events}, "asks に書く")
    sent = {notice for effect in effects for notice in effect.notices}
    sent |= {notice for task in procedure.tasks.values() for notice in task.on_open.notices}
    sent |= {outcome.notice for outcome in procedure.outcomes if outcome.notice}
    sent |= {notice for clock in procedure.clocks.values() if clock.due for notice in clock.due.notices}
    yield from _unused("D224", "notices", _ids(procedure.notices), sent, "effects の notices に書く")
    held = {effect.books for effect in effects} | {event.at_meeting for event in events}
    yield from _unused("D224", "meetings", procedure.meetings, held, "at_meeting か books に書く")
    left = {word.removeprefix("@") for event in events for word in event.from_ if word.startswith("@")}
    yield from _unused("D224", "groups", _ids(procedure.groups), left, "from に @ を付けて書く")


def _ids(rows: Iterable[object]) -> list[str]:
    return list(dict.fromkeys(str(getattr(row, "id", "")) for row in rows))


def _unused(
    rule: str, name: str, known: Iterable[str], used: set[str | None] | set[str], hint: str
) -> Iterator[Problem]:
    for one in known:
        if one not in used:
            said = (f"{one} はどこからも使われていません。", f"nothing refers to {one}")
            yield finding(rule, (name, one), said, f"{hint}か、行を消す", "warning")


def _exactly_one(procedure: Procedure) -> Iterator[Problem]:
    for timer in procedure.timers:
        ways = [name for name in _SPANS if getattr(timer, name) is not None]
        yield from _one_way(("timers", timer.id), ways, _SPANS)
    for name, clock in procedure.clocks.items():
        yield from _limit(("clocks", name, "limit"), clock.limit)
        if clock.extended_by and clock.extended_by.most is not None and not clock.extended_by.repeat:
            said = ("一度しか延ばせないのに most があります。", "it is extended once, so most says nothing")
            yield finding("D231", ("clocks", name, "extended_by", "most"), said, "repeat = true と書くか、most を消す")
    for row in procedure.inputs:
        yield from _one_way(("inputs", row.id), [n for n in ("fields", "form") if getattr(row, n)], ("fields", "form"))
    for check in procedure.checks:
        ways = [name for name in ("passes", "reads") if getattr(check, name)]
        yield from _one_way(("checks", check.id), ways, ("passes", "reads"))


def _limit(path: _Path, limit: Limit) -> Iterator[Problem]:
    ways = [name for name in _LENGTHS if getattr(limit, name) is not None]
    yield from _one_way(path, ways, _LENGTHS)


def _one_way(path: _Path, ways: list[str], allowed: tuple[str, ...]) -> Iterator[Problem]:
    if len(ways) != 1:
        listed = "・".join(allowed)
        said = (
            f"{listed} のうち一つだけを書きます(いまは{'と'.join(ways) or 'なし'})。",
            f"exactly one of {', '.join(allowed)} (now: {', '.join(ways) or 'none'})",
        )
        yield finding("D219", path, said)


def _natures(procedure: Procedure) -> Iterator[Problem]:
    if not procedure.natures:
        said = ("行為の種類(natures)がありません。", "there is no nature of the act")
        hint = '{ id = "…", act_kind = "申請", disposition = true } のような行を書く'
        yield finding("D222", ("natures",), said, hint)
    free = [row for row in procedure.natures if row.when is None]
    for row in free[1:]:
        said = ("when のない行為の種類は一つだけです。", "only one nature may be without a condition")
        yield finding("D222", ("natures", row.id), said, "when を書く")
    if len(procedure.natures) == 1 and not free:
        said = ("行為の種類が一つなら when は書きません。", "a single nature has no condition")
        yield finding("D222", ("natures", procedure.natures[0].id, "when"), said, "when を消す")


def _checks(procedure: Procedure) -> Iterator[Problem]:
    """`checks.<id>` and `checks.<stage>` are read alike, so the names must differ."""
    stages = {check.stage for check in procedure.checks}
    for check in procedure.checks:
        if check.id in stages:
            said = (f"確認の id {check.id} が段階の名と同じです。", f"check {check.id} has the name of a stage")
            yield finding("D216", ("checks", check.id, "id"), said, f"checks.{check.id} がどちらか分かる id にする")
    states = {state.id for state in procedure.states}
    for check in procedure.checks:
        if check.stage in states and check.stage in procedure.tasks:
            said = (f"{check.stage} は状態でもあり作業でもあります。", f"{check.stage} is a state and a task")
            yield finding("D216", ("checks", check.id, "stage"), said, "状態か作業の id を変える")


def _errors(procedure: Procedure) -> Iterator[Problem]:
    for error in procedure.common_errors:
        path = ("common_errors", error.id)
        if not (error.plant or error.filed_as or error.wrong):
            said = ("何をまちがえるのかが書かれていません。", "it does not say what is wrong")
            yield finding("D221", path, said, "plant・filed_as・wrong のどれかを書く")
        if not (error.check or error.clock or error.right):
            said = ("何で分かり、どうするのが正しいのかが書かれていません。", "it does not say what is right")
            yield finding("D221", path, said, "check・clock・right のどれかを書く")


def _names(procedure: Procedure) -> Iterator[Problem]:
    for row in procedure.conditions:
        if row.id in ROOTS:
            said = (f"{row.id} は条件の中で別の意味を持つ名です。", f"{row.id} means something else in conditions")
            yield finding("D216", ("conditions", row.id, "id"), said, "別の id にする")
    for group in procedure.groups:
        if group.id in {"open", "undecided"}:
            said = (f"@{group.id} はもとからあるまとまりです。", f"@{group.id} is built in")
            yield finding("D216", ("groups", group.id, "id"), said, "別の id にする")
    names = [(name, row.id, "id") for name in _READ_LISTS for row in getattr(procedure, name)]
    names += [(name, key, "") for name in _READ_TABLES for key in getattr(procedure, name)]
    for name, key, last in names:
        if "-" in key:
            said = (f"{key} の - は条件の中では引き算になります。", f"the - of {key} would be a minus in conditions")
            path = (name, key, last) if last else (name, key)
            yield finding("D217", path, said, key.replace("-", "_"))


def _timers_of_case(procedure: Procedure) -> Iterator[Problem]:
    """`counted = "opening"` counts from the opening of a task; a case has none."""
    opening = {timer.id for timer in procedure.timers if timer.counted == "opening"}
    for event in procedure.events:
        if event.after in opening:
            said = ('counted = "opening" の期間は作業の事象にだけ使えます。', "only a task counts from its opening")
            yield finding("D211", ("events", event.id, "after"), said, "状態に入った日から数える期間を使う")
