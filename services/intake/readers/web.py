"""Web pages (.html, and .xls or .doc that are pages inside) to a grid."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from services.intake.readers.encoding import decode
from services.intake.readers.grid import Cell, Grid, Row, UnreadableFileError
from services.intake.readers.layout import Placed, namer, rows_of
from services.intake.readers.limits import MOST_COLUMNS, Measure
from services.intake.readers.markup import DAMAGED, Element, whole
from services.intake.readers.printed import printed

_BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div"),
        *("dl", "dt", "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("header", "hr", "html", "legend", "li", "main", "nav", "ol", "p", "pre", "section"),
        *("table", "ul"),
    }
)
_UNSEEN = frozenset(
    {"head", "iframe", "noscript", "object", "script", "select", "style", "template", "textarea"}
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE
)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_GROUPS = ("thead", "tbody", "tfoot", "form")


def read_web_page(data: bytes, name: str) -> Grid:
    """Read an HTML file.

    Raises:
        UnreadableFileError: no text, or beyond the limits.
    """
    return Grid(name, tuple(_Page().rows(_tree(decode(data).text))))


def read_web_archive(data: bytes, name: str) -> Grid:
    """Read an .mht file: the pages in it, in order.

    Raises:
        UnreadableFileError: no page in it, or beyond the limits.
    """
    message = email.message_from_bytes(data, policy=email.policy.default)
    pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
    if not pages:
        raise UnreadableFileError(DAMAGED)
    page = _Page()
    rows: list[Row] = []
    for part in pages:
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and content:
            rows += page.rows(_tree(decode(content).text))
    return Grid(name, tuple(rows))


def _tree(text: str) -> Element:
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    try:
        tree = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as problem:
        raise UnreadableFileError(DAMAGED) from problem
    if tree is None:
        raise UnreadableFileError(DAMAGED)
    return tree


@dataclass(slots=True)
class _Flow:
    """Text and tables as they follow each other, while an element is gone through."""

    found: list[str | Element] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def say(self, text: str | None, *, as_is: bool = False) -> None:
        if text:
            self.said.append(text if as_is else _BLANKS.sub(" ", text))

    def end(self) -> None:
        lines = (printed(line) for line in "".join(self.said).split("\n"))
        self.found += (line for line in lines if line)
        self.said = []


def _flow(element: Element) -> list[str | Element]:
    """The lines and tables in an element, each table once and not what is in it."""
    flow = _Flow()
    flow.say(element.text)
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, one in walk:
        if one is element:
            continue
        if event == "start":
            _enter(flow, one, walk)
        else:
            if one.tag in _BLOCKS:
                flow.end()
            flow.say(one.tail)
    flow.end()
    return flow.found


def _enter(flow: _Flow, one: Element, walk: etree.iterwalk) -> None:
    tag = str(one.tag)
    if tag in _UNSEEN or _is_hidden(one):
        walk.skip_subtree()
    elif tag == "table":
        flow.end()
        flow.found.append(one)
        walk.skip_subtree()
    elif tag == "br":
        flow.say("\n", as_is=True)
    else:
        if tag in _BLOCKS:
            flow.end()
        flow.say(one.text)


def _is_hidden(element: Element) -> bool:
    return "hidden" in element.attrib or bool(_HIDDEN.search(element.get("style") or ""))


class _Page:
    """Walks a page in reading order, and counts its paragraphs and tables."""

    def __init__(self) -> None:
        self._measure = Measure()
        self._paragraphs = 0
        self._tables = 0

    def rows(self, element: Element) -> Iterator[Row]:
        """The rows of all tables, and the paragraphs around them."""
        for one in _flow(element):
            if isinstance(one, str):
                self._paragraphs += 1
                row = Row((Cell(one, f"段{self._paragraphs}", 0),), table=False)
                self._measure.take(row)
                yield row
            else:
                yield from self._table(one)

    def _table(self, table: Element) -> Iterator[Row]:
        """The rows of a table; the tables in a row's cells follow it."""
        self._tables += 1
        part = f"表{self._tables}"
        nested: dict[int, list[Element]] = {}
        cells = list(_cells(table, nested))
        rows = dict(rows_of(cells, part, namer(part), self._measure))
        for number in sorted({*rows, *nested}):
            if number in rows:
                yield rows[number]
            for inner in nested.get(number, ()):
                yield from self._table(inner)


def _cells(table: Element, nested: dict[int, list[Element]]) -> Iterator[Placed]:
    """Lay a table out as browsers do; tables in a row's cells go to ``nested``."""
    rows = [row for row in _rows(table) if not _is_hidden(row)]
    taken: dict[int, int] = {}
    for number, row in enumerate(rows):
        column = 0
        for cell in row.iterchildren("td", "th"):
            while taken.get(column, 0) > number:
                column += 1
            down = whole(cell.get("rowspan"), 1) or len(rows)
            spans = (min(down, len(rows) - number), _across(cell))
            if not _is_hidden(cell):
                found = _flow(cell)
                nested.setdefault(number, []).extend(
                    one for one in found if not isinstance(one, str)
                )
                text = "\n".join(one for one in found if isinstance(one, str))
                yield Placed(text, number, column, *spans)
            for at in range(column, column + spans[1]):
                taken[at] = number + spans[0]
            column += spans[1]


def _rows(table: Element) -> Iterator[Element]:
    """The rows of a table, in groups or not; those of the tables inside are not its own."""
    for child in table.iterchildren("tr", *_GROUPS):
        if child.tag == "tr":
            yield child
        else:
            yield from _rows(child)


def _across(cell: Element) -> int:
    return min(max(whole(cell.get("colspan"), 1), 1), MOST_COLUMNS + 1)
