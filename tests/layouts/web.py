"""Forms as web pages, and printed from them as PDF by Chromium."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from html import escape
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.layouts.paper import Cell, Line, NewPage, Paper, Row, Table

CHROMIUM = Path("/usr/bin/chromium")
# One weight of one font keeps the PDFs small.
STYLE = """
body { font-family: "Noto Sans CJK SC"; font-size: 9pt }
h1 { font-size: 14pt; font-weight: normal; text-align: center }
table { border-collapse: collapse; width: 100% }
td { border: 1px solid #000; padding: 2px }
table table { width: 100% }
.next { break-before: page }
"""
DAY = re.compile(rb"\(D:\d{14}\+00'00'\)")
FIXED_DAY = b"(D:20250101000000+00'00')"


def html_of(paper: Paper, charset: str = "utf-8") -> str:
    """The form as a page that names its character set."""
    body = "\n".join(_parts(paper))
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="{charset}">\n'
        f"<style>{STYLE}</style></head>\n<body>\n{body}\n</body></html>\n"
    )


def stamp_of(paper: Paper) -> str:
    """What a PDF bears as its title: it tells whether it was printed from the form as it is."""
    return sha256(html_of(paper).encode()).hexdigest()[:32]


def pdf_of(paper: Paper) -> bytes:
    """The page printed on A4, with the day of printing made the same every time."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        title = f"<title>{stamp_of(paper)}</title></head>"
        page.set_content(html_of(paper).replace("</head>", title, 1))
        printed = page.pdf(format="A4", landscape=paper.landscape)
        browser.close()
    return DAY.sub(FIXED_DAY, printed)


def _parts(paper: Paper) -> Iterator[str]:
    for part in paper.parts():
        if isinstance(part, Table):
            yield _table(paper, part)
        elif isinstance(part, NewPage):
            yield '<div class="next"></div>'
        else:
            yield _said(part)


def _said(line: Line) -> str:
    tag = "h1" if line.title else "p"
    return f"<{tag}>{escape(line.text)}</{tag}>"


def _table(paper: Paper, table: Table) -> str:
    heads = [row for row in table.rows if row.head]
    split = len(heads) if heads == list(table.rows[: len(heads)]) else 0
    body = "\n".join(_row(paper, row) for row in table.rows[split:])
    head = "\n".join(_row(paper, row) for row in table.rows[:split])
    top = f"<thead>\n{head}\n</thead>\n" if head else ""
    return f"<table>\n{top}<tbody>\n{body}\n</tbody>\n</table>"


def _row(paper: Paper, row: Row) -> str:
    return "<tr>" + "".join(_cell(paper, cell) for cell in row.cells) + "</tr>"


def _cell(paper: Paper, cell: Cell) -> str:
    spans = f' rowspan="{cell.down}"' if cell.down > 1 else ""
    spans += f' colspan="{cell.across}"' if cell.across > 1 else ""
    inside = (
        _table(paper, paper.inner[cell.inner])
        if cell.inner
        else escape(cell.text).replace("\n", "<br>")
    )
    return f"<td{spans}>{inside}</td>"
