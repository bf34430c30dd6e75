"""The certificates of the residents of a made-up city: some lapsed with a move or a loss, some expired."""

from __future__ import annotations

import datetime as dt

from registers.certificate import UNKNOWN_LETTER, Attributes, Certificate, letters, words
from registers.ledgers.view import Fields, View
from registers.population import assumptions

_BIRTHDAYS = 5
_NEWEST, _OLDEST = 30, 2100  # days since issue
_HALF = 0.5
_LOST = 0.02


def attributes_of(view: View) -> Attributes:
    """The four attributes as the resident register has them now."""
    one = view.one
    return Attributes(one.kanji, view.household.address.line, one.birth_date, one.sex)


def certificate_of(view: View) -> Certificate | None:
    """The newest certificate of a person of a made-up city; None for whoever has no card."""
    luck = view.luck("certificate")
    if luck.random() >= float(assumptions()["shares"]["holds_card"]) or view.one.died_on is not None:
        return None
    issued = max(view.today - dt.timedelta(days=luck.randint(_NEWEST, _OLDEST)), view.one.birth_date)
    now, household = attributes_of(view), view.household
    moved = household.moved_on is not None and issued < household.moved_on
    address = household.from_address.line if moved and household.from_address is not None else now.address
    name, substitutes = _substituted(now.name, plainer=luck.random() < _HALF)
    lost = luck.random() < _LOST
    lapsed_on = household.moved_on if moved else issued + dt.timedelta(days=1) if lost else None
    return Certificate(
        attributes=Attributes(name, address, now.birth_date, now.sex),
        issued_on=issued,
        expires_on=_last_day(view, issued),
        substitutes=substitutes,
        revoked_on=lapsed_on,
        lapse="moved" if moved else "lost" if lost else None,
    )


def _last_day(view: View, issued: dt.date) -> dt.date:
    """The fifth birthday after the issue (for the 29th of February: the 28th), or the end of the stay before it."""
    born = view.one.birth_date
    had = (born.month, born.day) <= (issued.month, issued.day)
    fifth = dt.date(
        issued.year + _BIRTHDAYS - (not had), born.month, 28 if (born.month, born.day) == (2, 29) else born.day
    )
    end = view.one.stay.until if view.one.stay is not None else None
    return fifth if end is None else min(fifth, end)


def _substituted(name: str, *, plainer: bool) -> tuple[str, tuple[int, ...]]:
    """The name as a certificate can write it, and the places of its substitute letters."""
    simpler, places = words()["simpler"], [n for n, one in enumerate(letters(name)) if one in words()["simpler"]]
    for odd, plain in simpler.items():
        name = name.replace(odd, plain if plainer else UNKNOWN_LETTER)
    return name, tuple(places)


def _status(view: View) -> str | None:
    found = certificate_of(view)
    return None if found is None else found.status_on(view.today)


def _expires_on(view: View) -> str | None:
    found = certificate_of(view)
    return None if found is None else found.expires_on.isoformat()


FIELDS: Fields = {"status": _status, "expires_on": _expires_on}
