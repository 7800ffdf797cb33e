"""Treasury exports to vouchers: headings, units, totals, reversals, what is refused."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from domain.payment import PaymentLine, VoucherKind
from services.intake.payment_rows import PaymentDefaults
from services.intake.payments import PaymentFile, read_payments
from services.intake.readers.grid import UnreadableFileError
from tests.payment_files import HEADING, REGION, TODAY, csv_of, voucher_row

SHORT = ("支付凭证号", "实际支付金额(元)", "实际支付日期")


def read(data: bytes, *, kind: VoucherKind | None = None) -> PaymentFile:
    return read_payments(data, PaymentDefaults(REGION, 2025, TODAY, kind))


def read_rows(*rows: Sequence[str], heading: Sequence[str] = SHORT) -> PaymentFile:
    return read(csv_of(rows, heading))


def lines_of(file: PaymentFile) -> list[PaymentLine]:
    return [line for _, lines in file.vouchers for line in lines]


def test_every_column_of_the_export_finds_its_field() -> None:
    file = read(csv_of([voucher_row(7)]))
    ((key, (line,)),) = file.vouchers
    assert (key.region, key.budget_year, key.kind, key.voucher_no) == (
        REGION,
        2025,
        VoucherKind.PAYMENT,
        "P202500000007",
    )
    assert line == PaymentLine(
        line_key="1",
        amount=Decimal("107.07"),
        paid_on=date(2025, 1, 8),
        project_code="13073025P00007",
        project_name="项目7",
        unit_code="361007",
        unit_name="第7单位",
        fund_nature="一般公共预算资金",
        economic_class="50299",
        summary="业务经费",
        source_row=2,
    )
    assert (file.errors, file.rows, file.proposed_complete_to) == ([], 1, date(2025, 1, 8))


def test_columns_may_come_in_any_order_and_others_are_ignored() -> None:
    plain, turned = HEADING, tuple(reversed(HEADING))
    row = voucher_row(7)
    extra = csv_of([(*reversed(row), "x", "y")], (*turned, "付款人账号", "支票号"))
    assert read(extra).vouchers == read(csv_of([row], plain)).vouchers


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        (("凭证号", "支付金额", "凭证日期"), VoucherKind.PAYMENT),
        (("*支付凭证号", "实际支付金额 （元）", "实际支付日期"), VoucherKind.PAYMENT),
        (("PAY_CERT_NO", "XPAY_AMT", "XPAY_DATE"), VoucherKind.PAYMENT),
        (("拨款凭证号", "拨款金额", "实际拨款日期"), VoucherKind.ALLOCATION),
        (("凭证号", "实际拨款金额", "拨款日期"), VoucherKind.ALLOCATION),
    ],
)
def test_headings_have_synonyms_and_tell_the_kind(
    heading: tuple[str, ...], kind: VoucherKind
) -> None:
    file = read_rows(("P1", "5", "2025-03-01"), heading=heading)
    ((key, (line,)),) = file.vouchers
    assert (key.kind, line.amount, line.paid_on) == (kind, Decimal(5), date(2025, 3, 1))


def test_what_was_actually_paid_counts_before_what_was_asked_for() -> None:
    heading = ("凭证日期", "支付金额", "支付凭证号", "实际支付日期", "实际支付金额")
    file = read_rows(("2025-03-01", "100", "P1", "2025-03-05", "90"), heading=heading)
    (line,) = lines_of(file)
    assert (line.amount, line.paid_on, line.vouchered_on) == (
        Decimal(90),
        date(2025, 3, 5),
        date(2025, 3, 1),
    )


def test_a_voucher_not_paid_yet_is_left_out_and_said() -> None:
    file = read_rows(("P1", "", ""), ("P2", "0.00", ""), ("P3", "5", "2025-03-01"))
    assert len(file.vouchers) == 1
    assert file.errors == []
    assert "尚未支付（无实际支付金额和日期），略去2行。" in file.notes


def test_the_kind_column_decides_row_by_row_and_the_caller_before_the_heading() -> None:
    heading = (*SHORT, "凭证类型")
    file = read_rows(
        ("P1", "5", "2025-03-01", "预算拨款凭证"),
        ("P2", "5", "2025-03-01", "国库集中支付凭证"),
        ("P3", "5", "2025-03-01", ""),
        heading=heading,
    )
    kinds = [key.kind for key, _ in file.vouchers]
    assert kinds == [VoucherKind.ALLOCATION, VoucherKind.PAYMENT, VoucherKind.PAYMENT]
    told = read(csv_of([("P1", "5", "2025-03-01")], SHORT), kind=VoucherKind.ALLOCATION)
    assert told.vouchers[0][0].kind is VoucherKind.ALLOCATION


@pytest.mark.parametrize(
    "data",
    [
        "凭证号,支付金额（万元）,支付日期\nP1,1.2345,2025-03-01\n",
        "国库支付明细,,\n,,单位：万元\n凭证号,支付金额,支付日期\nP1,1.2345,2025-03-01\n",
    ],
)
def test_wan_of_the_heading_or_of_the_title_is_turned_into_yuan(data: str) -> None:
    file = read(data.encode())
    assert [line.amount for line in lines_of(file)] == [Decimal("12345.00")]
    assert "金额单位：万元。" in file.notes


def test_yuan_is_assumed_and_said_where_nothing_is_printed() -> None:
    file = read_rows(("P1", "5", "2025-03-01"), heading=("凭证号", "支付金额", "支付日期"))
    assert "文件未注明金额单位，按元读取。" in file.notes


def test_less_than_a_cent_is_rounded_half_up_and_said_and_binary_noise_is_not() -> None:
    file = read_rows(("P1", "0.125", "2025-03-01"), ("P2", "0.30000000000000004", "2025-03-01"))
    assert [line.amount for line in lines_of(file)] == [Decimal("0.13"), Decimal("0.30")]
    assert "金额不足一分，已四舍五入到分：1行。" in file.notes


def test_titles_totals_footers_and_repeated_headings_are_no_lines() -> None:
    file = read_rows(
        SHORT,
        ("P1", "100", "2025-03-01"),
        ("小 计", "100", ""),
        SHORT,
        ("P2", "-30", "2025-03-02"),
        ("合计：", "70", ""),
        ("制表人：张", "", "打印日期：2025-04-01"),
        heading=("国库集中支付明细表", "", ""),
    )
    assert [line.amount for line in lines_of(file)] == [100, -30]
    assert (file.errors, file.rows) == ([], 2)
    assert "合计、小计行，略去2行。" in file.notes
    assert "表尾说明，略去1行。" in file.notes
    assert "重复的表头，略去1行。" in file.notes
    assert file.findings == ()


def test_a_total_that_does_not_add_up_is_said() -> None:
    file = read_rows(("P1", "100", "2025-03-01"), ("合计", "120", ""))
    (finding,) = file.findings
    assert (finding.place, finding.field) == ("L3", "实际支付金额(元)")
    assert "相差20.00元" in finding.message


def test_columns_about_persons_are_dropped_and_said() -> None:
    heading = (*SHORT, "收款人全称", "证件号码", "收款人账号")
    row = ("P1", "5", "2025-03-01", "赵某", "130730190001010000", "6222021234567890")
    file = read_rows(row, heading=heading)
    assert "含个人信息的列不导入：收款人全称、证件号码。" in file.notes
    kept = repr(file.vouchers)
    assert not any(secret in kept for secret in ("赵某", "130730190001010000", "6222021234567890"))


def test_the_account_of_an_allocation_is_kept() -> None:
    heading = ("拨款凭证号", "拨款金额", "实际拨款日期", "收款人账号")
    (line,) = lines_of(read_rows(("B1", "5", "2025-05-27", "1300 0001"), heading=heading))
    assert line.payee_account == "13000001"


@pytest.mark.parametrize("number", ["1.3073E+17", "1.3e+20"])
def test_voucher_numbers_in_scientific_notation_refuse_the_file_with_the_way_out(
    number: str,
) -> None:
    with pytest.raises(UnreadableFileError, match=r"科学计数法.*设为文本"):
        read_rows(("P1", "5", "2025-03-01"), (number, "5", "2025-03-01"))


def test_a_workbook_that_stores_long_voucher_numbers_as_numbers_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match=r"后几位已丢失"):
        read(workbook([SHORT, (130730250000123456, 5, date(2025, 3, 1))]))


def test_a_workbook_reads_as_its_text_would() -> None:
    rows = [SHORT, ("P1", 1234.1, date(2025, 3, 1)), ("P2", -0.07, date(2025, 3, 2))]
    file = read(workbook(rows))
    assert [(line.amount, line.paid_on, line.source_row) for line in lines_of(file)] == [
        (Decimal("1234.10"), date(2025, 3, 1), 2),
        (Decimal("-0.07"), date(2025, 3, 2), 3),
    ]


def test_a_bad_cell_of_a_workbook_is_named_by_sheet_and_cell() -> None:
    (problem,) = read(workbook([SHORT, ("P1", "多少", date(2025, 3, 1))])).errors
    assert (problem.place, problem.field) == ("支付!B2", "实际支付金额(元)")


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (("", "5", "2025-03-01"), "支付凭证号"),
        (("P1", "五元", "2025-03-01"), "实际支付金额(元)"),
        (("P1", "", "2025-03-01"), "实际支付金额(元)"),
        (("P1", "5", ""), "实际支付日期"),
        (("P1", "5", "3月"), "实际支付日期"),
        (("P1", "5", "2026-02-01"), "实际支付日期"),
        (("P1", "5", "2020-03-01"), "实际支付日期"),
        (("P1", "5"), "实际支付日期"),
    ],
)
def test_a_bad_line_is_listed_with_its_field_and_never_hides_a_good_one(
    row: tuple[str, ...], field: str
) -> None:
    file = read_rows(row, ("P9", "7", "2025-03-02"))
    (problem,) = file.errors
    assert (problem.place, problem.field) == ("L2", field)
    assert [line.amount for line in lines_of(file)] == [7]
    assert file.rows == 2


@pytest.mark.parametrize(
    ("heading", "cell"),
    [("预算年度", "去年"), ("行号", "1.5E+03"), ("凭证日期", "未定"), ("红字标志", "也许")],
)
def test_other_fields_are_refused_by_name_as_well(heading: str, cell: str) -> None:
    (problem,) = read_rows(("P1", "5", "2025-03-01", cell), heading=(*SHORT, heading)).errors
    assert problem.field == heading


def test_the_budget_year_is_the_vouchers_own() -> None:
    heading = (*SHORT, "预算年度")
    file = read_rows(
        ("P1", "5", "2025-01-08", "2024年度"), ("P2", "5", "2025-01-08", ""), heading=heading
    )
    assert [key.budget_year for key, _ in file.vouchers] == [2024, 2025]


def test_lines_of_one_voucher_come_together_from_anywhere_in_the_file() -> None:
    heading = (*SHORT, "行号")
    file = read_rows(
        ("P1", "5", "2025-03-01", "1"),
        ("P2", "6", "2025-03-01", "1"),
        ("P1", "-5", "2025-04-01", "002"),
        heading=heading,
    )
    assert [(key.voucher_no, len(lines)) for key, lines in file.vouchers] == [("P1", 2), ("P2", 1)]
    assert [line.line_key for line in file.vouchers[0][1]] == ["1", "2"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("姓名,年龄\n甲,5\n", r"没有找到表头"),
        ("支付凭证号,实际支付日期,项目代码\nP1,2025-03-01,X\n", r"缺少：实际支付金额"),
    ],
)
def test_a_file_without_the_columns_says_which_are_missing(data: str, why: str) -> None:
    with pytest.raises(UnreadableFileError, match=why):
        read(data.encode())


def test_every_sheet_with_the_heading_is_read_and_others_are_passed_over() -> None:
    book = openpyxl.Workbook()
    for title, number in (("一月", "P1"), ("二月", "P2")):
        sheet = book.create_sheet(title)
        sheet.append(SHORT)
        sheet.append((number, 5, date(2025, 1, 5)))
    book.create_sheet("说明").append(("本表由系统导出",))
    stream = io.BytesIO()
    book.save(stream)
    assert [key.voucher_no for key, _ in read(stream.getvalue()).vouchers] == ["P1", "P2"]


READING = """
from services.collecting import collector_resting
from services.intake.payment_rows import PaymentDefaults
from services.intake.payments import read_payments
from tests.payment_files import REGION, TODAY, big_csv
with collector_resting():
    file = read_payments(big_csv(100_000), PaymentDefaults(REGION, 2025, TODAY))
print(len(file.vouchers), len(file.errors))
"""


def test_a_hundred_thousand_lines_are_read_whole() -> None:
    """In a process of its own: the tracing of a coverage run is no part of it."""
    told = subprocess.run([sys.executable, "-c", READING], capture_output=True, check=True)
    assert told.stdout.split() == [b"100000", b"0"]


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "支付"
    for row in rows:
        sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
