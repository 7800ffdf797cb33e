"""Tables as clerks send them: printed pages, odd units, rows that are no lines, reversals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from services.intake.funds import FundDefaults, read_funds
from services.intake.known_codes import KnownCodes
from services.intake.not_lines import RULERS, TITLES, TOTAL_ROWS
from services.intake.payment_rows import PaymentDefaults
from services.intake.payments import PaymentFile, read_payments
from services.intake.readers.grid import UnreadableFileError
from services.intake.reading import Aids
from services.intake.target_rows import TargetDefaults, read_targets
from tests.table_kinds import KINDS, REGION, TODAY, YEAR, TableKind, errors, said

HEADING = "支付凭证号,实际支付金额,实际支付日期,项目编码,单位编码,用途"
PAGE = f"国库集中支付明细表,,,,,\n编制单位：县财政局,,,2025年3月,单位：万元,\n{HEADING}\n"
LINE = "P1,1.2,2025-03-01,X,1,a\n"
TURNED = "实际支付日期,实际支付金额,支付凭证号,项目编码,单位编码,用途"


def read(data: str) -> PaymentFile:
    return read_payments(data.encode(), PaymentDefaults(REGION, YEAR, TODAY))


def amounts(data: str) -> list[Decimal]:
    file = read(data)
    assert not file.errors
    return [line.amount for _, lines in file.vouchers for line in lines]


def left_out(file: PaymentFile, what: str) -> int:
    return next((int(n.removeprefix(what)[:-2]) for n in file.notes if n.startswith(what)), 0)


@pytest.mark.parametrize(
    "title",
    [
        *("单位：万元", "金额单位：人民币万元", "单位 : 万 元", "（金额单位：人民币万元）"),
        *("币种：人民币 单位：万元", "以万元为单位", "单位（万元）", "单位：万元、%", "（万元）"),
    ],
)
def test_the_unit_that_a_title_states_counts_however_it_is_put(title: str) -> None:
    assert amounts(f"{title},,,,,\n{HEADING}\n{LINE}") == [Decimal("12000.00")]
    in_thousands = title.replace("万", "千")
    assert amounts(f"{in_thousands},,,,,\n{HEADING}\n{LINE}") == [Decimal("1200.00")]


@pytest.mark.parametrize(
    "heading",
    [
        *(
            "金额（万元）",
            "金额（人民币：万元）",
            "金额（单位：万元）",
            "金额[万元]",
            "金额（万）",
            "金额_万元",
        ),
        *("金额 万元", "支付金额万元", "金额（万元，含税）", "金额/万元"),
    ],
)
def test_the_unit_in_a_heading_counts_however_it_is_put(heading: str) -> None:
    assert amounts(f"支付凭证号,{heading},支付日期\n{LINE[:17]}") == [Decimal("12000.00")]


def test_a_number_in_brackets_is_no_unit() -> None:
    assert amounts(f"支付凭证号,金额（1万元以上）,支付日期\n{LINE[:17]}") == [Decimal("1.20")]


def test_each_page_keeps_its_unit_and_its_title_is_no_line() -> None:
    file = read(
        f"{PAGE}{LINE}本页小计,1.2\n第1页\n{PAGE}{LINE.replace('P1', 'P2')}累计,2.4\n第2页\n"
    )
    assert [line.amount for _, lines in file.vouchers for line in lines] == [Decimal(12_000)] * 2
    assert (file.errors, file.findings) == ([], ())
    assert (left_out(file, TITLES), left_out(file, TOTAL_ROWS)) == (2, 4)


def test_the_title_of_a_page_is_no_line_where_money_asked_for_is_listed() -> None:
    page = PAGE.replace("实际", "")
    file = read(f"{page}{LINE}{page}{LINE.replace('P1', 'P2')}")
    assert (len(file.vouchers), file.errors) == (2, [])


@pytest.mark.parametrize(
    ("second", "line"),
    [
        (PAGE.replace(HEADING, TURNED), "2025-03-01,1.2,P2,X,1,a\n"),
        (PAGE.replace("单位：万元", "").replace(HEADING, TURNED), "2025-03-01,1.2,P2,X,1,a\n"),
        (PAGE.replace("单位：万元", "单位：元"), "P2,12000,2025-03-01,X,1,a\n"),
        (PAGE.replace("实际支付金额", "实际支付金额（元）"), "P2,12000,2025-03-01,X,1,a\n"),
    ],
)
def test_a_second_table_of_a_sheet_is_read_in_its_own_unit_or_that_of_the_first(
    second: str, line: str
) -> None:
    assert amounts(PAGE + LINE + second + line) == [Decimal(12_000)] * 2


def test_columns_of_money_have_units_of_their_own_or_that_beside_them() -> None:
    mixed = "项目编码,指标文号,下达日期,指标金额(万元),调减金额{}\nP1,财社1号,2025-02-01,450,{}\n"
    for unit, printed in (("(元)", "200000"), ("(万元)", "20"), ("", "20")):
        file = read_funds(mixed.format(unit, printed).encode(), FundDefaults(YEAR, TODAY))
        (row,) = file.rows
        assert (row.line.amount, row.reduction) == (Decimal(4_500_000), Decimal(200_000))


def test_targets_with_columns_of_money_in_different_units_are_refused_by_their_headings() -> None:
    data = "项目编码,年度资金总额(万元),财政拨款(元),三级指标,指标值\nP1,450,4500000,救助人次,10\n"
    with pytest.raises(UnreadableFileError, match=r"年度资金总额\(万元\)、财政拨款\(元\)"):
        read_targets(data.encode(), TargetDefaults(YEAR))


@pytest.mark.parametrize(
    ("heading", "mark"),
    [
        *(("冲销标志", "冲销"), ("支付业务类型", "退款"), ("凭证类型", "退款凭证")),
        *(("交易类型", "红字冲销"), ("凭证种类", "支付冲销凭证")),
    ],
)
def test_a_line_that_is_said_to_be_a_reversal_is_negative_whatever_its_sign(
    heading: str, mark: str
) -> None:
    rows = f"P1,100,2025-03-01,{mark}\nP2,-100,2025-03-01,{mark}\nP3,100,2025-03-01,\n"
    data = f"支付凭证号,支付金额,支付日期,{heading}\n{rows}"
    assert amounts(data) == [Decimal(-100), Decimal(-100), Decimal(100)]


@pytest.mark.parametrize(
    "printed",
    [
        *('"(1,234.00)"', "（1234.00）", "−1234", "－1234", "-1234", "1234-", "红字1234"),
        *('"-1,234.00"', "¥(1234.00)", "–1234", "﹣1234", '"（１，２３４．００）"'),
    ],
)
def test_a_red_amount_is_negative_however_it_is_printed(printed: str) -> None:
    data = f"支付凭证号,支付金额,支付日期\nP1,{printed},2025-03-01\n"
    assert amounts(data) == [Decimal(-1234)]


@pytest.mark.parametrize(
    "row",
    [
        *(
            "合计,10",
            "合  计：,10",
            "小计,10",
            "本页合计,10",
            "累计,10",
            "本年累计,10",
            "总计：,10",
        ),
        *("县医保局 小计,10", "第 2 页", "第1页 共3页", "承前页,10", "过次页,10", ",,合计"),
        *("合计（1笔）,10", "共1笔", "合计1笔,10", "其中：一般公共预算小计,10"),
    ],
)
def test_a_total_or_a_page_is_no_line(row: str) -> None:
    file = read(f"{HEADING}\nP1,10,2025-03-01,X,1,a\n{row}\n")
    assert (len(file.vouchers), file.errors, left_out(file, TOTAL_ROWS)) == (1, [], 1)


@pytest.mark.parametrize(
    "ruler",
    ["1,2,3,4,5,6", "A,B,C,D,E,F", "栏次,1,2,3,4,5", "甲,乙,1,2,3,4", "---,---,---,:--,---,--:"],
)
def test_a_row_that_numbers_the_columns_is_no_line(ruler: str) -> None:
    file = read(f"{HEADING}\n{ruler}\nP1,10,2025-03-01,X,1,a\n")
    assert (len(file.vouchers), file.errors, left_out(file, RULERS)) == (1, [], 1)


@pytest.mark.parametrize("row", ["1,2,4", "1,甲,2", "2,3,4", "A,C,1"])
def test_a_row_that_does_not_count_up_is_a_line(row: str) -> None:
    file = read(f"支付凭证号,用途,支付金额,支付日期\n{row}\n")
    assert len(file.errors) == 1


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_pages_with_titles_totals_and_numbered_columns_say_what_the_plain_table_says(
    kind: TableKind,
) -> None:
    def line(text: str) -> str:
        return text + "," * (len(kind.heading) - 1)

    heading = ",".join(kind.heading)
    first, second = (",".join(row) for row in kind.rows)
    top = [line("某某县预算绩效情况表"), line("编制单位：某县财政局"), heading]
    ruler = ",".join(map(str, range(1, len(kind.heading) + 1)))
    pages = [
        *(*top, ruler, line("一、县医疗保障局"), first, line("本页小计"), line("第1页 共2页")),
        *(*top, second, line("合计"), line("第2页"), line("制表人：张三"), line("2025年7月1日")),
    ]
    file = kind.read("\n".join(pages).encode())
    assert not errors(file)
    assert said(file) == said(kind.read(f"{heading}\n{first}\n{second}".encode()))


@pytest.mark.parametrize(
    "printed",
    [
        *("2025-1-3", "2025/1/3", "20250103", "2025.1.3", "2025年1月3日", "2025 年 1 月 3 日"),
        *(
            "2025. 1. 3",
            "45660",
            "2025-01-03 00:00:00",
            "２０２５年１月３日",
            "2025-01-03T10:20:30",
        ),
    ],
)
def test_a_day_is_read_however_it_is_written(printed: str) -> None:
    ((_, (line,)),) = read(f"支付凭证号,支付金额,支付日期\nP1,1,{printed}\n").vouchers
    assert line.paid_on == date(2025, 1, 3)


@pytest.mark.parametrize("printed", ["25-1-3", "1月3日", "1/3/2025", "2025-01", "3-Jan-25"])
def test_a_day_that_could_be_several_is_refused(printed: str) -> None:
    file = read(f"支付凭证号,支付金额,支付日期\nP1,1,{printed}\n")
    assert [(error.place, error.field) for error in file.errors] == [("L2", "支付日期")]


def test_long_numbers_that_all_end_in_zeros_are_told_to_be_checked() -> None:
    def notes(*numbers: str) -> list[str]:
        rows = "".join(f"{number},1,2025-03-01\n" for number in numbers)
        file = read(f"支付凭证号,支付金额（元）,支付日期\n{rows}")
        assert len(file.vouchers) == len(numbers)
        return file.notes

    rounded = [f"20250101123450{n}00" for n in range(1, 7)]
    (note,) = notes(*rounded)
    assert "“支付凭证号”" in note
    assert "后几位" in note
    assert notes(*rounded, "2025010112345678") == []
    assert notes(*rounded[:2]) == []


def test_codes_that_lost_their_zeros_are_restored_from_those_on_record_or_asked_back() -> None:
    units, projects = KnownCodes.of(["007001", "0042", "00042"]), KnownCodes.of(["0130730250001"])
    defaults = PaymentDefaults(REGION, YEAR, TODAY, aids=Aids(units=units, projects=projects))
    data = (
        "支付凭证号,支付金额,支付日期,单位编码,项目编码\n"
        "P1,1,2025-03-01,7001,130730250001\nP2,1,2025-03-01,42,X\nP3,1,2025-03-01,9,X\n"
    )
    file = read_payments(data.encode(), defaults)
    codes = [(line.unit_code, line.project_code) for _, lines in file.vouchers for line in lines]
    assert codes == [("007001", "0130730250001"), ("9", "X")]
    (problem,) = file.errors
    assert (problem.place, problem.field) == ("L3", "单位编码")
    assert "00042或0042" in problem.message
    assert any("7001→007001" in note for note in file.notes)
