"""Declarations to files: which templates there are, in which formats, and what they are called."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from services.sheets.declaration_form.document import write_document
from services.sheets.declaration_form.hebei import HEBEI
from services.sheets.declaration_form.paper import Form
from services.sheets.declaration_form.standard import STANDARD
from services.sheets.declaration_form.template import Template
from services.sheets.declaration_form.workbook import write_workbook


class TemplateKey(StrEnum):
    """The templates by their names on the command line and in the API."""

    STANDARD = "standard"
    HEBEI = "hebei"

    @property
    def template(self) -> Template:
        """The template itself."""
        return {TemplateKey.STANDARD: STANDARD, TemplateKey.HEBEI: HEBEI}[self]


class FileFormat(StrEnum):
    """What a form is written as; the value is the ending of its file."""

    XLSX = "xlsx"
    DOCX = "docx"

    @property
    def media_type(self) -> str:
        """What the file is called on the wire."""
        kind = {
            FileFormat.XLSX: "spreadsheetml.sheet",
            FileFormat.DOCX: "wordprocessingml.document",
        }
        return f"application/vnd.openxmlformats-officedocument.{kind[self]}"


def write_papers(papers: Sequence[Form], format_: FileFormat, file: Path | BinaryIO) -> None:
    """Write forms that are laid out into one file."""
    write = write_workbook if format_ is FileFormat.XLSX else write_document
    write(papers, file)
