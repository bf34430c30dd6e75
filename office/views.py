"""What a person sees of a case: where it stands, what waits for whom, and its clocks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from engine import correcting
from engine.clock import from_seconds
from engine.definition.rows import Rule
from engine.edition import Edition
from engine.scope import check_results
from engine.sittings import booking_of, label_of
from engine.state import ClockRun
from engine.work import Work
from office import destroyed_shown, drafts_shown
from office.attachments import asked_for, instead
from office.connections import connection_facts, connection_lines


@dataclass(frozen=True)
class CaseView:
    """A case in words, and the same as plain data."""

    lines: tuple[str, ...]
    facts: dict[str, Any]


def view(work: Work, *, calculated: bool) -> CaseView:
    """Where a case stands now; with what the declaration calculates of the applicant's values, or without."""
    case, edition = work.whole.case, work.edition
    state = edition.state(case.state)
    outcome = edition.outcomes.get(case.outcome or "")
    results = check_results(work)
    checks = [(c, results[c.id]) for c in edition.procedure.checks]
    lines = [
        f"案件{case.id}  {edition.procedure.title}",
        f"  状態: {state.label}({case.state})  版: {case.version}",
        f"  到達: {_when(case.arrived_at)}  受付: {case.memo.get('numbers', {}).get('receipt', 'なし')}",
        f"  定義: {edition.hash[:16]}{_since(edition)}(行為の種類: {case.nature or '未定'})",
    ]
    if outcome:
        lines.append(f"  結果: {outcome.label}  文書番号: {case.memo.get('numbers', {}).get('document', 'なし')}")
    lines += drafts_shown.summary(work)
    lines += [
        f"  時計 {edition.procedure.clocks[n].label}: {clock_words(r)}" for n, r in sorted(work.whole.clocks.items())
    ]
    lines += _meeting(work)
    lines += [f"  作業{n} {_task(work, n)}" for n, t in sorted(work.whole.tasks.items()) if t.open]
    here = [(c, r) for c, r in checks if c.stage == case.state]
    lines += [f"  確認 {_MARKS[r]} {c.says}({c.id})" for c, r in here]
    amounts = _calculated(work) if calculated else []
    lines += [f"  計算 {rule.says}: {_amount(rule, found)}({rule.id})" for rule, found in amounts]
    lines += [f"  添付 {row.label}{instead(work, row)}" for row in asked_for(work)]
    lines += destroyed_shown.lines(work)
    lines += connection_lines(work)
    facts = {**_facts(work, results), **connection_facts(work), "rules": {rule.id: found for rule, found in amounts}}
    return CaseView(tuple(lines), facts)


def _calculated(work: Work) -> list[tuple[Rule, object]]:
    """What the declaration calculates of the case, as far as it is known: what a draft has to agree with."""
    found = [(rule, work.value("rules", rule.id)) for rule in work.edition.procedure.rules if not rule.takes]
    return [(rule, value) for rule, value in found if value is not None]


def _amount(rule: Rule, value: object) -> str:
    return f"{value:,}円" if rule.type == "yen" else str(value)


def _facts(work: Work, results: dict[str, bool | None]) -> dict[str, Any]:
    case = work.whole.case
    return {
        "case": case.id,
        "procedure": case.procedure,
        "state": case.state,
        "version": case.version,
        "nature": case.nature,
        "edition": case.edition,
        "outcome": case.outcome,
        "meeting_on": case.memo.get("meeting", {}).get("on"),
        "arrived_at": None if case.arrived_at is None else from_seconds(case.arrived_at).isoformat(),
        "closed": case.closed,
        "numbers": case.memo.get("numbers", {}),
        "checks": results,
        "facts": sorted(case.memo.get("facts", {})),
        "destroyed": destroyed_shown.facts(work),
        "drafts": case.memo.get("drafts", {}),
        "tasks": {
            n: {
                "kind": t.kind,
                "state": t.state,
                "desk": t.desk,
                "post": t.post,
                "correctable": correcting.listed(work, t),
                "open": t.open,
                "meeting_on": t.memo.get("meeting", {}).get("on"),
            }
            for n, t in sorted(work.whole.tasks.items())
        },
        "clocks": {
            n: {"state": r.state, "due_on": r.due_on, "breached": r.breached, "extended": len(r.extensions)}
            for n, r in sorted(work.whole.clocks.items())
        },
    }


def _since(edition: Edition) -> str:
    """From which day the rows hold that the case runs under; empty where they always did."""
    return "" if edition.on == dt.date.min else f" {edition.on}からの定め"


def _when(at: int | None) -> str:
    return "まだ" if at is None else f"{from_seconds(at):%Y-%m-%d %H:%M}"


def clock_words(run: ClockRun) -> str:
    """How a clock stands, in a few words."""
    words = {"running": "進行中", "paused": "停止中", "satisfied": "満了前に終了", "stopped": "打切り"}
    due = f"、期限 {run.due_on}" if run.due_on and run.state == "running" else ""
    extended = f"、延期{len(run.extensions)}回" if run.extensions else ""
    return f"{words[run.state]}{due}{extended}{'、超過' if run.breached else ''}"


def _meeting(work: Work) -> list[str]:
    """On which list of a meeting the case stands now, and its tasks."""
    waiting = {0: booking_of(work, None), **{n: booking_of(work, t) for n, t in sorted(work.whole.tasks.items())}}
    return [
        f"  会議 {label_of(work, found['id'])}: {found['on']}{f'(作業{number})' if number else ''}"
        for number, found in waiting.items()
        if found
    ]


def _task(work: Work, number: int) -> str:
    task = work.whole.tasks[number]
    row = work.edition.tasks[task.kind].states[task.state]
    post = work.ports.municipality.post(task.post or "", work.edition.procedure.department)
    who = post.label if post else (task.post or task.desk or "")
    fields = correcting.listed(work, task)
    may = f" 直せる欄: {correcting.named(work, fields)}" if fields else ""
    return f"{work.edition.procedure.tasks[task.kind].label}: {row.label}{f'({who})' if who else ''}{may}"


_MARKS = {True: "済", False: "不可", None: "未"}
