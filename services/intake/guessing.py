"""What a file holds, by the headings of its tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.importing import ImportKind
from services.intake.choice import ColumnChoice
from services.intake.headings import Heading, best_heading
from services.intake.readers.grid import UnreadableFileError
from services.intake.tables.choose import read_tables
from services.intake.tables.table import Table
from services.intake.vocabulary import Vocabulary, vocabulary_of
from services.intake.vocabulary.folding import normalised_heading

TABLES: Mapping[ImportKind, str] = {
    ImportKind.PAYMENTS: "payments",
    ImportKind.ACHIEVEMENTS: "achievements",
    ImportKind.FUNDS: "funds",
    ImportKind.BASELINES: "baselines",
    ImportKind.UNITS: "units",
    ImportKind.PROJECT_CODES: "codes",
    ImportKind.TARGETS: "targets",
    ImportKind.MONITORING: "monitoring",
    ImportKind.SELF_EVALUATIONS: "self_evaluations",
}
"""Kinds of files that are tables, and the names of their vocabularies."""


_EXPORTED = frozenset({"deleted", "version"})
"""Columns that only the province's system has: a form is looked at, and corrected, as a form."""

_HEAD_ROWS = 60
_WEAK = frozenset({ImportKind.UNITS, ImportKind.PROJECT_CODES})
"""Kinds that need so few columns that a row of a form may have them."""


def kind_of(content: bytes, choices: Mapping[ImportKind, ColumnChoice] | None = None) -> ImportKind:
    """Say what a file holds: a known table by its headings, else a declaration form.

    ``choices`` is what people said of columns, by kind.
    """
    try:
        tables = read_tables(content)
    except UnreadableFileError:
        # No table at all: a form, or nothing, which the reader of forms says better.
        return ImportKind.DECLARATIONS
    return kind_of_tables(tables, choices)


def kind_of_tables(
    tables: Sequence[Table], choices: Mapping[ImportKind, ColumnChoice] | None = None
) -> ImportKind:
    """Say what tables hold: that of the known kinds of which they have most columns."""
    known = choices or {}
    best, most = ImportKind.DECLARATIONS, 0
    for kind, name in (*TABLES.items(), (ImportKind.DECLARATIONS, "targets")):
        fit = _fit(tables, vocabulary_of(name), known.get(kind), kind)
        if fit > most:
            best, most = kind, fit
    return best


def _fit(
    tables: Sequence[Table], vocabulary: Vocabulary, choice: ColumnChoice | None, kind: ImportKind
) -> int:
    """Count the columns that a kind finds in its best heading; 0 where a needed one is missing."""
    found = ((table, best_heading(table, vocabulary, choice)) for table in tables)
    return max(
        (
            len(heading.columns)
            for table, heading in found
            if heading is not None
            and not vocabulary.missing(heading.columns.keys() | _labelled(table, vocabulary))
            and _may_be(kind, heading)
        ),
        default=0,
    )


def _may_be(kind: ImportKind, heading: Heading) -> bool:
    """Whether a heading tells its kind from one that has the same columns."""
    if kind in _WEAK:
        return _is_all_heading(heading)
    if kind not in {ImportKind.TARGETS, ImportKind.DECLARATIONS}:
        return True
    has_indicators = {"name", "value"} <= heading.columns.keys()
    return has_indicators and (kind is ImportKind.DECLARATIONS or _is_exported(heading))


def _is_exported(heading: Heading) -> bool:
    """Whether a table of targets is the system's own, which no form is."""
    codes = sum(text.isascii() and "_" in text for text in heading.printed)
    return codes > 1 or bool(_EXPORTED & heading.columns.keys())


def _labelled(table: Table, vocabulary: Vocabulary) -> set[str]:
    """The fields that the labels of a sheet tell: the head of a form names its project."""
    if not vocabulary.labels:
        return set()
    texts = (v for _, values in table.rows[:_HEAD_ROWS] for v in values if isinstance(v, str))
    folded = (normalised_heading(text.replace("：", ":").partition(":")[0]) for text in texts)
    return {vocabulary.labels[text] for text in folded if text in vocabulary.labels}


def _is_all_heading(heading: Heading) -> bool:
    """Whether most of a row are headings: a form's labels stand beside what they label."""
    return 2 * len(heading.columns) > sum(map(bool, heading.printed))
