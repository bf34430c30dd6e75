"""Reads a page as a browser would: tags that must close, headings, captions, rows, text."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "br", "img", "link", "input", "line", "rect", "path"}


@dataclass
class Page:
    """What a test asks of a page. `svg_texts` are (x, anchor, class, words) with the width of their drawing."""

    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    svg_texts: list[tuple[float, float, str, str]] = field(default_factory=list)
    text: str = ""
    unclosed: list[str] = field(default_factory=list)


def read(html: str) -> Page:
    """The page, its tags in order and every tag checked against its end."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.page.unclosed += reader.open
    return reader.page


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.open: list[str] = []
        self.said: dict[str, str] = {}
        self.width = 0.0
        self.at: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.page.tags.append((tag, found))
        if tag == "svg":
            self.width = float(found["viewbox"].split()[2])
        if tag == "tr":
            self.page.rows.append([])
        if tag in VOID:
            return
        self.open.append(tag)
        self.said[tag] = ""
        self.at = found

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.page.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.page.unclosed.append(tag)
        words = " ".join(self.said.get(tag, "").split())
        if tag in {"h1", "h2", "h3", "h4"}:
            self.page.headings.append((int(tag[1]), words))
        elif tag in {"caption", "figcaption"}:
            self.page.captions.append(words)
        elif tag in {"td", "th"}:
            self.page.rows[-1].append(words)
        elif tag == "text":
            self._keep_text(words)

    def _keep_text(self, words: str) -> None:
        self.page.svg_texts.append((float(self.at["x"]), self.width, self.at["text-anchor"], words))

    def handle_data(self, data: str) -> None:
        if "style" in self.open:
            return
        self.page.text += data
        for tag in set(self.open):
            self.said[tag] = self.said.get(tag, "") + data
