"""Lines whose cells ran together without a blank: 项目名称某项目, 一级指标二级指标指标内容指标值.

A web page's table pasted as text loses the gaps between its cells. Where a line is nothing but
headings of a table of indicators one behind the other, the labels of the lines above it are
parted from their values, and the lines below it into levels, name and value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from services.intake.forms.labels import Level, Vocabulary
from services.intake.forms.phrases import name_and_value
from services.intake.forms.sections import by_title
from services.intake.readers.grid import Cell, Row

_SHORTEST = 4
"""Characters of a label that is looked for within a line; a shorter one may be part of a word."""
_LONGEST = 20
_FIELDS = ("indicator_class", "indicator_category", "name", "value")
_NAME, _VALUE = 2, 3


def set_apart(rows: Sequence[Row], words: Vocabulary) -> tuple[Row, ...]:
    """Part the lines of each form whose headings ran together; all others stay as they are."""
    return tuple(row for form in by_title(rows, words) for row in _form(form, words))


def _form(rows: Sequence[Row], words: Vocabulary) -> Iterator[Row]:
    found = ((n, headings) for n, row in enumerate(rows) if (headings := _headings(row, words)))
    at, headings = next(found, (len(rows), []))
    if not headings:
        yield from rows
        return
    for row in rows[:at]:
        yield _row(row, dict(enumerate(_labels_and_values(row.text, words))))
    yield _row(rows[at], dict(enumerate(headings)))
    goes_on = True
    for row in rows[at + 1 :]:
        texts = _indicator(row.text, words) if goes_on and not row.table else {}
        goes_on = _VALUE in texts
        yield _row(row, texts) if goes_on else row


def _row(row: Row, texts: dict[int, str]) -> Row:
    if row.table or len(texts) < 2:
        return row
    cells = tuple(Cell(text, row.where, column) for column, text in texts.items())
    return replace(row, cells=cells, table=True)


def _headings(row: Row, words: Vocabulary) -> list[str]:
    """The four headings that a line is made of, without what heads them all: 绩效指标."""
    if row.table or len(row.filled) != 1:
        return []
    rest, found = row.text, list[str]()
    while label := _longest(rest, words.is_exact_column):
        found.append(label)
        rest = rest.removeprefix(label)
    fields = [words.column(text) for text in found]
    own = found[fields[:1] == ["content"] :]
    named = [field.replace("content", "name") for text in own if (field := words.column(text))]
    return own if not rest and tuple(named) == _FIELDS else []


def _longest(text: str, known: Callable[[str], bool], shortest: int = 3) -> str:
    """The longest beginning of a text that is known, or nothing."""
    lengths = range(min(len(text), _LONGEST), shortest - 1, -1)
    return next((text[:n] for n in lengths if known(text[:n])), "")


def _labels_and_values(text: str, words: Vocabulary) -> list[str]:
    """Cut a line that begins with a label at each label in it; a colon behind one is dropped."""
    texts, begun, at = list[str](), 0, 0
    while at < len(text):
        label = _longest(text[at : at + _LONGEST], words.is_exact, _SHORTEST)
        if label:
            texts += [text[begun:at], label] if at > begun else [label]
            at = begun = at + len(label)
        elif at == 0:
            return [text]
        else:
            at += 1
    return [*texts, text[begun:].lstrip(" ：:")] if begun < len(text) else texts


def _indicator(text: str, words: Vocabulary) -> dict[int, str]:
    """The texts of a line below the headings, by their column."""
    found: dict[int, str] = {}
    while level := _longest(text, words.is_level):
        text = text.removeprefix(level)
        alone = not found and not _longest(text, words.is_level)
        found[int(words.level(level) is Level.CATEGORY or (alone and _is_cost(level)))] = level
    name, value = name_and_value(text)
    return found | {n: part for n, part in ((_NAME, name), (_VALUE, value)) if part}


def _is_cost(level: str) -> bool:
    """Say whether a level that stands alone is one of a class before it: 成本指标 of 产出指标."""
    return level.startswith("成本")
