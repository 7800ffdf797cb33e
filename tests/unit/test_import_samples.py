"""A template of each kind of table: known again, its example left out, each column read."""

from __future__ import annotations

import io

import openpyxl
import pytest

from domain.importing import ImportKind
from services.intake.choice import Fate
from services.intake.guessing import TABLES, kind_of
from services.intake.not_lines import EXAMPLES
from services.sampling import SAMPLED, sample_name, sample_of
from tests.table_kinds import KINDS, TableKind, errors, said

KIND_OF = {name: kind for kind, name in TABLES.items()}


def filled(kind: ImportKind) -> bytes:
    """The template with its example as a row of its own, as a clerk fills it in."""
    book = openpyxl.load_workbook(io.BytesIO(sample_of(kind)))
    book.worksheets[0]["A2"] = None
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_every_kind_of_table_has_a_template() -> None:
    assert set(SAMPLED) == set(ImportKind) - {ImportKind.DECLARATIONS}
    assert sample_name(ImportKind.PAYMENTS) == "支付数据（模板）.xlsx"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_template_is_known_again_and_its_example_is_no_row(kind: TableKind) -> None:
    data = sample_of(KIND_OF[kind.name])
    assert kind_of(data) is KIND_OF[kind.name]
    file = kind.read(data)
    assert not errors(file)
    heard = getattr(file, "reports", file)
    notes = heard.heard.all_notes() if hasattr(heard, "heard") else heard.notes
    assert f"{EXAMPLES}1行。" in notes


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_template_that_is_filled_in_is_read_in_every_column(kind: TableKind) -> None:
    file = kind.read(filled(KIND_OF[kind.name]))
    assert not errors(file)
    heard = getattr(file, "reports", file)
    columns = getattr(heard, "heard", heard).columns
    unread = [one.heading for one in columns if one.fate is not Fate.READ]
    assert unread == ["填写提示"]
    assert said(file) != said(kind.read(sample_of(KIND_OF[kind.name])))


def test_a_spreadsheet_leaves_codes_and_days_of_a_template_as_they_are_typed() -> None:
    book = openpyxl.load_workbook(io.BytesIO(sample_of(ImportKind.PAYMENTS)))
    sheet = book.worksheets[0]
    formats = {
        sheet[f"{letter}1"].value: column.number_format
        for letter, column in sheet.column_dimensions.items()
    }
    money = formats.pop("实际支付金额(元)")
    assert "#,##0.00" in money
    assert set(formats.values()) == {"@"}
    assert len(formats) == sheet.max_column - 1
