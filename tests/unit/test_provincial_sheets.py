"""The province's exports of monitoring and self-evaluation: read whole, compared, never copied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from domain.importing import ImportKind
from domain.indicator import Grade, Indicator, Kind, TargetValue
from domain.picture import TargetPicture
from services.comparing import (
    Compared,
    Sheet,
    compare_money,
    compare_rows,
    compare_scores,
    points_in,
    sheets_of,
)
from services.intake.achievement_rows import AchievementDefaults
from services.intake.guessing import kind_of
from services.intake.provincial_sheets import (
    PrintedMoney,
    PrintedRow,
    ProvincialFile,
    read_monitoring,
    read_self_evaluations,
)
from services.intake.readers.grid import UnreadableFileError
from services.intake.title_year import title_year
from services.readmodel.lookups import FoundTarget, TargetBook
from tests.declaring import line, visits
from tests.payment_files import csv_of
from tests.provincial_files import (
    MONITORING_HEADING,
    SELF_EVALUATION_HEADING,
    as_word,
    monitoring_row,
    monitoring_sheets,
    self_evaluation_row,
    self_evaluation_sheet,
    self_evaluation_sheets_of_sichuan,
)
from tests.table_kinds import said

JULY = date(2025, 7, 31)
YEAR_END = date(2025, 12, 31)
TARGET = UUID(int=7)
IN_AUGUST = AchievementDefaults(2025, date(2025, 8, 5))
AFTER = AchievementDefaults(2025, date(2026, 1, 31), YEAR_END)
BOOK = TargetBook({"P1": FoundTarget(TARGET, "P1", "项目P1", "450001", "县医疗保障局")}, {})


def monitored(*rows: Sequence[str], heading: Sequence[str] = MONITORING_HEADING) -> ProvincialFile:
    return read_monitoring(csv_of(rows, heading), IN_AUGUST)


def sheet(file: ProvincialFile) -> Sheet:
    return sheets_of(file, BOOK)[TARGET]


def told(compared: Compared) -> list[tuple[str, str]]:
    return [(finding.place, finding.field) for finding in compared.findings]


def picture(executed: str, complete_to: date | None = JULY) -> TargetPicture:
    return TargetPicture(
        target_id=TARGET,
        project_name="项目P1",
        unit_name="县医疗保障局",
        fiscal_year=2025,
        fund_lines=(line(4_500_000),),
        indicators=(),
        executed=Decimal(executed),
        complete_to=complete_to,
    )


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (monitoring_sheets("甲"), ImportKind.MONITORING),
        (self_evaluation_sheet("甲"), ImportKind.SELF_EVALUATIONS),
        (csv_of([monitoring_row("P1", "5.2")], MONITORING_HEADING), ImportKind.MONITORING),
        (
            csv_of([self_evaluation_row("P1", "9", "50", "45")], SELF_EVALUATION_HEADING),
            ImportKind.SELF_EVALUATIONS,
        ),
    ],
)
def test_an_export_is_known_by_its_columns_printed_or_flat(data: bytes, kind: ImportKind) -> None:
    assert kind_of(data) is kind


def test_each_sheet_of_a_file_reports_for_the_project_it_names() -> None:
    file = read_monitoring(monitoring_sheets("城乡医疗救助", "办公用房租金"), IN_AUGUST)
    assert not file.reports.errors
    assert [row.project.name for row in file.reports.rows] == ["城乡医疗救助", "办公用房租金"]
    first = file.reports.rows[0]
    assert (first.indicator.category, first.said.reported_on) == ("数量指标", JULY)
    assert (first.said.text, first.said.forecast, first.said.likelihood) == (
        *("5.2", "预计9.5万人次"),
        "有可能",
    )
    assert first.said.note == "经办人员不足；偏差原因：人员保障；7月起增配人员"
    assert [(money.project.name, money.executed) for money in file.money] == [
        ("城乡医疗救助", Decimal(2_625_000)),
        ("办公用房租金", Decimal(2_625_000)),
    ]
    assert [money.places["executed"][0] for money in file.money] == ["申报表!E6", "申报表!E18"]


def test_what_is_not_taken_over_is_said() -> None:
    monitoring = read_monitoring(monitoring_sheets("甲"), IN_AUGUST).reports.heard.all_notes()
    assert any("全年预计执行数未导入" in note for note in monitoring)
    evaluated = read_self_evaluations(self_evaluation_sheet("甲"), AFTER).reports.heard.all_notes()
    assert any("总体目标的完成情况等文字未导入" in note for note in evaluated)


def test_a_self_evaluation_prints_money_weight_score_and_total() -> None:
    file = read_self_evaluations(self_evaluation_sheet("甲"), AFTER)
    (row,), (money,), (total,) = file.rows, file.money, file.totals
    assert (row.target, row.actual, row.weight, row.score) == (
        *("≥10万人次", "9.35万人次"),
        *("50", "46.75"),
    )
    assert (money.budget, money.executed) == (Decimal(4_500_000), Decimal(4_050_000))
    assert (money.weight, money.rate, money.score) == ("10", "90.00%", "9.00")
    assert (total.score, total.place) == ("55.75", "申报表!H11")
    assert [report.said.reported_on for report in file.reports.rows] == [YEAR_END]


@pytest.mark.parametrize(
    ("content", "read"),
    [
        (monitoring_sheets("城乡医疗救助", "办公用房租金"), read_monitoring),
        (self_evaluation_sheet("城乡医疗救助"), read_self_evaluations),
    ],
    ids=["monitoring", "self-evaluation"],
)
def test_a_word_document_says_what_the_workbook_says(
    content: bytes, read: Callable[[bytes, AchievementDefaults], ProvincialFile]
) -> None:
    assert said(read(as_word(content), AFTER)) == said(read(content, AFTER))


def test_a_sheet_with_signs_and_units_in_columns_is_read_and_scored() -> None:
    file = read_self_evaluations(self_evaluation_sheets_of_sichuan("甲", "乙"), AFTER)
    assert [row.project.name for row in file.reports.rows] == ["甲", "乙"]
    assert file.reports.rows[0].said.unit == "万人次"
    assert [(row.target, row.unit, row.weight) for row in file.rows[:1]] == [
        ("≥10", "万人次", "20")
    ]
    (money, _), (total, _) = file.money, file.totals
    assert (money.original, money.budget, money.executed) == (
        *(Decimal(4_500_000), Decimal(4_600_000)),
        Decimal(4_140_000),
    )
    assert (money.rate, money.weight, money.score, total.score) == ("90%", "10", "9", "27")
    found = Sheet(file.rows[:1], file.money[:1], file.totals[:1])
    assert compare_rows(found, [weighted("20")]).findings == []
    assert compare_scores(found, [weighted("20")]).same == {
        "得分与本系统计算的一致": 2,
        "总分与本系统计算的一致": 1,
    }


def test_a_target_without_its_sign_is_scored_by_that_of_the_record() -> None:
    row = ("P1", "项目P1", "产出指标", "数量指标", "救助人次", "10万人次", "11", "50", "50", "")
    found = sheet(read_self_evaluations(csv_of([row], SELF_EVALUATION_HEADING), AFTER))
    assert compare_scores(found, [weighted()]).same == {"得分与本系统计算的一致": 1}


def test_the_flat_export_has_the_money_once_a_project() -> None:
    other = monitoring_row("P1", "98%", 三级指标="救助准确率")
    file = monitored(monitoring_row("P1", "5.2"), other)
    assert [(money.budget, money.executed) for money in file.money] == [
        (Decimal(4_500_000), Decimal(2_625_000))
    ]
    assert len(file.rows) == 2


def test_a_project_that_prints_two_amounts_is_told() -> None:
    other = monitoring_row("P1", "98%", **{"三级指标": "救助准确率", "执行数(万元)": "300"})
    (finding,) = monitored(monitoring_row("P1", "5.2"), other).reports.heard.findings
    assert finding.place == "L3"
    assert "L2不一致" in finding.message


def test_an_amount_that_is_none_is_told_and_refuses_no_report() -> None:
    file = monitored(monitoring_row("P1", "5.2", **{"执行数(万元)": "=cmd|'/c calc'!A0"}))
    assert [finding.field for finding in file.reports.heard.findings] == ["执行数(万元)"]
    assert len(file.reports.rows) == 1
    assert file.money[0].executed is None


def test_amounts_without_a_unit_are_said_to_be_read_as_yuan() -> None:
    heading = [name.replace("(万元)", "") for name in MONITORING_HEADING]
    file = monitored(monitoring_row("P1", "5.2"), heading=heading)
    assert file.money[0].budget == 450
    assert any("未注明金额单位" in note for note in file.reports.heard.notes)


def test_causes_are_kept_with_the_report_ticked_or_written() -> None:
    row = monitoring_row(
        "P1", "5.2", 经费保障="资金未到位", 人员保障="√", 原因说明="进度慢", 备注="已催办"
    )
    (report,) = monitored(row).reports.rows
    assert report.said.note == "进度慢；经费保障：资金未到位；偏差原因：人员保障；已催办"
    (plain,) = monitored(monitoring_row("P1", "5.2", 经费保障="无")).reports.rows
    assert plain.said.note is None


def test_executed_money_that_differs_is_told_with_both_amounts() -> None:
    of = {TARGET: sheet(monitored(monitoring_row("P1", "5.2")))}
    compared = compare_money(of, JULY, {TARGET: picture("2500000")})
    assert told(compared) == [("L2", "执行数(万元)")]
    message = compared.findings[0].message
    for amount in ("2,625,000.00", "2,500,000.00", "125,000.00", "未导入"):
        assert amount in message
    assert compared.same == {"全年预算数与在案的一致": 1}


def test_executed_money_within_the_rounding_of_the_sheet_agrees() -> None:
    of = {TARGET: sheet(monitored(monitoring_row("P1", "5.2")))}
    assert not compare_money(of, JULY, {TARGET: picture("2625049.99")}).findings
    assert compare_money(of, JULY, {TARGET: picture("2625050.01")}).findings


def test_payments_that_end_before_the_sheet_are_said() -> None:
    of = {TARGET: sheet(monitored(monitoring_row("P1", "5.2")))}
    late = picture("2500000", complete_to=date(2025, 6, 30))
    (finding,) = compare_money(of, JULY, {TARGET: late}).findings
    assert "支付数据截至2025-06-30" in finding.message
    (none,) = compare_money(of, JULY, {TARGET: picture("0", complete_to=None)}).findings
    assert "尚无支付数据" in none.message


def test_a_rate_that_its_own_amounts_do_not_give_is_told() -> None:
    of = {TARGET: sheet(monitored(monitoring_row("P1", "5.2", 执行率="62%")))}
    compared = compare_money(of, JULY, {})
    assert told(compared) == [("L2", "执行率")]
    assert "58.33%" in compared.findings[0].message


def weighted(weight: str | None = "50") -> Indicator:
    return replace(visits(), weight=None if weight is None else Decimal(weight))


def printed(score: str, actual: str = "9.35万人次", **changes: str) -> Sheet:
    row = self_evaluation_row("P1", actual, changes.get("weight", "50"), score)
    return sheet(read_self_evaluations(csv_of([row], SELF_EVALUATION_HEADING), AFTER))


def test_weights_and_targets_are_compared_with_those_on_record() -> None:
    assert compare_rows(printed("45"), [weighted()]).same == {
        "年度指标值与在案的一致": 1,
        "分值与在案的一致": 1,
    }
    compared = compare_rows(printed("45"), [weighted("40")])
    assert told(compared) == [("L2", "分值")]
    assert "在案的是40" in compared.findings[0].message
    lower = replace(visits(), value=TargetValue("≥8万人次", None, Decimal(8), "万人次"))
    assert told(compare_rows(printed("45"), [lower])) == [("L2", "年度指标值")]


def test_a_weight_that_the_record_lacks_is_not_taken_over() -> None:
    compared = compare_rows(printed("45"), [weighted(None)])
    assert "在案的指标没有分值，表上的分值未导入" in compared.same


def test_a_score_that_the_rules_do_not_give_is_told_with_its_working() -> None:
    assert compare_scores(printed("46.75"), [weighted()]).same == {"得分与本系统计算的一致": 1}
    (finding,) = compare_scores(printed("50"), [weighted()]).findings
    assert (finding.place, finding.field) == ("L2", "得分")
    assert "应为46.75" in finding.message
    assert "表上得分未导入" in finding.message
    assert "填报的评分" not in finding.message


def test_a_score_of_what_cannot_be_judged_is_told() -> None:
    (finding,) = compare_scores(printed("50", actual="正在统计"), [weighted()]).findings
    assert "无从核对" in finding.message


def test_a_mark_of_a_qualitative_row_is_checked_against_its_grade() -> None:
    of = Indicator(
        UUID(int=3), "效益指标", "社会效益", "救助人次", TargetValue("显著提升"), Kind.QUALITATIVE
    )
    row = ("P1", "项目P1", "效益指标", "社会效益", "救助人次", "显著提升", "达成", "30", "12", "")
    file = read_self_evaluations(csv_of([row], SELF_EVALUATION_HEADING), AFTER)
    (finding,) = compare_scores(sheet(file), [of]).findings
    assert Grade.ACHIEVED in finding.message
    assert "无从核对" in finding.message


def test_the_total_and_the_mark_of_execution_are_compared_too() -> None:
    book = TargetBook(
        by_name={"城乡医疗救助": [FoundTarget(TARGET, None, "城乡医疗救助", None, "")]}
    )
    data = self_evaluation_sheet("城乡医疗救助", total="59.00")
    (found,) = sheets_of(read_self_evaluations(data, AFTER), book).values()
    compared = compare_scores(found, [weighted()])
    assert compared.same == {"得分与本系统计算的一致": 2}
    assert told(compared) == [("申报表!H11", "总分")]


def test_points_are_read_as_forms_print_them() -> None:
    assert [points_in(text) for text in ("20", "20分", "２０", "—", "≥20", None)] == [
        *(Decimal(20), Decimal(20), Decimal(20)),
        *(None, None, None),
    ]


def test_a_file_of_another_kind_says_what_it_lacks() -> None:
    with pytest.raises(UnreadableFileError, match=r"得分"):
        read_self_evaluations("项目编码,三级指标,实际完成值\nP1,参保率,94%".encode(), AFTER)


def test_a_sheet_of_another_year_is_refused_at_its_title() -> None:
    of_2024 = AchievementDefaults(2024, date(2025, 1, 31), date(2024, 12, 31))
    with pytest.raises(UnreadableFileError, match=r"申报表!A2写明是2025年度，所选年度是2024年"):
        read_self_evaluations(self_evaluation_sheet("甲"), of_2024)


def test_the_year_of_a_sheet_is_proposed_from_its_title() -> None:
    assert title_year(self_evaluation_sheet("甲")) == 2025
    assert title_year(csv_of([monitoring_row("P1", "5")], MONITORING_HEADING)) is None
    both = "２０２４年度 绩效自评表\n2025年度\n项目编码,三级指标\n".encode()
    assert title_year(both) is None
    assert title_year("２０２４年度 绩效自评表\n项目编码,三级指标\n".encode()) == 2024


def test_nothing_is_compared_for_a_project_that_is_not_on_record() -> None:
    file = monitored(monitoring_row("P9", "5.2"))
    assert sheets_of(file, BOOK) == {}
    assert isinstance(file.money[0], PrintedMoney)
    assert isinstance(file.rows[0], PrintedRow)
