"""Print the layouts from their ``form.grid``: ``python -m tests.layouts.build [NAME…]``."""

from __future__ import annotations

import sys
from codecs import BOM_UTF16_LE
from collections.abc import Callable
from pathlib import Path

from tests.layouts.office import docx_of, xlsx_of
from tests.layouts.paper import Paper, read_paper
from tests.layouts.plain import csv_of, text_of
from tests.layouts.web import html_of, pdf_of

LAYOUTS = Path(__file__).resolve().parents[1] / "data" / "layouts"

PRINTERS: dict[str, Callable[[Paper], bytes]] = {
    "docx": docx_of,
    "xlsx": xlsx_of,
    "pdf": pdf_of,
    "html": lambda paper: html_of(paper).encode(),
    "html=gbk": lambda paper: html_of(paper, "gbk").encode("gb18030"),
    "csv": lambda paper: csv_of(paper).encode("gb18030"),
    "tsv": lambda paper: BOM_UTF16_LE + csv_of(paper, "\t").encode("utf-16-le"),
    "txt=tabs": lambda paper: text_of(paper, "tabs").encode(),
    "txt=bars": lambda paper: text_of(paper, "bars").encode(),
    "txt=blanks": lambda paper: text_of(paper, "blanks").encode("utf-8-sig"),
    "txt=lines": lambda paper: text_of(paper, "lines").encode(),
}


def layouts() -> list[Path]:
    """The folders of all layouts, by number."""
    return sorted(path.parent for path in LAYOUTS.glob("*/form.grid"))


def file_name(wanted: str) -> str:
    """The name a format is written under: ``form.txt`` for ``txt=tabs``."""
    return f"form.{wanted.partition('=')[0]}"


def printed(paper: Paper, wanted: str) -> bytes:
    """The form in one of its formats."""
    return PRINTERS[wanted](paper)


def build(folder: Path) -> None:
    """Write every file of one layout."""
    paper = read_paper(folder / "form.grid")
    for wanted in paper.formats:
        (folder / file_name(wanted)).write_bytes(printed(paper, wanted))


if __name__ == "__main__":
    names = sys.argv[1:]
    for folder in layouts():
        if not names or folder.name in names:
            build(folder)
