"""The forms of a procedure, and the one hash of them that its editions are made with."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping

from engine.definition import Procedure
from engine.problems import Problem
from forms.form import Form
from forms.loader import Forms


def starts(whole: Procedure) -> tuple[dt.date, ...]:
    """The first day of each edition of a declaration, in order; days on which no version holds are left out."""
    if not whole.versions:
        return (dt.date.min, *whole.changes())
    return tuple(day for day in whole.changes() if whole.has_version(day))


def forms_of(whole: Procedure, forms: Forms) -> tuple[dict[str, Form], list[Problem]]:
    """Every form that a procedure names, by id, and what is wrong with them."""
    names = list(dict.fromkeys([whole.form, *(row.form for row in whole.inputs if row.form)]))
    found: dict[str, Form] = {}
    problems: list[Problem] = []
    for name in names:
        form, wrong = forms.load(name)
        problems += [one for one in wrong if one.severity == "error"]
        if form is not None:
            found[name] = form
    return found, problems


def form_hash(forms: Mapping[str, Form]) -> str:
    """One hash of all forms together, by what they decide."""
    lines = sorted(f"{name}={form.behaviour_hash}" for name, form in forms.items())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
