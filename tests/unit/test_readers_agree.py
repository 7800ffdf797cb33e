"""One form says the same, whatever it was saved as."""

from __future__ import annotations

import shutil

import pytest

from services.intake.forms.reading import read_file
from tests.files import read, texts
from tests.one_form import BUILT, FORMATS, FORMS, Form, as_text, as_word, lines, placed

EXPECTED = [[text for text in line if text] for form in FORMS for line in lines(form)]
BARE = {"where", "findings", "file"}


def said(answer: object) -> object:
    """What was read, without the places it was read from."""
    if isinstance(answer, dict):
        return {key: said(value) for key, value in answer.items() if key not in BARE}
    return [said(value) for value in answer] if isinstance(answer, list) else answer


def declared(data: bytes, name: str) -> object:
    return said(read_file(data, name).to_json())


@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_gives_the_same_cells(ending: str) -> None:
    rows = texts(read(FORMATS[ending](), f"form.{ending}"))
    assert [[text for text in row if text] for row in rows] == EXPECTED


@pytest.mark.parametrize("ending", ["docx", "xlsx", "html", "xls", "ods", "pdf"])
def test_every_format_with_merged_cells_knows_them(ending: str) -> None:
    grid = read(FORMATS[ending](), f"form.{ending}")
    spans = [
        [(c.text, c.column, c.columns, c.rows) for c in row.cells if c.text] for row in grid.rows
    ]
    expected = [row for form in FORMS for row in merged(form, on_paper=ending == "pdf")]
    assert spans == expected


def merged(form: Form, *, on_paper: bool) -> list[list[tuple[str, int, int, int]]]:
    """The cells of each row with column and spans; on paper no rule parts C from D."""
    by_row: dict[int, list[tuple[str, int, int, int]]] = {}
    for row, column, cell in placed(form):
        columns = range(column, column + cell.columns)
        seen = [at for at in columns if not (on_paper and at == 2)]
        first = column - (on_paper and column > 2)
        by_row.setdefault(row, []).append((cell.text, first, len(seen), cell.rows))
    return list(by_row.values())


@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_declares_the_same(ending: str) -> None:
    assert declared(FORMATS[ending](), f"form.{ending}") == declared(as_text(), "form.txt")


@pytest.mark.parametrize("separator", ["\t", "|", "，|", "  "])
def test_every_separator_of_a_text_gives_the_same_cells(separator: str) -> None:
    whole = [[text for text in line if text] for line in lines(FORMS[1])]
    data = "\n".join(separator[-1:].join(line) for line in lines(FORMS[1])).encode()
    if separator == "  ":
        data = "\n".join("    ".join(line) for line in whole).encode()
    rows = texts(read(data))
    assert [[text for text in row if text] for row in rows] == whole


def test_the_bytes_decide_and_not_the_name() -> None:
    for ending in FORMATS:
        assert declared(FORMATS[ending](), "form.csv") == declared(as_text(), "form.txt")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_old_word_is_read_through_libreoffice() -> None:
    old = (BUILT / "form.doc").read_bytes()
    assert declared(old, "form.wps") == declared(as_word(), "form.docx")
