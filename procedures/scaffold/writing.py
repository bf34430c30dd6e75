"""The files of a new procedure written into a folder of definitions, all of them or none."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import Refusal
from procedures.files import our_folder
from procedures.library import Library
from procedures.profile_words import NUMBERED
from procedures.saving import room_in, save_new

KINDS = {"届出": "notice", "申請": "application"}
FIELDS = ("childcare", "long_term_care", "disaster")
_WHO = {"届出": "届出人", "申請": "申請者"}
_HOME = our_folder() / "scaffold"
_ID = re.compile(r"[a-z][a-z0-9_]{1,39}")
_LONGEST = 100


@dataclass(frozen=True)
class Wanted:
    """What is to be begun. `number` 0 takes the next one free after the 27; an empty title is the kind itself."""

    id: str
    kind: str
    title: str = ""
    field: str = "childcare"
    department: str = "child_policy"
    number: int = 0


def begun(wanted: Wanted, folder: Path) -> list[Path]:
    """The files written: declaration, schema and page of the form, an example, a scenario.

    Raises:
        Refusal: a name is none, or the id or the number is taken; nothing is written.
        OSError: they cannot be written, and none is.
    """
    room = room_in(folder, "procedures")
    taken = Library([room] if room.is_dir() else []).list()
    require_names(wanted, [entry.id for entry in taken])
    number = wanted.number or max((*NUMBERED, *(entry.number for entry in taken))) + 1
    if any(entry.number == number for entry in taken) or number in NUMBERED:
        raise Refusal(f"手続番号{number}はもうあります。別の番号にしてください。", f"the number {number} is taken")
    texts = _texts(wanted, folder, room, number)
    save_new(texts)
    return list(texts)


def require_names(wanted: Wanted, taken: Sequence[str]) -> None:
    """Nothing, when id, department and title can be such and the id is free.

    Raises:
        Refusal: one of them cannot, or is not.
    """
    for word, said in ((wanted.id, "手続のID"), (wanted.department, "課のID")):
        if not _ID.fullmatch(word):
            ja = f"「{word}」は{said}にできません。英小文字で始まる英小文字・数字・_ の2〜40文字にしてください。"
            raise Refusal(ja, f"{word!r} is no id: 2 to 40 small letters, digits and _, a letter first")
    if wanted.id in taken:
        ja = f"{wanted.id} という手続はもうあります。上書きはしません。別のIDにしてください。"
        raise Refusal(ja, f"there is a procedure {wanted.id} already; it is not overwritten")
    unseen = any(unicodedata.category(letter)[0] == "C" for letter in wanted.title)
    if len(wanted.title) > _LONGEST or unseen:
        ja = f"手続の名前は、見える文字だけで{_LONGEST}文字までにしてください。"
        raise Refusal(ja, f"a title has at most {_LONGEST} letters, all of them visible")


def _texts(wanted: Wanted, folder: Path, room: Path, number: int) -> dict[Path, str]:
    """Every file with its text."""
    forms = (room.parent if room != folder or folder.name == "procedures" else folder) / "forms" / wanted.field
    own = KINDS[wanted.kind]
    files = {
        room / wanted.field / f"{wanted.id}.toml": f"{own}/procedure",
        forms / f"{wanted.id}.schema.json": "form/schema",
        forms / f"{wanted.id}.toml": "form/page",
        forms / f"{wanted.id}.example.json": "form/example",
        forms.parent.parent / "scenarios" / wanted.id / "first.toml": f"{own}/scenario",
    }
    return {path: _filled(name, wanted, number) for path, name in files.items()}


def _filled(name: str, wanted: Wanted, number: int) -> str:
    """A template with the names in their places, each fit to stand inside quotes."""
    title = json.dumps(wanted.title or f"新しい{wanted.kind}", ensure_ascii=False)[1:-1]
    text = (_HOME / f"{name}.template").read_text("utf-8")
    words = {
        "ID": wanted.id,
        "NUMBER": str(number),
        "TITLE": title,
        "ENGLISH": wanted.id.replace("_", " ").capitalize(),
        "FIELD": wanted.field,
        "DEPARTMENT": wanted.department,
        "WHO": _WHO[wanted.kind],
    }
    return re.sub(r"@([A-Z]+)@", lambda found: words[found[1]], text)
