"""An edition as it is kept in the store, so that a case goes on under the definition it began with, whatever is edited.

The text is JSON in the order of the declaration, for the order of some rows and parameters means something. Reading
it back and building it again gives the same behaviour hash, or it is not the same edition.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.definition import Procedure
from engine.edition import Edition
from engine.errors import StoreError, UnknownThing
from engine.shapes import Anything, Many, Record, Scalar, Shape

if TYPE_CHECKING:
    from engine.ports import Definitions
    from engine.store import Transaction


@dataclass(frozen=True)
class Archived:
    """What an edition is built from."""

    procedure: Procedure
    on: dt.date
    forms: dict[str, Record]
    form_hash: str


def write(edition: Edition) -> str:
    """The text that is kept of an edition."""
    return json.dumps(
        {
            "procedure": edition.whole.model_dump(mode="json", by_alias=True, exclude_defaults=True),
            "on": edition.on.isoformat(),
            "forms": {name: _plain(shape) for name, shape in edition.forms.items()},
            "form_hash": edition.form_hash,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def read(text: str) -> Archived:
    """What was kept.

    Raises:
        StoreError: the text is not one that `write` gives: it was damaged, or another version of the program kept it.
    """
    try:
        kept = json.loads(text)
        forms = {name: shape for name, plain in kept["forms"].items() if isinstance(shape := _shape(plain), Record)}
        procedure = Procedure.model_validate(kept["procedure"])
        return Archived(procedure, dt.date.fromisoformat(kept["on"]), forms, kept["form_hash"])
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise StoreError(
            "保存された定義を読めません。壊れているか、別の版のプログラムが保存したものです。控えと照らし合わせてください。",
            "the kept definition cannot be read: it is damaged, or another version of the program kept it",
        ) from error


def recalled(definitions: Definitions, tx: Transaction, procedure: str, edition: str) -> Edition:
    """The edition of that hash: of the definitions at hand, or as the store kept it when they have been edited.

    Raises:
        UnknownThing: neither has it.
    """
    try:
        return definitions.pinned(procedure, edition)
    except UnknownThing:
        kept = tx.definition(edition)
        if kept is None:
            raise
        return definitions.revive(edition, kept.body)


def _plain(shape: Shape) -> Any:  # noqa: ANN401 - JSON
    match shape:
        case Record(fields):
            return {"fields": {name: _plain(inner) for name, inner in fields.items()}}
        case Many(item):
            return {"many": _plain(item)}
        case Scalar(kind, choices, sensitivity):
            return [kind, list(choices), sensitivity]
        case Anything():
            return None


def _shape(plain: Any) -> Shape:  # noqa: ANN401 - JSON
    if plain is None:
        return Anything()
    if isinstance(plain, list):
        return Scalar(plain[0], tuple(plain[1]), plain[2])
    if "many" in plain:
        return Many(_shape(plain["many"]))
    return Record({name: _shape(inner) for name, inner in plain["fields"].items()})
