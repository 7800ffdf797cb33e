"""Word (.docx) to a grid: paragraphs and tables in reading order, merged cells, nested tables."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from services.intake.readers.archive import Archive, unpack
from services.intake.readers.grid import Cell, Grid, Remark, Row, UnreadableFileError
from services.intake.readers.layout import namer, rows_of
from services.intake.readers.limits import Measure
from services.intake.readers.markup import DAMAGED, Element, attribute, children, local
from services.intake.readers.printed import printed
from services.intake.readers.word_numbers import Numbering
from services.intake.readers.word_table import inside, lay_out
from services.intake.readers.word_text import boxes_in, text_of

_MACROS = Remark("file.macros", None, "文件含有宏。宏没有运行，只读取了内容。", lost=False)


def read_word(data: bytes, name: str) -> Grid:
    """Read a .docx or .docm file.

    Raises:
        UnreadableFileError: damaged, locked, or beyond the limits.
    """
    archive = unpack(data, lambda part: part.endswith((".xml", ".rels", "vbaProject.bin")))
    body = _main_part(archive).find("{*}body")
    if body is None:
        raise UnreadableFileError(DAMAGED)
    document = _Document(archive)
    rows = tuple(chain(document.headers(body), document.blocks(body)))
    macros = any(part.endswith("vbaProject.bin") for part in archive.parts)
    return Grid(name, rows, (_MACROS,) if macros else ())


def _main_part(archive: Archive) -> Element:
    relations = _relations(archive, "_rels/.rels", "")
    named = [part for kind, part in relations.values() if kind == "officeDocument"]
    for part in (*named, "word/document.xml"):
        tree = archive.tree(part)
        if tree is not None:
            return tree
    raise UnreadableFileError(DAMAGED)


def _relations(archive: Archive, part: str, folder: str) -> dict[str, tuple[str, str]]:
    """Relations by id: their kind and the part they point to; none where they are damaged."""
    tree = archive.spare(part)
    found: dict[str, tuple[str, str]] = {}
    for one in () if tree is None else children(tree, "Relationship"):
        kind = (attribute(one, "Type") or "").rpartition("/")[2]
        target = attribute(one, "Target") or ""
        path = target[1:] if target.startswith("/") else folder + target
        found[attribute(one, "Id") or ""] = (kind, path)
    return found


class _Document:
    """Walks a document in reading order, and counts its paragraphs and tables."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._numbering = Numbering(
            archive.spare("word/numbering.xml"), archive.spare("word/styles.xml")
        )
        self._measure = Measure()
        self._paragraphs = 0
        self._tables = 0

    def headers(self, body: Element) -> Iterator[Row]:
        """The page headers, each text once, before what stands on the pages."""
        relations = _relations(self._archive, "word/_rels/document.xml.rels", "word/")
        said: set[str] = set()
        for reference in body.iter("{*}headerReference"):
            _, part = relations.get(attribute(reference, "id") or "", ("", ""))
            header = self._archive.spare(part)
            for paragraph in () if header is None else header.iter("{*}p"):
                text = printed(text_of(paragraph))
                if text not in said:
                    said.add(text)
                    yield from self._lines(text, "页眉")

    def blocks(self, body: Element) -> Iterator[Row]:
        """The paragraphs and tables of the body."""
        for block in inside(body, "p", "tbl"):
            if local(block) == "p":
                self._paragraphs += 1
            yield from self._block(block, f"段{self._paragraphs}")

    def _block(self, block: Element, where: str) -> Iterator[Row]:
        """One paragraph, with the text boxes anchored in it, or one table."""
        if local(block) == "tbl":
            yield from self._table(block)
            return
        yield from self._lines(self._paragraph(block), where)
        for box in boxes_in(block):
            for inner in inside(box, "p", "tbl"):
                yield from self._block(inner, where)

    def _paragraph(self, paragraph: Element) -> str:
        number = self._numbering.before(paragraph)
        text = printed(text_of(paragraph))
        return number + text if text else ""

    def _lines(self, text: str, where: str) -> Iterator[Row]:
        """A row a line; where tabs part it, into cells, as in a text file."""
        for line in text.split("\n"):
            parts = [part.strip() for part in line.strip().split("\t")]
            if any(parts):
                cells = tuple(Cell(part, where, column) for column, part in enumerate(parts))
                row = Row(cells, table=len(parts) > 1)
                self._measure.take(row)
                yield row

    def _table(self, table: Element) -> Iterator[Row]:
        """The rows of a table; the tables in a row's cells follow it."""
        self._tables += 1
        part = f"表{self._tables}"
        laid = lay_out(table, self._cell)
        rows = dict(rows_of(laid.cells, part, namer(part), self._measure))
        for number in sorted({*rows, *laid.nested}):
            if number in rows:
                yield rows[number]
            for inner in laid.nested.get(number, ()):
                yield from self._table(inner)

    def _cell(self, cell: Element) -> str:
        """The text of a cell: its paragraphs, and those of the boxes anchored in them."""
        said = []
        for paragraph in inside(cell, "p"):
            said.append(self._paragraph(paragraph))
            for box in boxes_in(paragraph):
                said += [self._paragraph(inner) for inner in box.iter("{*}p")]
        return printed("\n".join(said))
