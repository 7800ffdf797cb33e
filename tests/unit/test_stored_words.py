"""Words that lie in the log, in read tables and in answers: they are never renamed."""

from __future__ import annotations

from enum import StrEnum

import pytest

from domain.goal_verdict import Remark
from domain.indicator import Comparator, Grade, Kind, Likelihood, Measured, ToConfirm
from domain.light import Light
from domain.money_light import MoneyCause
from domain.plan import PlanNotCumulativeError, Shape, WindowEndsBeforeItStartsError
from domain.scoring.policy import Rating, ReverseRule
from domain.scoring.profile import Group
from domain.scoring.result import Flag, Outcome
from domain.scoring.weights import UnplacedRowError, WeightBasis
from domain.units import UnitDoesNotConvertError


@pytest.mark.parametrize(
    ("enumeration", "words"),
    [
        (Light, "red yellow green blue none"),
        (MoneyCause, "behind_plan points_behind low_execution over_budget"),
        (Shape, "even lumps"),
        (Comparator, "≥ ≤ = > <"),
        (Kind, "cumulative level ceiling date qualitative not_applicable broken"),
        (Measured, "continuous round year_end"),
        (
            ToConfirm,
            """cost_direction cut_off baseline two_values name_contradicts_value
            unit_does_not_fit before_month""",
        ),
        (Likelihood, "确定能 有可能 完全不可能"),
        (Grade, "达成 部分达成 未达成"),
        (Remark, "超过“=”的指标值，按完成 恰等于指标值，未满足“大于”或“小于” 已近上限"),
        (ReverseRule, "by_excess by_ratio"),
        (Rating, "优 良 中 差"),
        (WeightBasis, "表列分值 按比例折算的建议分值 组内平均分配的建议分值 不占分值"),
        (Group, "成本指标 产出指标 效益指标 满意度指标"),
        (Outcome, "met partly not_met cannot_determine open not_applicable"),
        (
            Flag,
            """far_exceeded beyond_equal at_strict_limit late no_day_of_completion
            mark_not_used no_evidence over_budget""",
        ),
    ],
)
def test_a_stored_word_is_never_renamed(enumeration: type[StrEnum], words: str) -> None:
    assert list(enumeration) == words.split()


def test_the_codes_of_refusals_are_never_renamed() -> None:
    assert PlanNotCumulativeError.code == "plan_not_cumulative"
    assert WindowEndsBeforeItStartsError.code == "window_ends_before_it_starts"
    assert UnplacedRowError.code == "indicator_without_group"
    assert UnitDoesNotConvertError.code == "unit_does_not_convert"
