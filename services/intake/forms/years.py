"""The fiscal year of a form: in its title, on a line of its own, or said by the whole file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from domain.target_value import fold
from services.intake.readers.grid import Row

_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_WRITTEN = re.compile(r"[二2][〇○零0][〇○零一二三四五六七八九0-9]{2}(?=年)")
_YEAR = r"((?:19|20)[0-9]{2})"
_LINE = re.compile(
    rf"[(\[]?(?:预算|申报|项目|填报)?(?:年度|年份)?:?{_YEAR}(?:年度?)?(?:预算)?[)\]]?"
)
_FOR_WHICH = re.compile(rf"[(\[]适用于?{_YEAR}年[^()\[\]]{{0,12}}[)\]]")
"""（适用2017年全部预算项目）"""
_MONEY_AFTER = re.compile(r"[(\[]?(?:金额)?单位:?(?:人民币)?(?:万元|元|千元|亿元)[)\]]?$")
"""What a line of the year may go on with: 2025年　　单位：万元."""
_IN_TITLE = re.compile(rf"(?<![-0-9—–~至]){_YEAR}年(?!(?:[0-9]{{1,2}}月|[-—–~至]))")
_BRACKETED = re.compile(rf"[(\[]{_YEAR}年度?[)\]]")
_OF_A_DOCUMENT = re.compile(r"号|下达|结转|通知")
_MENTIONED = re.compile(rf"(?<![0-9]){_YEAR}年")
_ANY_YEAR = re.compile(rf"(?<![0-9]){_YEAR}(?![0-9])")
_OF_FILE = re.compile(
    rf"(?<![0-9]){_YEAR}年(?:度)?(?:.{{0,20}})?(?:部门预算|单位预算|预算公开|预算绩效|绩效目标|预算编制|预算表|预算批复|部门整体)"
)


_OF_NOTICE = re.compile(rf"关于(?:提前)?(?:下达|批复|拨付|安排|分配|印发|做好|开展){_YEAR}年")
"""A notice names the year of the money it gives: 关于下达2024年补助资金的通知."""


@dataclass(frozen=True, slots=True)
class Year:
    """A fiscal year and where it stands; ``said_by`` names what says so, None the form itself."""

    year: int | None = None
    where: str | None = None
    said_by: str | None = None


def _folded(text: str) -> str:
    """Fold a text and write its years in digits: 二〇二五年."""
    return _WRITTEN.sub(lambda found: found.group().translate(_DIGITS), fold(text))


def year_line(text: str) -> int | None:
    """Read a line that says a year and no more than the unit of money: ( 2025 年度)."""
    folded = _folded(text)
    found = _LINE.fullmatch(_MONEY_AFTER.sub("", folded)) or _FOR_WHICH.fullmatch(folded)
    return int(found.group(1)) if found else None


def year_in_title(text: str) -> int | None:
    """Find the year in a title; a span of years is none, nor that of a document or of money."""
    folded = _folded(text)
    alone = _BRACKETED.search(folded)
    if alone or _OF_A_DOCUMENT.search(folded):
        return int(alone.group(1)) if alone else None
    found = _IN_TITLE.search(folded)
    return int(found.group(1)) if found else None


def years_mentioned(texts: Iterable[str | None]) -> list[int]:
    """List the years that texts speak of, which are none of the form's own."""
    found = {int(y) for text in texts for y in _MENTIONED.findall(_folded(text or ""))}
    return sorted(found)


def year_of_period(printed: str | None, where: str | None, said_by: str) -> Year:
    """Take the one year that a text speaks of: 2021.1-2021.12, 2023年第一批资金."""
    found = set(_ANY_YEAR.findall(_folded(printed or "")))
    if len(found) != 1:
        return Year()
    return Year(int(found.pop()), where, said_by)


def year_of_file(rows: Iterable[Row]) -> Year:
    """Find the year that a file's own title says, before its first form."""
    for row in rows:
        text = _folded(row.text) if len(row.text) <= 80 else ""
        found = _OF_FILE.search(text) or _OF_NOTICE.search(text)
        if found:
            return Year(int(found.group(1)), row.where, "文件标题")
    return Year()
