"""The whole sheet: total, rating, open rows, options (rules §8), and the scores of the cases."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.indicator import Kind
from domain.scoring.actual import Actual
from domain.scoring.policy import (
    DEFAULT_POLICY,
    EXCELLENT_FROM_RATE,
    EXECUTION_CAPS,
    ExecutionCap,
    Rating,
    ScoringPolicy,
)
from domain.scoring.profile import V2015, V2021, Group, Profile
from domain.scoring.result import Outcome
from domain.scoring.row import ScoredRow
from domain.scoring.sheet import SheetScore, SheetToScore, rating_of, score_sheet
from domain.scoring.standard import read_standard
from domain.target_value import read_value

D = Decimal
COST, OUTPUTS, OUTCOMES, SATISFACTION = Group


def row(
    target: str,
    actual: str | None,
    *,
    group: Group = OUTPUTS,
    kind: Kind = Kind.LEVEL,
    standard: str | None = None,
) -> ScoredRow:
    return ScoredRow(
        f"{target}的指标",
        kind,
        tuple(read_value(part, year=2025) for part in target.split("; ")),
        tuple(
            None if actual is None else Actual.read(part, year=2025)
            for part in (actual or target).split("; ")
        ),
        group=group,
        standard=None if standard is None else read_standard(standard),
    )


def sheet(
    rows: list[ScoredRow],
    weights: list[str | None] | None = None,
    *,
    budget: str | None = "100",
    executed: str | None = "100",
    profile: Profile | None = None,
) -> SheetToScore:
    printed = weights or [None] * len(rows)
    return SheetToScore(
        tuple(rows),
        tuple(None if weight is None else D(weight) for weight in printed),
        None if budget is None else D(budget),
        None if executed is None else D(executed),
        None,
        profile,
    )


def full() -> list[ScoredRow]:
    """One met row in each group."""
    return [row("≥1次", "1次", group=group) for group in Group]


def shown(score: SheetScore) -> tuple[str, str, str, str | None]:
    return str(score.total), str(score.open_weight), str(score.settled_full), score.rating


@pytest.mark.parametrize(
    ("target", "actual", "kind", "weight", "score"),
    [
        pytest.param("≥10万人次", "10.4", Kind.CUMULATIVE, "6", "6.00", id="1 A1 救助人次"),
        pytest.param("≥10万人次", None, Kind.CUMULATIVE, "6", None, id="2 reported in June only"),
        pytest.param("≤15%", "12.5%", Kind.CEILING, "6", "6.00", id="3 基金结余占比"),
        pytest.param("≥70%", "71%", Kind.LEVEL, "6", "6.00", id="4 救助比例, confirmed"),
        pytest.param("≥100%", "100%", Kind.LEVEL, "6", "6.00", id="5 不低于上年, baseline 100"),
        pytest.param("≤60万元", "58万元", Kind.CEILING, "20", "20.00", id="6 成本, confirmed ≤"),
        pytest.param("≥3次", "3", Kind.CUMULATIVE, "6", "6.00", id="7 病案审核"),
        pytest.param("≥95%", "94.6%", Kind.LEVEL, "10", "9.96", id="8 参保率"),
        pytest.param("≥12次", "13", Kind.CUMULATIVE, "6", "6.00", id="9 政策宣传"),
        pytest.param("2025年底支付完成", "12月10日", Kind.DATE, "5", "5.00", id="10 租赁费"),
        pytest.param("2025年2月支付完", "4月18日", Kind.DATE, "5", "3.00", id="11 追溯码"),
        pytest.param("≥330家", "330", Kind.CUMULATIVE, "6", "6.00", id="12 村卫生室"),
        pytest.param("≤30天", "98%", Kind.CEILING, "6", None, id="13 单位不符"),
        pytest.param("100%", "100", Kind.CUMULATIVE, "6", "6.00", id="14 监管覆盖率"),
        pytest.param("≥80", "86", Kind.LEVEL, "10", "10.00", id="15 满意度"),
        pytest.param("≤50万元", "50", Kind.CEILING, "20", "20.00", id="16 租金, confirmed ≤"),
        pytest.param("20人; 2.8万人", "19; 2.76", Kind.LEVEL, "12.5", "12.10", id="19 two values"),
        pytest.param("≥63%", "62.8%", Kind.LEVEL, "12.5", "12.46", id="20 报销比例 as ≥63"),
        pytest.param("10000份", "10000", Kind.CUMULATIVE, "12.5", "12.50", id="21 印制"),
        pytest.param("198家", "160家", Kind.CUMULATIVE, "12.5", "10.10", id="22 监督检查"),
        pytest.param("65.66", "65.07", Kind.LEVEL, "10", "9.91", id="稷山 expenditure"),
        pytest.param("8755", "8676", Kind.CUMULATIVE, "15", "14.86", id="稷山 persons"),
    ],
)
def test_the_worked_cases_score_as_the_county_expects(
    target: str, actual: str | None, kind: Kind, weight: str, score: str | None
) -> None:
    rest = str(90 - D(weight))

    scored = score_sheet(sheet([row(target, actual, kind=kind), row("1次", "1次")], [weight, rest]))

    assert scored.rows[0].score == (None if score is None else D(score))
    assert (scored.rating is None) is (score is None)


def test_the_worked_case_with_a_scoring_standard_of_the_form() -> None:
    """18: N's department sheet, 每降低百分之二扣1分."""
    standard = "该指标达到80%得满分，共计10分，每降低百分之二扣1分。"
    asked = row("≥80%", "76%", group=SATISFACTION, standard=standard)

    scored = score_sheet(sheet([asked, row("1次", "1次")], ["10", "80"]))

    assert str(scored.rows[0].score) == "8.00"


def test_a_placeholder_leaves_its_group_and_scores_nothing() -> None:
    """17: N4, 110001."""
    scored = score_sheet(sheet([row("110001", None, kind=Kind.NOT_APPLICABLE), *full()]))

    assert scored.rows[0].score is None
    assert scored.rows[0].outcome is Outcome.NOT_APPLICABLE
    assert scored.weights.rows[0].points == 0
    assert shown(scored) == ("100.00", "0.00", "100.00", "优")


def test_a_perfect_project_scores_exactly_a_hundred() -> None:
    """A2: seven output rows share 40."""
    rows = [*full(), *[row("≥3次", "3次") for _ in range(6)]]

    scored = score_sheet(sheet(rows))

    assert shown(scored) == ("100.00", "0.00", "100.00", "优")
    assert str(scored.execution.score) == "10.00"
    assert scored.findings == ()


def test_the_total_is_the_sum_of_the_rounded_rows() -> None:
    rows = [row("≥3次", "2次") for _ in range(7)]

    scored = score_sheet(sheet(rows, executed="33.333"))

    parts = [scored.execution.score, *(line.score for line in scored.rows)]
    assert scored.total == sum(part for part in parts if part is not None)
    assert shown(scored) == ("63.34", "0.00", "100.00", "中")


def test_while_a_row_is_open_there_is_a_settled_part_and_no_rating() -> None:
    rows = full()
    rows[3] = row("≥80%", None, group=SATISFACTION)

    scored = score_sheet(sheet(rows, executed="25"))

    assert shown(scored) == ("82.50", "10.00", "90.00", None)


def test_a_row_that_cannot_be_determined_keeps_the_rating_back_too() -> None:
    rows = full()
    rows[1] = row("≤30天", "98%")

    assert shown(score_sheet(sheet(rows))) == ("60.00", "40.00", "60.00", None)


def test_open_execution_keeps_the_rating_back() -> None:
    assert shown(score_sheet(sheet(full(), executed=None))) == ("90.00", "10.00", "90.00", None)


def test_an_open_row_without_weight_keeps_the_rating_back() -> None:
    rows = [row("1次", "1次"), row("1次", None)]

    assert shown(score_sheet(sheet(rows, ["90", "0"]))) == ("100.00", "0.00", "100.00", None)


def test_a_sheet_without_any_row_that_counts_has_no_rating() -> None:
    nothing = row("无", None, kind=Kind.NOT_APPLICABLE)

    assert shown(score_sheet(sheet([nothing]))) == ("10.00", "0.00", "10.00", None)


def test_a_given_profile_and_execution_weight_are_used() -> None:
    given_ = SheetToScore(tuple(full()), (None,) * 4, D(1), D(1), D(20), V2021)

    scored = score_sheet(given_)

    assert str(scored.execution.score) == "20.00"
    assert [str(line.score) for line in scored.rows] == ["18.00", "35.50", "17.50", "9.00"]
    assert shown(score_sheet(sheet(full(), profile=V2015)))[0] == "100.00"


def test_findings_on_weights_are_handed_on() -> None:
    scored = score_sheet(sheet([row("1次", "1次", group=OUTPUTS)]))

    assert scored.findings == (
        "无满意度指标，其10分并入效益指标",
        "无效益指标，其分值按比例分给其余各类指标",
    )


@pytest.mark.parametrize(
    ("total", "rating"),
    [
        ("100", Rating.EXCELLENT),
        ("90", Rating.EXCELLENT),
        ("89.99", Rating.GOOD),
        ("80", Rating.GOOD),
        ("79.99", Rating.FAIR),
        ("60", Rating.FAIR),
        ("59.99", Rating.POOR),
        ("0", Rating.POOR),
    ],
)
def test_a_boundary_belongs_to_the_better_rating(total: str, rating: Rating) -> None:
    assert rating_of(D(total)) is rating


def test_ratings_are_policy() -> None:
    policy = ScoringPolicy(excellent_from=D(95), good_from=D(85), fair_from=D(70))

    assert [rating_of(D(total), policy) for total in (95, 94, 85, 84, 70, 69)] == [
        *["优", "良", "良", "中", "中", "差"]
    ]


def test_ratings_are_called_as_the_form_calls_them() -> None:
    assert list(Rating) == ["优", "良", "中", "差"]


@pytest.mark.parametrize(
    ("executed", "total", "capped"),
    [
        ("59.99", "96.00", False),
        ("60", "79.00", True),
        ("69.99", "79.00", True),
        ("70", "97.00", False),
    ],
)
def test_a_low_execution_can_cap_the_total(executed: str, total: str, *, capped: bool) -> None:
    policy = ScoringPolicy(execution_caps=EXECUTION_CAPS)

    scored = score_sheet(sheet(full(), executed=executed), policy)

    assert str(scored.total) == total
    assert scored.rating is (Rating.FAIR if capped else Rating.EXCELLENT)
    assert bool(scored.findings) is capped


def test_a_cap_is_said_and_does_not_lift_a_total() -> None:
    policy = ScoringPolicy(
        execution_caps=(
            ExecutionCap(D("0.1"), D("0.2"), D(50)),
            ExecutionCap(D("0.6"), D("0.7"), D("96.5")),
        )
    )

    at_cap = score_sheet(sheet(full(), executed="65"), policy)
    below = score_sheet(sheet(full(), executed="62"), policy)
    above = score_sheet(sheet(full(), executed="69.99"), policy)

    assert (str(at_cap.total), at_cap.findings) == ("96.50", ())
    assert (str(below.total), below.findings) == ("96.20", ())
    assert str(above.total) == "96.50"
    assert above.findings == ("预算执行率69.99%，总分由97.00分按上限96.5分计",)


def test_caps_and_withheld_ratings_are_off_by_default() -> None:
    scored = score_sheet(sheet(full(), executed="65"))

    assert (str(scored.total), scored.rating, scored.findings) == ("96.50", "优", ())


@pytest.mark.parametrize(("executed", "rating"), [("79.99", "良"), ("80", "优")])
def test_excellent_can_be_withheld_below_an_execution_rate(executed: str, rating: str) -> None:
    policy = ScoringPolicy(excellent_from_rate=EXCELLENT_FROM_RATE)

    scored = score_sheet(sheet(full(), executed=executed), policy)

    assert str(scored.total) == "98.00"
    assert scored.rating == rating
    assert scored.findings == (() if rating == "优" else ("预算执行率79.99%，低于80%，不评为优",))


def test_withholding_excellent_touches_no_other_rating() -> None:
    policy = ScoringPolicy(excellent_from_rate=EXCELLENT_FROM_RATE)

    scored = score_sheet(sheet([row("≥10次", "8次")], executed="70"), policy)

    assert (scored.rating, scored.findings[2:]) == (Rating.FAIR, ())


def test_options_on_execution_need_an_execution_that_counts() -> None:
    """Printed weights of 100 leave the execution without weight; its rate may be unknown."""
    policy = ScoringPolicy(execution_caps=EXECUTION_CAPS, excellent_from_rate=EXCELLENT_FROM_RATE)

    scored = score_sheet(sheet([row("1次", "1次")], ["100"], executed=None), policy)

    assert shown(scored) == ("100.00", "0.00", "100.00", "优")
    assert scored.execution.outcome is Outcome.NOT_APPLICABLE


@st.composite
def projects(draw: st.DrawFn) -> list[tuple[ScoredRow, Decimal | None]]:
    """Any project: rows with targets, values, groups and sometimes weights."""
    sign = st.sampled_from(["≥", "≤", "=", ""])
    number = st.integers(1, 500)
    kind = st.sampled_from([Kind.LEVEL, Kind.CEILING, Kind.NOT_APPLICABLE])
    weight = st.none() | st.decimals(0, 40, places=1)
    lines = []
    for _ in range(draw(st.integers(1, 15))):
        target = f"{draw(sign)}{draw(number)}人"
        actual = draw(st.none() | number.map("{}人".format))
        group = draw(st.sampled_from(Group))
        lines.append((row(target, actual, group=group, kind=draw(kind)), draw(weight)))
    return lines


def to_score(project: list[tuple[ScoredRow, Decimal | None]], executed: int) -> SheetToScore:
    rows, weights = zip(*project, strict=True)
    return SheetToScore(rows, weights, D(100), D(executed))


@given(projects(), st.integers(0, 120))
def test_a_total_is_the_sum_of_its_rows_and_never_above_what_is_settled(
    project: list[tuple[ScoredRow, Decimal | None]], executed: int
) -> None:
    scored = score_sheet(to_score(project, executed))

    lines = [scored.execution, *scored.rows]
    assert scored.total == sum(line.score for line in lines if line.score is not None)
    assert 0 <= scored.total <= scored.settled_full <= 100
    for line, weight in zip(scored.rows, scored.weights.rows, strict=True):
        assert line.score is None or 0 <= line.score <= weight.points
    if any(row.kind is not Kind.NOT_APPLICABLE for row, _ in project):
        assert scored.settled_full + scored.open_weight == 100
    open_rows = any(line.outcome is Outcome.OPEN for line in lines)
    if open_rows:
        assert scored.rating is None


@given(projects())
def test_whoever_meets_every_target_has_exactly_a_hundred(
    project: list[tuple[ScoredRow, Decimal | None]],
) -> None:
    met = [
        (
            ScoredRow(line.name, line.kind, line.targets, (Actual.read(_met(line)),), line.group),
            weight,
        )
        for line, weight in project
    ]

    scored = score_sheet(to_score(met, 100), DEFAULT_POLICY)

    if any(line.kind is not Kind.NOT_APPLICABLE for line, _ in met):
        assert (str(scored.total), scored.rating) == ("100.00", Rating.EXCELLENT)


def _met(line: ScoredRow) -> str:
    return f"{line.targets[0].number}人"


@pytest.mark.parametrize(
    ("executed", "rating", "finding"),
    [("90", "优", ()), ("84", "良", ("预算执行率84.00%，低于85%，不评为优",))],
)
def test_excellent_is_withheld_below_the_rate_asked_for_and_only_there(
    executed: str, rating: str, finding: tuple[str, ...]
) -> None:
    policy = ScoringPolicy(excellent_from_rate=D("0.85"))
    score = score_sheet(sheet(full(), executed=executed), policy)

    assert (score.rating, score.findings) == (rating, finding)
