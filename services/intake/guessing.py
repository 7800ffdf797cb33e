"""What a file holds, by the headings of its tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.importing import ImportKind
from services.intake.choice import ColumnChoice
from services.intake.headings import best_heading
from services.intake.readers.grid import UnreadableFileError
from services.intake.tables.choose import read_tables
from services.intake.tables.table import Table
from services.intake.vocabulary import Vocabulary, vocabulary_of

TABLES: Mapping[ImportKind, str] = {
    ImportKind.PAYMENTS: "payments",
    ImportKind.ACHIEVEMENTS: "achievements",
}
"""Kinds of files that are tables, and the names of their vocabularies."""


def kind_of(content: bytes) -> ImportKind:
    """Say what a file holds: a known table by its headings, else a declaration form."""
    try:
        tables = read_tables(content)
    except UnreadableFileError:
        # No table at all: a form, or nothing, which the reader of forms says better.
        return ImportKind.DECLARATIONS
    return kind_of_tables(tables)


def kind_of_tables(
    tables: Sequence[Table], choices: Mapping[ImportKind, ColumnChoice] | None = None
) -> ImportKind:
    """Say what tables hold: that of the known kinds of which they have most columns.

    ``choices`` is what people said of columns, by kind.
    """
    known = choices or {}
    fits = {
        kind: _fit(tables, vocabulary_of(name), known.get(kind)) for kind, name in TABLES.items()
    }
    best = max(fits, key=fits.__getitem__)
    return best if fits[best] else ImportKind.DECLARATIONS


def _fit(tables: Sequence[Table], vocabulary: Vocabulary, choice: ColumnChoice | None) -> int:
    """Count the columns that a kind finds in its best heading; 0 where a needed one is missing."""
    found = (best_heading(table, vocabulary, choice) for table in tables)
    return max(
        (
            len(heading.columns)
            for heading in found
            if heading is not None and not vocabulary.missing(heading.columns)
        ),
        default=0,
    )
