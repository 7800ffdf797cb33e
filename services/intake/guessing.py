"""What a file holds, by the headings of its tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.importing import ImportKind
from services.intake import achievement_columns, payment_columns
from services.intake.headings import Synonyms, best_heading
from services.intake.readers.grid import UnreadableFileError
from services.intake.tables.choose import read_tables
from services.intake.tables.table import Table


@dataclass(frozen=True, slots=True)
class _Known:
    """The headings of a kind of table, and the fields without which it is none."""

    synonyms: Synonyms
    required: Mapping[str, str]


_TABLES = {
    ImportKind.PAYMENTS: _Known(payment_columns.SYNONYMS, payment_columns.REQUIRED),
    ImportKind.ACHIEVEMENTS: _Known(achievement_columns.SYNONYMS, achievement_columns.REQUIRED),
}


def kind_of(content: bytes) -> ImportKind:
    """Say what a file holds: a known table by its headings, else a declaration form."""
    try:
        tables = read_tables(content)
    except UnreadableFileError:
        # No table at all: a form, or nothing, which the reader of forms says better.
        return ImportKind.DECLARATIONS
    fits = {kind: _fit(tables, known) for kind, known in _TABLES.items()}
    best = max(fits, key=fits.__getitem__)
    return best if fits[best] else ImportKind.DECLARATIONS


def _fit(tables: Sequence[Table], known: _Known) -> int:
    """Count the columns that a kind finds in its best heading; 0 where a needed one is missing."""
    found = (best_heading(table, known.synonyms) for table in tables)
    return max(
        (
            len(heading.columns)
            for heading in found
            if heading is not None and known.required.keys() <= heading.columns.keys()
        ),
        default=0,
    )
