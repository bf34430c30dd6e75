"""What the official schema lets through and the guides of the model do not: codes, width, digits and hyphens."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from xml.etree import ElementTree as ET

from forms.gif import GifNames, is_town_code

_KANA = re.compile(r"[ァ-ヺー・ A-Za-z.'-]*")
_POSTAL = re.compile(r"[0-9]{7}")
_PHONE = re.compile(r"\+?[0-9]+(-[0-9]+)+")


class Fault(NamedTuple):
    """A value against the rules of the model, and what would be right."""

    name: str
    ja: str
    en: str


def faults(root: ET.Element, names: GifNames) -> list[Fault]:
    """Every fault of a document, in its order; the values themselves are not said, for they may be personal."""
    return [fault for one in root.iter() for fault in _of(one, names)]


def _of(one: ET.Element, names: GifNames) -> Iterator[Fault]:
    name = one.tag.rpartition("}")[2]
    if name == "sex":
        code, words = (part.text or "" for part in one)
        if names.words("sex", code) != words:
            yield Fault(name, "性別は、コード一覧のコードと名称の組にします", "sex is a code with its words")
    for ending, is_right, ja, en in _RULES:
        if re.fullmatch(ending, name) and not is_right(one.text or ""):
            yield Fault(name, f"{name}は、{ja}にします", f"{name} is {en}")


def _is_day(text: str) -> bool:
    try:
        return len(text) == len("2022-06-01") and bool(dt.date.fromisoformat(text))
    except ValueError:
        return False


def _is_postal(text: str) -> bool:
    return not text or _POSTAL.fullmatch(text) is not None  # abroad it may be empty


_RULES: tuple[tuple[str, Callable[[str], object], str, str], ...] = (
    (
        ".*Kana",
        _KANA.fullmatch,
        "全角カタカナか半角ローマ字",
        "full-width katakana or plain Roman letters",
    ),
    ("contactPointPhoneNumber", _PHONE.fullmatch, "半角でハイフンのある番号", "half-width digits with hyphens"),
    ("postalCode", _is_postal, "ハイフンのない7けた", "seven digits without a hyphen"),
    ("localGovernmentCode", is_town_code, "検査数字の合う6けた", "six digits with the right check digit"),
    ("dateOfBirth|applicationDate|updated", _is_day, "西暦の年-月-日", "a day as YYYY-MM-DD"),
)
