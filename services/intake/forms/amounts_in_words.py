"""Money told in a sentence: 总额106.75万元，其中：财政拨款69.23万元，其他37.52万元."""

from __future__ import annotations

import re
from dataclasses import replace

from services.intake.forms.funds import MONEY_FIELDS
from services.intake.forms.labels import Vocabulary
from services.intake.forms.tokens import Token
from services.intake.readers.grid import Cell

_LABELLED = re.compile(
    r"([\u4e00-\u9fff]{2,14}?)\s*(?:为|共|计)?\s*[：:]?\s*"
    r"([0-9][0-9,]*(?:\.[0-9]+)?\s*(?:万|千|亿)?元)"
)
_LEAST = 2
"""Amounts that make a sentence; a lone one belongs to the label beside the cell."""


def amounts_in_words(cell: Cell, words: Vocabulary) -> list[tuple[Token, Cell]]:
    """Find the amounts of a sentence, each with the label right before it; none unless several."""
    found = []
    for label, amount in _LABELLED.findall(cell.text):
        named = words.head_label(label)
        if named is not None and named.field in MONEY_FIELDS:
            token = Token(replace(cell, text=label), named, label, words.period(label))
            found.append((token, replace(cell, text=amount)))
    return found if len(found) >= _LEAST else []
