"""How the page and its script name a printed text, and a cell: ``0.3.value_text``, ``12-4``."""

from __future__ import annotations

from services.intake.forms.correcting import Place
from services.intake.forms.places import CellPlace

_HEAD = "h"


def key_of(place: Place) -> str:
    """Name a printed text."""
    return f"{place.sheet}.{_HEAD if place.row is None else place.row}.{place.field}"


def place_of(key: str) -> Place:
    """The printed text of a name.

    Raises:
        ValueError: it is no such name.
    """
    sheet, row, field = key.split(".")
    return Place(int(sheet), None if row == _HEAD else int(row), field)


def cell_key(cell: CellPlace) -> str:
    """Name a cell of the source."""
    return f"{cell.row}-{cell.cell}"


def value_id(place: Place) -> str:
    """The id of a value on the page."""
    return f"value-{key_of(place).replace('.', '-')}"


def cell_id(cell: CellPlace) -> str:
    """The id of a cell on the page."""
    return f"cell-{cell_key(cell)}"
