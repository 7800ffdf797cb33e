"""The worked cases of money (cases, Money): every day, every colour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from domain.funds import FundLine, FundSource
from domain.money_light import MoneyStanding
from domain.picture import TargetPicture
from domain.plan import Shape, SpendingPlan
from domain.policy_terms import PolicyTerms
from domain.standing import judge_target
from tests.judging import AUGUST, COLOURS, JUNE, QUARTERS, YEAR_END, line


@dataclass(frozen=True)
class Project:
    lines: tuple[FundLine, ...]
    plan: SpendingPlan | None = None
    shape: Shape = Shape.EVEN

    def on(self, day: date, paid_wan: str, complete_to: date | None = None) -> MoneyStanding:
        picture = TargetPicture(
            UUID(int=1),
            "项目",
            "单位",
            2025,
            self.lines,
            (),
            Decimal(paid_wan) * 10_000,
            complete_to or day,
            plan=self.plan,
            shape=self.shape,
        )
        return judge_target(picture, PolicyTerms(), day).money


A1 = Project((line("3700"), line("978", FundSource.OTHER, line_no="2")))
H4 = Project((line("4000"),), QUARTERS, Shape.LUMPS)
H4_EVEN = Project((line("4000"),), QUARTERS)
H2 = Project((line("3.42", FundSource.CARRY_OVER),), QUARTERS)
A6 = Project((line("22.74", FundSource.CARRY_OVER),))
ONE_OFF = Project((line("100", arrived_on=date(2025, 10, 8)),), QUARTERS)
H1 = Project((line("450"),), QUARTERS)
P2 = Project((line("1400"),))


@pytest.mark.parametrize(
    ("project", "day", "paid", "colour"),
    [
        pytest.param(A1, JUNE, "1850", "G", id="A1 in June"),
        pytest.param(A1, AUGUST, "2400", "G", id="A1 in August"),
        pytest.param(A1, YEAR_END, "3700", "G", id="A1 at the end"),
        pytest.param(H4, JUNE, "2000", "G", id="H4 in June"),
        pytest.param(H4, AUGUST, "2000", "G", id="H4 in August"),
        pytest.param(H4, YEAR_END, "4000", "G", id="H4 at the end"),
        pytest.param(H4_EVEN, AUGUST, "2000", "Y", id="H4 as even in August"),
        pytest.param(H2, JUNE, "0", "Y", id="H2 in June"),
        pytest.param(H2, AUGUST, "0", "Y", id="H2 in August"),
        pytest.param(H2, YEAR_END, "3.41", "G", id="H2 at the end"),
        pytest.param(A6, JUNE, "13.0", "G", id="A6 in June"),
        pytest.param(A6, AUGUST, "15.5", "Y", id="A6 in August"),
        pytest.param(A6, YEAR_END, "15.5", "R", id="A6 at the end"),
        pytest.param(ONE_OFF, date(2025, 10, 31), "20", "–", id="one-off, first 30 days"),
        pytest.param(ONE_OFF, YEAR_END, "85", "Y", id="one-off at the end"),
        pytest.param(H1, AUGUST, "150", "R", id="H1 in August"),
        pytest.param(P2, date(2025, 1, 31), "0", "–", id="P2 in January"),
        pytest.param(P2, date(2025, 3, 31), "0", "R", id="P2 in March"),
    ],
)
def test_the_light_of_a_case_is_the_one_the_desk_expects(
    project: Project, day: date, paid: str, colour: str
) -> None:
    assert project.on(day, paid).light is COLOURS[colour]


def test_h4_as_even_would_be_just_below_green() -> None:
    standing = H4_EVEN.on(AUGUST, "2000")

    assert (round(standing.planned / 10_000), standing.ratio) == (2504, Decimal("0.7987"))


def test_h2_lacks_17100_and_21410_yuan() -> None:
    gaps = [round(H2.on(day, "0").gap) for day in (JUNE, AUGUST)]

    assert gaps == [17_100, 21_410]


def test_money_that_came_in_october_is_planned_from_its_arrival() -> None:
    shares = [
        ONE_OFF.on(day, "0").planned_share for day in (date(2025, 10, 31), date(2025, 11, 30))
    ]

    assert shares == [Decimal("0.1575"), Decimal("0.5719")]


def test_h1_says_its_arithmetic() -> None:
    standing = H1.on(AUGUST, "150")

    assert standing.ratio == Decimal("0.5325")
    assert standing.reason == (
        "截至8月31日支出150.00万元，占全年预算450.00万元的33.3%；"
        "按资金支出计划应达62.6%（281.71万元），差131.71万元、29.3个百分点，为计划进度的53.2%"
    )


def test_p2_is_held_to_the_default_plan() -> None:
    january, march = (P2.on(date(2025, m, 31), "0") for m in (1, 3))

    assert (january.planned_share, march.planned_share) == (Decimal("0.0833"), Decimal("0.25"))
    assert march.default_plan


def test_money_is_judged_at_the_day_the_payments_reach_to() -> None:
    asked = P2.on(AUGUST, "0", complete_to=date(2025, 8, 12))

    assert asked == P2.on(date(2025, 8, 12), "0")
    assert asked.judged_on == date(2025, 8, 12)
