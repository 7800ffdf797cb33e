"""How the sheets of an .xlsx show themselves: formats, hidden parts, formulas without value."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field

from lxml import etree

from services.intake.readers.archive import Archive
from services.intake.readers.grid import UnreadableFileError
from services.intake.readers.limits import MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from services.intake.readers.markup import DAMAGED, Element, attribute, children, local, whole
from services.intake.readers.number_format import BUILT_IN, GENERAL, shown
from services.intake.readers.sheets import Look, remember_hidden

_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_SCANNED = ("{*}row", "{*}c", "{*}col")


@dataclass(frozen=True, slots=True)
class _Book:
    """What the workbook says of all its sheets."""

    paths: dict[str, str] = field(default_factory=dict)
    formats: tuple[str, ...] = ()
    from_1904: bool = False


def looks(archive: Archive) -> dict[str, Look]:
    """How each sheet shows itself, by its name.

    Raises:
        UnreadableFileError: damaged, or a sheet is beyond the limits of a grid.
    """
    book = _book(archive)
    found = {}
    for name, path in book.paths.items():
        data = archive.get(path)
        if data is not None:
            found[name] = _Scan(name, book).read(data)
    return found


def _book(archive: Archive) -> _Book:
    tree = archive.tree("xl/workbook.xml")
    relations = archive.tree("xl/_rels/workbook.xml.rels")
    if tree is None or relations is None:
        raise UnreadableFileError(DAMAGED)
    targets = {
        attribute(one, "Id"): (attribute(one, "Target") or "")
        for one in children(relations, "Relationship")
    }
    paths = {}
    for sheet in tree.iterfind("{*}sheets/{*}sheet"):
        target = targets.get(attribute(sheet, "id"), "")
        path = target[1:] if target.startswith("/") else f"xl/{target}"
        paths[attribute(sheet, "name") or ""] = path
    from_1904 = attribute(tree.find("{*}workbookPr"), "date1904") in {"1", "true"}
    return _Book(paths, _formats(archive.spare("xl/styles.xml")), from_1904)


def _formats(styles: Element | None) -> tuple[str, ...]:
    """The number format of each cell style, by its place in the list."""
    if styles is None:
        return ()
    own = {
        whole(attribute(one, "numFmtId")): attribute(one, "formatCode") or GENERAL
        for one in styles.iterfind("{*}numFmts/{*}numFmt")
    }
    ids = [whole(attribute(one, "numFmtId")) for one in styles.iterfind("{*}cellXfs/{*}xf")]
    return tuple(own.get(one) or BUILT_IN.get(one, GENERAL) for one in ids)


class _Scan:
    """Goes through one sheet, cell by cell, and keeps no more of it than it has to."""

    def __init__(self, name: str, book: _Book) -> None:
        self._name = name
        self._book = book
        self._seen = Look()
        self._cells = 0
        self._row = -1
        self._column = -1

    def read(self, data: bytes) -> Look:
        """Read the sheet's part."""
        events = etree.iterparse(
            io.BytesIO(data), events=("start", "end"), resolve_entities=False, no_network=True
        )
        try:
            for event, element in events:
                name = local(element)
                if event == "start" and name == "row":
                    self._begin_row(element)
                elif event == "end" and name == "c":
                    self._take_cell(element)
                    element.clear()
                elif event == "end" and name == "col":
                    self._take_columns(element)
                elif event == "end" and name == "row":
                    element.clear()
        except etree.XMLSyntaxError as problem:
            raise UnreadableFileError(DAMAGED) from problem
        return self._seen

    def _begin_row(self, row: Element) -> None:
        self._row = whole(attribute(row, "r"), self._row + 2) - 1
        self._column = -1
        if attribute(row, "hidden") in {"1", "true"}:
            self._seen.hidden_rows.add(self._row)

    def _take_columns(self, columns: Element) -> None:
        if attribute(columns, "hidden") in {"1", "true"}:
            first, last = (whole(attribute(columns, side)) - 1 for side in ("min", "max"))
            remember_hidden(self._seen.hidden_columns, first, last, MOST_COLUMNS)

    def _take_cell(self, cell: Element) -> None:
        place = _PLACE.fullmatch(attribute(cell, "r") or "")
        self._column = _column(place[1]) if place else self._column + 1
        value = cell.findtext("{*}v")
        kind = attribute(cell, "t") or "n"
        if not value and kind != "inlineStr":
            if cell.find("{*}f") is not None and kind != "str":
                self._seen.uncomputed.append((self._row, self._column))
            return
        self._require_near()
        text = self._text(value or "", kind, whole(attribute(cell, "s")))
        if text is not None:
            self._seen.shown[self._row, self._column] = text

    def _text(self, value: str, kind: str, style: int) -> str | None:
        """What a cell shows; None where that is its value."""
        if kind == "e":
            return value
        formats = self._book.formats
        if kind != "n" or style >= len(formats) or formats[style] in {GENERAL, "@"}:
            return None
        try:
            return shown(float(value), formats[style], from_1904=self._book.from_1904)
        except ValueError:
            return None

    def _require_near(self) -> None:
        """Refuse values far out: readers lay a sheet out whole, from its first cell to its last."""
        self._cells += 1
        if self._row >= MOST_ROWS or self._column >= MOST_COLUMNS or self._cells > MOST_CELLS:
            raise UnreadableFileError(
                f"工作表“{self._name}”超过{MOST_ROWS}行、{MOST_COLUMNS}列或{MOST_CELLS}个单元格。"
                "请删去多余的行列，或按部门拆分后重试。"
            )


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
