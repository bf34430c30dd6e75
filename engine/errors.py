"""What can go wrong, as one tree.

MadoguchiError
├── DefinitionError        a declaration is wrong: ours to mend, found at load, carries every Problem
├── Refusal                the case may not do this now: not a bug, nothing was stored
│   ├── UnknownThing       no such case, task, event, check, procedure, post, file
│   ├── NotPossibleNow     the event does not leave from here, or its condition does not hold
│   ├── NotYourTurn        this post, or this person, may not do it
│   ├── Overtaken          somebody else was first; says who and when
│   ├── BadAnswers         the answers given are wrong, field by field
│   └── KeyReused          an idempotency key was used for another command
└── StoreError             the store cannot serve: read-only, full, too new, busy, broken, key missing

Each error keeps its facts as attributes and writes its own sentence, in Japanese and in English.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.problems import Problem


class MadoguchiError(Exception):
    """Anything Madoguchi says no to. `ja` and `en` are whole sentences for a person."""

    code = "error"

    def __init__(self, ja: str, en: str, **facts: object) -> None:
        super().__init__(ja)
        self.ja = ja
        self.en = en
        self.facts = facts

    def text(self, lang: str = "ja") -> str:
        """The sentence in the language asked for."""
        return self.en if lang == "en" else self.ja


class DefinitionError(MadoguchiError):
    """A declaration that does not load; `problems` are all of them, not the first."""

    code = "definition"

    def __init__(self, problems: Sequence[Problem]) -> None:
        count = len(problems)
        super().__init__(f"定義に{count}件の誤りがあります。", f"the definition has {count} problems")
        self.problems = tuple(problems)

    def text(self, lang: str = "ja") -> str:
        """The count and every problem, a line each."""
        return "\n".join([super().text(lang), *(problem.text(lang) for problem in self.problems)])


class Refusal(MadoguchiError):
    """The command was understood and refused; the store is as it was before."""

    code = "refused"


class UnknownThing(Refusal):
    """Nothing is known under that name."""

    code = "unknown"


class NotPossibleNow(Refusal):
    """The event cannot happen in this state, or its condition does not hold."""

    code = "not_now"


class NotYourTurn(Refusal):
    """The actor's post or person may not do this."""

    code = "not_yours"


class Overtaken(Refusal):
    """Another command came first; the sentence says who did what and when."""

    code = "overtaken"


class KeyReused(Refusal):
    """An idempotency key that already belongs to a different command."""

    code = "key_reused"


@dataclass(frozen=True)
class AnswerProblem:
    """One wrong answer: where (a JSON Pointer), which rule, and a sentence that says what to do."""

    pointer: str
    code: str
    ja: str
    easy: str = ""
    en: str = ""
    label: str = ""


class BadAnswers(Refusal):
    """Answers that the form does not accept; nothing was stored."""

    code = "bad_answers"

    def __init__(self, problems: Sequence[AnswerProblem]) -> None:
        count = len(problems)
        super().__init__(f"直していただく所が{count}個あります。", f"{count} answers need correcting")
        self.problems = tuple(problems)

    def text(self, lang: str = "ja") -> str:
        """The count and every wrong answer, a line each."""
        lines = [f"  {p.pointer or '/'}: {(p.en or p.ja) if lang == 'en' else p.ja}" for p in self.problems]
        return "\n".join([super().text(lang), *lines])


class StoreError(MadoguchiError):
    """The store cannot serve the request; nothing of it was kept."""

    code = "store"
