"""Which column is which, where a person says it: now, or the last time with the same headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256

from domain.errors import MonitoringError
from services.intake.vocabulary import Vocabulary
from services.intake.vocabulary.folding import normalised_heading

Mapped = Mapping[str, str]
"""Folded heading to field; "" leaves the column out."""

LEFT_OUT = frozenset({"", "-", "不导入", "略去", "无"})
"""What a person writes for a column that is to be left out."""


class NoSuchColumnError(MonitoringError):
    """A column is said to be something that its kind of table does not have."""

    code = "no_such_column"

    def __init__(self, said: str, vocabulary: Vocabulary) -> None:
        fields = "、".join(names[0] for names in vocabulary.headings.values())
        super().__init__(f"“{said[:40]}”不是{vocabulary.title}的栏目。可用的栏目：{fields}。")


class NoSuchHeadingError(MonitoringError):
    """Something is said of a column that the file does not have."""

    code = "no_such_heading"

    def __init__(self, said: Sequence[str], headings: Sequence[str]) -> None:
        there = "、".join(heading for heading in headings if heading)
        super().__init__(
            f"文件里没有这一列：{'、'.join(said)}。文件的列：{there}。请按表头原样填写列名。"
        )


class Fate(StrEnum):
    """What became of a column."""

    READ = "read"
    """By its heading."""
    MAPPED = "mapped"
    """As the sender said."""
    REMEMBERED = "remembered"
    """As somebody said the last time (按上次的对应关系)."""
    PERSONAL = "personal"
    """Dropped, because it is about persons."""
    UNREAD = "unread"
    """Nothing that is needed."""


@dataclass(frozen=True, slots=True)
class ColumnRead:
    """One column of a file as the preview shows it: ``place`` is that of its heading.

    ``title`` is what its field is called, None where the column is not read.
    """

    place: str
    heading: str
    field: str | None
    title: str | None
    fate: Fate


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """What people said of columns: ``given`` with this file, ``remembered`` by fingerprint."""

    given: Mapped = field(default_factory=dict)
    remembered: Mapping[str, Mapped] = field(default_factory=dict)

    def of(self, headings: Sequence[str]) -> tuple[Mapped, Fate]:
        """What counts for a row of folded headings; what is said now comes first."""
        if self.given:
            return self.given, Fate.MAPPED
        return self.remembered.get(fingerprint(headings), {}), Fate.REMEMBERED


def fingerprint(headings: Sequence[str]) -> str:
    """Know a source again by its folded headings, in whatever order they stand."""
    named = sorted({heading for heading in headings if heading})
    return sha256("\n".join(named).encode()).hexdigest()[:32]


def mapped_by(said: Mapping[str, str], vocabulary: Vocabulary) -> dict[str, str]:
    """Read what a person says: a heading as printed, and the field by whatever name.

    Raises:
        NoSuchColumnError: the table has no such field.
    """
    mapped = {}
    for heading, name in said.items():
        wanted = "" if name.strip() in LEFT_OUT else vocabulary.field_named(name.strip())
        if wanted is None:
            raise NoSuchColumnError(name, vocabulary)
        mapped[normalised_heading(heading)] = wanted
    return mapped
