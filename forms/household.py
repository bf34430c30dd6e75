"""The made-up people of one sample: each record has its own person, address and bank, and most share a family name."""

from __future__ import annotations

from registers.fiction import Branch, Fiction, Person

_ENDINGS = ("_kanji", "_kana", "_family", "_given")
_OWN_NAMES = frozenset({"name", "email", "holder"})


class Household:
    """Draws a record's person, address or bank when it is first asked for, and keeps it."""

    def __init__(self, fiction: Fiction) -> None:
        self.fiction = fiction
        self._family = fiction.family()
        self._people: dict[tuple[str, str], Person] = {}
        self._streets: dict[str, tuple[str, str]] = {}
        self._branches: dict[str, Branch] = {}

    def person(self, record: str, field_name: str) -> Person:
        """The person of a record, by its pointer; `previous_recipient_name` is somebody else than `name_kanji`."""
        stem = field_name
        for ending in _ENDINGS:
            stem = stem.removesuffix(ending)
        own = stem in _OWN_NAMES
        key = (record, "" if own else stem)
        if key not in self._people:
            self._people[key] = self.fiction.person(self._family if own else self.fiction.family())
        return self._people[key]

    def street(self, record: str) -> tuple[str, str]:
        """The postal code of a record's address, and its town and number."""
        if record not in self._streets:
            self._streets[record] = self.fiction.street()
        return self._streets[record]

    def branch(self, record: str) -> Branch:
        """The bank and branch of a record."""
        if record not in self._branches:
            self._branches[record] = self.fiction.branch()
        return self._branches[record]
