"""本人確認: the four attributes of a certificate beside those of a form, and what a clerk or an applicant is told.

Names are compared letter by letter as they are written: no letter is taken for another but where the certificate itself
says that a substitute stands. Addresses are compared without regard to width, spaces and the kind of hyphen.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import dataclass
from typing import Literal

from registers.certificate import UNKNOWN_LETTER, Attributes, Certificate, letters, words

Verdict = Literal["equal", "equal_by_substitute", "moved", "revoked", "expired", "not_yet", "different"]
_HYPHENS = dict.fromkeys(map(ord, "‐‑‒–—―−ー"), "-")


@dataclass(frozen=True)
class Identity:
    """What a comparison came to, with a sentence in `ja`, `easy` and `en`; `differing` names attributes."""

    verdict: Verdict
    differing: tuple[str, ...]
    ja: str
    easy: str
    en: str

    @property
    def is_confirmed(self) -> bool:
        """Whether the form is that of the certificate's holder."""
        return self.verdict in {"equal", "equal_by_substitute"}


def compare(certificate: Certificate, written: Attributes, registered: Attributes, on: dt.date) -> Identity:
    """What the certificate says of who wrote a form.

    Args:
        written: the attributes on the form.
        registered: those of the resident register now, by which a move is recognised.
        on: the day on which the form was signed.
    """
    differing = _differing(certificate, written)
    status = certificate.status_on(on)
    if status == "valid":
        if not differing:
            substitute = letters(certificate.attributes.name) != letters(written.name)
            return _said("equal_by_substitute" if substitute else "equal", ())
        if _has_moved(differing, certificate, written, registered):
            return _said("moved", differing)
        return _said("different", differing)
    if set(differing) - {"address"}:
        return _said("different", differing)
    if status == "revoked" and _has_moved(differing, certificate, written, registered):
        return _said("moved", differing)
    return _said(status, differing)


def _has_moved(
    differing: tuple[str, ...], certificate: Certificate, written: Attributes, registered: Attributes
) -> bool:
    """Whether only the address differs, and the form has the one that the register has since."""
    now = _address(registered.address)
    return differing == ("address",) and _address(written.address) == now != _address(certificate.attributes.address)


def _differing(certificate: Certificate, written: Attributes) -> tuple[str, ...]:
    held = certificate.attributes
    same = {
        "name": _same_name(certificate, written.name),
        "address": _address(held.address) == _address(written.address),
        "birth_date": held.birth_date == written.birth_date,
        "sex": written.sex in {held.sex, "unspecified"},
    }
    return tuple(name for name, is_same in same.items() if not is_same)


def _same_name(certificate: Certificate, written: str) -> bool:
    """Whether the names are the same letter by letter; a substitute may stand for a letter it is known to stand for."""
    held, typed = letters(certificate.attributes.name), letters(written)
    pairs = enumerate(zip(held, typed, strict=False))
    return len(held) == len(typed) and all(
        one == other or (place in certificate.substitutes and _stands_for(one, other)) for place, (one, other) in pairs
    )


def _stands_for(substitute: str, letter: str) -> bool:
    return substitute == UNKNOWN_LETTER or words()["simpler"].get(letter) == substitute


def _address(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).translate(_HYPHENS).split())


def _said(verdict: Verdict, differing: tuple[str, ...]) -> Identity:
    said, names = words()["sentences"][verdict], words()["attributes"]
    what = {
        lang: ("・" if lang != "en" else ", ").join(names[one][lang] for one in differing)
        for lang in ("ja", "easy", "en")
    }
    ja, easy, en = (said[lang].format(what=what[lang]) for lang in ("ja", "easy", "en"))
    return Identity(verdict, differing, ja, easy, en[:1].upper() + en[1:])
