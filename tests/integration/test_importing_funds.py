"""Allotments come in: declared money gets its documents and days, changes are lines apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from domain.funds import FundSource
from domain.importing import ImportKind
from domain.target import Target
from services.database.connect import Database
from services.incoming import preview_file
from services.recording import BadLinesError, Outcome
from tests.declaring import declaration
from tests.integration.files import bring_in, counted, door, file_of, look_at
from tests.integration.incoming import META, Desk, desk_on

HEADING = ("项目编码", "资金来源", "指标金额(元)", "下达日期", "指标文号", "调整类型")
MARCH, JULY = date(2025, 3, 5), date(2025, 7, 1)


@pytest.fixture
def desk(database: Database) -> Iterator[Desk]:
    """A desk with one project of 4,500,000 yuan declared."""
    with desk_on(database) as opened:
        opened.log.save(Target(declaration()), meta=META)
        opened.projector.catch_up()
        yield opened


def target(desk: Desk) -> Target:
    return desk.log.get(Target, Target.create_id(declaration()))


def lines(desk: Desk) -> list[tuple[FundSource, Decimal, date, str | None]]:
    found = target(desk).lines.values()
    return [(one.source, one.amount, one.arrived_on, one.document_no) for one in found]


FIRST = ("P1", "本年财政拨款", "3000000", "2025-03-05", "财预1号", "年初")
REST = ("P1", "本年财政拨款", "1500000", "2025-07-01", "财预9号", "年初")
MORE = ("P1", "上级补助（省）", "200000", "2025-07-01", "财社5号", "追加")
LESS = ("P1", "本年财政拨款", "100000", "2025-09-01", "财预12号", "追减")


def test_declared_money_gets_its_documents_and_days_and_changes_are_added(desk: Desk) -> None:
    upload = file_of(HEADING, [FIRST, REST, MORE, LESS])
    seen = look_at(desk, upload)
    done = bring_in(desk, upload)
    assert counted(seen) == counted(done)
    assert (done.outcome, done.stored) == (Outcome.COMPLETED, 4)
    current = FundSource.CURRENT_YEAR
    assert lines(desk) == [
        (current, Decimal(3_000_000), MARCH, "财预1号"),
        (current, Decimal(1_500_000), JULY, "财预9号"),
        (current, Decimal(200_000), JULY, "财社5号"),
        (current, Decimal(-100_000), date(2025, 9, 1), "财预12号"),
    ]
    assert [one.level for one in target(desk).lines.values()] == [None, None, "省", None]
    assert [one.original for one in target(desk).lines.values()] == [True, True, False, False]


def test_the_read_tables_show_what_stands_and_what_was_known_before(desk: Desk) -> None:
    before = desk.log.head()
    bring_in(desk, file_of(HEADING, [FIRST]))
    read = desk.read_model
    for known_at, amounts in ((before, [4_500_000]), (None, [3_000_000, 1_500_000])):
        moment = read.moment(2025, date(2025, 12, 31), known_at)
        picture = read.judged_target(target(desk).id, moment).picture
        assert sorted(one.amount for one in picture.fund_lines) == sorted(map(Decimal, amounts))


def test_the_same_lines_again_and_the_next_export_add_only_what_is_new(desk: Desk) -> None:
    bring_in(desk, file_of(HEADING, [FIRST]))
    again = bring_in(desk, file_of(HEADING, [FIRST], name="另存.csv"))
    assert again.outcome is Outcome.ALREADY_IMPORTED
    next_export = bring_in(desk, file_of(HEADING, [REST, FIRST, MORE]))
    assert (next_export.stored, next_export.known) == (2, 1)
    assert sum(one.amount for one in target(desk).lines.values()) == 4_700_000


def test_what_a_file_does_not_tell_is_asked_back(desk: Desk) -> None:
    unsaid = ("P1", "本年财政拨款", "200000", "2025-07-01", "财社5号", "")
    with pytest.raises(BadLinesError) as refusal:
        bring_in(desk, file_of(HEADING, [unsaid]))
    (problem,) = refusal.value.report.problems
    assert (problem.place, problem.field) == ("L2", "指标金额(元)")
    assert "调整类型" in problem.message


def test_allotments_that_make_up_the_declared_money_need_not_say_so(desk: Desk) -> None:
    heading = ("项目编码", "指标金额(万元)", "下达日期", "指标文号")
    rows = [("P1", "300", "2025-03-05", "财预1号"), ("P1", "150", "2025-07-01", "财预9号")]
    done = bring_in(desk, file_of(heading, rows))
    assert (done.stored, done.refused) == (2, 0)
    assert sum(one.amount for one in target(desk).lines.values()) == 4_500_000


def test_money_of_a_source_nobody_declared_is_added(desk: Desk) -> None:
    carried = ("P1", "上年结转", "34200", "2024-12-20", "财预3号", "结转")
    bring_in(desk, file_of(HEADING, [carried]))
    assert lines(desk)[-1] == (
        FundSource.CARRY_OVER,
        Decimal(34_200),
        date(2024, 12, 20),
        "财预3号",
    )


def test_what_was_taken_back_of_a_line_is_a_line_of_its_own_and_grows(desk: Desk) -> None:
    heading = ("项目编码", "BGT_ID", "AMOUNT", "DIS_AMT", "本级指标文号", "调整类型")
    bring_in(desk, file_of(heading, [("P1", "B7", "500000", "0", "财预1号", "追加")]))
    bring_in(desk, file_of(heading, [("P1", "B7", "500000", "50000", "财预1号", "追加")]))
    done = bring_in(desk, file_of(heading, [("P1", "B7", "500000", "80000", "财预1号", "追加")]))
    assert (done.stored, done.known) == (1, 0)
    amounts = {no: one.amount for no, one in target(desk).lines.items()}
    assert amounts == {"1": 4_500_000, "B7": 500_000, "B7减1": -50_000, "B7减2": -30_000}


BAD = [
    ("P9", "本年财政拨款", "1", "2025-03-05", "财预1号", "追加"),
    ("P1", "天上掉的", "1", "2025-03-05", "财预2号", "追加"),
    ("P1", "本年财政拨款", "0", "2025-03-05", "财预3号", "追加"),
    ("P1", "本年财政拨款", "1", "2026-03-05", "财预4号", "追加"),
    ("P1", "本年财政拨款", "9000000", "2025-03-05", "财预5号", "年初"),
    ("P1", "本年财政拨款", "1", "2025-03-05", "财预6号", "也许"),
]


def test_each_bad_row_is_listed_with_its_place(desk: Desk) -> None:
    report = look_at(desk, file_of(HEADING, BAD))
    assert sorted((one.place, one.field) for one in report.problems) == [
        ("L2", "项目编码"),
        ("L3", "资金来源"),
        ("L4", "指标金额(元)"),
        ("L5", "下达日期"),
        ("L6", "指标金额(元)"),
        ("L7", "调整类型"),
    ]


def test_a_line_that_contradicts_the_record_is_refused(desk: Desk) -> None:
    heading = ("项目编码", "指标编号", "指标金额", "指标文号", "调整类型")
    bring_in(desk, file_of(heading, [("P1", "A1", "500", "财预1号", "追加")]))
    report = look_at(desk, file_of(heading, [("P1", "A1", "600", "财预1号", "追加")]))
    assert "资金行A1已有记录" in report.problems[0].message


def test_a_total_of_the_file_is_compared_with_its_rows(desk: Desk) -> None:
    total = ("合计", "", "9999", "", "", "")
    report = look_at(desk, file_of(HEADING, [MORE, total]))
    assert report.stored == 1
    assert [one.place for one in report.findings] == ["L3"]


def test_the_kind_is_read_from_the_headings(desk: Desk) -> None:
    assert preview_file(door(desk), file_of(HEADING, [MORE])).kind is ImportKind.FUNDS
