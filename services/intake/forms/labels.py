"""Finding labels: a printed cell to the field it names, with the vocabulary as data."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources

from domain.target_value import fold

_BRACKETED = re.compile(r"[(（\[【〔][^()（）\[\]【】〔〕]*[)）\]】〕]")
_NUMBERING = re.compile(
    r"^(?:[0-9]{1,2}(?:\.[0-9]{1,2})+[、.]?(?=[\u4e00-\u9fff])|[一二三四五六七八九十]{1,3}[、.]|[0-9]{1,2}[、.](?![0-9])|[①-⑳]|\([一二三四五六七八九十0-9]{1,2}\))"
)
_MONEY_UNIT = re.compile(r"(?:人民币)?(万元|千元|百万元|亿元|元)")
_LAST_NUMBER = re.compile(r"(?<=目标)[0-9一二三四五六七八九十]{1,2}$")
_LONGEST_LABEL = 40
_CHECKPOINT = re.compile(r"(?:至|截至|到)?(1[0-2]|0?[1-9])月(?:底|末|份|[0-9]{1,2}日)?(?:前)?")
_SHARE = re.compile(r"[(（\[【][0-9]{1,3}[-~—至][0-9]{1,3}[)）\]】]分$")
"""The points that a class may be given: 产出指标（40-50）分."""
_YEAR_BEFORE = re.compile(r"^20[0-9]{2}(?=年度)")
_QUARTERS = {"一季度": 3, "二季度": 6, "三季度": 9, "四季度": 12, "上半年": 6, "全年": 12}
_STARS = "*★☆※▲●·■◆#"
_LEVEL_ENDING = re.compile(r"(?:类)?(?:指标|目标)$")
_QUOTES = str.maketrans("", "", "“”\"'‘’")


class Level(StrEnum):
    """Which level of indicators a word names; ``EITHER`` is a class or a category by scheme."""

    CLASS = "class"
    CATEGORY = "category"
    EITHER = "either"


class Period(StrEnum):
    """Which block of a form something belongs to."""

    MEDIUM = "medium"
    ANNUAL = "annual"


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """Strip a printed label to its words: no blanks, stars, numbering, brackets, 其中, colon."""
    folded = _SHARE.sub("", fold(text)).lstrip(_STARS).rstrip(":")
    words = _BRACKETED.sub("", _NUMBERING.sub("", folded)).lstrip(_STARS)
    return _NUMBERING.sub("", words.removeprefix("其中").lstrip(":").rstrip(":"))


def _without_year(words: str) -> str:
    """Take the year off a label that begins with it: 2023年度目标."""
    return _YEAR_BEFORE.sub("", words)


@dataclass(frozen=True, slots=True)
class Named:
    """The field that a label names; the lower the rank, the more exact the label."""

    field: str
    rank: int


@dataclass(frozen=True, eq=False)
class _Lookup:
    """Labels by their text, then by pattern."""

    exact: Mapping[str, Named]
    patterns: tuple[tuple[re.Pattern[str], Named], ...]

    def find(self, text: str) -> Named | None:
        """Find a label as printed, else by its bare words; a long cell is no label."""
        return None if len(text) > _LONGEST_LABEL else _found(self, text)

    def look_up(self, text: str) -> Named | None:
        """Look a short text up."""
        folded = fold(text).rstrip(":")
        stripped = bare(text)
        found = self.exact.get(folded) or self.exact.get(stripped)
        if found or not stripped:
            return found
        numbered = self.exact.get(_LAST_NUMBER.sub("", stripped)) or self.exact.get(
            _without_year(stripped)
        )
        return numbered or next((n for p, n in self.patterns if p.fullmatch(stripped)), None)


@lru_cache(maxsize=16384)
def _found(lookup: _Lookup, text: str) -> Named | None:
    return lookup.look_up(text)


@dataclass(frozen=True, eq=False)  # there is one; it is known by itself
class Vocabulary:
    """The words of ``vocabulary.toml``, turned round: from a bare label to its field."""

    head: _Lookup
    columns: _Lookup
    below: frozenset[str]
    levels: Mapping[str, Level]
    outer: frozenset[str]
    headings: _Lookup
    groups: frozenset[str]
    periods: tuple[tuple[re.Pattern[str], Period], ...]
    title_endings: tuple[str, ...]
    whole: tuple[str, ...]
    of_funds: tuple[str, ...]
    furniture: re.Pattern[str]
    signature: re.Pattern[str]
    notes: tuple[str, ...]
    sums: frozenset[str]
    givers: frozenset[str]
    details: frozenset[str]

    def head_label(self, text: str) -> Named | None:
        """Name the field of a head label and how exact the label is, or None."""
        return self.head.find(text)

    def head_field(self, text: str) -> str | None:
        """Name the field of a head label, or None."""
        found = self.head.find(text)
        return None if found is None else found.field

    def is_exact(self, text: str) -> bool:
        """Say whether a text is a head label to the letter, as the vocabulary lists it."""
        return text in self.head.exact

    def is_exact_column(self, text: str) -> bool:
        """Say whether a text is a heading of indicators to the letter."""
        return text in self.columns.exact

    def column(self, text: str) -> str | None:
        """Name the column of a heading of the table of indicators, or None."""
        found = self.columns.find(text)
        return None if found is None else found.field

    def heading(self, text: str) -> str | None:
        """Name the part of a department's goals that a paragraph opens, or None."""
        found = self.headings.find(text)
        return None if found is None else found.field

    def level(self, text: str) -> Level | None:
        """Say which level of indicators a cell names: 产出指标(50分) is a class."""
        if len(text) > _LONGEST_LABEL:
            return None
        return self.levels.get(_LEVEL_ENDING.sub("", bare(text).translate(_QUOTES)))

    def is_level(self, text: str) -> bool:
        """Say whether a cell names a level beyond doubt, with its ending: 质量指标."""
        return self.level(text) is not None and bool(_LEVEL_ENDING.search(bare(text)))

    def is_outer(self, text: str) -> bool:
        """Say whether a cell names a class that has other classes below it: 实施效果指标."""
        return _LEVEL_ENDING.sub("", bare(text)) in self.outer

    def period(self, text: str) -> Period | None:
        """Say which block a label speaks of: 中期目标, 年度指标值."""
        words = bare(text)
        return next((period for pattern, period in self.periods if pattern.search(words)), None)

    def is_group(self, text: str) -> bool:
        """Say whether a cell only heads a group of columns or rows: 年度绩效指标."""
        if len(text) > _LONGEST_LABEL:
            return False
        words = bare(text)
        for pattern, _ in self.periods:
            words = pattern.sub("", words)
        return bare(text) in self.groups or words in self.groups or (not words and bool(bare(text)))

    def is_title(self, text: str) -> bool:
        """Say whether a paragraph is the title of a form."""
        if not text or len(text) > 120:  # a longer one is prose
            return False
        return re.sub(r"[0-9.\-一二三四五六七八九十]+$", "", _title(text)).endswith(
            self.title_endings
        )

    def is_whole(self, title: str) -> bool:
        """Say whether a title is that of a department's or unit's own goals."""
        return any(word in title for word in self.whole) and not any(
            word in title for word in self.of_funds
        )

    def is_furniture(self, text: str) -> bool:
        """Say whether a line is only what a page repeats: its number, 续表."""
        return bool(self.furniture.fullmatch(fold(text).casefold()))

    def is_signature(self, text: str) -> bool:
        """Say whether a cell is for who signs: 单位负责人：."""
        return bool(self.signature.match(fold(text)))

    def is_note(self, text: str) -> bool:
        """Say whether a line explains the table above it."""
        return re.sub(r"\s+", "", text).startswith(self.notes)

    def is_giver(self, text: str) -> bool:
        """Say whether a cell names no more than who gives money: 中央, 省."""
        return bare(text) in self.givers

    def is_sum(self, text: str) -> bool:
        """Say whether a row whose first cell says so adds up the others."""
        return bare(text) in self.sums


def _title(text: str) -> str:
    """Take the words of a title: no marks of headings, years, 续, brackets at its end."""
    words = re.sub(r"\([^()]{1,6}\)(?=表)", "", fold(text).lstrip("#").rstrip(":"))
    ended = re.sub(r"(?:[(\[【][^()\[\]【】]*[)\]】])+$", "", words)
    return re.sub(r"(?:[(\[]?续表?[0-9]*[)\]]?)$", "", ended)


@cache
def vocabulary() -> Vocabulary:
    """Load the vocabulary once."""
    words = tomllib.loads(
        resources.files("services.intake.forms").joinpath("vocabulary.toml").read_text("utf-8")
    )
    return Vocabulary(
        head=_lookup(words["head"], words["patterns"]["head"]),
        columns=_lookup(words["columns"], words["patterns"]["columns"]),
        below=frozenset(words["below"]["fields"]),
        levels=_levels(words["levels"]),
        outer=frozenset(words["levels"]["outer"]),
        headings=_lookup(words["headings"], {}),
        groups=frozenset(words["periods"]["groups"]),
        periods=tuple(
            (re.compile("|".join(words["periods"][period])), period) for period in Period
        ),
        title_endings=tuple(words["titles"]["endings"]),
        whole=tuple(words["titles"]["whole"]),
        of_funds=tuple(words["titles"]["of_funds"]),
        furniture=re.compile("|".join(words["furniture"]["patterns"])),
        signature=re.compile(f"(?:{'|'.join(map(re.escape, words['furniture']['signatures']))}):"),
        notes=tuple(words["furniture"]["notes"]),
        sums=frozenset(words["furniture"]["sums"]),
        givers=frozenset(words["givers"]["words"]),
        details=frozenset(words["details"]["words"]),
    )


def _lookup(fields: Mapping[str, list[str]], patterns: Mapping[str, list[str]]) -> _Lookup:
    exact = {
        fold(label): Named(field, rank)
        for field, labels in fields.items()
        for rank, label in enumerate(labels)
    }
    last = max(map(len, fields.values()), default=0)
    return _Lookup(
        exact,
        tuple(
            (re.compile(pattern), Named(field, last))
            for field, of_field in patterns.items()
            for pattern in of_field
        ),
    )


def _levels(words: Mapping[str, Iterable[str]]) -> dict[str, Level]:
    named = {
        "classes": Level.CLASS,
        "outer": Level.CLASS,
        "either": Level.EITHER,
        "categories": Level.CATEGORY,
    }
    return {word: level for key, level in named.items() for word in words[key]}


def money_unit(text: str) -> str | None:
    """Find the unit of money a label or cell prints: (万元), 金额单位：元."""
    found = _MONEY_UNIT.search(fold(text))
    return found.group(1) if found else None


def checkpoint_month(text: str) -> int | None:
    """Read the month of a plan's column: 3月底 is 3."""
    found = _CHECKPOINT.fullmatch(fold(text))
    return int(found.group(1)) if found else _QUARTERS.get(fold(text).lstrip("第"))


def split_label(text: str) -> tuple[str, str] | None:
    """Split a cell that holds its label and value together: 项目名称：甲."""
    label, colon, value = text.replace("：", ":", 1).partition(":")
    return (label, value.strip()) if colon and value.strip() else None
