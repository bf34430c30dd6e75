"""A submission as the envelope of an application by a person (451-1): the A sheet says who, the B sheet what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from xml.etree import ElementTree as ET

from engine.errors import MadoguchiError, UnknownThing
from engine.municipality import Municipality
from forms.form import Form
from forms.gif import ADDRESS, PERSON, GifNames, Town
from office.gif.answers import Answers, Group, Item
from office.gif.faults import faults
from office.gif.parts import Parts, phone
from office.gif.writing import ENVELOPE, ours

_CODE_OF_TOWNS = "全国地方公共団体コード"
_LOCAL_GOVERNMENT = "201"
_PHONE = "contactPointPhoneNumber"


class NotExportable(MadoguchiError):
    """A submission that cannot be said in the national data model; carries why."""

    code = "not_exportable"


@dataclass(frozen=True)
class Submission:
    """What is exported: the latest answers of a case, or made-up ones. `procedure` is its number."""

    form: Form
    document: Mapping[str, Any]
    number: int
    title: str
    arrived: dt.date


def envelope(submission: Submission, city: Municipality, names: GifNames) -> str:
    """The submission as XML, its lines indented, with an end of line.

    Raises:
        UnknownThing: the code of the city is not known.
        NotExportable: the form asks for no applicant, or what it holds breaks a rule of the model.
    """
    written = _Envelope(submission, city, names).written()
    if found := faults(written, names):
        raise NotExportable(
            "GIFの決まりに合わない所があります: " + "、".join(one.ja for one in found),
            "against the rules of the national data model: " + "; ".join(one.en for one in found),
        )
    ET.indent(written)
    return ET.tostring(written, encoding="unicode", xml_declaration=False) + "\n"


def town_of(city: Municipality, names: GifNames) -> Town:
    """The city's code and its name in katakana.

    Raises:
        UnknownThing: no `gif.toml` has it.
    """
    found = names.towns.get((city.prefecture, city.label))
    if found is None:
        raise UnknownThing(
            f"「{city.label}」の全国地方公共団体コードが分かりません。"
            "gif.toml の cities にコードと読みを書き足すか、--city で市町村を選んでください。",
            f"the code of {city.label!r} is not known; add it to the cities in a gif.toml, or choose one with --city",
            city=city.id,
        )
    return found


def city_body(parts: Parts, into: ET.Element, city: Municipality, procedure: int) -> None:
    """Write the city as a body, with the department that has the procedure of that number as its contact.

    Raises:
        UnknownThing: the code of the city is not known.
    """
    town = town_of(city, parts.names)
    body = ET.SubElement(into, parts.write.name("LegalEntity_MP03"))
    group = ET.SubElement(body, parts.write.name("idGroup"))
    parts.write.text(group, "idType", _CODE_OF_TOWNS)
    parts.write.text(group, "id", town.code)
    parts.write.text(body, "tradeName", city.label)
    parts.write.text(body, "tradeNameKana", town.kana)
    parts.write.text(body, "categoryOfOrganization", _LOCAL_GOVERNMENT)
    department = city.department_of(procedure)
    contact = {"contactPointName": department.label if department else city.label}
    parts.contact(body, "contactPointInformation", contact)


class _Envelope:
    def __init__(self, submission: Submission, city: Municipality, names: GifNames) -> None:
        self._submission, self._city, self._names = submission, city, names
        self._parts = Parts(names)
        self._answers = Answers(submission.form, submission.document, names)

    def written(self) -> ET.Element:
        """The whole envelope."""
        applicant, elsewhere = self._applicant()
        root = ET.Element(f"{{{ENVELOPE}}}application")
        city_body(self._parts, ours(root, "addressee"), self._city, self._submission.number)
        dated = (self._answers.answer(path) for path in self._names.read.dated)
        day = next(filter(None, dated), self._submission.arrived.isoformat())
        ours(root, "applicationDate", day)
        self._contact(ours(root, "contactPoint"), applicant)
        self._person(ours(root, "applicant"), applicant)
        deputies = self._deputies(root, applicant)
        sheet = ours(root, "sheet")
        ours(sheet, "name", self._submission.title, number=str(self._submission.number))
        content = ours(sheet, "content", form=self._submission.form.id)
        for one in self._answers.content:
            if one.at not in {applicant.at, elsewhere, *deputies}:
                self._write(content, one)
        ours(sheet, "updated", day)
        return root

    def _applicant(self) -> tuple[Group, str]:
        """Who applies, and where their address stands when it is apart from them."""
        for row in self._names.read.applicant:
            group = self._group(row.at)
            if group is not None and group.named.get(PERSON):
                apart = self._group(row.address)
                if apart is None:
                    return group, ""
                return replace(group, named={**group.named, ADDRESS: apart.named}), apart.at
        title = self._submission.form.title.ja
        ja = f"「{title}」には申請者の欄がないので、GIFの申請データにできません。"
        raise NotExportable(ja, f"{self._submission.form.id} names no applicant", form=self._submission.form.id)

    def _group(self, path: str) -> Group | None:
        return self._answers.groups.get("/" + path.replace(".", "/"))

    def _contact(self, into: ET.Element, applicant: Group) -> None:
        """How the applicant is reached: by their own number, else by one that the form asks for apart."""
        named = {**applicant.named, "contactPointName": " ".join(applicant.named[PERSON].split())}
        apart = (one.words for one in self._answers.content if isinstance(one, Item) and one.gif == _PHONE)
        named.setdefault(_PHONE, next(apart, ""))
        self._parts.contact(into, "ContactPoint", named)

    def _person(self, into: ET.Element, group: Group) -> None:
        """A person by the pattern MP03; one of whom the form asks less has no pattern."""
        body = ET.SubElement(into, self._parts.write.name("Person_MP03"))
        if not self._parts.person(body, group.named):
            body.tag = f"{{{ENVELOPE}}}person"

    def _deputies(self, root: ET.Element, applicant: Group) -> set[str]:
        found = set()
        for row in self._names.read.deputies:
            group, at = self._group(row.at), row.at
            held = self._submission.document.get(at, {})
            is_own = any(held.get(key) == value for key, value in row.unless.items())
            if group is None or group.at == applicant.at or is_own or not group.named:
                continue
            found.add(group.at)
            deputy = ours(root, "deputy")
            ours(deputy, "role", self._answers.answer(f"{at}.{row.role}") or group.label)
            if mandate := self._answers.answer(f"{at}.{row.mandate}"):
                ours(deputy, "mandate", mandate)
            self._write(deputy, group)
        return found

    def _write(self, into: ET.Element, one: Group | Item) -> None:
        path = one.at.strip("/").replace("/", ".")
        if isinstance(one, Item):
            words = phone(one.words) if one.gif == _PHONE else one.words
            ours(into, "item", words, path=path, label=one.label, code=one.code, gif=one.gif)
        elif one.named:
            body = ours(into, one.kind if _is_whole(one) else "contact", path=path, label=one.label)
            if body.tag.endswith("person"):
                self._parts.person(body, one.named)
            elif body.tag.endswith("organization"):
                self._parts.organization(body, one.named)
            elif body.tag.endswith("place"):
                self._parts.address(body, "Address", one.named)
            else:
                self._parts.contents_of_contact(body, one.named)


def _is_whole(group: Group) -> bool:
    """Whether somebody has a name; one who left it out is only somebody to reach."""
    return group.kind == "place" or {"person": PERSON, "organization": "tradeName"}.get(group.kind, "") in group.named
