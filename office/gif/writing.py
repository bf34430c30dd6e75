"""Writing XML in the namespaces of the core data model and of our envelope."""

from __future__ import annotations

from xml.etree import ElementTree as ET

ENVELOPE = "urn:madoguchi:gif:application"
"""The core data model has no envelope, so ours has a namespace of its own; `application.xsd` describes it."""
_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"


class Writing:
    """Puts elements into elements.

    Args:
        core: the namespace of the core data model.
        codes: the namespace of its code lists.
    """

    def __init__(self, core: str, codes: str) -> None:
        self._core, self._codes = core, codes
        ET.register_namespace("pd", core)
        ET.register_namespace("pcd", codes)
        ET.register_namespace("", ENVELOPE)

    def name(self, name: str) -> str:
        """The full name of an element of the core data model."""
        return f"{{{self._core}}}{name}"

    def text(self, into: ET.Element, name: str, text: str) -> None:
        """Put in an element with a text."""
        ET.SubElement(into, self.name(name)).text = text

    def code(self, into: ET.Element, name: str, code: str, words: str) -> None:
        """Put in an element with a code and what the code says."""
        found = ET.SubElement(into, self.name(name))
        for part, text in (("code", code), ("value", words)):
            ET.SubElement(found, f"{{{self._codes}}}{part}").text = text

    def nothing(self, into: ET.Element, name: str) -> None:
        """Put in an element that must be there and of which nothing is known."""
        ET.SubElement(into, self.name(name), {_NIL: "true"})


def ours(into: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    """An element of the envelope, put into another."""
    found = ET.SubElement(into, f"{{{ENVELOPE}}}{name}", {key: value for key, value in attributes.items() if value})
    found.text = text
    return found
