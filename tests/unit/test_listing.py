"""What the overview lists: narrowed by unit and light, ordered, paged, summed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from dashboard.address import Address
from dashboard.pages.listing import UnitName, listing, why
from domain.goal_light import GoalsStanding
from domain.goal_verdict import IndicatorStanding, Verdict
from domain.indicator import Kind
from domain.light import Light
from domain.money_light import MoneyStanding
from domain.picture import KnownIndicator, TargetPicture
from domain.policy_terms import PolicyTerms
from domain.standing import TargetStanding
from services.readmodel.judged import JudgedTarget, JudgedYear
from services.readmodel.moment import Moment
from services.readmodel.pictures import PolicyInForce
from services.readmodel.rows import AlertRow
from tests.judging import COLOURS, ID, indicator

DAY = date(2025, 6, 30)


def judged(
    number: int,
    money: str,
    goals: str,
    unit: str = "101",
    wan: int = 100,
    paid: int = 30,
    **more: bool,
) -> JudgedTarget:
    """A target whose lights are given, with 50 % planned."""
    known = KnownIndicator(indicator("12", "次", Kind.CUMULATIVE))
    verdict = Verdict(COLOURS[goals], f"目标{goals}")
    one = IndicatorStanding(ID, verdict, not_reported=more.get("silent", False))
    budget = Decimal(wan) * 10_000
    standing = MoneyStanding(
        2025,
        COLOURS[money],
        f"资金{money}",
        DAY,
        executed=Decimal(paid) * 10_000,
        budget=budget,
        original_budget=budget,
        planned=budget / 2,
    )
    picture = TargetPicture(
        UUID(int=number),
        f"项目{number}",
        f"单位{unit}",
        2025,
        (),
        (known,),
        Decimal(0),
        DAY,
        unit_code=unit,
    )
    return JudgedTarget(
        picture,
        TargetStanding(UUID(int=number), DAY, standing, GoalsStanding(COLOURS[goals], (one,))),
    )


def year(*targets: JudgedTarget) -> JudgedYear:
    moment = Moment(2025, DAY, 99)
    return JudgedYear(moment, PolicyInForce(0, PolicyTerms()), DAY, targets, {})


def alert(target: int, state: str) -> AlertRow:
    return AlertRow(
        UUID(int=900 + target), "money_behind_plan", UUID(int=target), None, 2025, "101",
        "", "", state, "red", True, DAY, DAY, DAY, 9, "",
    )  # fmt: skip


def shown(of: JudgedYear, **asked: object) -> list[int]:
    found = listing(of, [], Address().with_(**asked))
    return [one.picture.target_id.int for one in found.shown]


SEVEN = year(
    judged(1, "R", "G"),
    judged(2, "Y", "R"),
    judged(3, "–", "–", silent=True),
    judged(4, "Y", "G", unit="102", wan=900, paid=400),
    judged(5, "G", "G", unit="102", wan=200, paid=150),
    judged(6, "G", "–", wan=50, paid=10),
    judged(7, "–", "–", unit="103"),
)


@pytest.mark.parametrize(
    ("light", "found"),
    [
        (None, [1, 2, 3, 4, 5, 6, 7]),
        ("red", [1, 2]),
        ("yellow", [2, 4]),
        ("green", [5, 6]),
        ("none", [3, 7]),
        ("unreported", [3]),
        ("blue", []),
    ],
)
def test_a_light_leaves_the_targets_that_show_it(light: str | None, found: list[int]) -> None:
    assert shown(SEVEN, light=light) == found


def test_a_unit_narrows_the_list_and_what_is_counted() -> None:
    found = listing(SEVEN, [], Address(unit="102", light="yellow"))
    assert [one.picture.target_id.int for one in found.shown] == [4]
    assert len(found.of_unit) == 2
    assert found.count("yellow") == 1
    assert found.count("red") == 0


def test_without_an_order_the_list_stays_as_it_was_judged() -> None:
    assert shown(SEVEN) == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("order", "first"),
    [("budget", 4), ("rate", 6), ("gap", 6), ("unit", 1)],
)
def test_a_list_can_be_ordered_by_a_figure(order: str, first: int) -> None:
    assert shown(SEVEN, sort=order)[0] == first


def test_a_long_list_comes_in_pages_or_whole() -> None:
    long = year(*(judged(number, "G", "G") for number in range(1, 26)))
    pages = {
        rows: [one.picture.target_id.int for one in listing(long, [], Address(rows=rows), 10).shown]
        for rows in (1, 3, 99, 0)
    }
    assert pages[1] == list(range(1, 11))
    assert pages[3] == pages[99] == list(range(21, 26))
    assert pages[0] == list(range(1, 26))
    assert listing(long, [], Address(), 10).pages == 3


def test_sums_are_over_the_unit_whatever_the_light_leaves() -> None:
    money = listing(SEVEN, [], Address(unit="102", light="yellow")).money
    assert (money.budget, money.executed) == (Decimal(11_000_000), Decimal(5_500_000))
    assert money.execution_rate == Decimal("0.5000")


def test_alerts_count_while_they_are_open() -> None:
    rows = [alert(1, "firing"), alert(2, "recovered_unexplained"), alert(4, "resolved")]
    assert listing(SEVEN, rows, Address()).alerts == 2
    assert listing(SEVEN, rows, Address(unit="102")).alerts == 0


def test_units_are_named_by_their_first_target() -> None:
    assert listing(SEVEN, [], Address()).units == (
        UnitName("101", "单位101"),
        UnitName("102", "单位102"),
        UnitName("103", "单位103"),
    )


def test_the_reason_shown_is_that_of_the_worse_light() -> None:
    assert why(judged(1, "R", "G")) == "资金R"
    assert why(judged(2, "Y", "R")) == "“指标”：目标R"
    assert judged(2, "Y", "R").standing.goals.light is Light.RED
