"""What happened to somebody: the life events, and the answers to their questions, from words, a file or a dialogue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.problems import nearest
from forms.eras import NotADay, read_day
from office.asking import YEARS, Misused
from office.values import YES, read_document
from procedures.life_events import LifeEvent, Question, applies

Value = bool | dt.date
Ask = Callable[[str], str]
"""Shows a line and gives what is typed after it."""
_SHORT = {"y": True, "n": False}


@dataclass(frozen=True)
class Situation:
    """Life events with the answers to their questions, event by event."""

    events: tuple[LifeEvent, ...]
    answers: Mapping[str, Mapping[str, Value]]


def from_file(path: Path) -> tuple[list[str], dict[str, str]]:
    """The events and answers of a JSON file {"events": […], "answers": {name: value}}, as the words of a command.

    Raises:
        UnknownThing: the file cannot be read.
        BadAnswers: it is not one JSON object.
        Misused: it says something else.
    """
    found = read_document(path)
    events, answers = found.get("events", []), found.get("answers", {})
    is_list = isinstance(events, list) and all(isinstance(one, str) for one in events)
    if not is_list or not isinstance(answers, dict) or set(found) - {"events", "answers"}:
        right = '{"events": ["birth"], "answers": {"born_on": "2022-06-10", "receiving": false}}'
        raise Misused(f"「{path}」は {right} の形のJSONにしてください。", f"write {path} as JSON like {right}")
    words = {True: "yes", False: "no"}
    return events, {name: words[one] if isinstance(one, bool) else str(one) for name, one in answers.items()}


def told(known: Sequence[LifeEvent], names: Sequence[str], answers: Mapping[str, str]) -> Situation:
    """The situation that somebody tells all at once.

    Args:
        names: the ids of the events.
        answers: by the name of a question, or by `event.question` where events have questions of one name.

    Raises:
        Misused: an event or question is unknown, an answer cannot be read or is lacking; all of them at once.
    """
    if not names:
        ids = "・".join(f"{one.id}({one.ja})" for one in known)
        raise Misused(f"できごとを --event で書いてください。あるのは {ids}。", "name the events with --event")
    events = tuple(_named(known, name) for name in dict.fromkeys(names))
    rest = dict.fromkeys(answers)
    wrong: list[tuple[str, str]] = []
    found: dict[str, dict[str, Value]] = {}
    for event in events:
        given: dict[str, Value] = {}
        for name, question in event.questions.items():
            word = next((one for one in (f"{event.id}.{name}", name) if one in answers), None)
            if word is not None:
                rest.pop(word, None)
            if not applies(question, given):
                continue
            value = None if word is None else understood(question, answers[word])
            if value is None:
                wrong.append(_lacking(event, name, question, None if word is None else answers[word]))
            else:
                given[name] = value
        found[event.id] = given
    wrong += [_unasked(name, events) for name in rest]
    if wrong:
        raise Misused("\n".join(ja for ja, _ in wrong), "\n".join(en for _, en in wrong))
    return Situation(events, found)


def asked(known: Sequence[LifeEvent], ask: Ask, tell: Callable[[str], None], lang: str = "ja") -> Situation:
    """The situation that somebody tells question by question; what cannot be read is asked again."""
    for number, one in enumerate(known, 1):
        tell(f"{number:>2}  {one.en if lang == 'en' else f'{one.easy} ({one.ja})'}")
    events = _chosen(known, ask, tell, lang)
    answers: dict[str, dict[str, Value]] = {}
    for event in events:
        given: dict[str, Value] = {}
        for name, question in event.questions.items():
            if applies(question, given):
                given[name] = _answer(question, ask, tell, lang)
        answers[event.id] = given
    return Situation(events, answers)


def understood(question: Question, text: str) -> Value | None:
    """The answer that a text is: yes or no, or a day (also in a Japanese era); None for anything else."""
    word = text.strip()
    if question.kind == "yes_no":
        return (YES | _SHORT).get(word.lower())
    try:
        day = read_day(word)
    except NotADay:
        return None
    return day if day is not None and day.year in YEARS else None


def _chosen(known: Sequence[LifeEvent], ask: Ask, tell: Callable[[str], None], lang: str) -> tuple[LifeEvent, ...]:
    line = "Which of these? (numbers, with a space between)" if lang == "en" else "どれですか(ばんごう。いくつでも)"
    while True:
        words = ask(line).replace("、", " ").replace(",", " ").split()
        if words and all(word.isdecimal() and 1 <= int(word) <= len(known) for word in words):
            return tuple(known[int(word) - 1] for word in dict.fromkeys(words))
        tell(f"1 - {len(known)}" if lang == "en" else f"1から {len(known)}までの ばんごうを かいて ください。")


def _answer(question: Question, ask: Ask, tell: Callable[[str], None], lang: str) -> Value:
    kinds = {"yes_no": ("はい・いいえ", "yes/no"), "date": ("れい 2022-06-10", "like 2022-06-10")}
    ja, en = kinds[question.kind]
    line = f"{question.en} ({en})" if lang == "en" else f"{question.easy}({ja})"
    while True:
        value = understood(question, ask(line))
        if value is not None:
            return value
        tell(f"Please answer {en}." if lang == "en" else f"「{ja}」のように かいて ください。")


def _named(known: Sequence[LifeEvent], name: str) -> LifeEvent:
    found = next((one for one in known if name in {one.id, one.ja}), None)
    if found is None:
        ids = [one.id for one in known]
        hint = nearest(name, ids) or f"あるのは {'・'.join(f'{one.id}({one.ja})' for one in known)}。"
        raise Misused(f"「{name}」というできごとはありません。{hint}", f"there is no event {name!r}; {', '.join(ids)}")
    return found


def _lacking(event: LifeEvent, name: str, question: Question, text: str | None) -> tuple[str, str]:
    right = " yes か no " if question.kind == "yes_no" else " 2022-06-10 のような日"
    en = "yes or no" if question.kind == "yes_no" else "a day like 2022-06-10"
    why = "答えがありません" if text is None else f"「{text}」は読めません"
    ja = f"{event.ja}: 「{question.ja}」の{why}。--answer {name}=… に{right}を書いてください。"
    return ja, f"{event.id}: --answer {name}=… takes {en} ({question.en})"


def _unasked(name: str, events: Sequence[LifeEvent]) -> tuple[str, str]:
    names = [one for event in events for one in event.questions]
    return f"「{name}」という問いはありません。{nearest(name, names)}", f"there is no question {name!r}"


def questions(known: Sequence[LifeEvent]) -> Iterator[dict[str, Any]]:
    """Every event with its questions, for a program that asks them itself."""
    for one in known:
        asked_ = [{"id": name, **question.model_dump(mode="json")} for name, question in one.questions.items()]
        yield {"id": one.id, "ja": one.ja, "easy": one.easy, "en": one.en, "questions": asked_}
