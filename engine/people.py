"""Which persons and things a case concerns, by digests under the store's key: no names and numbers stand in the log.

A person is known by the id under which a citizen files, or by kana name and date of birth as a form gives them.
A thing, such as a building, is known by some values together; each is one to every procedure that calls it alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.conditions.kana import folded
from engine.store import Concerned
from engine.store.canonical import canonical

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
    before, after = (_concerned(work, form) for form in (old or {}, new))
    if old is None:
        work.tx.drop_subjects(after)
    _note(work, before, after, changed=old is None or before != after)


def concerned(work: Work) -> list[Concerned]:
    """Whom and what the case concerns as it stands; nobody while no form was handed in."""
    return _concerned(work, work.answers("form"))


def note_anew(work: Work, before: list[Concerned], *, form_gone: bool = False) -> None:
    """Note what the case concerns, now that facts have changed or values are gone, in the place of what it did."""
    after = [] if form_gone else concerned(work)
    _note(work, before, after, changed=before != after)


def known_by_facts(work: Work) -> set[str]:
    """The facts by which the things of a procedure are known."""
    kept = (path for paths in work.edition.procedure.subjects.values() if isinstance(paths, tuple) for path in paths)
    return {path.removeprefix("facts.") for path in kept if path.startswith("facts.")}


def _note(work: Work, before: list[Concerned], after: list[Concerned], *, changed: bool) -> None:
    if not changed:
        return
    work.do("subjects", [[one.name, one.digest] for one in after])
    work.tx.drop_subjects(one for one in before if one not in after)
    work.tx.add_subjects(one for one in after if one not in before)


def digests(work: Work, subject: str) -> list[str]:
    """One digest for each person of a subject, or one for a thing; empty while it cannot be told who or which it is."""
    form = work.answers("form")
    if isinstance(work.edition.procedure.subjects.get(subject), tuple):
        return [work.tx.pseudonym(known) for known in _thing(work, subject, form)]
    found = [person.known_by() for person in _people(work, subject, form)]
    return list(dict.fromkeys(work.tx.pseudonym(known[-1]) for known in found if known))


def cases_of(tx: Transaction, person: Person) -> list[tuple[int, str]]:
    """The cases that a person concerns, and as which subject: open ones, and those of which a registration lives."""
    found = {(one.case_id, one.name) for known in person.known_by() for one in tx.concerned(tx.pseudonym(known))}
    return sorted(found)


def _concerned(work: Work, form: dict[str, Any]) -> list[Concerned]:
    if not form:
        return []
    case_id = work.whole.case.id
    found = {
        Concerned(work.tx.pseudonym(known), case_id, subject)
        for subject in work.edition.procedure.subjects
        for known in _known(work, subject, form)
    }
    return sorted(found)


def _known(work: Work, subject: str, form: dict[str, Any]) -> Iterator[str]:
    if isinstance(work.edition.procedure.subjects[subject], tuple):
        yield from _thing(work, subject, form)
        return
    for person in _people(work, subject, form):
        yield from person.known_by()


def _thing(work: Work, subject: str, form: dict[str, Any]) -> Iterator[str]:
    """What stands for a thing; nothing while one of the values by which it is known is missing."""
    values = [_value(work, path, form) for path in work.edition.procedure.subjects[subject]]
    if all(value not in (None, "") for value in values):
        yield f"thing|{subject}|{canonical(values)}"


def _value(work: Work, path: str, form: dict[str, Any]) -> object:
    root, _, rest = path.partition(".")
    if root == "facts":
        memo = work.whole.case.memo
        there = memo.get("facts", {}).get(rest) and f"fact.{rest}" not in memo.get("destroyed", {})
        return work.read(f"fact.{rest}") if there else None
    found: object = form
    for name in rest.split("."):
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _people(work: Work, subject: str, form: dict[str, Any]) -> Iterator[Person]:
    """The persons at the path of a subject; the filer is the one whom the case is about."""
    filer = work.whole.case.filer
    own = filer if subject == PERSON and filer not in work.edition.role_labels else ""
    path = work.edition.procedure.subjects.get(subject, "")
    for given in _at(form, path) if isinstance(path, str) else ():
        yield Person(own, str(given.get("name_kana") or ""), str(given.get("birth_date") or ""))


def _at(form: dict[str, Any], path: str) -> list[dict[str, Any]]:
    """The records at a dotted path that begins with "form"."""
    found: object = form
    for name in path.split(".")[1:]:
        found = found.get(name) if isinstance(found, dict) else None
    return [one for one in (found if isinstance(found, list) else [found]) if isinstance(one, dict)]
