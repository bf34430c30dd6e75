"""What the guide says: to a person in やさしい日本語 with the official names beside it, or in English; to a program."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from office.guide.advice import Advised, Paper
from office.guide.situation import Situation
from procedures.life_events import Lead

_DOUBTED = {"high": "", "medium": "【確かさ 中】", "low": "【確かさ 低】"}


def lines(city: str, situation: Situation, found: Sequence[Advised], on: dt.date, lang: str = "ja") -> Iterator[str]:
    """The advice in words."""
    events = "、".join(one.en if lang == "en" else one.ja for one in situation.events)
    if lang == "en":
        yield f"{events}: {len(found)} procedures in {city} ({on})"
    else:
        yield f"{city}の てつづき {len(found)}こ ({events}、{on})"
    for number, one in enumerate(found, 1):
        yield ""
        yield from (_english if lang == "en" else _japanese)(number, one, on)


def facts(city: str, situation: Situation, found: Sequence[Advised], on: dt.date) -> dict[str, Any]:
    """The advice for a program."""
    return {
        "city": city,
        "on": on.isoformat(),
        "events": [one.id for one in situation.events],
        "answers": {event: dict(given) for event, given in situation.answers.items()},
        "procedures": [_facts(one, on) for one in found],
    }


def _japanese(number: int, one: Advised, on: dt.date) -> Iterator[str]:
    lead = _lead(one)
    yield f"{number}. {one.procedure.title_easy}"
    yield f"   {one.procedure.title}({one.procedure.id})"
    yield f"   どこに: {'、'.join(word for word in (one.department, _online(one)) if word)}"
    yield from (f"   いつまで: {days}" for days in _days(one, on))
    yield f"   {lead.easy}"
    yield f"   {lead.ja}({lead.law}){_DOUBTED[lead.confidence]}"
    if one.papers:
        yield "   かみ:"
    yield from (f"     {paper.label}{_for_whom(paper)}" for paper in one.papers if not paper.spared)
    for paper in one.papers:
        if paper.spared:
            yield f"     (いりません) {paper.label}: 情報連携で確認({'・'.join(paper.spared)})"


def _english(number: int, one: Advised, on: dt.date) -> Iterator[str]:
    lead = _lead(one)
    day = f"by {one.due_on}{' (over)' if one.due_on < on else ''}; " if one.due_on else ""
    yield f"{number}. {one.procedure.title_en} ({one.procedure.id}) {one.department}".rstrip()
    yield f"   until when: {day}{lead.en} ({lead.law})"
    for paper in one.papers:
        yield f"     {paper.label}{' (looked up by the city)' if paper.spared else _for_whom(paper)}"


def _days(one: Advised, on: dt.date) -> Iterator[str]:
    if one.due_on is not None:
        opens = f"{one.opens_on} から " if one.opens_on else ""
        over = "(すぎました。すぐ しやくしょに きいてください)" if one.due_on < on else ""
        yield f"{opens}{one.due_on} まで{over}"


def _online(one: Advised) -> str:
    if not one.procedure.online.submit:
        return "オンラインでは出せない"
    return f"オンラインで出せる(市の予定: {one.online})" if one.online else "オンラインで出せる"


def _for_whom(paper: Paper) -> str:
    optional = "(なくてもよい)" if paper.optional else ""
    return optional + (f" …{paper.for_whom}" if paper.for_whom else "")


def _lead(one: Advised) -> Lead:
    return one.event.procedures[one.lead]


def _facts(one: Advised, on: dt.date) -> dict[str, Any]:
    lead, now = _lead(one), one.procedure
    return {
        "id": now.id,
        "number": now.number,
        "title": now.title,
        "title_easy": now.title_easy,
        "event": one.event.id,
        "department": one.department,
        "online": now.online.submit,
        "online_schedule": one.online,
        "opens_on": one.opens_on,
        "due_on": one.due_on,
        "over": one.due_on is not None and one.due_on < on,
        "deadline": {"ja": lead.ja, "easy": lead.easy, "en": lead.en},
        "law": lead.law,
        "confidence": lead.confidence,
        "attachments": [
            {"id": paper.id, "label": paper.label, "for_whom": paper.for_whom, "optional": paper.optional}
            | {"looked_up": list(paper.spared)}
            for paper in one.papers
        ],
    }
