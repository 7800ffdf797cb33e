"""Text that an office file can hold: what XML has no place for is left out (faults D8, D9)."""

from __future__ import annotations

import re

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""With one of these a spreadsheet may take a text for a formula."""
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def holdable(text: str | None) -> str:
    """Leave out control characters, halves of characters and what is none."""
    return _NOT_XML.sub("", text or "")


def for_workbook(text: str | None) -> str:
    """The same for a cell: what a workbook would take for an escape (``_x0041_``) stays text."""
    return _ESCAPE.sub("_x005F_", holdable(text))
