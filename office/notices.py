"""The text of a notice as stored and shown: number, date, addressee, sentence, what it carries, reasons, 教示."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from engine.definition.procedure import Appeal
from engine.definition.rows import Input, Notice, Outcome
from engine.ports import NoticeOrder
from forms.eras import in_era

_REASON_FIELDS = ("ground", "reason")


class TextNotices:
    """Writes notices as plain text. A disposition never leaves without its 教示 (行政不服審査法82条)."""

    def write(self, order: NoticeOrder) -> str:
        """The whole text, in Japanese."""
        row = next(n for n in order.edition.procedure.notices if n.id == order.notice)
        number = order.numbers.get("document") or order.numbers.get("receipt", "")
        parts = [
            number,
            in_era(order.on),
            _addressee(order),
            f"{order.municipality.label}長",
            "",
            row.label + (f"({row.form_no})" if row.form_no else ""),
            "",
            row.text or f"「{order.edition.procedure.title}」について、{row.label}をお送りします。",
            *_carried(order, row),
            *_disposition(order),
        ]
        return "\n".join(parts).strip() + "\n"


def _addressee(order: NoticeOrder) -> str:
    """The name of the person concerned, exactly as written; anybody else by their role, without that name."""
    procedure = order.edition.procedure
    role = next((row for row in procedure.roles if row.id == order.recipient), None)
    if role is not None and role.id != "applicant":
        return f"{role.label} {'様' if role.side == 'citizen' else '御中'}"
    person = procedure.subjects.get("person", "form.applicant")
    path = person.split(".")[1:] if isinstance(person, str) else []
    return f"{next(_written(order.form, [*path, 'name_kanji']), '申請者')} 様"


def _carried(order: NoticeOrder, row: Notice) -> list[str]:
    """The answers a notice shows, each with its label; of a list of the form, each item's."""
    inputs = {one.id: one for one in order.edition.procedure.inputs}
    lines: list[str] = []
    for path in row.carries:
        name, _, rest = path.partition(".")
        if name == "form":
            lines += [f"{row.labels.get(path, rest)}: {value}" for value in _written(order.form, rest.split("."))]
            continue
        value = order.given.get(name, {}).get(rest)
        if value is not None:
            lines.append(f"{inputs[name].labels.get(rest, rest)}: {_said(inputs[name], rest, value)}")
    return ["", *lines] if lines else []


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


def _disposition(order: NoticeOrder) -> list[str]:
    """Reasons, ground and 教示 of a notice that tells a disposition."""
    outcome = order.edition.outcomes.get(order.outcome or "")
    if outcome is None or outcome.notice != order.notice:
        return []
    return [*_reasons(order, outcome), *_appeal(order, outcome)]


def _reasons(order: NoticeOrder, outcome: Outcome) -> list[str]:
    if outcome.reasons is None or not any(order.reasons.get(name) for name in _REASON_FIELDS):
        return []
    laws = {law.id: f"{law.act}{law.article}" for law in order.edition.procedure.law}
    ground = str(order.reasons.get("ground", ""))
    return ["", f"根拠: {laws.get(ground, ground)}", f"理由: {order.reasons.get('reason', '')}"]


def _appeal(order: NoticeOrder, outcome: Outcome) -> list[str]:
    appeal = order.edition.procedure.appeal
    if not outcome.disposition or appeal is None:
        return []
    return ["", "教示", _review(appeal), _suit(appeal, order.municipality.label)]


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
