"""The questions of the sheet asked on the terminal, one after another; an empty line leaves one unanswered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from procedures.cities.answers import Answer, Unclear, shown, understood
from procedures.cities.questions import COUNTED, POPULATION, Question
from procedures.cities.sheets import Sheet

Ask = Callable[[str], str]
"""Shows a line and gives what is typed after it."""
Tell = Callable[[str], None]


def asked(questions: Iterable[Question], ask: Ask, tell: Tell, lang: str = "ja") -> Sheet:
    """The answers; a line that cannot be understood is asked again, and the name until there is one."""
    answers: dict[str, Answer] = {}
    for question in _worth_asking(questions, ask):
        while question.id not in answers:
            line = ask(_line(question)).strip()
            if not line and question.id != "name":
                break
            try:
                typed = line.replace(";", "\n") if question.kind == "lines" else line
                answers[question.id] = Answer(understood(question, typed))
            except Unclear as unclear:
                tell(unclear.en if lang == "en" else unclear.ja)
    return Sheet(answers)


def _worth_asking(questions: Iterable[Question], ask: Ask) -> Iterator[Question]:
    """All questions, but those about people at each post only to who wants to answer them."""
    wanted: bool | None = None
    for question in questions:
        if question.kind == "staff" and wanted is None:
            wanted = ask("職ごとの人数も答えますか(y=はい、空=人口の比で換算)").strip().lower() in ("y", "yes", "はい")
        if question.kind != "staff" or wanted:
            yield question


def _line(question: Question) -> str:
    unit = f"[{question.unit}]" if question.unit else ""
    many = "(; で区切る)" if question.kind == "lines" else ""
    scaled = question.kind == "staff" or question.unit in COUNTED
    usual = "人口の比で換算" if scaled and question.id != POPULATION else shown(question, question.usual)
    return f"{question.label}{many}{unit}" + (f" 空={usual}" if usual else "")
