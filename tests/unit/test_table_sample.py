"""The first rows of a table are shown as sent, without what is about persons."""

from __future__ import annotations

from datetime import date

from services.intake.personal import DROPPED
from services.intake.tables.sample import ROWS_SHOWN, Sample, samples_of
from tests.files import workbook


def shown(text: str) -> Sample:
    (sample,) = samples_of(text.encode())
    return sample


def test_only_the_first_rows_are_shown_and_all_are_counted() -> None:
    sample = shown("凭证号,金额\n" + "\n".join(f"{n},{n}.00" for n in range(500)))
    assert (len(sample.rows), sample.count, sample.sheet) == (ROWS_SHOWN, 501, None)
    assert sample.rows[1] == (2, ("0", "0.00"))


def test_rows_are_as_wide_as_the_widest() -> None:
    sample = shown("标题,\n一,二,三\n四,\n")
    assert {len(row) for _, row in sample.rows} == {3}


def test_what_stands_below_a_heading_about_persons_is_not_shown() -> None:
    sample = shown("凭证号,收款人姓名,身份证号,金额\n1,王芳,130730199001011234,5\n2,,,6\n")
    assert [row for _, row in sample.rows][1:] == [
        ("1", DROPPED, DROPPED, "5"),
        ("2", "", "", "6"),
    ]


def test_long_texts_are_cut_and_days_are_days() -> None:
    def fill(sheet: object) -> None:
        sheet.append(["日期", "摘要"])  # type: ignore[attr-defined]
        sheet.append([date(2025, 6, 30), "长" * 300])  # type: ignore[attr-defined]

    (sample,) = samples_of(workbook(fill))
    assert sample.sheet == "申报表"
    assert sample.rows[1][1] == ("2025-06-30", "长" * 200 + "…")
