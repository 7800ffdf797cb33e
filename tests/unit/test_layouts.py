"""Layouts of declaration forms from all over the country: what is read, and that they are right.

A file goes into ``READ_WHOLE`` once every expected value is read from it to the letter; from then
on it has to stay so. ``python -m tests.layouts.hit_rate -v`` shows what is missing where.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.layouts.build import LAYOUTS, file_name, layouts, printed
from tests.layouts.comparing import alternatives, folded
from tests.layouts.expected import expected_reading
from tests.layouts.hit_rate import files_of, judged
from tests.layouts.office import entries
from tests.layouts.paper import Line, Paper, Table, read_paper
from tests.layouts.web import stamp_of

READ_WHOLE: frozenset[str] = frozenset()
"""Files that are read to the letter, as ``01-central-2015/form.docx``."""
STILL_OPEN = 55
"""How many files are not: to be lowered with every name above, to zero."""

PRINTED = frozenset(
    {
        "project_name",
        "project_code",
        "supervising_department",
        "implementing_unit",
        "project_nature",
        "annual_objective",
        "medium_term_objective",
        "total",
        "fiscal",
        "other",
        "unit",
        "department",
        "overall_objective",
        "indicator_class",
        "indicator_category",
        "name",
        "description",
        "value_text",
        "number",
        "unit_of_measure",
        "weight",
        "scoring_standard",
        "target_basis",
    }
)
"""Keys whose expected values stand on the paper as they are."""

FOLDERS = layouts()


def names() -> list[str]:
    return [f"{folder.name}/{file.name}" for folder in FOLDERS for file in files_of(folder)]


def test_what_was_read_whole_is_read_whole(subtests: pytest.Subtests) -> None:
    for name in sorted(READ_WHOLE):
        with subtests.test(name):
            assert judged(LAYOUTS / name).faults() == []


def test_no_file_is_forgotten() -> None:
    assert set(names()) >= READ_WHOLE
    assert len(set(names()) - READ_WHOLE) == STILL_OPEN


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_files_are_printed_from_the_form_as_it_is(folder: Path) -> None:
    paper = read_paper(folder / "form.grid")
    for wanted in paper.formats:
        kept = (folder / file_name(wanted)).read_bytes()
        if wanted == "pdf":
            assert stamp_of(paper).encode() in kept
        elif zipfile.is_zipfile(folder / file_name(wanted)):
            assert dict(entries(kept)) == dict(entries(printed(paper, wanted)))
        else:
            assert kept == printed(paper, wanted)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_nothing_is_expected_that_is_not_printed(folder: Path) -> None:
    paper = read_paper(folder / "form.grid")
    on_paper = str(folded(text_on(paper), "number"))
    for key, value in texts_in(expected_reading(folder)):
        assert any(str(folded(wanted, "number")) in on_paper for wanted in value), f"{key}: {value}"


def text_on(paper: Paper) -> str:
    """All that a form says, cell by cell."""
    tables = [*paper.inner.values(), *(part for part in paper.parts() if isinstance(part, Table))]
    lines = [part.text for part in paper.parts() if isinstance(part, Line)]
    return "\n".join([*lines, *(cell.text for table in tables for cell in table.cells())])


def texts_in(expected: object, key: str = "") -> Iterator[tuple[str, list[str]]]:
    """The expected texts that have to be printed somewhere, with their equals."""
    wanted = [one for one in alternatives(expected) if isinstance(one, str)]
    if wanted:
        yield from [(key, wanted)] if key in PRINTED else []
    elif isinstance(expected, dict):
        for name, value in expected.items():
            yield from texts_in(value, name)
    elif isinstance(expected, list):
        for value in expected:
            yield from texts_in(value, key)
