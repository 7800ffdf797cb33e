"""What is kept of a table file until it is brought in: all that is read, and nobody's data."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from domain.importing import ImportKind
from domain.payment import VoucherKind
from services.intake.achievement_rows import AchievementDefaults, read_achievements
from services.intake.choice import ColumnChoice
from services.intake.funds import FundDefaults, read_funds
from services.intake.guessing import TABLES, kind_of
from services.intake.packing import pack
from services.intake.payment_rows import PaymentDefaults
from services.intake.payments import read_payments
from services.intake.personal import DROPPED, HIDDEN
from services.intake.readers.grid import UnreadableFileError
from services.intake.reading import Aids
from services.intake.tables.choose import read_tables
from services.intake.tables.packed import Packed
from services.intake.tables.sample import samples_of
from services.intake.units import read_units
from services.intake.vocabulary.folding import normalised_heading
from tests.files import workbook
from tests.table_kinds import KINDS, REGION, TODAY, YEAR, TableKind, said

KIND_OF = {name: kind for kind, name in TABLES.items()}
DEFAULTS = PaymentDefaults(REGION, YEAR, TODAY)
NAME, IDENTITY, MOBILE = "赵某某", "11010519491231002X", "13812345678"
CARD, PLACE = "6222021234567890128", "幸福村三组"
PERSONS = (NAME, IDENTITY, MOBILE, CARD, PLACE)


def kept(data: str | bytes, kind: ImportKind, choice: ColumnChoice | None = None) -> Packed:
    content = data.encode() if isinstance(data, str) else data
    return Packed(pack(content, kind, choice or ColumnChoice()))


def whole_text(content: bytes) -> str:
    """All that is kept, as whoever opens the row of the database would see it."""
    return zlib.decompress(content.partition(b"\n")[2]).decode("utf-8", "replace")


def lines(*rows: Sequence[str]) -> str:
    return "\n".join(",".join(row) for row in rows)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_what_is_kept_says_what_the_file_says(kind: TableKind) -> None:
    def fill(sheet: Any) -> None:
        for row in [kind.heading, *kind.rows]:
            sheet.append(row)

    for data in (lines(kind.heading, *kind.rows).encode(), workbook(fill)):
        content = kept(data, KIND_OF[kind.name])
        assert said(kind.read(content)) == said(kind.read(data))
        assert kind_of(content) is kind_of(data)
        assert samples_of(content) == samples_of(data)
        assert Packed(pack(content, KIND_OF[kind.name], ColumnChoice())) == content


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_nothing_of_persons_is_kept_that_the_kind_does_not_want(kind: TableKind) -> None:
    heading = [*kind.heading, "户主姓名", "身份证号", "银行账号", "家庭住址", "其他号码"]
    rows = [[*row, NAME, IDENTITY, CARD, PLACE, MOBILE] for row in kind.rows]
    rows.append(rows[0])
    top = ["填报人：赵某某", "联系电话", MOBILE, "备注"]
    content = kept(lines(top, heading, *rows, ["制表人：赵某某", MOBILE]), KIND_OF[kind.name])
    assert not [text for text in PERSONS if text in whole_text(content)]
    file = kind.read(content)
    assert said(file) == said(kind.read(lines(heading, *rows).encode()))
    heard = getattr(file, "reports", file)
    notes = getattr(heard, "heard", heard).notes
    assert any("户主姓名、身份证号、银行账号、家庭住址、其他号码" in note for note in notes)


def test_running_text_is_kept_without_the_numbers_in_it() -> None:
    row = ("P1", "1", "2025-03-01", f"付{MOBILE}、身份证{IDENTITY}、卡{CARD}", "经办人：赵某某")
    content = kept(
        lines(("支付凭证号", "支付金额", "支付日期", "用途", "随手记"), row), ImportKind.PAYMENTS
    )
    (table,) = read_tables(content)
    assert table.rows[1][1][3:] == [
        f"付{HIDDEN}、身份证{HIDDEN}、卡{HIDDEN}",
        f"经办人：{DROPPED}",
    ]


def test_where_nobody_knows_the_headings_yet_columns_about_persons_are_known_by_their_words() -> (
    None
):
    data = lines(
        ("发放表", "", "", ""),
        ("单据", "花了多少", "身份证号", "户主姓名"),
        ("1", "5", IDENTITY, NAME),
        ("2", "6", "", NAME),
    )
    content = kept(data, ImportKind.PAYMENTS)
    assert not [text for text in PERSONS if text in whole_text(content)]
    (table,) = read_tables(content)
    assert [list(values[:2]) for _, values in table.rows][2:] == [["1", "5"], ["2", "6"]]


def test_lines_of_one_voucher_are_told_apart_without_the_accounts_they_went_to() -> None:
    data = lines(
        ("支付凭证号", "支付金额", "支付日期", "收款人账号"),
        ("P1", "100", "2025-03-01", CARD),
        ("P1", "100", "2025-03-01", "130700001"),
        ("P2", "100", "2025-03-01", ""),
    )
    content = kept(data, ImportKind.PAYMENTS)
    assert CARD not in whole_text(content)
    assert "130700001" not in whole_text(content)
    assert (
        read_payments(content, DEFAULTS).vouchers == read_payments(data.encode(), DEFAULTS).vouchers
    )
    assert kept(content, ImportKind.PAYMENTS) == content


def test_the_account_of_an_allocation_is_kept_because_it_is_recorded() -> None:
    by_heading = lines(
        ("拨款凭证号", "拨款金额", "拨款日期", "收款人账号"), ("P1", "1", "2025-03-01", "0042")
    )
    by_row = lines(
        ("凭证号", "支付金额", "支付日期", "凭证类型", "收款人账号"),
        ("P1", "1", "2025-03-01", "拨款凭证", "0042"),
        ("P2", "1", "2025-03-01", "支付凭证", "0043"),
    )
    for data in (by_heading, by_row):
        content = kept(data, ImportKind.PAYMENTS)
        vouchers = read_payments(content, DEFAULTS).vouchers
        assert vouchers == read_payments(data.encode(), DEFAULTS).vouchers
        assert vouchers[0][1][0].payee_account == "0042"
        assert "0043" not in whole_text(content)


def test_payments_that_are_said_to_be_allocations_afterwards_are_asked_for_again() -> None:
    data = lines(
        ("支付凭证号", "支付金额", "支付日期", "收款人账号"), ("P1", "1", "2025-03-01", "0042")
    )
    allocation = replace(DEFAULTS, kind=VoucherKind.ALLOCATION)
    with pytest.raises(UnreadableFileError, match=r"收款人账号.*拨款凭证号.*重新上传"):
        read_payments(kept(data, ImportKind.PAYMENTS), allocation)
    assert read_payments(data.encode(), allocation).vouchers


def test_a_column_that_was_not_kept_is_asked_for_again() -> None:
    data = lines(
        ("项目编码", "指标文号", "指标金额", "开户项目", "联系电话"),
        ("P1", "财社1号", "5", "乙", MOBILE),
    )
    content = kept(data, ImportKind.FUNDS)
    chosen = Aids(ColumnChoice({normalised_heading("开户项目"): "project_name"}))
    with pytest.raises(UnreadableFileError, match=r"“开户项目”列在上传时按个人信息略去"):
        read_funds(content, FundDefaults(YEAR, TODAY, chosen))
    assert read_funds(data.encode(), FundDefaults(YEAR, TODAY, chosen)).rows


def test_a_column_that_a_person_named_before_is_kept_under_its_odd_name() -> None:
    data = lines(("项目编码", "指标文号", "指标金额", "开户项目"), ("P1", "财社1号", "5", "乙"))
    choice = ColumnChoice({normalised_heading("开户项目"): "project_name"})
    content = kept(data, ImportKind.FUNDS, choice)
    (row,) = read_funds(content, FundDefaults(YEAR, TODAY, Aids(choice))).rows
    assert row.project.name == "乙"


def test_names_and_telephones_in_a_list_of_units_are_wanted_and_gone_in_another_kind() -> None:
    data = lines(
        ("单位编码", "单位名称", "单位负责人", "负责人电话"),
        ("450001", "县医疗保障局", NAME, f"{MOBILE}（办）"),
    )
    content = kept(data, ImportKind.UNITS)
    assert said(read_units(content, Aids())) == said(read_units(data.encode(), Aids()))
    other = kept(content, ImportKind.FUNDS)
    assert NAME not in whole_text(other)
    with pytest.raises(UnreadableFileError, match="没有保留"):
        read_units(other, Aids())


def test_percent_days_and_the_calendar_of_a_workbook_are_kept_as_they_were() -> None:
    def fill(sheet: Any) -> None:
        sheet.parent.epoch = CALENDAR_MAC_1904
        sheet.append(["项目编码", "三级指标", "完成值", "截至日期"])
        sheet.append(["P1", "验收合格率", 0.925, date(2025, 6, 30)])
        sheet.cell(2, 3).number_format = "0.0%"

    data = workbook(fill)
    for kind in (ImportKind.ACHIEVEMENTS, ImportKind.PAYMENTS):
        content = kept(data, kind)
        assert read_tables(content) == read_tables(data)
        assert read_tables(content, percents=True) == read_tables(data, percents=True)
    (row,) = read_achievements(content, AchievementDefaults(YEAR, TODAY)).rows
    assert (row.said.text, row.said.reported_on) == ("92.5%", date(2025, 6, 30))


def test_halves_of_characters_do_no_harm() -> None:
    heading = ("支付凭证号", "支付金额", "支付日期", "用途")
    data = lines(heading, ("P1", "1", "2025-03-01", "甲\ud800乙")).encode("utf-16", "surrogatepass")
    assert len(read_payments(kept(data, ImportKind.PAYMENTS), DEFAULTS).vouchers) == 1


def test_what_is_no_table_cannot_be_kept_as_one() -> None:
    with pytest.raises(UnreadableFileError, match="PDF"):
        kept(b"%PDF-1.7 nothing", ImportKind.PAYMENTS)


def test_a_file_that_pretends_to_be_packed_is_read_as_any_file() -> None:
    content = bytes(kept(lines(("支付凭证号", "支付金额", "支付日期")), ImportKind.PAYMENTS))
    with pytest.raises(UnreadableFileError):
        read_payments(content, DEFAULTS)
