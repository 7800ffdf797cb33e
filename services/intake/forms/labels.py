"""Finding labels: a printed cell to the field it names, with the vocabulary as data."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from domain.target_value import fold

_BRACKETED = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]+|[0-9]{1,2})[、.]")
_MONEY_UNIT = re.compile(r"(?:人民币)?(万元|千元|亿元|元)")
_LONGEST_LABEL = 40
_CHECKPOINT = re.compile(r"(?:至|截至|到)?(1[0-2]|0?[1-9])月(?:底|末|份|[0-9]{1,2}日)?(?:前)?")


def bare(text: str) -> str:
    """Strip a printed label to its words: no blanks, stars, numbering, brackets, 其中, colon."""
    folded = fold(text).lstrip("*★").rstrip(":")
    words = _BRACKETED.sub("", _NUMBERING.sub("", folded))
    return words.removeprefix("其中").lstrip(":").rstrip(":")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of ``vocabulary.toml``, turned round: from a bare label to its field."""

    head: dict[str, str]
    columns: dict[str, str]
    below: frozenset[str]
    classes: frozenset[str]
    categories: frozenset[str]
    headings: dict[str, str]
    title_endings: tuple[str, ...]

    def head_field(self, text: str) -> str | None:
        """Name the field of a head label, or None."""
        return _look_up(self.head, text)

    def column(self, text: str) -> str | None:
        """Name the column of a heading of the table of indicators, or None."""
        return _look_up(self.columns, text)

    def heading(self, text: str) -> str | None:
        """Name the part of a department's goals that a paragraph opens, or None."""
        return _look_up(self.headings, text)

    def is_title(self, text: str) -> bool:
        """Say whether a paragraph is the title of a form."""
        return bool(text) and re.sub(r"[0-9.]+$", "", fold(text)).endswith(self.title_endings)


@cache
def vocabulary() -> Vocabulary:
    """Load the vocabulary once."""
    words = tomllib.loads(
        resources.files("services.intake.forms").joinpath("vocabulary.toml").read_text("utf-8")
    )
    return Vocabulary(
        head=_by_label(words["head"]),
        columns=_by_label(words["columns"]),
        below=frozenset(words["below"]["fields"]),
        classes=frozenset(words["levels"]["classes"]),
        categories=frozenset(words["levels"]["categories"]),
        headings=_by_label(words["headings"]),
        title_endings=tuple(words["titles"]["endings"]),
    )


def _by_label(fields: dict[str, list[str]]) -> dict[str, str]:
    return {fold(label): field for field, labels in fields.items() for label in labels}


def _look_up(fields: dict[str, str], text: str) -> str | None:
    """Find a label as printed, else by its bare words; a long cell is no label."""
    if len(text) > _LONGEST_LABEL:
        return None
    return fields.get(fold(text).rstrip(":")) or fields.get(bare(text))


def money_unit(text: str) -> str | None:
    """Find the unit of money a label or cell prints: (万元), 金额单位：元."""
    found = _MONEY_UNIT.search(fold(text))
    return found.group(1) if found else None


def checkpoint_month(text: str) -> int | None:
    """Read the month of a plan's column: 3月底 is 3."""
    found = _CHECKPOINT.fullmatch(fold(text))
    return int(found.group(1)) if found else None


def split_label(text: str) -> tuple[str, str] | None:
    """Split a cell that holds its label and value together: 项目名称：甲."""
    label, colon, value = text.replace("：", ":", 1).partition(":")
    return (label, value.strip()) if colon and value.strip() else None
