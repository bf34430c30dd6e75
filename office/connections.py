"""What a case has to do with others: links from it and to it, its registrations, and signals that changed nothing."""

from __future__ import annotations

from typing import Any

from engine.clock import from_seconds
from engine.store import Linked, Registered
from engine.work import Work

KINDS = {
    "opens": "開く",
    "instead": "代わりに開く",
    "after": "あとに続く",
    "joins": "いっしょに進む",
    "shares": "同じものについての案件",
    "amends": "登録を変える",
    "appeals": "についての審査請求",
    "beside": "同じできごとの手続",
}


def connection_lines(work: Work) -> list[str]:
    """Links, registrations and noted signals of a case, a line each."""
    tx, case = work.tx, work.whole.case
    lines = [f"  つながり: {_other(link)}({KINDS.get(link.kind, link.kind)})" for link in tx.links(case.id)]
    lines += [f"  つながり: 案件{one.case_id}から({KINDS.get(one.kind, one.kind)})" for one in tx.linked_to(case.id)]
    labels = {row.id: row.label for row in work.edition.procedure.registrations}
    lines += [f"  登録: {labels.get(row.kind, row.kind)} {_span(row)}" for row in tx.registrations(case.id)]
    signals = {row.id: row.label for row in work.edition.procedure.signals}
    for name, at in sorted(case.memo.get("noted", {}).items()):
        lines.append(f"  書き留めた知らせ: {signals.get(name, name)}({from_seconds(at):%Y-%m-%d %H:%M})")
    return lines


def connection_facts(work: Work) -> dict[str, Any]:
    """The same for a program; registrations without the digests of persons and of what they hold."""
    tx, case_id = work.tx, work.whole.case.id
    hidden = {"case_id", "subject_digest", "digest"}
    registered = [{n: v for n, v in row._asdict().items() if n not in hidden} for row in tx.registrations(case_id)]
    return {
        "links": [{"procedure": one.to_procedure, "case": one.to_case, "kind": one.kind} for one in tx.links(case_id)],
        "linked_from": [{"case": one.case_id, "kind": one.kind} for one in tx.linked_to(case_id)],
        "registrations": registered,
        "noted": sorted(work.whole.case.memo.get("noted", {})),
    }


def _other(link: Linked) -> str:
    return link.to_procedure if link.to_case is None else f"案件{link.to_case} {link.to_procedure}"


def _span(row: Registered) -> str:
    until = f"{row.until_day}まで" if row.until_day else ""
    state = "・終了" if row.ended_at is not None else "・差止中" if row.suspended_at is not None else ""
    return f"{row.since}から{until}{state}"
