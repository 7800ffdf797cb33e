"""A form with the grid it was read from, for whoever shows one beside the other."""

from __future__ import annotations

from dataclasses import dataclass

from services.intake.forms.declaration import FileReading
from services.intake.forms.reading import read_forms
from services.intake.readers.choose import read_grid
from services.intake.readers.grid import Grid


@dataclass(frozen=True, slots=True)
class FormDocument:
    """A file, read: its rows and cells, and what they declare."""

    grid: Grid
    reading: FileReading


def read_document(data: bytes, name: str) -> FormDocument:
    """Read a declaration form; UnreadableFileError where nothing in it can be read."""
    grid = read_grid(data, name)
    return FormDocument(grid, read_forms(grid))
