"""Rows answer for their columns, with what is merged down into them."""

from __future__ import annotations

from services.intake.readers.grid import Cell, Row

CLASS = Cell("产出指标", "S!A5", 0, rows=3)
NAME = Cell("", "S!C6", 2)
VALUE = Cell("≥3次", "S!D6", 3, columns=2)
ROW = Row((NAME, VALUE), reaching=(CLASS, Cell("数量指标", "S!B6", 3)), part="S")


def test_a_column_is_answered_by_the_cell_that_covers_it() -> None:
    assert [ROW.at(column) for column in (2, 3, 4, 5)] == [NAME, VALUE, VALUE, None]


def test_a_cell_merged_down_answers_where_the_row_has_none_of_its_own() -> None:
    assert (ROW.at(0), ROW.at(3)) == (CLASS, VALUE)


def test_what_reaches_in_is_not_said_again() -> None:
    assert (ROW.text, ROW.filled, ROW.where) == ("≥3次", (VALUE,), "S!D6")


def test_a_row_of_which_nothing_is_its_own_stands_where_the_merged_cell_begins() -> None:
    assert Row((), reaching=(CLASS,)).where == "S!A5"
