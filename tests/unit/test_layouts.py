"""Layouts of declaration forms from all over the country: what is read, and that they are right.

A file goes into ``READ_WHOLE`` once every expected value is read from it to the letter; from then
on it has to stay so. ``python -m tests.layouts.hit_rate -v`` shows what is missing where.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from tests.layouts.build import LAYOUTS, file_name, layouts, printed
from tests.layouts.comparing import alternatives, folded
from tests.layouts.expected import expected_reading
from tests.layouts.hit_rate import files_of, judged
from tests.layouts.office import entries
from tests.layouts.paper import Cell, Line, Paper, Table, read_paper
from tests.layouts.web import stamp_of

READ_WHOLE: frozenset[str] = frozenset(
    {
        "01-central-2015/form.docx",
        "01-central-2015/form.pdf",
        "01-central-2015/form.txt",
        "02-central-2021/form.docx",
        "02-central-2021/form.html",
        "02-central-2021/form.txt",
        "03-sichuan-many-projects/form.xlsx",
        "03-sichuan-many-projects/form.csv",
        "03-sichuan-many-projects/form.html",
        "04-yunnan-stairs/form.txt",
        "04-yunnan-stairs/form.docx",
        "04-yunnan-stairs/form.xlsx",
        "05-chongqing-flat/form.docx",
        "05-chongqing-flat/form.html",
        "05-chongqing-flat/form.xlsx",
        "06-guangdong-two-values/form.pdf",
        "06-guangdong-two-values/form.docx",
        "06-guangdong-two-values/form.txt",
        "07-beijing-repeated-headings/form.pdf",
        "07-beijing-repeated-headings/form.docx",
        "07-beijing-repeated-headings/form.xlsx",
        "07-beijing-repeated-headings/form.txt",
        "08-henan-side-by-side/form.xlsx",
        "08-henan-side-by-side/form.html",
        "08-henan-side-by-side/form.pdf",
        "09-xinjiang-several-forms/form.docx",
        "09-xinjiang-several-forms/form.txt",
        "10-inner-mongolia-label-in-cell/form.txt",
        "10-inner-mongolia-label-in-cell/form.docx",
        "10-inner-mongolia-label-in-cell/form.html",
        "11-jiangsu-half-year/form.html",
        "11-jiangsu-half-year/form.docx",
        "12-shanghai-one-cell-a-line/form.txt",
        "12-shanghai-one-cell-a-line/form.pdf",
        "13-liaoning-nested-tables/form.docx",
        "13-liaoning-nested-tables/form.html",
        "14-transfer-payment-region/form.docx",
        "14-transfer-payment-region/form.pdf",
        "14-transfer-payment-region/form.txt",
        "15-hubei-earlier-years/form.xlsx",
        "15-hubei-earlier-years/form.docx",
        "16-guangxi-web-page/form.html",
        "16-guangxi-web-page/form.docx",
        "17-hunan-stacked-blocks/form.docx",
        "17-hunan-stacked-blocks/form.txt",
        "17-hunan-stacked-blocks/form.pdf",
        "18-guizhou-upright-heads/form.pdf",
        "18-guizhou-upright-heads/form.docx",
        "18-guizhou-upright-heads/form.html",
        "19-zhejiang-flat-export/form.tsv",
        "19-zhejiang-flat-export/form.csv",
        "19-zhejiang-flat-export/form.xlsx",
        "20-henan-department/form.docx",
        "20-henan-department/form.txt",
        "20-henan-department/form.html",
        "21-clerk-notes/form.docx",
        "21-clerk-notes/form.xlsx",
        "22-totals-and-two-funds/form.xlsx",
        "22-totals-and-two-funds/form.csv",
        "22-totals-and-two-funds/form.docx",
        "23-quarterly-plans/form.docx",
        "23-quarterly-plans/form.txt",
        "23-quarterly-plans/form.html",
        "24-typed-cells/form.xlsx",
        "25-pasted-lines/form.txt",
        "25-pasted-lines/form.docx",
        "26-continued-without-headings/form.docx",
        "26-continued-without-headings/form.pdf",
        "26-continued-without-headings/form.txt",
        "27-ways-of-writing-values/form.html",
        "27-ways-of-writing-values/form.xlsx",
        "27-ways-of-writing-values/form.txt",
        "27-ways-of-writing-values/form.docx",
        "28-indicators-in-one-cell/form.xlsx",
        "28-indicators-in-one-cell/form.docx",
        "29-department-tasks/form.docx",
        "29-department-tasks/form.xlsx",
        "29-department-tasks/form.txt",
        "30-department-and-projects/form.docx",
        "30-department-and-projects/form.html",
        "30-department-and-projects/form.txt",
        "31-broken-by-the-page/form.pdf",
        "32-shaanxi-2016/form.docx",
        "32-shaanxi-2016/form.txt",
        "32-shaanxi-2016/form.pdf",
        "33-heilongjiang-2014/form.docx",
        "33-heilongjiang-2014/form.html",
        "33-heilongjiang-2014/form.xlsx",
        "34-fujian-notice/form.html",
        "34-fujian-notice/form.docx",
        "34-fujian-notice/form.txt",
        "35-shaanxi-page-cut-labels/form.html",
        "35-shaanxi-page-cut-labels/form.txt",
        "35-shaanxi-page-cut-labels/form.docx",
        "36-hunan-funds-by-level/form.docx",
        "36-hunan-funds-by-level/form.txt",
        "36-hunan-funds-by-level/form.html",
        "37-investment-plan/form.pdf",
        "37-investment-plan/form.docx",
        "37-investment-plan/form.html",
        "38-hunan-funds-in-prose/form.docx",
        "38-hunan-funds-in-prose/form.pdf",
        "38-hunan-funds-in-prose/form.txt",
        "39-hunan-long-list/form.xlsx",
        "39-hunan-long-list/form.docx",
        "39-hunan-long-list/form.csv",
        "40-shanghai-goals/form.docx",
        "40-shanghai-goals/form.html",
        "40-shanghai-goals/form.txt",
        "41-review-2017/form.xlsx",
        "41-review-2017/form.docx",
        "41-review-2017/form.txt",
        "42-tianjin-sheets/form.xlsx",
        "42-tianjin-sheets/form.html",
        "42-tianjin-sheets/form.docx",
        "43-hainan-page-feet/form.xlsx",
        "43-hainan-page-feet/form.csv",
        "43-hainan-page-feet/form.docx",
        "44-hospital-two-levels/form.docx",
        "44-hospital-two-levels/form.xlsx",
        "44-hospital-two-levels/form.txt",
        "45-jiangxi-cost-class/form.pdf",
        "45-jiangxi-cost-class/form.docx",
        "45-jiangxi-cost-class/form.html",
        "46-hunan-departments/form.xlsx",
        "46-hunan-departments/form.html",
        "46-hunan-departments/form.csv",
        "47-department-two-goals/form.docx",
        "47-department-two-goals/form.txt",
        "47-department-two-goals/form.pdf",
        "48-chongqing-region/form.html",
        "48-chongqing-region/form.docx",
        "48-chongqing-region/form.txt",
        "49-run-together/form.txt",
        "49-run-together/form.docx",
        "51-shifted-columns/form.xlsx",
        "51-shifted-columns/form.csv",
        "51-shifted-columns/form.html",
        "52-hubei-composition/form.docx",
        "52-hubei-composition/form.pdf",
        "52-hubei-composition/form.xlsx",
        "53-guangdong-periods/form.docx",
        "53-guangdong-periods/form.txt",
        "53-guangdong-periods/form.xlsx",
        "54-ningxia-notice/form.html",
        "54-ningxia-notice/form.docx",
        "54-ningxia-notice/form.txt",
        "55-clerks-values/form.docx",
        "55-clerks-values/form.xlsx",
        "55-clerks-values/form.txt",
        "55-clerks-values/form.html",
        "56-traditional/form.html",
        "56-traditional/form.txt",
        "56-traditional/form.docx",
        "57-university-years/form.docx",
        "57-university-years/form.pdf",
        "57-university-years/form.txt",
        "58-shanxi-one-column-each/form.docx",
        "58-shanxi-one-column-each/form.pdf",
        "58-shanxi-one-column-each/form.xlsx",
        "59-guangxi-without-titles/form.docx",
        "59-guangxi-without-titles/form.txt",
        "59-guangxi-without-titles/form.html",
        "60-jilin-department/form.xlsx",
        "60-jilin-department/form.docx",
        "60-jilin-department/form.html",
        "61-county-categories-across/form.xlsx",
        "61-county-categories-across/form.docx",
        "61-county-categories-across/form.csv",
        "62-qinghai-core-indicators/form.docx",
        "62-qinghai-core-indicators/form.pdf",
        "62-qinghai-core-indicators/form.txt",
        "63-xiamen-kinds/form.docx",
        "63-xiamen-kinds/form.html",
        "63-xiamen-kinds/form.txt",
        "65-chongqing-approval/form.docx",
        "65-chongqing-approval/form.html",
        "65-chongqing-approval/form.txt",
        "66-bond-project/form.xlsx",
        "66-bond-project/form.docx",
        "66-bond-project/form.pdf",
        "67-zhejiang-policy/form.docx",
        "67-zhejiang-policy/form.html",
        "67-zhejiang-policy/form.txt",
        "70-central-whole-2016/form.docx",
        "70-central-whole-2016/form.pdf",
        "70-central-whole-2016/form.txt",
        "72-hubei-embedded-report/form.html",
        "72-hubei-embedded-report/form.docx",
        "72-hubei-embedded-report/form.txt",
        "73-anhui-four-levels/form.docx",
        "73-anhui-four-levels/form.html",
        "73-anhui-four-levels/form.txt",
        "75-sichuan-adjustment/form.docx",
        "75-sichuan-adjustment/form.html",
        "75-sichuan-adjustment/form.txt",
        "76-jiangxi-purchase/form.xlsx",
        "76-jiangxi-purchase/form.html",
        "76-jiangxi-purchase/form.docx",
        "78-hunan-sections-capital-numerals/form.docx",
        "78-hunan-sections-capital-numerals/form.txt",
        "78-hunan-sections-capital-numerals/form.html",
        "79-yunnan-mixed-file/form.docx",
        "79-yunnan-mixed-file/form.html",
        "79-yunnan-mixed-file/form.txt",
        "80-ningxia-wrong-headings/form.docx",
        "80-ningxia-wrong-headings/form.xlsx",
        "80-ningxia-wrong-headings/form.html",
        "81-liaoning-page-in-tables/form.html",
        "81-liaoning-page-in-tables/form.docx",
        "82-shaanxi-mixed-columns/form.xlsx",
        "82-shaanxi-mixed-columns/form.csv",
        "82-shaanxi-mixed-columns/form.docx",
        "82-shaanxi-mixed-columns/form.txt",
        "83-chongqing-pasted-from-viewer/form.txt",
        "83-chongqing-pasted-from-viewer/form.xlsx",
        "83-chongqing-pasted-from-viewer/form.csv",
    }
)
"""Files that are read to the letter, as ``01-central-2015/form.docx``."""
STILL_OPEN = 20
"""How many files are not: to be lowered with every name above, to zero."""

PRINTED = frozenset(
    {
        "project_name",
        "project_code",
        "supervising_department",
        "implementing_unit",
        "project_nature",
        "annual_objective",
        "medium_term_objective",
        "total",
        "fiscal",
        "other",
        "unit",
        "department",
        "overall_objective",
        "indicator_class",
        "indicator_category",
        "name",
        "description",
        "value_text",
        "number",
        "unit_of_measure",
        "weight",
        "scoring_standard",
        "target_basis",
    }
)
"""Keys whose expected values stand on the paper as they are."""

MARKS = re.compile(r"<[^>]*>")
FOLDERS = layouts()


def names() -> list[str]:
    return [f"{folder.name}/{file.name}" for folder in FOLDERS for file in files_of(folder)]


def test_what_was_read_whole_is_read_whole(subtests: pytest.Subtests) -> None:
    for name in sorted(READ_WHOLE):
        with subtests.test(name):
            assert judged(LAYOUTS / name).faults() == []


def test_no_file_is_forgotten() -> None:
    assert set(names()) >= READ_WHOLE
    assert len(set(names()) - READ_WHOLE) == STILL_OPEN


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_files_are_printed_from_the_form_as_it_is(folder: Path) -> None:
    paper = read_paper(folder / "form.grid")
    for wanted in paper.formats:
        kept = (folder / file_name(wanted)).read_bytes()
        if wanted == "pdf":
            assert stamp_of(paper).encode() in kept
        elif zipfile.is_zipfile(folder / file_name(wanted)):
            assert dict(entries(kept)) == dict(entries(printed(paper, wanted)))
        else:
            assert kept == printed(paper, wanted)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_nothing_is_expected_that_is_not_printed(folder: Path) -> None:
    paper = read_paper(folder / "form.grid")
    on_paper = str(folded(text_on(paper), "number"))
    for key, value in texts_in(expected_reading(folder)):
        assert any(str(folded(wanted, "number")) in on_paper for wanted in value), f"{key}: {value}"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_cell_is_in_every_file(folder: Path) -> None:
    paper = read_paper(folder / "form.grid")
    for wanted in paper.formats:
        if wanted != "pdf":  # its letters are pictures; the stamp tells what it was printed from
            inside = text_inside(folder / file_name(wanted))
            assert [cell for cell in texts_on(paper) if cell not in inside] == []


def text_inside(file: Path) -> str:
    """All text of a file without blanks, and without marks where it has some."""
    content = file.read_bytes()
    if zipfile.is_zipfile(file):
        parts = (part for name, part in entries(content) if name.endswith(".xml"))
        return without_marks("".join(part.decode() for part in parts))
    if file.suffix == ".html":
        charset = "gb18030" if b'charset="gbk"' in content else "utf-8"
        return without_marks(content.decode(charset))
    return without_blanks(
        content.decode({".csv": "gb18030", ".tsv": "utf-16"}.get(file.suffix, "utf-8"))
    )


def without_marks(text: str) -> str:
    return without_blanks(unescape(MARKS.sub("", text)))


def without_blanks(text: str) -> str:
    return "".join(text.split())


def texts_on(paper: Paper) -> list[str]:
    """What each cell says, without blanks; a workbook keeps typed cells as figures."""
    return [without_blanks(cell.text) for cell in cells_of(paper) if cell.value is None]


def text_on(paper: Paper) -> str:
    """All that a form says, cell by cell, and once more down the columns.

    A text that is wrapped over the rows of a table stands under itself.
    """
    lines = [part.text for part in paper.parts() if isinstance(part, Line)]
    down = [
        text
        for table in tables_of(paper)
        for column in zip(*table.texts(), strict=True)
        for text in column
    ]
    return "\n".join([*lines, *(cell.text for cell in cells_of(paper)), *down])


def tables_of(paper: Paper) -> list[Table]:
    return [*paper.inner.values(), *(part for part in paper.parts() if isinstance(part, Table))]


def cells_of(paper: Paper) -> list[Cell]:
    return [cell for table in tables_of(paper) for cell in table.cells()]


def texts_in(expected: object, key: str = "") -> Iterator[tuple[str, list[str]]]:
    """The expected texts that have to be printed somewhere, with their equals."""
    wanted = [one for one in alternatives(expected) if isinstance(one, str)]
    if len(wanted) == len(alternatives(expected)):
        yield from [(key, wanted)] if key in PRINTED else []
    elif isinstance(expected, dict):
        for name, value in expected.items():
            yield from texts_in(value, name)
    elif isinstance(expected, list):
        for value in expected:
            yield from texts_in(value, key)
