"""Which persons a case concerns, by digests under the store's key: neither names nor numbers stand in the log.

A person is known by the id under which a citizen files, or by kana name and date of birth as a form gives them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.conditions.kana import folded
from engine.store import Concerned

if TYPE_CHECKING:
    from engine.store import Transaction
    from engine.work import Work

PERSON = "person"
"""The subject whom the case is about: the one who files it."""


@dataclass(frozen=True)
class Person:
    """Somebody as a register names him: by id, by kana name and ISO date of birth, or by both."""

    id: str = ""
    name_kana: str = ""
    birth_date: str = ""

    def known_by(self) -> tuple[str, ...]:
        """What stands for this person, the surest last: nothing when too little is known."""
        name = folded(self.name_kana)
        born = (f"born|{name}|{self.birth_date}",) if name and self.birth_date else ()
        return (*([f"id|{self.id}"] if self.id else []), *born)


def note(work: Work, old: dict[str, Any] | None, new: dict[str, Any]) -> None:
    """Note whom the answers to the main form concern, in the place of those whom the former ones did.

    Args:
        old: None where the former answers were destroyed, and nobody knows any more whom they concerned.
    """
    if not work.edition.procedure.subjects:
        return
    before, after = (_concerned(work, form) if form else [] for form in (old, new))
    if old is None:
        work.tx.drop_subjects(after)
    elif before == after:
        return
    work.do("subjects", [[one.name, one.digest] for one in after])
    work.tx.drop_subjects(one for one in before if one not in after)
    work.tx.add_subjects(one for one in after if one not in before)


def digests(work: Work, subject: str) -> list[str]:
    """One digest for each person of a subject, as the answers name them; empty while nobody can be told."""
    found = [person.known_by() for person in _people(work, subject, work.answers("form"))]
    return list(dict.fromkeys(work.tx.pseudonym(known[-1]) for known in found if known))


def cases_of(tx: Transaction, person: Person) -> list[tuple[int, str]]:
    """The cases that a person concerns, and as which subject: open ones, and those of which a registration lives."""
    found = {(one.case_id, one.name) for known in person.known_by() for one in tx.concerned(tx.pseudonym(known))}
    return sorted(found)


def _concerned(work: Work, form: dict[str, Any]) -> list[Concerned]:
    case_id = work.whole.case.id
    found = {
        Concerned(work.tx.pseudonym(known), case_id, subject)
        for subject in work.edition.procedure.subjects
        for person in _people(work, subject, form)
        for known in person.known_by()
    }
    return sorted(found)


def _people(work: Work, subject: str, form: dict[str, Any]) -> Iterator[Person]:
    """The persons at the path of a subject; the filer is the one whom the case is about."""
    filer = work.whole.case.filer
    own = filer if subject == PERSON and filer not in work.edition.role_labels else ""
    for given in _at(form, work.edition.procedure.subjects.get(subject, "")):
        yield Person(own, str(given.get("name_kana") or ""), str(given.get("birth_date") or ""))


def _at(form: dict[str, Any], path: str) -> list[dict[str, Any]]:
    """The records at a dotted path that begins with "form"."""
    found: object = form
    for name in path.split(".")[1:]:
        found = found.get(name) if isinstance(found, dict) else None
    return [one for one in (found if isinstance(found, list) else [found]) if isinstance(one, dict)]
