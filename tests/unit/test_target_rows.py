"""The province's export of targets: its rows as declarations, completed from the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.declaration import Declaration
from domain.funds import FundSource
from domain.importing import ImportKind
from domain.indicator import Comparator, Kind
from domain.target import Target
from services.completing import NoIndicatorsError, NotSplitError, completed, left_out
from services.intake.forms.declaration import Declaration as Printed
from services.intake.forms.to_target import IncompleteDeclarationError
from services.intake.guessing import kind_of
from services.intake.readers.grid import UnreadableFileError
from services.intake.target_rows import TargetDefaults, TargetsFile, read_targets
from tests.declaring import REGION, YEAR, line
from tests.files import workbook
from tests.payment_files import csv_of

CODE, OTHER = "13073025P00C89110002Y", "13073025P00007610001C"
PRINTED = (
    *("预算年度", "单位编码", "单位名称", "项目编码", "项目名称", "年度绩效目标"),
    *("年度资金总额(万元)", "一级指标", "二级指标", "三级指标", "计算符号", "指标值", "计量单位"),
    *("权重", "评(扣)分标准", "是否删除"),
)
EXCHANGE = (
    *("FISCAL_YEAR", "PRO_CODE", "KPI_LV1", "KPI_LV2", "KPI_LV3", "KPI_VAL", "KPI_EVALSTD"),
    *("COMPUTESIGN", "METERUNIT", "WEIGHT", "YEARFLAG", "VERSION", "IS_DELETED"),
)
DEFAULTS = TargetDefaults(YEAR)


def visits(**changes: str) -> tuple[str, ...]:
    """The first indicator of the project, by the printed headings."""
    plain = {
        "预算年度": "2025",
        "单位编码": "450001",
        "单位名称": "县医疗保障局",
        "项目编码": CODE,
        "项目名称": "城乡医疗救助",
        "年度绩效目标": "保障困难群众就医",
        "年度资金总额(万元)": "450.00",
        "一级指标": "产出指标",
        "二级指标": "数量指标",
        "三级指标": "救助人次",
        "计算符号": "≥",
        "指标值": "10",
        "计量单位": "万人次",
        "权重": "20",
        "评(扣)分标准": "按比例得分",
        "是否删除": "2",
    }
    row = plain | changes
    return tuple(row[heading] for heading in PRINTED)


def accuracy(**changes: str) -> tuple[str, ...]:
    """The second one."""
    said = {"二级指标": "质量指标", "三级指标": "救助准确率", "计算符号": "＝", "指标值": "100"}
    return visits(**said | {"计量单位": "%", "权重": "30"} | changes)


def exchanged(name: str, value: str, **changes: str) -> tuple[str, ...]:
    """A row of the exchange table, which knows a project by its code only."""
    plain = dict.fromkeys(EXCHANGE, "") | {
        "FISCAL_YEAR": "2025",
        "PRO_CODE": CODE,
        "KPI_LV1": "产出指标",
        "KPI_LV2": "数量指标",
        "KPI_LV3": name,
        "KPI_VAL": value,
        "IS_DELETED": "2",
    }
    row = plain | changes
    return tuple(row[heading] for heading in EXCHANGE)


def read(*rows: Sequence[str], heading: Sequence[str] = PRINTED) -> TargetsFile:
    return read_targets(csv_of(rows, heading), DEFAULTS)


def one(*rows: Sequence[str], heading: Sequence[str] = PRINTED) -> Printed:
    file = read(*rows, heading=heading)
    assert not file.heard.errors
    (printed,) = file.declared
    return printed


def problems(file: TargetsFile) -> list[tuple[str, str]]:
    return [(error.place, error.field) for error in file.heard.errors]


def filed(printed: Printed, known: Target | None = None) -> Declaration:
    return completed(printed, known, region=REGION, fiscal_year=YEAR, source="导出.xlsx")


def on_record(*rows: Sequence[str]) -> Target:
    return Target(filed(one(*(rows or (visits(), accuracy())))))


def proposed(target: Target, declaration: Declaration) -> int | None:
    return target.propose_revision(
        declaration, reason="重新申报", document_no=None, proposed_on=date(2025, 3, 1)
    )


def test_rows_of_one_project_are_one_declaration() -> None:
    other = visits(项目编码=OTHER, 项目名称="办公用房租金", **{"年度资金总额(万元)": "20"})
    file = read(visits(), other, accuracy())
    assert [(p.project_code, len(p.indicators), p.where) for p in file.declared] == [
        (CODE, 2, "L2"),
        (OTHER, 1, "L3"),
    ]
    first = file.declared[0]
    assert (first.implementing_unit, first.implementing_unit_code) == ("县医疗保障局", "450001")
    assert (first.annual_budget.total, first.annual_budget.unit) == ("450.00", "万元")
    assert first.annual_objective == "保障困难群众就医"


def test_an_indicator_is_read_from_its_columns_as_from_a_form() -> None:
    row = one(visits()).indicators[0]
    assert (row.value.number, row.value.comparator, row.value.unit) == (
        *(Decimal(10), Comparator.AT_LEAST),
        "万人次",
    )
    assert row.proposal.kind is Kind.CUMULATIVE
    assert (row.weight, row.scoring_standard, row.where) == ("20", "按比例得分", "L2")


def test_a_sign_that_is_not_printed_is_none() -> None:
    assert one(visits(计算符号="")).indicators[0].value.comparator is None


@pytest.mark.parametrize(("mark", "rows"), [("1", 1), ("是", 1), ("2", 2), ("0", 2), ("", 2)])
def test_rows_marked_as_deleted_are_left_out_and_counted(mark: str, rows: int) -> None:
    file = read(visits(), accuracy(是否删除=mark))
    assert len(file.declared[0].indicators) == rows
    assert ("标为已删除的行，略去1行。" in file.heard.all_notes()) is (rows == 1)


def test_a_mark_that_says_neither_is_a_problem_at_its_cell() -> None:
    assert problems(read(visits(是否删除="?"))) == [("L2", "是否删除")]


def test_rows_of_another_year_are_problems() -> None:
    assert problems(read(visits(预算年度="2024"), accuracy())) == [("L2", "预算年度")]


def test_of_several_versions_the_latest_counts() -> None:
    rows = [
        exchanged("救助人次", "9", VERSION="2"),
        exchanged("救助人次", "8", VERSION="10"),
        exchanged("救助人次", "7", VERSION="1"),
    ]
    file = read(*rows, heading=EXCHANGE)
    assert [row.value_text for row in file.declared[0].indicators] == ["8"]
    assert "旧版本的行，略去2行。" in file.heard.all_notes()


def test_versions_that_have_no_order_are_told() -> None:
    rows = [exchanged("甲", "9", VERSION="初版"), exchanged("乙", "8", VERSION="终版")]
    file = read(*rows, heading=EXCHANGE)
    assert [finding.field for finding in file.heard.findings] == ["版本号"]
    assert len(file.declared[0].indicators) == 2


def test_what_counts_for_the_whole_term_stands_beside_the_year() -> None:
    rows = [
        exchanged("救助人次", "30", YEARFLAG="总体"),
        exchanged("救助人次", "10", YEARFLAG="年度"),
    ]
    printed = one(*rows, heading=EXCHANGE)
    assert [row.value_text for row in printed.indicators] == ["10"]
    assert [row.value_text for row in printed.medium_term_indicators] == ["30"]
    assert problems(read(exchanged("甲", "1", YEARFLAG="7"), heading=EXCHANGE)) == [
        ("L2", "YEARFLAG")
    ]


def test_cells_left_blank_as_merged_ones_go_on_with_the_project_above() -> None:
    blank = dict.fromkeys(PRINTED[1:7], "")
    file = read(visits(), accuracy(**blank))
    assert len(file.declared[0].indicators) == 2
    assert any("归入上一行项目" in note for note in file.heard.all_notes())
    assert problems(read(visits(**blank), accuracy())) == [("L2", "项目编码")]


def test_merged_cells_of_a_workbook_name_the_project_of_each_row() -> None:
    def fill(sheet: object) -> None:
        for row in (PRINTED, visits(), accuracy()):
            sheet.append(row)  # type: ignore[attr-defined]
        for column in range(1, 8):
            sheet.merge_cells(  # type: ignore[attr-defined]
                start_row=2, end_row=3, start_column=column, end_column=column
            )

    (printed,) = read_targets(workbook(fill), DEFAULTS).declared
    assert len(printed.indicators) == 2


def test_a_project_that_contradicts_itself_is_told_at_the_cell() -> None:
    (finding,) = one(visits(), accuracy(单位名称="县民政局")).findings
    assert (finding.where, finding.rule) == ("L3", "export.contradiction")


def test_money_without_a_unit_is_told_and_never_guessed() -> None:
    heading = [name.replace("(万元)", "") for name in PRINTED]
    printed = one(visits(), heading=heading)
    assert any("没有写明金额单位" in finding.message for finding in printed.findings)
    with pytest.raises(IncompleteDeclarationError, match=r"预算数"):
        filed(printed)


def test_what_the_columns_do_not_tell_is_said() -> None:
    notes = read(exchanged("救助人次", "10"), heading=EXCHANGE).heard.all_notes()
    assert any("年度绩效目标" in note and "年度资金总额" in note for note in notes)


def test_a_new_project_without_name_unit_or_money_is_not_declared() -> None:
    with pytest.raises(IncompleteDeclarationError) as refusal:
        filed(one(exchanged("救助人次", "10"), heading=EXCHANGE))
    assert refusal.value.missing == ["项目名称", "实施单位", "预算数"]


def test_a_new_project_without_indicators_is_not_declared() -> None:
    heading = ("项目编码", "项目名称", "单位名称", "年度资金总额(万元)", "年度绩效目标")
    printed = one((CODE, "城乡医疗救助", "县医疗保障局", "450", "保障"), heading=heading)
    with pytest.raises(NoIndicatorsError):
        filed(printed)


def test_the_same_export_again_is_the_same_declaration() -> None:
    target = on_record()
    assert proposed(target, filed(one(accuracy(), visits()), target)) is None


def test_the_exchange_table_of_a_known_project_changes_nothing_by_its_silence() -> None:
    target = on_record()
    rows = [
        exchanged("救助人次", "≥10万人次", KPI_EVALSTD="按比例得分"),
        exchanged("救助准确率", "100", KPI_LV2="质量指标", COMPUTESIGN="=", METERUNIT="%"),
    ]
    declaration = filed(one(*rows, heading=EXCHANGE), target)
    assert declaration == target.declaration
    assert proposed(target, declaration) is None


def test_another_value_is_a_revision_of_that_indicator_alone() -> None:
    target = on_record()
    declaration = filed(one(visits(指标值="12"), accuracy()), target)
    assert [row.value.number for row in declaration.indicators] == [Decimal(12), Decimal(100)]
    assert declaration.indicators[1] == target.declaration.indicators[1]
    assert proposed(target, declaration) == 2
    again = filed(one(visits(指标值="12"), accuracy()), target)
    assert proposed(target, again) is None


def test_a_weight_or_a_purpose_that_differs_is_a_revision_too() -> None:
    target = on_record()
    changed = filed(one(visits(权重="25"), accuracy(), heading=PRINTED), target)
    assert [row.weight for row in changed.indicators] == [Decimal(25), Decimal(30)]
    other = filed(one(visits(年度绩效目标="另一目标"), accuracy(年度绩效目标="另一目标")), target)
    assert other.annual_objective == "另一目标"


def test_width_and_blanks_of_a_text_are_no_revision() -> None:
    target = on_record()
    spelt = {"年度绩效目标": "保障 困难群众就医", "单位名称": "县医疗 保障局"}
    assert filed(one(visits(**spelt), accuracy(**spelt)), target) == target.declaration


def test_an_indicator_that_is_gone_is_named() -> None:
    target = on_record()
    declaration = filed(one(visits()), target)
    assert [row.name for row in declaration.indicators] == ["救助人次"]
    assert list(left_out(declaration, target)) == ["救助准确率"]


def test_a_known_project_without_rows_keeps_its_indicators() -> None:
    target = on_record()
    heading = ("项目编码", "项目名称", "年度绩效目标")
    declaration = filed(one((CODE, "城乡医疗救助", "新目标"), heading=heading), target)
    assert declaration.indicators == target.declaration.indicators
    assert declaration.annual_objective == "新目标"


def test_another_total_changes_the_one_line_there_is() -> None:
    target = on_record()
    more = {"年度资金总额(万元)": "500"}
    declaration = filed(one(visits(**more), accuracy(**more)), target)
    assert [one_.amount for one_ in declaration.fund_lines] == [Decimal(5_000_000)]


def test_another_total_of_several_sources_is_asked_back() -> None:
    base = on_record().declaration
    split = replace(base, fund_lines=(line(4_000_000), line(500_000, "2", source=FundSource.OTHER)))
    target = Target(split)
    assert filed(one(visits(), accuracy()), target).fund_lines == split.fund_lines
    more = {"年度资金总额(万元)": "500"}
    with pytest.raises(NotSplitError, match=r"财政拨款.*其他资金"):
        filed(one(visits(**more), accuracy(**more)), target)


def test_amounts_by_source_change_their_own_line() -> None:
    target = on_record()
    heading = [*PRINTED, "财政拨款(万元)", "其他资金(万元)"]
    rows = [(*row, "400", "100") for row in (visits(), accuracy())]
    declaration = filed(one(*rows, heading=heading), target)
    assert [(one_.source, one_.amount) for one_ in declaration.fund_lines] == [
        (FundSource.CURRENT_YEAR, Decimal(4_000_000)),
        (FundSource.OTHER, Decimal(1_000_000)),
    ]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        (PRINTED, ImportKind.TARGETS),
        (EXCHANGE, ImportKind.TARGETS),
        # A table without the system's own columns is looked at, and corrected, as a form.
        (PRINTED[:-1], ImportKind.DECLARATIONS),
    ],
)
def test_an_export_is_told_from_a_form_by_the_systems_own_columns(
    heading: Sequence[str], kind: ImportKind
) -> None:
    assert kind_of(csv_of([["1"] * len(heading)], heading)) is kind


def test_a_table_of_another_year_is_refused_at_its_title() -> None:
    titled = [["2024年度项目绩效目标明细"], PRINTED, visits()]
    content = "\n".join(",".join(row) for row in titled).encode()
    with pytest.raises(UnreadableFileError, match=r"L1写明是2024年度"):
        read_targets(content, DEFAULTS)


def test_formulas_stay_text() -> None:
    printed = one(visits(年度绩效目标="=cmd|'/c calc'!A0", 三级指标="@SUM(A1)"))
    assert printed.annual_objective == "=cmd|'/c calc'!A0"
    assert printed.indicators[0].name == "@SUM(A1)"


def test_a_table_without_projects_says_what_it_lacks() -> None:
    with pytest.raises(UnreadableFileError, match=r"项目编码"):
        read_targets("一级指标,三级指标,指标值\n产出指标,参保率,94%".encode(), DEFAULTS)
