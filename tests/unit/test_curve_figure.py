"""The year's curve: what is drawn where, and that plotly would take it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard.figures.curve import curve_figure
from dashboard.figures.words import curve_sentence
from dashboard.figures.year import (
    Executed,
    Mark,
    Reached,
    TargetYear,
    checkpoint_rows,
    days_of,
)
from domain.funds import FundLine
from domain.plan import Shape, SpendingPlan
from domain.planned import plan_curve, year_plan
from domain.policy_terms import PolicyTerms
from services.readmodel.rows import DayAmount
from tests.judging import QUARTERS, YEAR, line

AUGUST = date(2025, 8, 31)
PAID = (
    DayAmount(date(2025, 2, 20), Decimal(600_000)),
    DayAmount(date(2025, 6, 18), Decimal(2_400_000)),
    DayAmount(date(2025, 8, 22), Decimal(2_700_000)),
)


def year(
    as_of: date = AUGUST,
    complete_to: date | None = AUGUST,
    shape: Shape = Shape.EVEN,
    plan: SpendingPlan | None = QUARTERS,
    lines: tuple[FundLine, ...] = (line("450"),),
) -> TargetYear:
    """A project of 450 on quarters, with three payments."""
    progress = year_plan(2025, plan, shape, YEAR, PolicyTerms())
    judged_on = None if complete_to is None else min(as_of, complete_to)
    curve = plan_curve(progress, lines, date(2025, 12, 31))
    executed = Executed(PAID)
    return TargetYear(
        2025,
        as_of,
        judged_on,
        shape,
        plan is None,
        curve,
        days_of(2025, progress, lines, executed, judged_on),
        PAID,
        checkpoint_rows(curve.checkpoints, lines, executed, judged_on),
        (Mark(date(2025, 1, 1), "plus", ("1月1日下达本年财政拨款450.00万元",)),),
        (Mark(date(2025, 3, 31), "red", ("3月31日", "发出（红灯）：预算执行预警")),),
    )


def traces(of: TargetYear) -> dict[str, dict[str, Any]]:
    """The named traces by name."""
    return {trace["name"]: trace for trace in curve_figure(of)["data"] if trace.get("name")}


@pytest.mark.parametrize(
    "of",
    [
        year(),
        year(complete_to=date(2025, 8, 12)),
        year(complete_to=None),
        year(shape=Shape.LUMPS),
        year(plan=None),
        year(as_of=date(2026, 2, 1), complete_to=date(2026, 1, 10)),
        year(lines=()),
        year(lines=(line("450"), line("-100", arrived_on=date(2025, 7, 1), line_no="2"))),
        replace(year(), alerts=(), arrivals=()),
    ],
)
def test_plotly_takes_the_figure_as_it_is(of: TargetYear) -> None:
    assert go.Figure(curve_figure(of)).data


def test_the_actual_curve_steps_on_payment_days_and_ends_where_the_data_end() -> None:
    actual = traces(year(complete_to=date(2025, 8, 12)))["实际支出"]
    assert list(zip(actual["x"], actual["y"], strict=True)) == [
        ("2024-12-31", 0.0),
        ("2025-02-20", 60.0),
        ("2025-06-18", 240.0),
        ("2025-08-12", 240.0),
    ]
    assert actual["line"]["shape"] == "hv"


def test_the_plan_is_a_line_and_steps() -> None:
    drawn = traces(year())
    assert drawn["计划进度"]["y"][-1] == 450.0
    assert drawn["计划（分期）"]["line"]["shape"] == "hv"


def test_money_planned_in_lumps_has_no_line_between_its_steps() -> None:
    assert "计划进度" not in traces(year(shape=Shape.LUMPS))


def test_a_plan_nobody_declared_says_so() -> None:
    assert "计划进度（默认进度）" in traces(year(plan=None))


def test_checkpoints_are_met_missed_or_to_come() -> None:
    rows = year().checkpoints
    assert [row.reached for row in rows] == [
        Reached.MISSED,
        Reached.MET,
        Reached.TO_COME,
        Reached.TO_COME,
    ]
    assert rows[0].missing == Decimal(525_000)


def test_checkpoints_differ_by_shape_and_word_not_by_colour_alone() -> None:
    symbols = {
        name: trace["marker"]["symbol"]
        for name, trace in traces(year()).items()
        if name.startswith("节点")
    }
    assert symbols == {
        "节点已达到": "diamond",
        "节点未达到": "diamond-x",
        "节点未到": "diamond-open",
    }


def test_the_band_lies_between_plan_and_actual_and_no_further_than_the_data() -> None:
    band = traces(year(complete_to=date(2025, 4, 30)))["低于计划"]
    assert band["x"][-1] == "2025-04-30"
    assert max(band["y"]) == pytest.approx(150.0, abs=5)


def test_without_payments_there_is_no_band_and_the_sentence_says_so() -> None:
    silent = year(complete_to=None)
    assert "低于计划" not in traces(silent)
    assert "尚无支付数据" in curve_sentence(silent)


def test_the_day_looked_at_is_a_dashed_line_with_its_date() -> None:
    layout = curve_figure(year())["layout"]
    assert [shape["x0"] for shape in layout["shapes"]] == ["2025-08-31"]
    assert layout["shapes"][0]["line"]["dash"] == "dash"
    assert layout["annotations"][0]["text"] == "数据截至8月31日"


def test_data_that_end_earlier_have_a_line_of_their_own() -> None:
    layout = curve_figure(year(complete_to=date(2025, 8, 12)))["layout"]
    assert [note["text"] for note in layout["annotations"]] == [
        "数据截至8月31日",
        "支付数据截至8月12日",
    ]


def test_the_axis_is_the_whole_year_in_months() -> None:
    axis = curve_figure(year())["layout"]["xaxis"]
    assert axis["range"] == ["2024-12-27", "2026-01-04"]
    assert axis["tickformat"] == "%-m月"


def test_hovering_says_what_a_day_says() -> None:
    words = next(t for t in curve_figure(year())["data"] if len(t.get("hovertext", ())) > 300)
    assert words["hovertext"][words["x"].index("2025-08-31")] == (
        "8月31日　计划281.71万元<br>支出270.00万元，低于计划11.71万元"
    )


def test_the_sentence_says_what_the_chart_shows() -> None:
    assert curve_sentence(year()) == (
        "全年支出曲线：截至8月31日实际支出270.00万元，计划应支出281.71万元，"
        "全年预算450.00万元；计划节点已达到1个、未达到1个、未到2个。"
    )
