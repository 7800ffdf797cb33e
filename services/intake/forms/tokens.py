"""The labels of a row, each with the value printed behind its colon in the same cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from services.intake.forms.labels import Named, Period, Vocabulary, split_label
from services.intake.readers.grid import Cell, Row

_WITHIN = re.compile(r"^其中\s*[：:]\s*")
_NEXT = re.compile(
    r"(?:(?<=\s)|(?<=[）)；;，,|]))(?=[^\s：:；;，,。|]{2,14}\s*[：:])"
    r"|(?<=\s)(?<![\u4e00-\u9fff]\s)(?=(?:[\u4e00-\u9fff]\s){1,5}[\u4e00-\u9fff]\s*[：:])"
)
"""Where another label may begin in a cell that holds several: 单位：某局　金额单位：万元."""
_SAID = re.compile(r"[是为]$")
"""总体绩效目标是：…"""
_GIVEN = Named("fiscal_part", 0)
_WRAPPED = re.compile(r"[(（【]([^()（）【】]+[：:][^()（）【】]*)[)）】]")


@dataclass(frozen=True, slots=True)
class Token:
    """A label with its cell; ``value`` is what stands behind it in the cell, if anything.

    ``period`` is the term that the label names: 中期资金总额.
    """

    cell: Cell
    named: Named
    label: str
    period: Period | None = None
    value: str | None = None

    @property
    def field(self) -> str:
        """The field that the label names."""
        return self.named.field


def tokens(row: Row, words: Vocabulary) -> list[Token]:
    """List the labels of a row from left to right."""
    found = [token for cell in row.filled for token in _of_cell(cell, words)]
    givers = [cell for cell in row.filled if words.is_giver(cell.text)]
    if len(givers) > 1 and any(token.field == "total" for token in found):
        found += [Token(cell, _GIVEN, cell.text) for cell in givers]
    return sorted(found, key=lambda token: token.cell.column)


def _of_cell(cell: Cell, words: Vocabulary) -> Iterator[Token]:
    whole = words.head_label(cell.text)
    if whole:
        yield Token(cell, whole, cell.text, words.period(cell.text))
        return
    text = _WRAPPED.sub(r"\1", cell.text) if _WRAPPED.fullmatch(cell.text) else cell.text
    first = _labelled(text, words)
    if first is None:
        return
    for piece in _NEXT.split(text):
        found = _labelled(piece, words)
        if found:
            named, label, value = found
            value = value.rstrip("，,；; 　")
            yield Token(cell, named, label, words.period(label), value or None)


def _labelled(text: str, words: Vocabulary) -> tuple[Named, str, str] | None:
    """Part a text into its label and the value behind the colon, where it begins with one."""
    alone = words.head_label(text)
    if alone:
        return alone, text, ""
    parts = split_label(_WITHIN.sub("", text))
    if parts is None:
        return None
    named = words.head_label(parts[0]) or words.head_label(_SAID.sub("", parts[0]))
    return (named, *parts) if named else None
