"""The official schemas of the national data model, where they are, and our envelope over them."""

from __future__ import annotations

import pytest
from lxml import etree

from tests.house.layout import ROOT

HOME = ROOT.parent / "shared" / "data" / "gif"
"""Where a checkout may have the files of the Digital Agency beside it."""
WITHOUT = f"the official GIF schemas are not in {HOME}"
needs_schemas = pytest.mark.skipif(not HOME.is_dir(), reason=WITHOUT)


class _Beside(etree.Resolver):  # type: ignore[misc]  # lxml has no types
    def resolve(self, url: str, _id: object, context: object) -> object:
        return self.resolve_filename(str(HOME / url.rsplit("/", maxsplit=1)[-1]), context)


def official(envelope: str = "application.xsd") -> etree.XMLSchema:
    """What tells whether a document is right: an envelope of ours that imports the official types."""
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Beside())
    return etree.XMLSchema(etree.parse(str(ROOT / "office" / "gif" / envelope), parser))
