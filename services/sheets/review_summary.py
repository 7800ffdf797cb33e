"""审核意见: what is wrong with a declaration form, for the department that sent it.

The first sheet lists the findings by project; behind it stands the form itself with marks at the
cells: the workbook as it came, or a table rebuilt from what was read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell

from domain.review.finding import Severity
from services.sheets import cells
from services.sheets.marks import COLOURS, LABELS, Mark, mark
from services.sheets.page import Columns, Page

TITLE = "绩效目标审核意见"
NOTHING = "没有发现问题。"
_HEADINGS = ("序号", "位置", "指标", "级别", "问题", "为什么要改", "修改建议", "处理情况")
_WIDTHS = (6.0, 13.0, 25.0, 7.0, 46.0, 34.0, 30.0, 14.0)
_GROUP = "F2F2F2"
_MEANING = "错误须修改后才能审批；警告请核对，有理由的可以说明；提示供参考。均不影响录入和监控。"


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One line of the list; ``proposal`` says what to put in place of what."""

    severity: Severity
    where: str
    indicator: str
    message: str
    why: str
    proposal: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """The findings about one project, a department, or the file as a whole."""

    title: str
    lines: tuple[FindingLine, ...]


@dataclass(frozen=True, slots=True)
class ReviewSummary:
    """All that the first sheet prints; ``scale`` says how much was reviewed."""

    file: str
    scale: str
    sections: tuple[Section, ...]


Marks = Mapping[tuple[str, str], Sequence[Mark]]
"""Marks by sheet and cell of a workbook: ("表1", "C7")."""


def write_beside_original(
    summary: ReviewSummary, original: bytes, marks: Marks, file: Path | BinaryIO
) -> bool:
    """Write the list before the workbook it is about, with marks at its cells.

    Answers False, and writes nothing, where the file is no workbook that can be written into.
    """
    book = _opened(original)
    if book is None:
        return False
    for (sheet, place), said in marks.items():
        if sheet in book.sheetnames:
            cell = book[sheet][place]
            if isinstance(cell, Cell):
                mark(cell, said)
    _write(summary, book).save(file)
    return True


def write_summary(
    summary: ReviewSummary, file: Path | BinaryIO, book: Workbook | None = None
) -> None:
    """Write the list alone, or before the sheets of a book."""
    _write(summary, book).save(file)


def _opened(original: bytes) -> Workbook | None:
    """Open a workbook to write into it; None where the file is none that can be."""
    try:
        return load_workbook(BytesIO(original), rich_text=True)
    except Exception:  # noqa: BLE001  # at what it does not know openpyxl raises anything
        return None


def _write(summary: ReviewSummary, book: Workbook | None) -> Page:
    page = Page("审核意见", _WIDTHS, book)
    page.line(TITLE, font=cells.TITLE, height=30)
    page.line(f"文件：{summary.file}　　{summary.scale}", alignment=cells.LEFT)
    page.line(f"{_counts(summary.sections)}　{_MEANING}", alignment=cells.LEFT, font=cells.SMALL)
    heading = page.row
    for column, text in enumerate(_HEADINGS, start=1):
        page.put(text, (column, column), font=cells.BOLD)
    page.end()
    page.freeze()
    page.repeat(heading)
    number = 0
    for section in summary.sections:
        number = _section(page, section, number)
    if not number:
        page.line(NOTHING)
    page.box(heading)
    page.footer(f"{TITLE}　{summary.file}")
    return page


def _counts(sections: Iterable[Section]) -> str:
    found = Counter(line.severity for line in chain.from_iterable(s.lines for s in sections))
    return "，".join(f"{LABELS[severity]}{found[severity]}条" for severity in Severity) + "。"


def _section(page: Page, section: Section, number: int) -> int:
    """Write a project's findings below its name, numbered on."""
    everything: Columns = (1, page.last_column)
    title = f"{section.title}（{len(section.lines)}条）"
    page.put(title, everything, font=cells.BOLD, alignment=cells.LEFT)
    page.shade(everything, _GROUP)
    page.end(cells.height_for(title, page.width(everything), cells.BOLD))
    for line in section.lines:
        number += 1
        _line(page, line, number)
    return number


def _line(page: Page, line: FindingLine, number: int) -> None:
    page.put(str(number), (1, 1))
    page.put(line.where, (2, 2))
    page.put(line.indicator, (3, 3), alignment=cells.LEFT)
    page.put(LABELS[line.severity], (4, 4), font=cells.BOLD)
    page.shade((4, 4), COLOURS[line.severity])
    page.put(line.message, (5, 5), alignment=cells.LEFT)
    page.put(line.why, (6, 6), font=cells.SMALL, alignment=cells.LEFT)
    page.put(line.proposal, (7, 7), alignment=cells.LEFT)
    page.put(None, (8, 8))
    page.end(_height(page, line))


def _height(page: Page, line: FindingLine) -> float:
    texts = ((line.where, 2), (line.indicator, 3), (line.message, 5), (line.proposal, 7))
    return max(
        cells.height_for(line.why, page.width((6, 6)), cells.SMALL),
        *(cells.height_for(text, page.width((at, at))) for text, at in texts),
    )
