"""Templates of the tables that can be brought in, written from the words they are read by."""

from __future__ import annotations

from io import BytesIO

from domain.importing import ImportKind
from services.intake.guessing import TABLES
from services.intake.headings import unit_in
from services.intake.not_lines import EXAMPLE
from services.intake.vocabulary import Vocabulary, vocabulary_of
from services.intake.vocabulary.folding import normalised_heading
from services.sheets.import_sample import SampleColumn, write_sample

HINT = f"{EXAMPLE}行，导入时略去；从下一行填起，各列次序不限，用不到的列可删"

SAMPLED: tuple[ImportKind, ...] = tuple(TABLES)
"""Kinds that have a template; a form of declaration is one itself."""


def sample_of(kind: ImportKind) -> bytes:
    """The template of a kind of table, as an .xlsx."""
    words = vocabulary_of(TABLES[kind])
    columns = [
        SampleColumn(heading, example, is_amount=_is_amount(heading, words))
        for heading, example in words.sample.items()
    ]
    file = BytesIO()
    write_sample(words.title, columns, HINT, file)
    return file.getvalue()


def sample_name(kind: ImportKind) -> str:
    """What the file of a template is called."""
    return f"{vocabulary_of(TABLES[kind]).title}（模板）.xlsx"


def _is_amount(heading: str, words: Vocabulary) -> bool:
    return words.field_named(normalised_heading(heading)) in words.money and bool(unit_in(heading))
