"""Folding a printed heading to its words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_BRACKETED = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
_UNIT = r"(?:[百千]万元|十万元|百元|千元|万元|亿元|元)"
_UNIT_BEHIND = re.compile(rf"(?:[,/:|_-]|(?<=[额数款])){_UNIT}$")


@lru_cache(maxsize=4_096)
def normalised_heading(printed: str) -> str:
    """Fold a heading: half width, no white space, no star, no unit or remark in brackets."""
    folded = re.sub(r"\s+", "", unicodedata.normalize("NFKC", printed))
    folded = _UNIT_BEHIND.sub("", _BRACKETED.sub("", folded))
    return folded.strip("*★:").upper()
