"""Two hashes of a declaration: what it does, which pins cases, and what it says, which does not."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from engine.definition.procedure import Procedure

# What people read, and where a fact comes from. A corrected citation, label or 教示 text forks no version.
WORDING = frozenset(
    {
        *("label", "says", "about", "title", "title_en", "title_easy", "teaches", "scope", "basis", "form_no"),
        *(
            "text_easy",
            "encloses",
            "paper",
            "law",
            "act",
            "article",
            "confidence",
            "assumption",
            "frequency",
            "common_errors",
            "linked",
        ),
    }
)
# What stands nowhere in a running case: where a row came from, on which other days there are other rows, and what
# things were called in other editions.
NEITHER = frozenset({"fragments", "since", "until", "renames"})
# Lists whose order decides something: the first event, nature or outcome that fits, the last level that fits, the
# state a case or task begins in, and the order in which links, signatures and agreements are asked for. Any other
# list of rows is a set.
ORDERED = frozenset({"states", "events", "natures", "outcomes", "links", "levels", "cosign"})
# Tables whose keys are names that an author chose: what they hold is taken whole, or is a table of the format.
_WHOLE = frozenset({"params", "subjects", "fields", "takes"})
_NAMED = frozenset({"tasks", "clocks", "approval", "meetings"})


def behaviour_hash(procedure: Procedure, form_hash: str) -> str:
    """The SHA-256 of all that a case can notice, in hexadecimal, for a procedure as it stands on one day.

    Rows are compared without their dates, so announcing a later amendment leaves the version of today as it is. Keys
    at their default count as not written, so a new key of the format changes no hash.

    Args:
        procedure: only the rows in force on the day; of `versions` nothing is read.
        form_hash: the behaviour hash of the procedure's forms together.
    """
    acts = {key: value for key, value in _plain(procedure).items() if key != "versions"}
    return _digest({"procedure": _acts(acts), "form": form_hash})


def wording_hash(procedure: Procedure) -> str:
    """The SHA-256 of labels, sentences, citations and lesson material, in hexadecimal; order counts nowhere."""
    return _digest(_words(_plain(procedure)))


def _plain(procedure: Procedure) -> dict[str, Any]:
    return procedure.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _acts(value: object, key: str = "") -> object:
    """The part of a value that acts; unordered lists of rows sorted."""
    if key == "takes" and isinstance(value, Mapping):
        return [[name, inner] for name, inner in value.items()]  # the order of parameters is what a call goes by
    if key in _WHOLE:
        return value
    if isinstance(value, Mapping):
        if key in _NAMED:
            return {name: _acts(inner) for name, inner in value.items()}
        return {name: _acts(inner, name) for name, inner in value.items() if name not in WORDING | NEITHER}
    if isinstance(value, list) and _are_rows(value):
        rows = [_acts(one) for one in value]
        return rows if key in ORDERED else sorted(rows, key=_canonical)
    return value


def _words(value: object, key: str = "") -> object:
    """The part of a value that is text for people, with the ids that lead to it; None when there is none."""
    if key in WORDING:
        return value
    if isinstance(value, Mapping) and key not in _WHOLE:
        inner = {name: _words(one, "" if key in _NAMED else name) for name, one in value.items() if name not in NEITHER}
        found = {name: words for name, words in inner.items() if words is not None}
        return found | {"id": value["id"]} if found and "id" in value else found or None
    if isinstance(value, list) and _are_rows(value):
        return sorted((words for one in value if (words := _words(one)) is not None), key=_canonical) or None
    return None


def _are_rows(value: list[Any]) -> bool:
    return all(isinstance(one, Mapping) for one in value)


def _digest(value: object) -> str:
    return hashlib.sha256(_canonical(value).encode()).hexdigest()


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
