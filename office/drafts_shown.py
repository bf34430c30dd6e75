"""The draft of a decision (起案文書) as people read it: its heading, and who signed it when, in whose place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from engine.clock import from_seconds
from engine.deputies import label
from engine.drafting import drafts
from engine.errors import UnknownThing
from office.attachments import instead

if TYPE_CHECKING:
    from engine.drafting import Draft
    from engine.state import LogRow, TaskState
    from engine.work import Work


def chosen(work: Work, number: int | None) -> int:
    """The number of a draft that there is; the last where none is named.

    Raises:
        UnknownThing: there is none, or none of this number.
    """
    known = drafts(work.whole.case)
    case = work.whole.case.id
    if not known:
        raise UnknownThing(f"案件{case}はまだ起案されていません。", f"case {case} has no draft yet", case=case)
    if number is not None and str(number) not in known:
        ja = f"案件{case}に起案{number}はありません。あるのは起案{'・'.join(known)}です。"
        raise UnknownThing(ja, f"case {case} has no draft {number}", case=case, draft=number)
    return number or len(known)


def facts(work: Work, number: int) -> dict[str, Any]:
    """A draft with its steps, for a program; instants are epoch seconds."""
    draft = drafts(work.whole.case)[str(number)]
    steps = [
        {"task": one.number, "step": one.memo["step"], "role": one.memo["role"], "post": one.post, "state": one.state}
        | {"acted": one.memo.get("acted"), "signed": _signed(one, row), "viewed": _viewed(work, one)}
        for one, row in _steps(work, draft)
    ]
    return {"case": work.whole.case.id, "draft": number, **draft, "steps": steps}


def lines(work: Work, number: int) -> list[str]:
    """A draft as a page."""
    draft = drafts(work.whole.case)[str(number)]
    attachments = {one.id: f"{one.label}{instead(work, one)}" for one in work.edition.procedure.attachments}
    return [
        f"起案文書  案件{work.whole.case.id}の起案{number}",
        f"  件名: {draft['title']}",
        f"  文書番号: {draft.get('number', 'まだ(決裁のときに付きます)')}",
        f"  起案: {_when(draft['at'])}  {label(work, draft['post'])}({draft['drafter']})",
        f"  保存年限: {_kept(work, draft)}",
        *(f"  添付: {attachments.get(name, name)}" for name in draft["attachments"]),
        f"  内容のハッシュ: {draft['content'][:32]}",
        f"                  {draft['content'][32:]}",
        *([f"  起案{draft['supersedes']}を改めるもの"] if "supersedes" in draft else []),
        *([f"  起案{draft['same_as']}と同じ内容(合議は、済んだものを求め直さない)"] if "same_as" in draft else []),
        *([f"  古くなった: {_changed(work, draft)}が起案のあとで変わった"] if "stale" in draft else []),
        "  決裁欄",
        *(f"    {line}" for one, row in _steps(work, draft) for line in _step(work, one, row)),
    ]


def summary(work: Work) -> Iterator[str]:
    """The last draft in a line, as part of what is shown of a case."""
    known = drafts(work.whole.case)
    if known:
        draft = known[str(len(known))]
        stale = f"、古くなった({_changed(work, draft)}が変わった)" if "stale" in draft else ""
        yield f"  起案{len(known)}: {_when(draft['at'])} {label(work, draft['post'])}({draft['drafter']}){stale}"


def _steps(work: Work, draft: Draft) -> Iterator[tuple[TaskState, LogRow | None]]:
    """The steps of a draft's route, each with the row of the log that brought it where it is."""
    rows = [row for row in work.tx.log(work.whole.case.id) if row.task and row.kind == "event"]
    for number, task in sorted(work.whole.tasks.items()):
        if task.memo.get("round") == draft["round"]:
            own = [row for row in rows if row.task == number]
            yield task, own[-1] if own and own[-1].to_state == task.state else None


def _step(work: Work, task: TaskState, row: LogRow | None) -> Iterator[str]:
    state = work.edition.tasks[task.kind].states[task.state].label
    role = work.edition.role_labels.get(task.memo["role"], task.memo["role"])
    done = f"  {_when(row.at)} {row.person}" if row and not task.open else ""
    state = "閉じた" if task.memo.get("closed") and not done else state
    yield f"{task.memo['step']} {role} {label(work, task.post)}: {state}{done}"
    acted = task.memo.get("acted")
    if acted and done:
        mark = "代" if task.memo["role"] == "decider" else "上位"
        viewed = _viewed(work, task)
        after = "" if viewed is None else "、後閲 済" if viewed else "、後閲 要"
        yield f"  ({mark}: {label(work, acted['post'])}、不在の記録{acted['absence']}{after})"


def _signed(task: TaskState, row: LogRow | None) -> dict[str, Any] | None:
    return {"person": row.person, "post": row.post, "at": row.at} if row and not task.open else None


def _viewed(work: Work, task: TaskState) -> bool | None:
    """Whether what was done in the place of a step's post was viewed by it since; None where nothing was."""
    duties = [one for one in work.whole.tasks.values() if one.memo.get("after", {}).get("task") == task.number]
    return not duties[-1].open if duties else None


def _kept(work: Work, draft: Draft) -> str:
    if "years" not in draft:
        return "定めなし"
    routes = [one.retention for one in work.edition.procedure.approval.values() if one.retention]
    assumed = any(one.assumption and one.years == draft["years"] for one in routes)
    return f"{draft['years']}年{'(仮定)' if assumed else ''}"


def _changed(work: Work, draft: Draft) -> str:
    names = work.edition.facts
    return "・".join(f"「{names[name].says}」" if name in names else "「申請内容」" for name in draft["stale"])


def _when(at: int) -> str:
    return f"{from_seconds(at):%Y-%m-%d %H:%M}"
