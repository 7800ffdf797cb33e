"""Forms whose tables a text export took apart: one cell a line, or cells one blank apart.

Such lines come as paragraphs. Where a run of them names the columns of indicators, the labels
before it get their values beside them and the cells after it are put into rows again: what a
cell looks like says which column it is, and where a row begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from services.intake.forms.columns import HEAD_FIELDS, LEVEL_FIELDS, column_field
from services.intake.forms.labels import Vocabulary
from services.intake.forms.sections import is_title
from services.intake.forms.stream import rows_of
from services.intake.forms.tokens import tokens
from services.intake.readers.grid import Cell, Row

_INSIDE = re.compile(
    r"(?<=[≥≤=><＞＜])\s+(?=[0-9])|(?<=[0-9])\s+(?=[年月日%％人个次万元天户场家])|(?<=[年月])\s+(?=[0-9])"
)
"""Blanks inside a value: ≥ 90%, 2025 年 12 月."""
_OBJECTIVES = frozenset({"annual_objective", "medium_term_objective"})
_NAMES = frozenset({"project_name", "implementing_unit", "supervising_department"})
_UNIT_ALONE = re.compile(r"[(（](?:单位[:：])?(?:万元|元|亿元|千元)[)）]")


def as_tables(rows: Sequence[Row], words: Vocabulary) -> tuple[Row, ...]:
    """Give paragraphs their cells back; all other rows stay as they are."""
    return tuple(_one_a_line(tuple(_one_blank_apart(rows, words)), words))


def _one_blank_apart(rows: Sequence[Row], words: Vocabulary) -> Iterator[Row]:
    """Part the lines of a form whose headings stand in one line, a blank apart."""
    parted = any(_is_heading(_tokens(row), words) for row in rows if not row.table)
    for row in rows:
        if parted and not row.table and not is_title(row, words):
            yield _parted(row, words)
        else:
            yield row


def _tokens(row: Row) -> list[str]:
    return _INSIDE.sub("", row.text).split()


def _is_heading(texts: Sequence[str], words: Vocabulary) -> bool:
    """Say whether texts are the headings of a table of indicators."""
    fields = [column_field(text, words) for text in texts]
    known = {field for field in fields if field not in HEAD_FIELDS}
    levels = known & set(LEVEL_FIELDS)
    whole = len(texts) >= 3 and all(words.column(text) for text in texts)
    return whole and bool(levels and known & {"name", "value"})


def _parted(row: Row, words: Vocabulary) -> Row:
    """Part a line at its blanks; what follows a label up to the next one is one value."""
    texts = _tokens(row)
    level = any(words.is_level(text) for text in texts)
    if len(texts) < 2 or not (level or _is_heading(texts, words) or words.head_label(texts[0])):
        return row
    if not level and not _is_heading(texts, words):
        texts = _beside_labels(texts, words)
    where = row.where
    cells = tuple(Cell(text, where, column) for column, text in enumerate(texts))
    return replace(row, cells=cells, table=True)


def _beside_labels(texts: Sequence[str], words: Vocabulary) -> list[str]:
    joined: list[str] = []
    for text in texts:
        is_label = words.head_label(text) is not None
        if joined and not is_label and words.head_label(joined[-1]) is None:
            joined[-1] = f"{joined[-1]} {text}"
        else:
            joined.append(text)
    return joined


def _one_a_line(rows: Sequence[Row], words: Vocabulary) -> Iterator[Row]:
    """Put the lines of forms with one cell a line into rows."""
    begin = 0
    for first, after in _headings(rows, words):
        if first < begin:
            continue
        yield from _with_rests(_head_rows(rows[begin:first], words), words)
        labels = [row.filled[0] for row in rows[first:after]]
        heading = tuple(replace(cell, column=n) for n, cell in enumerate(labels))
        yield Row(heading, part=rows[first].part)
        begin = _end_of_cells(rows, after, words)
        yield from rows_of([row.filled[0] for row in rows[after:begin]], labels, words)
    yield from rows[begin:]


def _headings(rows: Sequence[Row], words: Vocabulary) -> Iterator[tuple[int, int]]:
    """Find the runs of lines that are headings, one a line."""
    first = 0
    while first < len(rows):
        after = first
        while after < len(rows) and _is_column(rows[after], words):
            after += 1
        texts = [row.text for row in rows[first:after]]
        while texts and words.column(texts[0]) == "content":  # 绩效指标 heads the table
            first, texts = first + 1, texts[1:]
        if _is_heading(texts, words):
            yield first, after
        first = max(after, first) + 1


def _is_column(row: Row, words: Vocabulary) -> bool:
    return not row.table and len(row.filled) == 1 and words.column(row.text) is not None


def _end_of_cells(rows: Sequence[Row], first: int, words: Vocabulary) -> int:
    """Find where the cells of a table end: at a title, a note, another form's label."""
    after = first
    while after < len(rows):
        row = rows[after]
        if row.table or is_title(row, words) or words.is_note(row.text):
            break
        if words.level(row.text) is None and tokens(row, words):
            break
        after += 1
    return after


def _head_rows(rows: Sequence[Row], words: Vocabulary) -> Iterator[Row]:
    """Put each label that stands alone on its line beside the lines that follow it."""
    label: Cell | None = None
    for row in _paired(rows, words):
        alone = not row.table and words.head_label(row.text) is not None
        if row.table or is_title(row, words) or (tokens(row, words) and not alone):
            yield from _alone(label)
            label = None
            yield row
        elif alone:
            yield from _alone(label)
            label = row.filled[0]
        elif label is not None and _UNIT_ALONE.fullmatch(row.text):
            label = replace(label, text=f"{label.text}{row.text}")
        elif label is not None:
            yield Row((label, replace(row.filled[0], column=1)))
            label = replace(label, text="")
        else:
            yield row
    yield from _alone(label)


def _with_rests(rows: Iterable[Row], words: Vocabulary) -> Iterator[Row]:
    """Put the second line of a name behind its first: 中小学校园安全技防设施 / 更新."""
    before: Row | None = None
    for row in rows:
        if before is not None and _is_rest(before, row, words):
            label, value = before.cells
            before = replace(before, cells=(label, replace(value, text=value.text + row.text)))
            continue
        if before is not None:
            yield before
        before = row
    if before is not None:
        yield before


def _is_rest(before: Row, row: Row, words: Vocabulary) -> bool:
    """Say whether a row without its label goes on a name: that of a project or an office."""
    unlabelled = len(row.cells) == len(before.cells) == 2 and not row.cells[0].text
    return unlabelled and words.head_field(before.cells[0].text) in _NAMES


def _paired(rows: Sequence[Row], words: Vocabulary) -> Iterator[Row]:
    """Turn the labels of two objectives with both texts below them to label, text, label, text."""
    index = 0
    while index < len(rows):
        if _are_paired(rows[index : index + 5], words):
            first, second, of_first, of_second = rows[index : index + 4]
            yield from (first, of_first, second, of_second)
            index += 4
        else:
            yield rows[index]
            index += 1


def _are_paired(rows: Sequence[Row], words: Vocabulary) -> bool:
    """Say whether rows are two labels, two texts and then another label, or the end."""
    if len(rows) < 4 or any(row.table for row in rows[:2]):
        return False
    labels = all(words.head_field(row.text) in _OBJECTIVES for row in rows[:2])
    texts = not any(_is_labelled(row, words) for row in rows[2:4])
    return labels and texts and all(_is_labelled(row, words) for row in rows[4:])


def _is_labelled(row: Row, words: Vocabulary) -> bool:
    heads = row.table or is_title(row, words) or words.column(row.text) is not None
    return heads or bool(tokens(row, words))


def _alone(label: Cell | None) -> Iterator[Row]:
    if label is not None and label.text:
        yield Row((label,))
