"""What helps to read a table: what people said of its columns, and the codes on record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.importing import ImportKind
from services.intake.choice import (
    ColumnChoice,
    ColumnRead,
    NoSuchHeadingError,
    fingerprint,
    mapped_by,
)
from services.intake.guessing import TABLES
from services.intake.known_codes import KnownCodes
from services.intake.mappings import Mappings, Said
from services.intake.reading import Aids
from services.intake.vocabulary import vocabulary_of
from services.intake.vocabulary.folding import normalised_heading
from services.readmodel.lookups import Lookups
from services.recording import Upload


def aids_for(lookups: Lookups, upload: Upload, kind: ImportKind) -> Aids:
    """What a file of a kind is read with, as things stand."""
    units, projects = lookups.codes(upload.region)
    remembered = Mappings(lookups.pool).of_kind(kind)
    return Aids(
        ColumnChoice(upload.mapping, remembered), KnownCodes.of(units), KnownCodes.of(projects)
    )


def mapping_of(kind: ImportKind, said: Mapping[str, str]) -> dict[str, str]:
    """Read which column a person says is what.

    Raises:
        NoSuchColumnError: files of that kind have no such field.
    """
    if not said:
        return {}
    return mapped_by(said, vocabulary_of(TABLES[kind]))


def require_headings(upload: Upload, columns: Sequence[ColumnRead]) -> None:
    """Refuse what is said of columns that a file does not have.

    Raises:
        NoSuchHeadingError: it names the file's own headings.
    """
    there = {normalised_heading(column.heading) for column in columns}
    missing = [heading for heading in upload.mapping if heading not in there]
    if missing:
        raise NoSuchHeadingError(missing, [column.heading for column in columns])


def remember(
    lookups: Lookups, kind: ImportKind, upload: Upload, columns: Sequence[ColumnRead], actor: str
) -> None:
    """Keep what the sender said of the columns, for the next file with the same headings.

    Of several tables in a file each is remembered for itself.
    """
    if not upload.mapping:
        return
    mappings = Mappings(lookups.pool)
    for headings in _tables(columns):
        folded = [normalised_heading(heading) for heading in headings]
        if not upload.mapping.keys().isdisjoint(folded):
            known = fingerprint(folded)
            said = Said(kind, known, headings, upload.mapping, upload.name, actor)
            mappings.remember(said)


def _tables(columns: Sequence[ColumnRead]) -> list[tuple[str, ...]]:
    """The headings of each table: they stand in one row of one sheet."""
    tables: dict[str, list[str]] = {}
    for column in columns:
        tables.setdefault(_row_of(column.place), []).append(column.heading)
    return list(dict.fromkeys(map(tuple, tables.values())))


def _row_of(place: str) -> str:
    """A place without its column: ``支付!C7`` is row 7 of the sheet, ``L7`` of the text."""
    sheet, mark, cell = place.rpartition("!")
    return sheet + mark + cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
