"""Weights of a sheet (rules §8): profiles, largest remainder, printed, scaled, shared."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.scoring.apportion import CENTIPOINT, HALF_POINT, apportion
from domain.scoring.profile import (
    PROFILES,
    V2015,
    V2021,
    Group,
    Profile,
    group_of,
    group_weights,
    profile_of,
)
from domain.scoring.weights import (
    UnplacedRowError,
    WeightBasis,
    WeightedRow,
    Weights,
    assign_weights,
)

D = Decimal
COST, OUTPUTS, OUTCOMES, SATISFACTION = Group
ONE = D(1)


def rows(**counts: int) -> list[WeightedRow]:
    """Rows without printed weights, so many a group."""
    return [
        WeightedRow(f"{name}{i}", Group[name.upper()])
        for name, count in counts.items()
        for i in range(count)
    ]


def printed(*weights: str | None, group: Group | None = OUTPUTS) -> list[WeightedRow]:
    """Rows of one group with these printed weights."""
    return [
        WeightedRow(f"行{i}", group, None if weight is None else D(weight))
        for i, weight in enumerate(weights)
    ]


def points_of(weights: Weights) -> list[str]:
    return [f"{weight.points.normalize():f}" for weight in weights.rows]


def bases(weights: Weights) -> list[WeightBasis]:
    return [weight.basis for weight in weights.rows]


def test_forty_points_over_seven_rows_give_the_first_three_six_points() -> None:
    parts = apportion(D(40), [ONE] * 7, HALF_POINT)

    assert list(map(str, parts)) == ["6.0", "6.0", "6.0", "5.5", "5.5", "5.5", "5.5"]


def test_shares_are_kept_in_proportion_and_the_largest_remainder_gets_the_rest() -> None:
    parts = apportion(D(90), [D(20), D(40), D(10)], HALF_POINT)

    assert parts == [D("25.5"), D("51.5"), D(13)]


def test_nothing_is_shared_among_nobody() -> None:
    assert apportion(D(10), [], HALF_POINT) == []


def test_shares_that_are_all_nothing_count_as_equal() -> None:
    assert apportion(D(10), [D(0), D(0)], HALF_POINT) == [D(5), D(5)]


def test_a_share_of_nothing_beside_others_gets_nothing() -> None:
    assert apportion(D(10), [D(0), D(1)], HALF_POINT) == [D(0), D(10)]


def test_a_total_that_is_no_multiple_of_the_step_is_shared_in_hundredths() -> None:
    assert apportion(D("10.25"), [ONE, ONE], HALF_POINT) == [D("5.13"), D("5.12")]


def test_a_step_that_leaves_a_row_with_nothing_gives_way_to_hundredths() -> None:
    parts = apportion(D(10), [ONE] * 21, HALF_POINT)

    assert parts == [D("0.48")] * 13 + [D("0.47")] * 8


@given(
    st.integers(0, 200),
    st.lists(st.decimals(0, 50, places=2), min_size=1, max_size=30),
)
def test_parts_always_sum_to_the_total_and_are_a_step_from_their_ideal_at_most(
    halves: int, shares: list[Decimal]
) -> None:
    total = D(halves) / 2

    parts = apportion(total, shares, HALF_POINT)

    assert sum(parts) == total
    assert all(part >= 0 for part in parts)
    whole = sum(shares) or D(len(shares))
    given_ = shares if any(shares) else [ONE] * len(shares)
    assert all(
        abs(part - total * share / whole) <= HALF_POINT
        for part, share in zip(parts, given_, strict=True)
    )


@pytest.mark.parametrize(
    ("indicator_class", "category", "group"),
    [
        ("成本指标", "经济成本指标", COST),
        ("产出指标", "成本指标", OUTPUTS),
        ("产出指标", "数量指标", OUTPUTS),
        ("效益指标", "社会效益指标", OUTCOMES),
        ("效果指标", None, OUTCOMES),
        ("满意度指标", "服务对象满意度指标", SATISFACTION),
        ("效益指标", "服务对象满意度指标", OUTCOMES),
        (None, "经济成本指标", COST),
        ("", "社会成本指标", COST),
        ("", "生态环境成本指标", COST),
        ("", "成本指标", OUTPUTS),
        ("", "数量指标", OUTPUTS),
        ("", "质量指标", OUTPUTS),
        ("", "时效指标", OUTPUTS),
        ("", "社会效益", OUTCOMES),
        ("", "可持续影响", OUTCOMES),
        ("", "服务对象满意度", SATISFACTION),
        ("一级", "二级", None),
        (None, None, None),
    ],
)
def test_a_row_belongs_to_the_group_of_its_first_level_else_of_its_second(
    indicator_class: str | None, category: str | None, group: Group | None
) -> None:
    assert group_of(indicator_class, category) is group


def test_the_profiles_are_those_of_the_rules() -> None:
    assert V2021.execution == V2015.execution == 10
    assert list(V2021.groups.items()) == [
        (COST, D(20)),
        (OUTPUTS, D(40)),
        (OUTCOMES, D(20)),
        (SATISFACTION, D(10)),
    ]
    assert list(V2015.groups.items()) == [
        (OUTPUTS, D(50)),
        (OUTCOMES, D(30)),
        (SATISFACTION, D(10)),
    ]
    assert dict(PROFILES) == {"v2021": V2021, "v2015": V2015}


def test_the_forms_own_first_level_chooses_the_profile() -> None:
    assert profile_of({COST, OUTPUTS, None}) is V2021
    assert profile_of({OUTPUTS, OUTCOMES}) is V2015


def test_cost_counts_among_the_outputs_where_the_profile_has_no_cost() -> None:
    assert V2015.group_in(COST) is OUTPUTS
    assert V2021.group_in(COST) is COST
    assert V2015.group_in(SATISFACTION) is SATISFACTION


@pytest.mark.parametrize(
    ("profile", "present", "weights", "notes"),
    [
        (V2021, [COST, OUTPUTS, OUTCOMES, SATISFACTION], [20, 40, 20, 10], ()),
        (V2021, [COST, OUTPUTS, OUTCOMES], [20, 40, 30], ("无满意度指标，其10分并入效益指标",)),
        (V2015, [OUTPUTS, OUTCOMES], [50, 40], ("无满意度指标，其10分并入效益指标",)),
        (
            V2015,
            [OUTPUTS, SATISFACTION],
            [75, 15],
            ("无效益指标，其分值按比例分给其余各类指标",),
        ),
        (
            V2021,
            [OUTPUTS, SATISFACTION],
            [72, 18],
            ("无成本指标、效益指标，其分值按比例分给其余各类指标",),
        ),
        (
            V2015,
            [OUTPUTS],
            [90],
            (
                "无满意度指标，其10分并入效益指标",
                "无效益指标，其分值按比例分给其余各类指标",
            ),
        ),
    ],
)
def test_what_missing_groups_had_goes_to_the_present_ones_and_is_said(
    profile: Profile, present: list[Group], weights: list[int], notes: tuple[str, ...]
) -> None:
    of_group, said = group_weights(profile, present, D(90))

    assert [of_group[group] for group in present] == weights
    assert said == notes


def test_a_profile_without_outcomes_or_satisfaction_has_nothing_to_move() -> None:
    lean = Profile("lean", D(20), {OUTPUTS: D(80)})

    assert group_weights(lean, [OUTPUTS], D(80)) == ({OUTPUTS: D(80)}, ())


def test_satisfaction_makes_outcomes_weigh_where_the_profile_gave_them_nothing() -> None:
    odd = Profile("odd", D(10), {OUTPUTS: D(60), SATISFACTION: D(30)})

    of_group, said = group_weights(odd, [OUTPUTS, OUTCOMES], D(90))

    assert of_group == {OUTPUTS: 60, OUTCOMES: 30}
    assert said == ("所用口径未给效益指标分值", "无满意度指标，其30分并入效益指标")


def test_rows_of_a_group_the_profile_leaves_out_weigh_nothing() -> None:
    lean = Profile("lean", D(20), {OUTPUTS: D(80)})

    weights = assign_weights(rows(outputs=1, outcomes=1), lean)

    assert points_of(weights) == ["80", "0"]
    assert weights.findings == ("所用口径未给效益指标分值",)


def test_missing_weights_are_equal_within_the_group_in_half_points() -> None:
    """A2: seven output rows share 40."""
    weights = assign_weights(rows(cost=1, outputs=7, outcomes=2, satisfaction=1))

    assert weights.execution == 10
    assert points_of(weights) == [
        *["20"],
        *["6", "6", "6", "5.5", "5.5", "5.5", "5.5"],
        *["10", "10", "10"],
    ]
    assert set(bases(weights)) == {WeightBasis.SHARED}
    assert weights.findings == ()


def test_four_output_rows_of_pingluo_weigh_twelve_and_a_half_each() -> None:
    weights = assign_weights(rows(outputs=4, outcomes=2, satisfaction=1))

    assert points_of(weights) == ["12.5"] * 4 + ["15", "15", "10"]


def test_a_row_that_is_not_applicable_leaves_its_group() -> None:
    given_ = rows(outputs=2, outcomes=2, satisfaction=1)
    given_[1] = WeightedRow("无", OUTPUTS, D(0), applicable=False)

    weights = assign_weights(given_)

    assert points_of(weights) == ["50", "0", "15", "15", "10"]
    assert bases(weights)[1] is WeightBasis.NONE


def test_cost_rows_that_are_all_not_applicable_do_not_make_a_cost_profile() -> None:
    given_ = [WeightedRow("无", COST, applicable=False), *rows(outputs=1, outcomes=1)]

    assert points_of(assign_weights(given_)) == ["0", "50", "40"]


def test_a_profile_given_by_name_wins_over_the_forms_own() -> None:
    weights = assign_weights(rows(cost=1, outputs=1, outcomes=1, satisfaction=1), V2015)

    assert points_of(weights) == ["25", "25", "30", "10"]


def test_another_weight_of_execution_scales_the_groups() -> None:
    weights = assign_weights(rows(outputs=1, outcomes=1, satisfaction=1), None, D(20))

    assert weights.execution == 20
    assert points_of(weights) == ["44.5", "26.5", "9"]


@pytest.mark.parametrize(
    ("execution", "given_", "at_execution"),
    [
        (None, ["60", "30"], 10),
        (None, ["60", "40"], 0),
        ("10", ["60", "30"], 10),
        ("20", ["50", "30"], 20),
    ],
)
def test_printed_weights_that_make_a_hundred_win(
    execution: str | None, given_: list[str], at_execution: int
) -> None:
    weights = assign_weights(printed(*given_), None, D(execution) if execution else None)

    assert weights.execution == at_execution
    assert points_of(weights) == given_
    assert set(bases(weights)) == {WeightBasis.PRINTED}
    assert weights.findings == ()


def test_printed_weights_with_any_other_sum_are_scaled_to_ninety_as_a_proposal() -> None:
    """N's department sheet: 15 15 10 10 10 0 10 10 makes 80."""
    weights = assign_weights(printed("15", "15", "10", "10", "10", "0", "10", "10"))

    assert weights.execution == 10
    assert points_of(weights) == [
        *["16.88", "16.87", "11.25", "11.25", "11.25", "0", "11.25", "11.25"]
    ]
    assert set(bases(weights)) == {WeightBasis.SCALED}
    assert weights.findings == ("表列分值合计80分，不是90分，按比例折算，待确认",)


def test_printed_weights_of_a_hundred_beside_a_printed_execution_are_scaled() -> None:
    weights = assign_weights(printed("60", "40"), None, D(10))

    assert points_of(weights) == ["54", "36"]
    assert weights.findings == ("表列分值合计100分，不是90分，按比例折算，待确认",)


def test_a_printed_weight_has_two_decimals() -> None:
    weights = assign_weights(printed("44.995", "45"))

    assert points_of(weights) == ["45", "45"]
    assert set(bases(weights)) == {WeightBasis.PRINTED}


def test_rows_without_a_printed_weight_share_what_their_group_has_left() -> None:
    given_ = [
        *printed("20", None, None),
        *printed(None, group=OUTCOMES),
        *printed("10", group=SATISFACTION),
    ]

    weights = assign_weights(given_)

    assert points_of(weights) == ["20", "15", "15", "30", "10"]
    assert bases(weights) == [
        WeightBasis.PRINTED,
        WeightBasis.SHARED,
        WeightBasis.SHARED,
        WeightBasis.SHARED,
        WeightBasis.PRINTED,
    ]
    assert weights.findings == ("3项指标未列分值，分配其余60分，待确认",)


def test_what_printed_weights_leave_is_all_that_is_shared() -> None:
    """Outputs took 60 of 50, so everyone counts as an equal row of its group: 25, 30, 10."""
    given_ = [
        *printed("60", None),
        *printed(None, group=OUTCOMES),
        *printed(None, group=SATISFACTION),
    ]

    assert points_of(assign_weights(given_)) == ["60", "11.5", "14", "4.5"]


def test_a_group_with_exactly_nothing_left_still_gives_its_other_rows_a_share() -> None:
    given_ = [*printed("50", None), *printed(None, group=OUTCOMES)]

    assert points_of(assign_weights(given_)) == ["50", "15.5", "24.5"]


def test_a_printed_row_may_belong_to_no_group() -> None:
    given_ = [*printed("20", group=None), *printed(None)]

    assert points_of(assign_weights(given_)) == ["20", "70"]


def test_printed_weights_that_leave_nothing_leave_the_others_nothing() -> None:
    weights = assign_weights(printed("50", "40", None))

    assert points_of(weights) == ["50", "40", "0"]
    assert weights.findings == ("1项指标未列分值，分配其余0分，待确认",)


def test_printed_weights_beyond_the_total_are_scaled_and_others_count_as_their_average() -> None:
    weights = assign_weights(printed("60", "40", None))

    assert points_of(weights) == ["36", "24", "30"]
    assert set(bases(weights)) == {WeightBasis.SCALED}
    assert weights.findings == (
        "部分指标未列分值，已列的合计100分，超过90分，一并按比例折算，待确认",
    )


def test_a_row_nothing_can_weigh_is_refused_by_name() -> None:
    with pytest.raises(UnplacedRowError) as refused:
        assign_weights([WeightedRow("住房", None)])

    assert refused.value.name == "住房"
    assert refused.value.code == "indicator_without_group"
    assert "“住房”无分值" in str(refused.value)


def test_a_sheet_without_rows_has_no_weights() -> None:
    assert assign_weights([]) == Weights(D(10), (), ())


@st.composite
def sheets(draw: st.DrawFn) -> list[WeightedRow]:
    """Any mix of groups, printed and missing weights."""
    weight = st.none() | st.decimals(0, 60, places=2)
    return [
        WeightedRow(f"行{i}", draw(st.sampled_from(Group)), draw(weight), draw(st.booleans()))
        for i in range(draw(st.integers(1, 12)))
    ]


@given(sheets(), st.sampled_from([None, V2015, V2021]), st.sampled_from([None, D(0), D(20)]))
def test_rows_and_execution_always_sum_to_a_hundred(
    given_: list[WeightedRow], profile: Profile | None, execution: Decimal | None
) -> None:
    weights = assign_weights(given_, profile, execution)

    if any(row.applicable for row in given_):
        assert weights.execution + sum(weight.points for weight in weights.rows) == 100
    assert all(weight.points >= 0 for weight in weights.rows)
    assert all(weight.points == weight.points.quantize(CENTIPOINT) for weight in weights.rows)


@pytest.mark.parametrize(
    ("first_level", "group"),
    [("成本", COST), ("产出", OUTPUTS), ("满意度", SATISFACTION), ("效益", OUTCOMES)],
)
def test_a_first_level_is_enough_to_place_a_row(first_level: str, group: Group) -> None:
    assert group_of(first_level, None) is group


def test_only_ninety_and_a_hundred_are_sums_a_form_may_print() -> None:
    other = Profile("other", D(20), V2015.groups)

    assert assign_weights(printed("50", "40"), other).execution == 10
    for last in ("39", "41"):
        scaled = assign_weights(printed("50", last), V2015)
        assert scaled.execution == 10
        assert sum(weight.points for weight in scaled.rows) == 90
        assert bases(scaled) == [WeightBasis.SCALED] * 2


def test_printed_weights_a_little_beyond_the_total_are_scaled_too() -> None:
    weights = assign_weights(printed("90.5", None), V2015, D(10))

    assert points_of(weights) == ["45", "45"]
    assert weights.findings == (
        "部分指标未列分值，已列的合计90.5分，超过90分，一并按比例折算，待确认",
    )


def test_a_row_without_a_weight_counts_as_the_exact_average_of_the_others() -> None:
    weights = assign_weights(printed("50", "50.5", None), V2015, D(10))

    assert points_of(weights) == ["29.85", "30.15", "30"]


def test_what_two_groups_have_left_is_shared_in_exact_proportion() -> None:
    sheet = [
        *printed("45", None, None, None),
        *printed("25", None, group=OUTCOMES),
        *printed("10", group=SATISFACTION),
    ]

    assert points_of(assign_weights(sheet, V2015)) == [
        "45", "2", "1.5", "1.5", "25", "5", "10",
    ]  # fmt: skip


def test_a_single_point_left_is_something_left() -> None:
    sheet = [
        *printed("49", None),
        *printed("20", None, group=OUTCOMES),
        *printed("10", group=SATISFACTION),
    ]

    assert points_of(assign_weights(sheet, V2015)) == ["49", "1", "20", "10", "10"]


def test_where_a_group_has_nothing_left_rows_count_as_equal_rows_of_their_group() -> None:
    sheet = [
        *printed("10", None, None, None, None, None, group=SATISFACTION),
        *printed("20", None),
        *printed("30", group=OUTCOMES),
    ]

    assert points_of(assign_weights(sheet, V2015)) == [
        "10", "1.5", "1.5", "1.5", "1.5", "1.5", "20", "22.5", "30",
    ]  # fmt: skip


def test_a_refusal_says_what_cannot_be_weighed() -> None:
    with pytest.raises(UnplacedRowError) as refused:
        assign_weights(printed(None, group=None))

    assert str(refused.value) == "“行0”无分值，又看不出属于哪个一级指标，无法分配分值"
