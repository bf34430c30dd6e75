"""A notice in the words of certificates and notices (451-2): to whom, when, which, about what, what, and by whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

from engine.municipality import Municipality
from forms.gif import ORGANIZATION, PERSON, GifNames
from office.gif.envelope import NotExportable, city_body
from office.gif.faults import faults
from office.gif.parts import Parts

CERTIFICATE = "urn:madoguchi:gif:certificate"
"""Like the envelope of an application ours, for the core data model has none; `certificate.xsd` describes it."""


class About(NamedTuple):
    """Which notice it is: its name in the program, used where it has no number, and the number of its procedure."""

    id: str
    procedure: int


def written(words: Mapping[str, Any] | str, about: About, city: Municipality, names: GifNames) -> str:
    """The notice as XML, its lines indented, with an end of line.

    Raises:
        UnknownThing: the code of the city is not known.
        NotExportable: it was written before notices had parts, or what it says breaks a rule of the model.
    """
    if isinstance(words, str):
        ja = (
            f"通知{about.id}は、項目に分けて保存する前の版で作られたので、GIFにできません。textかhtmlで出してください。"
        )
        raise NotExportable(ja, f"notice {about.id} was written before notices had parts; take text or html")
    root = _root(words, about, city, names)
    if found := faults(root, names):
        ja = "GIFの決まりに合わない所があります: " + "、".join(one.ja for one in found)
        raise NotExportable(ja, "against the rules of the model: " + "; ".join(one.en for one in found))
    ET.register_namespace("", CERTIFICATE)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=False) + "\n"


def _root(words: Mapping[str, Any], about: About, city: Municipality, names: GifNames) -> ET.Element:
    parts = Parts(names)
    root = ET.Element(f"{{{CERTIFICATE}}}certificate")
    _addressee(parts, _put(root, "addressee"), words)
    _put(root, "certifiedOn", words["on"])
    _put(root, "id", words["number"] or about.id)
    _put(root, "name", words["title"], form=words["form_no"])
    _put(root, "subject", words["about"], number=str(about.procedure))
    _put(root, "category", words["kind"])
    _put(root, "content", words["body"])
    for label, value in words["items"]:
        _put(root, "value", value, label=label)
    for name, key in (("validFrom", "since"), ("validUntil", "until")):
        if words.get(key):
            _put(root, name, words[key])
    for kind, lines in (
        ("reason", [f"{label}: {said}" for label, said in words["reasons"]]),
        ("instruction", words["instruction"]),
        ("easy", words["easy"]),
    ):
        for line in lines:
            _put(root, "note", line, kind=kind)
    city_body(parts, _put(root, "issuer"), city, about.procedure)
    return root


def _addressee(parts: Parts, into: ET.Element, words: Mapping[str, Any]) -> None:
    """A citizen by name, an office or a body by its own."""
    if words["manner"] == "様":
        parts.person(_put(into, "person"), {PERSON: words["to"]})
    else:
        parts.organization(_put(into, "organization"), {ORGANIZATION: words["to"]})


def _put(into: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    given = {key: value for key, value in attributes.items() if value}
    found = ET.SubElement(into, f"{{{CERTIFICATE}}}{name}", given)
    found.text = text
    return found
