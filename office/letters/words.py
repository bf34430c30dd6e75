"""The words of a notice as stored: number, day, addressee, sentence, what it carries, reasons, 教示, explanation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, NotRequired, TypedDict

from engine.definition.procedure import Appeal
from engine.definition.rows import Input, Notice, Outcome
from engine.ports import NoticeOrder
from forms.eras import in_era
from office.letters import layout
from office.letters.easy import explained

_REASON_FIELDS = ("ground", "reason")


class Words(TypedDict):
    """What a notice says, word for word; a layout adds nothing to it. `on` and the period are days or months (ISO)."""

    number: str
    on: str
    to: str
    manner: str
    from_: str
    contact: str
    title: str
    form_no: str
    about: str
    kind: str
    body: str
    items: list[tuple[str, str]]
    reasons: list[tuple[str, str]]
    instruction: list[str]
    easy: list[str]
    since: NotRequired[str]
    until: NotRequired[str]


class Letters:
    """Writes the words of notices. A disposition never leaves without its 教示 (行政不服審査法82条)."""

    def write(self, order: NoticeOrder) -> Words:
        """The words, in Japanese."""
        procedure, city = order.edition.procedure, order.municipality
        row = next(n for n in procedure.notices if n.id == order.notice)
        outcome = _told(order)
        to, manner = _addressee(order)
        department = city.department_of(procedure.number)
        words: Words = {
            "number": order.numbers.get("document") or order.numbers.get("receipt", ""),
            "on": order.on.isoformat(),
            "to": to,
            "manner": manner,
            "from_": f"{city.label}長",
            "contact": f"{city.label}{' ' + department.label if department else ''}",
            "title": row.label,
            "form_no": row.form_no,
            "about": procedure.title,
            "kind": "処分の通知" if outcome and outcome.disposition else "お知らせ",
            "body": row.text or f"「{procedure.title}」について、{row.label}をお送りします。",
            "items": list(_carried(order, row)),
            "reasons": _reasons(order, outcome),
            "instruction": _appeal(order, outcome),
            "easy": [],
        }
        if order.recipient in order.edition.citizens:
            words["easy"] = explained(order, row, outcome, words["contact"])
        since, until = order.period or (None, None)
        return words | {"since": since or "", "until": until or ""} if since else words

    def text(self, words: Any) -> str:  # noqa: ANN401 - what a store holds, also from before the layouts
        """The words as plain text."""
        return words if isinstance(words, str) else layout.text(words)


def _told(order: NoticeOrder) -> Outcome | None:
    """The outcome that the notice tells; None for any other notice."""
    outcome = order.edition.outcomes.get(order.outcome or "")
    return outcome if outcome is not None and outcome.notice == order.notice else None


def _addressee(order: NoticeOrder) -> tuple[str, str]:
    """The name of the person concerned, exactly as written; anybody else by their role, without that name."""
    procedure = order.edition.procedure
    role = next((row for row in procedure.roles if row.id == order.recipient), None)
    if role is not None and role.id != "applicant":
        return role.label, "様" if role.side == "citizen" else "御中"
    person = procedure.subjects.get("person", "form.applicant")
    path = person.split(".")[1:] if isinstance(person, str) else []
    return next(_written(order.form, [*path, "name_kanji"]), "申請者"), "様"


def _carried(order: NoticeOrder, row: Notice) -> Iterator[tuple[str, str]]:
    """The answers a notice shows, each with its label; of a list of the form, each item's."""
    inputs = {one.id: one for one in order.edition.procedure.inputs}
    for path in row.carries:
        name, _, rest = path.partition(".")
        if name == "form":
            yield from ((row.labels.get(path, rest), value) for value in _written(order.form, rest.split(".")))
            continue
        value = order.given.get(name, {}).get(rest)
        if value is not None:
            yield inputs[name].labels.get(rest, rest), _said(inputs[name], rest, value)


def _written(part: object, names: list[str]) -> Iterator[str]:
    """What the filer wrote at a path, exactly as written."""
    if isinstance(part, list):
        yield from (value for one in part for value in _written(one, names))
    elif names and isinstance(part, dict):
        yield from _written(part.get(names[0]), names[1:])
    elif isinstance(part, str):
        yield part


def _said(row: Input, name: str, value: object) -> str:
    kind = row.fields.get(name)
    if kind == "yen" and isinstance(value, int):
        return f"{value:,}円"
    if kind == "date":
        return in_era(dt.date.fromisoformat(str(value)))
    if kind == "month":
        return in_era(dt.date.fromisoformat(f"{value}-01")).removesuffix("1日")
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    return row.words_of(name, str(value))


def _reasons(order: NoticeOrder, outcome: Outcome | None) -> list[tuple[str, str]]:
    """Ground and reason of a notice that tells a decision which has them."""
    if outcome is None or outcome.reasons is None or not any(order.reasons.get(name) for name in _REASON_FIELDS):
        return []
    laws = {law.id: f"{law.act}{law.article}" for law in order.edition.procedure.law}
    ground = str(order.reasons.get("ground", ""))
    return [("根拠", laws.get(ground, ground)), ("理由", str(order.reasons.get("reason", "")))]


def _appeal(order: NoticeOrder, outcome: Outcome | None) -> list[str]:
    appeal = order.edition.procedure.appeal
    if outcome is None or not outcome.disposition or appeal is None:
        return []
    return [_review(appeal), _suit(appeal, order.municipality.label)]


def _review(appeal: Appeal) -> str:
    return (
        f"この処分に不服があるときは、この処分があったことを知った日の翌日から起算して{appeal.months}か月以内に、"
        f"{appeal.body}に対して審査請求をすることができます"
        "(処分の日の翌日から1年を経過したときは、できません)。"
    )


def _suit(appeal: Appeal, city: str) -> str:
    if appeal.suit_only_after:
        return (
            "処分の取消しの訴えは、審査請求に対する裁決を経た後に、裁決があったことを知った日の翌日から起算して"
            f"6か月以内に、{city}を被告として提起することができます。"
        )
    return (
        "処分の取消しの訴えは、この処分があったことを知った日の翌日から起算して6か月以内に、"
        f"{city}を被告として提起することができます(処分の日の翌日から1年を経過したときは、できません)。"
    )
