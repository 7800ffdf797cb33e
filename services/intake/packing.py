"""What is kept of a table file while people look at it: its tables, without persons (domain §4.4).

Columns about persons that the kind does not want are emptied; of the account that a payment
went to only a mark stays, which tells the lines of a voucher apart. Accounts of allocations,
and names and telephones in a list of units, are wanted, and stay until the file is brought in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.importing import ImportKind
from domain.line_key import marked_payee
from domain.payment import VoucherKind
from services.intake.cells import text_of
from services.intake.choice import ColumnChoice
from services.intake.guessing import TABLES
from services.intake.not_lines import is_footer, is_signed
from services.intake.payment_rows import kind_named, kind_of_heading
from services.intake.personal import (
    DROPPED,
    HIDDEN,
    headed_persons,
    is_identity_number,
    without_persons,
)
from services.intake.readers.grid import UnreadableFileError
from services.intake.sections import Section, personal_columns, sections_of
from services.intake.tables.choose import read_with_percents
from services.intake.tables.packed import packed
from services.intake.tables.table import Table, Value, is_blank
from services.intake.vocabulary import Vocabulary, is_personal, personal_words, vocabulary_of
from services.intake.vocabulary.folding import normalised_heading

_WORDS = re.compile(r"[\u4e00-\u9fff]")
_PERSONS = "|".join(map(re.escape, personal_words()))
_SAID = re.compile(rf"((?:{_PERSONS})[^:：,，。;；\s]{{0,6}}[:：]\s*)[^\s,，;；。]+")
_LABEL = re.compile(
    rf"[^0-9]{{0,8}}(?:{_PERSONS})(?:人|电话|方式|号|号码|码|日期|年月|银行|行|名称|地址)?",
    re.IGNORECASE,
)

Rows = dict[int, list[Value]]
"""The cells of a table by the number of their row."""


def pack(content: bytes, kind: ImportKind, choice: ColumnChoice) -> bytes:
    """Read a table file of a kind and pack it; see ``Packed``. To be called in a child.

    Raises:
        UnreadableFileError: it is no table file.
    """
    tables, percents = read_with_percents(content)
    words = vocabulary_of(TABLES[kind])
    return packed([_kept(table, words, choice) for table in tables], percents)


def _kept(table: Table, words: Vocabulary, choice: ColumnChoice) -> Table:
    rows: Rows = {number: list(values) for number, values in table.rows}
    loose = set(rows)
    for section in _sections(table, words, choice):
        numbers = {number for number, _ in section.rows}
        headed = range(section.heading.row, section.heading.last_row + 1)
        loose -= numbers | set(headed)
        _empty(section, rows, personal_columns(section))
        if words.name == "payments":
            _mark_payees(section, rows)
        _hide_in(section, rows)
    around = [rows[number] for number in sorted(loose)]
    if len(around) == len(rows):
        _empty_below(around)
    for row in around:
        _hide_beside(row)
    kept = [(number, rows[number]) for number, _ in table.rows]
    return Table(kept, table.sheet, table.remarks, table.from_1904)


def _sections(table: Table, words: Vocabulary, choice: ColumnChoice) -> list[Section]:
    """The sections of a table; none where its headings are not known yet."""
    try:
        return sections_of(table, words, choice)
    except UnreadableFileError:
        return []


def _empty(section: Section, rows: Rows, columns: Sequence[int]) -> None:
    for number, _ in section.rows:
        row = rows[number]
        for at in columns:
            if at < len(row) and not is_blank(row[at]):
                row[at] = DROPPED


def _mark_payees(section: Section, rows: Rows) -> None:
    """Put a mark in place of each account that a payment, and no allocation, went to."""
    heading = section.heading
    account, kind = heading.columns.get("payee_account"), heading.columns.get("kind")
    if account is None:
        return
    default = kind_of_heading(heading)
    for number, _ in section.rows:
        row = rows[number]
        if account.index >= len(row) or is_blank(row[account.index]):
            continue
        printed = row[kind.index] if kind is not None and kind.index < len(row) else None
        if kind_named(printed, default) is not VoucherKind.ALLOCATION:
            row[account.index] = marked_payee(text_of(row[account.index]))


def _hide_in(section: Section, rows: Rows) -> None:
    """Hide numbers of persons in running text, and in columns that are not read."""
    columns = section.heading.columns.values()
    read = {column.index for column in columns}
    wanted = {one.index for one in columns if is_personal(normalised_heading(one.heading))}
    for number, _ in section.rows:
        row = rows[number]
        if is_signed(row) or is_footer(row):
            _hide_beside(row)
            continue
        for at, value in enumerate(row):
            if isinstance(value, str) and at not in wanted and value != DROPPED:
                row[at] = _hidden(value) if at in read else _hidden(_unlabelled(value))


def _empty_below(rows: Sequence[list[Value]]) -> None:
    """Empty the columns below words for persons, where nobody knows the headings yet."""
    below: dict[int, str] = {}
    for row in rows:
        headed = headed_persons(row)
        for at in () if headed else below:
            if at < len(row) and not is_blank(row[at]):
                row[at] = DROPPED
        below = headed or below


def _hide_beside(row: list[Value]) -> None:
    """Hide what a row outside of all tables says of persons: behind a label, or beside it."""
    labelled = False
    for at, value in enumerate(row):
        if is_blank(value) or value == DROPPED:
            continue
        is_label = isinstance(value, str) and _is_label(value)
        if labelled and not is_label:
            row[at] = DROPPED
        elif isinstance(value, str):
            row[at] = without_persons(_unlabelled(value))
        labelled = is_label and not headed_persons(row)


def _is_label(text: str) -> bool:
    return _LABEL.fullmatch(normalised_heading(text)) is not None


def _unlabelled(text: str) -> str:
    """A text without what it says behind a word for persons (经办人：)."""
    return _SAID.sub(rf"\1{DROPPED}", text) if ":" in text or "：" in text else text


def _hidden(text: str) -> str:
    """A cell without numbers of persons; a bare number is only one of these by its own check."""
    if _WORDS.search(text):
        return without_persons(text)
    return HIDDEN if is_identity_number(text.strip()) else text
