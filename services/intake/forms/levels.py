"""The levels of indicators: printed once, repeated, or left to be carried down."""

from __future__ import annotations

import re
from dataclasses import dataclass

from services.intake.forms.labels import Level, Vocabulary

_POINTS = re.compile(
    r"(?:[(（\[【][0-9０-９]{1,3}[-~—至][0-9０-９]{1,3}[)）\]】]分"
    r"|[(（\[【]?[0-9０-９]{1,3}(?:\.[0-9]{1,2})?(?:分|%|％)[)）\]】]?)$"
)
_JOINT = re.compile(r"\s*[-—–/、·\\>＞]+\s*")


@dataclass(slots=True)
class Levels:
    """The class and category that hold in one block until the next are printed."""

    indicator_class: str | None = None
    category: str | None = None

    def carry(self, printed_class: str | None, printed_category: str | None) -> None:
        """Take what a row prints; another class ends the category that held before."""
        if printed_class and printed_class != self.indicator_class:
            self.indicator_class, self.category = printed_class, None
        if printed_category:
            self.category = printed_category

    @property
    def both(self) -> tuple[str | None, str | None]:
        """Class and category as they hold."""
        return self.indicator_class, self.category


def level_text(text: str | None, words: Vocabulary) -> str | None:
    """Take a level as printed: without the cell's blanks and line ends, and without its points.

    产出指标(50分) is the class 产出指标, to which 50 points are given.
    """
    if text is None:
        return None
    joined = re.sub(r"\s+", "", text)
    return _POINTS.sub("", joined) if words.level(joined) else text


def parted(
    printed_class: str | None, printed_category: str | None, words: Vocabulary
) -> tuple[str | None, str | None]:
    """Part a cell that names both levels: 产出指标-数量指标."""
    if printed_class and printed_category:
        return printed_class, printed_category
    parts = _JOINT.split(printed_class or printed_category or "")
    if (
        len(parts) == 2
        and words.level(parts[0]) in {Level.CLASS, Level.EITHER}
        and words.level(parts[1])
    ):
        return parts[0], parts[1]
    return printed_class, printed_category
