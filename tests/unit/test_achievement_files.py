"""Achievement files to reports: matching, values by kind, units, what is refused."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import openpyxl
import pytest

from domain.indicator import (
    Achievement,
    Comparator,
    Grade,
    Indicator,
    Kind,
    Likelihood,
    TargetValue,
)
from services.intake.achieved_value import Said, achievements_of, likelihood_of
from services.intake.achievement_rows import AchievementDefaults, read_achievements
from services.intake.achievements import (
    MatchedFile,
    match_achievements,
)
from services.intake.cells import CellError
from services.intake.readers.grid import UnreadableFileError
from services.readmodel.lookups import FoundTarget, TargetBook

CUT_OFF = date(2025, 6, 30)
ONE, OTHER = UUID(int=1), UUID(int=2)
HEADING = ("项目编码", "一级指标", "二级指标", "三级指标", "截至日期", "完成值", "说明")


def indicator(
    name: str = "救助人次",
    value: TargetValue | None = None,
    kind: Kind = Kind.CUMULATIVE,
    category: str = "数量指标",
) -> Indicator:
    wanted = value or TargetValue("≥10万人次", Comparator.AT_LEAST, Decimal(10), "万人次")
    number = abs(hash((name, category))) % 10**9
    return Indicator(UUID(int=number), "产出指标", category, name, wanted, kind)


def percent(number: str = "98", kind: Kind = Kind.LEVEL) -> Indicator:
    value = TargetValue(f"≥{number}%", Comparator.AT_LEAST, Decimal(number), "%")
    return indicator("业务处理及时率", value, kind)


def said(text: str, **more: str) -> Said:
    return Said(CUT_OFF, text, **more)


def one(of: Indicator, text: str, **more: str) -> Achievement:
    (achievement,) = achievements_of(of, said(text, **more))
    return achievement


@pytest.mark.parametrize(
    ("text", "column", "number", "unit"),
    [
        ("5.2", None, "5.2", None),
        ("5.2万人次", None, "5.2", "万人次"),
        ("52000人次", None, "52000", "人次"),
        ("52,000", "人次", "52000", "人次"),
        ("５．２万人次", None, "5.2", "万人次"),
    ],
)
def test_a_number_is_read_with_the_unit_it_came_in(
    text: str, column: str | None, number: str, unit: str | None
) -> None:
    (read,) = achievements_of(indicator(), Said(CUT_OFF, text, column))
    assert (read.number, read.unit, read.text) == (Decimal(number), unit, text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("98%", r"单位不符.*%.*万人次"),
        ("≥5", r"比较符号"),
        ("正在统计", r"读不出一个数"),
        ("5—6万人次", r"读不出一个数"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(CellError, match=why):
        one(indicator(), text)


def test_a_bare_fraction_beside_percent_is_asked_back_and_never_guessed() -> None:
    with pytest.raises(CellError, match=r"92%.*0\.92%"):
        one(percent(), "0.92")
    assert one(percent(), "0.92%").number == Decimal("0.92")
    assert one(percent(), "92").number == 92
    assert one(percent(), "0").number == 0
    assert one(percent("1", Kind.CEILING), "0.5").number == Decimal("0.5")


def test_days_are_no_percent_whatever_the_name_ends_with() -> None:
    within = TargetValue("≤30天", Comparator.AT_MOST, Decimal(30), "天")
    timely = indicator("业务处理及时率", within, Kind.LEVEL)
    assert one(timely, "28").number == 28
    with pytest.raises(CellError, match=r"单位不符"):
        one(timely, "98%")


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("达成", Grade.ACHIEVED),
        ("达成预期指标", Grade.ACHIEVED),
        ("部分达成", Grade.PARTLY),
        ("部分达到预期目标，并且具备一定效果", Grade.PARTLY),
        ("未达成", Grade.NOT_ACHIEVED),
        ("未达到预期目标", Grade.NOT_ACHIEVED),
    ],
)
def test_a_grade_is_read_by_its_official_words(text: str, grade: Grade) -> None:
    assert one(indicator(kind=Kind.QUALITATIVE), text).grade is grade


@pytest.mark.parametrize("text", ["良好", "95%", "有效提升"])
def test_other_words_are_no_grade(text: str) -> None:
    with pytest.raises(CellError, match=r"达成、部分达成或未达成"):
        one(indicator(kind=Kind.QUALITATIVE), text)


@pytest.mark.parametrize(
    ("text", "done_on"),
    [
        ("2025-04-18", date(2025, 4, 18)),
        ("4月18日", date(2025, 4, 18)),
        ("2025年4月18日支付完成", date(2025, 4, 18)),
        ("2月", date(2025, 2, 28)),
        ("未完成", None),
        ("否", None),
    ],
)
def test_a_date_indicator_takes_the_day_it_was_done(text: str, done_on: date | None) -> None:
    assert one(indicator(kind=Kind.DATE), text).done_on == done_on


@pytest.mark.parametrize(
    ("text", "why"),
    [("已完成", r"请填完成日期"), ("快了", r"读不出完成日期"), ("2025-07-05", r"晚于截至日期")],
)
def test_a_date_indicator_refuses_what_names_no_past_day(text: str, why: str) -> None:
    with pytest.raises(CellError, match=why):
        one(indicator(kind=Kind.DATE), text)


def test_two_values_are_two_parts_and_never_added() -> None:
    parts = (
        TargetValue("20人", None, Decimal(20), "人"),
        TargetValue("2.8万人", None, Decimal("2.8"), "万人"),
    )
    double = replace(indicator(), parts=parts)
    first, second = achievements_of(double, said("19人；2.76万人"))
    assert [(a.part, a.number, a.unit) for a in (first, second)] == [
        (0, Decimal(19), "人"),
        (1, Decimal("2.76"), "万人"),
    ]
    with pytest.raises(CellError, match=r"请填2个"):
        achievements_of(double, said("19人"))


def test_a_forecast_is_reported_without_a_value() -> None:
    read = one(percent(), "", forecast="预计95%", likelihood="有可能")
    assert (read.number, read.forecast, read.likelihood) == (None, "预计95%", Likelihood.POSSIBLE)


def test_likelihood_is_one_of_three() -> None:
    assert likelihood_of("1") is Likelihood.CERTAIN
    assert likelihood_of(None) is None
    with pytest.raises(CellError, match=r"确定能、有可能、完全不可能"):
        likelihood_of("大概")


def test_what_is_said_of_a_broken_target_is_kept_for_whoever_settles_it() -> None:
    broken = indicator(value=TargetValue("≥"), kind=Kind.BROKEN)
    assert one(broken, "71%").number == 71
    assert one(broken, "见附件").number is None


BOOK = TargetBook(
    {"X1": FoundTarget(ONE, "X1", "城乡医疗救助", "450001", "县医疗保障局")},
    {
        "城乡医疗救助": [FoundTarget(ONE, "X1", "城乡医疗救助", "450001", "县医疗保障局")],
        "办公用房租金": [
            FoundTarget(ONE, "X1", "办公用房租金", "450001", "县医疗保障局"),
            FoundTarget(OTHER, None, "办公用房租金", "450002", "县医保中心"),
        ],
    },
)


def match(
    *rows: Sequence[str], heading: Sequence[str] = HEADING, known: Sequence[Indicator] = ()
) -> MatchedFile:
    text = "\n".join("\t".join(row) for row in [heading, *rows])
    file = read_achievements(text.encode(), AchievementDefaults(2025, date(2025, 7, 5)))

    def indicators(_: Sequence[UUID]) -> Mapping[UUID, Sequence[Indicator]]:
        return dict.fromkeys((ONE, OTHER), tuple(known) or (indicator(),))

    matched = match_achievements(file.rows, BOOK, indicators)
    return MatchedFile(
        matched.reports, [*file.errors, *matched.errors], [*file.heard.all_notes(), *matched.notes]
    )


def problems(matched: MatchedFile) -> list[tuple[str, str]]:
    return [(problem.place, problem.field) for problem in matched.errors]


def test_a_row_finds_its_target_by_code() -> None:
    matched = match(("X1", "产出指标", "数量指标", "救助人次", "2025-06-30", "5.2", "上半年"))
    ((target, (reported,)),) = matched.reports.items()
    assert target == ONE
    assert reported.achievement == Achievement(
        indicator().indicator_id, CUT_OFF, "5.2", Decimal("5.2"), note="上半年"
    )


def test_a_row_finds_its_target_by_name_and_unit_where_the_name_repeats() -> None:
    heading = ("项目名称", "单位名称", "三级指标", "截至日期", "完成值")
    rows = [
        ("城乡 医疗救助", "", "救助人次", "6月底", "5.2"),
        ("办公用房租金", "县医保中心", "救助人次", "6月底", "5.2"),
        ("办公用房租金", "", "救助人次", "6月底", "5.2"),
    ]
    matched = match(*rows, heading=heading)
    assert set(matched.reports) == {ONE, OTHER}
    assert problems(matched) == [("L4", "项目名称")]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (("X9", "", "", "救助人次", "2025-06-30", "5"), "项目编码"),
        (("X1", "", "", "另一指标", "2025-06-30", "5"), "三级指标"),
        (("X1", "", "", "救助人次", "2025-12-31", "5"), "截至日期"),
        (("X1", "", "", "救助人次", "2024-12-31", "5"), "截至日期"),
        (("X1", "", "", "救助人次", "", "5"), "截至日期"),
        (("X1", "", "", "救助人次", "2025-06-30", "98%"), "完成值"),
    ],
)
def test_a_row_that_cannot_be_taken_is_listed_and_hides_no_other(
    row: Sequence[str], field: str
) -> None:
    matched = match(row, ("X1", "", "", "救助人次", "2025-05-31", "4"))
    assert problems(matched)[0][0] == "L2"
    assert problems(matched)[0][1] == field
    assert len(matched.reports[ONE]) == 1


def test_codes_in_scientific_notation_refuse_the_file_with_the_way_out() -> None:
    with pytest.raises(UnreadableFileError, match=r"项目编码.*科学计数法.*设为文本"):
        match(("1.3E+17", "", "", "救助人次", "2025-06-30", "5"))


def test_names_that_repeat_are_told_apart_by_their_levels() -> None:
    known = [indicator(category="数量指标"), indicator(category="质量指标")]
    matched = match(
        ("X1", "产出指标", "质量指标", "救助人次", "2025-06-30", "5"),
        ("X1", "", "", "救助人次", "2025-06-30", "5"),
        known=known,
    )
    (reported,) = matched.reports[ONE]
    assert reported.achievement.indicator_id == known[1].indicator_id
    assert problems(matched) == [("L3", "三级指标")]


def test_rows_without_a_value_are_left_out_and_said() -> None:
    matched = match(("X1", "", "", "救助人次", "2025-06-30", ""))
    assert not matched.reports
    assert matched.notes == ["完成值未填，略去1行。"]


def test_nobody_types_what_comes_from_payments_or_does_not_apply() -> None:
    known = [
        replace(indicator("成本"), from_payments=True),
        indicator("无", kind=Kind.NOT_APPLICABLE),
    ]
    rows = [("X1", "", "", name, "2025-06-30", "5") for name in ("成本", "无")]
    matched = match(*rows, known=known)
    assert not matched.reports
    assert [note.count("略去1行") for note in matched.notes] == [1, 1]


def test_a_file_that_contradicts_itself_keeps_the_first_and_lists_the_second() -> None:
    rows = [("X1", "", "", "救助人次", "2025-06-30", value) for value in ("5", "5", "6")]
    matched = match(*rows)
    assert [r.achievement.number for r in matched.reports[ONE]] == [5, 5]
    assert problems(matched) == [("L4", "完成值")]


def test_a_tick_chooses_the_likelihood() -> None:
    heading = ("项目编码", "三级指标", "截至日期", "完成值", "确定能", "有可能", "完全不可能")
    matched = match(("X1", "救助人次", "2025-06-30", "", "", "√", ""), heading=heading)
    (reported,) = matched.reports[ONE]
    assert reported.achievement.likelihood is Likelihood.POSSIBLE


def test_a_file_without_cut_off_days_is_refused_unless_one_is_given() -> None:
    data = "项目编码,三级指标,完成值\nX1,救助人次,5\n".encode()
    with pytest.raises(UnreadableFileError, match=r"截至日期"):
        read_achievements(data, AchievementDefaults(2025, date(2025, 7, 5)))
    (row,) = read_achievements(data, AchievementDefaults(2025, date(2025, 7, 5), CUT_OFF)).rows
    assert row.said.reported_on == CUT_OFF


@pytest.mark.parametrize(
    ("data", "why"),
    [("年龄,城市\n1,2\n", r"没有找到表头"), ("三级指标,完成值,截至日期\na,1,6月底\n", r"项目编码")],
)
def test_a_file_without_the_columns_says_which_are_missing(data: str, why: str) -> None:
    with pytest.raises(UnreadableFileError, match=why):
        read_achievements(data.encode(), AchievementDefaults(2025, date(2025, 7, 5)))


def test_the_headings_of_the_provinces_import_sheet_are_understood() -> None:
    heading = (
        "项目编码",
        "指标名称",
        "截至日期",
        "*当前完成值(定量填数字，定性填达成、部分达成、未达成)",
        "*完成可能性分析",
        "偏差原因说明",
    )
    matched = match(("X1", "救助人次", "6月底", "5", "确定能", "正常"), heading=heading)
    (reported,) = matched.reports[ONE]
    assert (reported.achievement.number, reported.achievement.likelihood) == (
        Decimal(5),
        Likelihood.CERTAIN,
    )


def test_a_percentage_in_a_workbook_is_what_the_person_sees() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["项目编码", "三级指标", "截至日期", "完成值"])
    sheet.append(["X1", "业务处理及时率", CUT_OFF, 0.965])
    sheet["D2"].number_format = "0.0%"
    stream = io.BytesIO()
    book.save(stream)
    file = read_achievements(stream.getvalue(), AchievementDefaults(2025, date(2025, 7, 5)))
    matched = match_achievements(file.rows, BOOK, lambda _: {ONE: (percent(),)})
    (reported,) = matched.reports[ONE]
    assert (reported.achievement.number, reported.achievement.unit) == (Decimal("96.5"), "%")
