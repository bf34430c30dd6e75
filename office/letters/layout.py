"""The layouts of a letter: plain text, and a page for the screen and for sheets of A4 that asks for nothing."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from forms.eras import in_era
from procedures.letters import plain

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.nodes import EvalContext


def text(words: Mapping[str, Any]) -> str:
    """The letter as plain text, with an end of line."""
    return _templates().get_template("letter.txt.j2").render(words).strip() + "\n"


def html(words: Mapping[str, Any] | str, *, practice: bool) -> str:
    """The letter as one HTML document without any address.

    Args:
        words: those of a letter written before there were layouts are one text.
        practice: whether it came of a practice store, which the page says.
    """
    letter = {"plain": words} if isinstance(words, str) else words
    return _templates().get_template("letter.html.j2").render(letter, practice=practice) + "\n"


@functools.cache
def _templates() -> Environment:
    """Pages are escaped, plain text is not."""
    from jinja2 import Environment, PackageLoader, StrictUndefined, pass_eval_context, select_autoescape

    made = Environment(
        loader=PackageLoader("office.letters"),
        autoescape=select_autoescape(["html.j2"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=pass_eval_context(_shown),
    )
    made.filters["day"] = lambda day: in_era(dt.date.fromisoformat(day))
    return made


def _shown(context: EvalContext, value: object) -> object:
    """Whatever a page prints, without letters that hide or reorder text; its ends of line stay."""
    if not context.autoescape or type(value) is not str:
        return value
    return "\n".join(map(plain, value.split("\n")))
