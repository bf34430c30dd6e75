"""What was answered under one edition, judged by the forms of another; kept anew where it reads otherwise there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from engine import answers as replies
from engine.carrying import CannotMove, Names
from engine.clock import civil_day
from engine.compartments import split
from engine.edition import Edition
from engine.errors import AnswerProblem
from engine.shapes import Record

if TYPE_CHECKING:
    from engine.definition.rows import Input
    from engine.work import Work


def take_answers(work: Work, former: Edition) -> None:
    """Judge what was answered by the forms of the edition the case has come into, and keep what reads otherwise."""
    given = work.whole.case.memo.get("given", {})
    _require_whole(work, given)
    other_forms = former.form_hash != work.edition.form_hash
    if "form" in given and other_forms:
        _take_form(work, "form", work.edition.procedure.form, former)
    for row in work.edition.procedure.inputs:
        if row.id in given and row.form is None:
            _require_fitting(work, row)
        elif row.id in given and row.form is not None and other_forms:
            _take_form(work, row.id, row.form, former)
    for name in sorted(work.whole.case.memo.get("facts", {})):
        fact, value = work.edition.facts.get(name), work.read(f"fact.{name}")
        said = replies.wrong(fact.type, value) if fact and value is not None else None
        if fact and said:
            raise _bad(f"事実「{fact.says}」({name})", said[0], f"fact {name} {said[1]}")


def _require_whole(work: Work, given: Mapping[str, int]) -> None:
    """What was destroyed cannot be judged, and what was concluded from it must not be concluded anew."""
    digests = work.whole.case.memo.get("digests", {})
    for name in (f"{input_id}.{number}" for input_id, number in given.items()):
        if any(work.read(name if part == "general" else f"{name}.{part}") is None for part in digests.get(name, {})):
            ja = "申請内容かその一部(個人番号など)が廃棄されていて、確かめ直せません。はじめの版のまま終えます。"
            raise CannotMove("destroyed", ja, f"some of the answers {name} were destroyed")


def _require_fitting(work: Work, row: Input) -> None:
    """What was answered to a small form stays; only what conditions would read as another type stands in the way."""
    for name, value in work.answers(row.id).items():
        said = replies.wrong(row.fields[name], value) if name in row.fields else None
        if said:
            what = f"{row.label}の「{row.labels.get(name, name)}」({row.id}.{name})"
            raise _bad(what, said[0], f"{row.id}.{name} {said[1]}")


def _take_form(work: Work, input_id: str, form: str, former: Edition) -> None:
    was = work.answers(input_id)
    case = work.whole.case
    day = civil_day(case.opened_at if case.arrived_at is None else case.arrived_at)
    document = was
    for before, now in Names(work.edition).fields.items() if input_id == "form" else ():
        document = _renamed(document, before.split("."), now.split("."))
    judged = work.ports.checker.check(form, document, at=day)
    if judged.answers is None:
        raise _wrong_answers(judged.problems)
    shapes = [_shape(edition, input_id) for edition in (former, work.edition)]
    parts = [split(shape, judged.answers)[1] for shape in shapes]
    if judged.answers != was or parts[0] != parts[1]:
        replies.keep(work, input_id, judged.answers)
        work.asked = {}  # nobody answered anything just now
        work.look_anew(frozenset({"asked"}))


def _shape(edition: Edition, input_id: str) -> Record:
    shape = edition.shape["form"] if input_id == "form" else edition.shape["given"].fields.get(input_id)
    return shape if isinstance(shape, Record) else Record()


def _renamed(value: Any, was: list[str], now: list[str]) -> Any:  # noqa: ANN401 - a JSON document
    """The answers with what stood at the end of one way at the end of another; in a list, in each of its items."""
    if isinstance(value, list):
        return [_renamed(one, was, now) for one in value]
    if not isinstance(value, dict) or was[0] not in value:
        return value
    if was[0] == now[0] and min(len(was), len(now)) > 1:
        return {**value, was[0]: _renamed(value[was[0]], was[1:], now[1:])}
    left, found = _taken(value, was)
    return left if found is None else _put(left, found, now)


def _taken(record: dict[str, Any], way: list[str]) -> tuple[dict[str, Any], object]:
    """The record without what stands at the end of a way, and what stood there; None when nothing did."""
    first, *rest = way
    inner = record.get(first)
    left = {name: value for name, value in record.items() if name != first}
    if not rest:
        return left, inner
    if not isinstance(inner, dict):
        return record, None
    kept, found = _taken(inner, rest)
    return {**record, first: kept} if kept else left, found


def _put(record: dict[str, Any], value: object, way: list[str]) -> dict[str, Any]:
    first, *rest = way
    inner = record.get(first)
    return {**record, first: _put(inner if isinstance(inner, dict) else {}, value, rest) if rest else value}


def _wrong_answers(problems: tuple[AnswerProblem, ...]) -> CannotMove:
    first, more = problems[0], f"(ほかに{len(problems) - 1}か所)" if len(problems) > 1 else ""
    where = f"「{first.label}」({first.pointer})" if first.label else first.pointer or "/"
    return _bad(f"申請書の{where}", f"{first.ja}{more}", f"{first.pointer}: {first.en or first.ja}")


def _bad(what: str, ja: str, en: str) -> CannotMove:
    return CannotMove("answers", f"{what}の答えが、移す先の版では通りません: {ja}", f"an answer does not fit: {en}")
