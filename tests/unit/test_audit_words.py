"""Everything the audit says has a name people use."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import openpyxl
import pytest

from domain.access.action import Action
from services.access.audit import Outcome
from services.access.audit_words import ACTIONS, OUTCOMES, WHAT, what_named
from services.sheets import plain_table
from services.sheets.plain_table import TooManyRowsError, write_text, write_workbook

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = ("=1+1", "@SUM(A1)", "-2", "+3", "\t=4", "a\x00b", "7", "中文")


def test_every_action_and_outcome_has_a_name_and_no_two_the_same() -> None:
    assert set(ACTIONS) == set(Action)
    assert set(OUTCOMES) == set(Outcome)
    assert len(set(WHAT.values())) == len(WHAT)


def test_every_word_that_is_written_anywhere_has_a_name() -> None:
    written = {
        word
        for folder in ("services", "scheduler", "dashboard", "ops")
        for file in (ROOT / folder).rglob("*.py")
        for word in re.findall(r'\.entry\(\s*[\w.]+,\s*"([\w.]+)"', file.read_text("utf-8"))
    }
    assert len(written) > 5
    assert {word for word in written if word not in WHAT} == set()
    assert what_named("unknown.word") == "unknown.word"


def test_no_cell_of_a_list_becomes_a_formula(tmp_path: Path) -> None:
    write_workbook(tmp_path / "x.xlsx", "表", ["题"], [[text] for text in HOSTILE])
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx")["表"]
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells] == [*HOSTILE[:5], "ab", "7", "中文"]
    write_text(tmp_path / "x.csv", ["题"], [[text] for text in HOSTILE])
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row[0] for row in csv.reader(file)][1:]
    assert not [text for text in rows if text.startswith(("=", "+", "-", "@", "\t"))]
    assert rows[-1] == "中文"


def test_more_rows_than_a_sheet_holds_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plain_table, "MOST_ROWS", 3)
    write_workbook(tmp_path / "x.xlsx", "表", ["题"], [["1"]] * 3)
    with pytest.raises(TooManyRowsError):
        write_workbook(tmp_path / "y.xlsx", "表", ["题"], [["1"]] * 4)
