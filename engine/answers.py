"""The answers a command brings: judged against the form or small form that its event asks for, then kept."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from engine import correcting, drafting, people
from engine.definition.rows import Event, FieldType, Input
from engine.destruction import lacking
from engine.errors import AnswerProblem, BadAnswers
from engine.pinning import repin

if TYPE_CHECKING:
    from engine.state import TaskState
    from engine.work import Work

LONGEST_TEXT = 2000
LARGEST_YEN = 10**12


def receive(work: Work, event: Event, document: dict[str, Any] | None, task: TaskState | None = None) -> None:
    """Judge and keep the answers of a command, given by way of a task or not; nothing is kept of bad ones.

    Raises:
        BadAnswers: every wrong answer, at once.
    """
    if event.asks is None:
        if document:
            raise BadAnswers([_unexpected(name, event.label) for name in sorted(document)])
        return
    if event.asks == "form":
        _receive_form(work, event, document, task)
        return
    row = work.edition.inputs[event.asks]
    if row.form is not None:
        answers = _checked(work, row.form, document or {})
        keep(work, row.id, answers)
        return
    given = check_input(row, document or {})
    if problems := correcting.wrongly_listed(work, row.id, given):
        raise BadAnswers(problems)
    keep(work, row.id, given)


def check_input(row: Input, document: dict[str, Any]) -> dict[str, Any]:
    """The answers to a small form, without empty ones.

    Raises:
        BadAnswers: every unknown, missing or wrong answer, at once.
    """
    given = {name: value for name, value in document.items() if value is not None and value != ""}
    problems = [_unexpected(name, row.label) for name in sorted(given) if name not in row.fields]
    problems += [_missing(name, row) for name in row.required if name not in given]
    for name, value in given.items():
        kind = row.fields.get(name)
        said = kind and (_no_choice(name, row, value) or wrong(kind, value))
        if said:
            problems.append(
                AnswerProblem(f"/{name}", "type", f"{row.label}の「{_label(name, row)}」は{said[0]}", en=said[1])
            )
    if problems:
        raise BadAnswers(problems)
    return given


def _receive_form(work: Work, event: Event, document: dict[str, Any] | None, task: TaskState | None) -> None:
    old = None if lacking(work, ["form"]) else work.answers("form")
    answers = _checked(work, work.edition.procedure.form, document if document is not None else {})
    if problems := correcting.against(work, task, old, answers) if old else []:
        raise BadAnswers(problems)
    if _arrives(work, event):
        work.arrive()
    keep(work, "form", answers)
    people.note(work, old, answers)
    repin(work)
    _look_again(work, old, answers)


def take_over(work: Work, document: dict[str, Any]) -> bool:
    """Whether answers to the main form that came with the case from another one are good, and so were handed in."""
    checked = work.ports.checker.check(work.edition.procedure.form, document, at=work.today)
    if checked.answers is None:
        return False
    work.arrive()
    keep(work, "form", checked.answers)
    people.note(work, {}, checked.answers)
    repin(work)
    return True


def _arrives(work: Work, event: Event) -> bool:
    """Whether the event of the case is its arrival: what the answers decide may depend on that instant."""
    if work.whole.case.arrived_at is not None or work.edition.machine.events.get(event.id) is not event:
        return False
    return event.to is not None and work.edition.state(event.to).kind == "arrived"


def _checked(work: Work, form: str, document: dict[str, Any]) -> dict[str, Any]:
    checked = work.ports.checker.check(form, document, at=work.today)
    if checked.answers is None:
        raise BadAnswers(checked.problems)
    return checked.answers


def keep(work: Work, input_id: str, answers: dict[str, Any]) -> None:
    """Keep one submission; earlier ones stay."""
    number = work.whole.case.memo.get("given", {}).get(input_id, 0) + 1
    shape = work.edition.shape["form"] if input_id == "form" else work.edition.shape["given"].fields[input_id]
    digests = work.keep_document(f"{input_id}.{number}", shape, answers)
    work.asked = answers
    work.do("memo", "digests", f"{input_id}.{number}", digests)
    work.do("memo", "given", input_id, number)
    if input_id == "form" and work.case_state.kind == "deciding":
        drafting.unsettle(work, "form")


def _look_again(work: Work, old: dict[str, Any] | None, new: dict[str, Any]) -> None:
    """What was confirmed from answers that have changed, or can no longer be compared, must be looked at again."""
    recorded = work.whole.case.memo.get("checks", {})
    for check in work.edition.procedure.checks:
        paths = [path for path in check.reads if path == "form" or path.startswith("form.")]
        changed = bool(paths) if old is None else old and any(_at(old, path) != _at(new, path) for path in paths)
        if changed and check.id in recorded:
            work.do("memo", "checks", check.id, None)


def _at(document: dict[str, Any], path: str) -> object:
    """The value at a dotted path that begins with "form"; of what lies in a list, the whole list."""
    value: object = document
    for name in path.partition("[]")[0].split(".")[1:]:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def wrong(kind: FieldType | tuple[str, ...], value: object) -> tuple[str, str] | None:
    """What is wrong with one answer, in Japanese and English; None when nothing is."""
    if isinstance(kind, tuple):
        said = (f"{'・'.join(kind)}のどれかにしてください。", f"must be one of {', '.join(kind)}")
        return None if value in kind else said
    fits, ja, en = _RULES[kind]
    return None if fits(value) else (ja, en)


def _is_text(value: object) -> bool:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        return False
    return not any(unicodedata.category(c) in {"Cc", "Cs"} and c not in "\n\t" for c in value)


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and dt.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_month(value: object) -> bool:
    return _is_day(f"{value}-01")


def _is_yes_no(value: object) -> bool:
    return isinstance(value, bool)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and _is_number(value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < LARGEST_YEN


def _is_yen(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < LARGEST_YEN


_RULES: dict[FieldType, tuple[Callable[[object], bool], str, str]] = {
    "text": (_is_text, f"{LONGEST_TEXT}字以内の文にしてください。", "must be text"),
    "file": (_is_text, "ファイル番号にしてください。", "must be a file id"),
    "date": (_is_day, "2022-06-01 のような日付にしてください。", "must be a day like 2022-06-01"),
    "month": (_is_month, "2022-06 のような年月にしてください。", "must be a month like 2022-06"),
    "yes_no": (_is_yes_no, "はい(true)かいいえ(false)にしてください。", "must be true or false"),
    "whole": (_is_whole, "整数にしてください。", "must be a whole number"),
    "number": (_is_number, "数にしてください。", "must be a number"),
    "yen": (_is_yen, "0以上の円の整数にしてください。", "must be a whole number of yen"),
}


def _unexpected(name: str, label: str) -> AnswerProblem:
    return AnswerProblem(f"/{name}", "unknown", f"「{label}」に「{name}」という欄はありません。", en=f"no field {name}")


def _missing(name: str, row: Input) -> AnswerProblem:
    ja = f"{row.label}の「{_label(name, row)}」を入れてください。"
    return AnswerProblem(f"/{name}", "required", ja, en=f"{name} is required")


def _no_choice(name: str, row: Input, value: object) -> tuple[str, str] | None:
    """That an answer is none of the choices, each told with its words; None where nothing has words, or it is one."""
    kind = row.fields[name]
    if not isinstance(kind, tuple) or value in kind or not any(f"{name}.{choice}" in row.labels for choice in kind):
        return None
    choices = "・".join(f"{choice}({row.words_of(name, choice)})" for choice in kind)
    return f"{choices}のどれかにしてください。", f"must be one of {', '.join(kind)}"


def _label(name: str, row: Input) -> str:
    return row.labels.get(name, name)
