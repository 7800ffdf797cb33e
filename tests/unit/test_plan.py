"""Plans: what share is planned for a day (rules §3)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from domain.plan import (
    Checkpoint,
    PlanNotCumulativeError,
    Shape,
    SpendingPlan,
    Window,
    WindowEndsBeforeItStartsError,
    declared_progress,
    default_progress,
    even_progress,
    month_end,
)
from tests.judging import QUARTERS, YEAR

EVEN = declared_progress(QUARTERS, 2025, Shape.EVEN)
LUMPS = declared_progress(QUARTERS, 2025, Shape.LUMPS)


def plan(*points: tuple[int, str]) -> SpendingPlan:
    return SpendingPlan(tuple(Checkpoint(date(2025, m, 28), Decimal(s)) for m, s in points))


@pytest.mark.parametrize(
    "points",
    [
        pytest.param((), id="empty"),
        pytest.param(((3, "0.5"), (6, "0.4"), (12, "1")), id="falling"),
        pytest.param(((3, "0.5"), (3, "1")), id="a day twice"),
        pytest.param(((6, "0.5"), (3, "1")), id="days in disorder"),
        pytest.param(((3, "0.5"), (12, "0.9")), id="ending below 1"),
        pytest.param(((3, "0.5"), (12, "1.1")), id="ending above 1"),
        pytest.param(((3, "-0.1"), (12, "1")), id="negative"),
    ],
)
def test_a_plan_that_does_not_add_up_to_the_whole_is_refused(
    points: tuple[tuple[int, str], ...],
) -> None:
    with pytest.raises(
        PlanNotCumulativeError, match="资金支出计划须逐期累计、最后一期为100%，现为"
    ):
        plan(*points)


def test_a_refused_plan_shows_its_points() -> None:
    with pytest.raises(PlanNotCumulativeError) as refused:
        plan((3, "0.5"), (12, "0.9"))

    assert str(refused.value).endswith("[('2025-03-28', '0.5'), ('2025-12-28', '0.9')]")
    with pytest.raises(PlanNotCumulativeError) as refused:
        plan((3, "-0.5"), (12, "1"))

    assert str(refused.value).endswith("[('2025-03-28', '-0.5'), ('2025-12-28', '1')]")


def test_a_plan_may_begin_at_nothing_and_stand_still() -> None:
    assert plan((3, "0"), (6, "0.5"), (9, "0.5"), (12, "1")).checkpoints[0].share == 0


def test_a_window_ends_when_it_starts_or_later() -> None:
    day = date(2025, 3, 1)

    assert Window(day, day).end == day
    with pytest.raises(WindowEndsBeforeItStartsError, match=r"2025-02-28.*2025-03-01"):
        Window(day, date(2025, 2, 28))


@pytest.mark.parametrize(
    ("day", "even", "lumps"),
    [
        (date(2024, 6, 1), "0", "0"),
        (date(2024, 12, 31), "0", "0"),
        (date(2025, 1, 18), "0.05", "0"),
        (date(2025, 3, 30), "0.2472", "0"),
        (date(2025, 3, 31), "0.25", "0.25"),
        (date(2025, 4, 1), "0.2527", "0.25"),
        (date(2025, 8, 31), "0.6260", "0.5"),
        (date(2025, 9, 30), "0.6870", "0.5"),
        (date(2025, 10, 31), "0.75", "0.75"),
        (date(2025, 12, 30), "0.9959", "0.75"),
        (date(2025, 12, 31), "1", "1"),
        (date(2026, 2, 15), "1", "1"),
    ],
)
def test_a_declared_plan_starts_on_the_last_day_of_the_year_before(
    day: date, even: str, lumps: str
) -> None:
    assert (round(EVEN.share(day), 4), LUMPS.share(day)) == (Decimal(even), Decimal(lumps))


def test_a_declared_plan_is_no_default_and_knows_its_days() -> None:
    assert not EVEN.default
    assert EVEN.first_day == date(2025, 1, 1)
    assert EVEN.first_checkpoint_on == date(2025, 3, 31)
    assert EVEN.last_checkpoint_on == date(2025, 12, 31)


def test_the_default_plan_has_a_twelfth_at_each_months_end() -> None:
    progress = default_progress(YEAR, Shape.EVEN)

    assert progress.default
    assert progress.zero_on == date(2024, 12, 31)
    assert [c.on.month for c in progress.checkpoints] == list(range(1, 13))
    assert progress.share(date(2025, 1, 31)) == Decimal(1) / 12
    assert progress.share(date(2025, 6, 30)) == Decimal("0.5")
    assert (
        progress.share(date(2025, 2, 14))
        == Decimal(1) / 12 + (Decimal(2) / 12 - Decimal(1) / 12) / 2
    )


def test_the_default_plan_starts_the_day_before_its_window_and_ends_with_it() -> None:
    progress = default_progress(Window(date(2025, 10, 8), date(2025, 12, 15)), Shape.LUMPS)

    assert progress.shape is Shape.LUMPS
    assert progress.zero_on == date(2025, 10, 7)
    assert progress.checkpoints == (
        Checkpoint(date(2025, 10, 31), Decimal(1) / 3),
        Checkpoint(date(2025, 11, 30), Decimal(2) / 3),
        Checkpoint(date(2025, 12, 15), Decimal(1)),
    )


def test_a_window_of_one_day_is_due_on_it() -> None:
    day = date(2025, 2, 28)

    assert default_progress(Window(day, day), Shape.EVEN).checkpoints == (
        Checkpoint(day, Decimal(1)),
    )


def test_money_carried_over_is_planned_in_a_straight_line() -> None:
    progress = even_progress(2025, date(2025, 9, 30))

    assert progress.default
    assert progress.shape is Shape.EVEN
    assert progress.zero_on == date(2024, 12, 31)
    assert progress.share(date(2025, 6, 30)) == Decimal(181) / 273
    assert progress.share(date(2025, 9, 30)) == 1


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2025, 2, 3), date(2025, 2, 28)),
        (date(2024, 2, 29), date(2024, 2, 29)),
        (date(2025, 12, 1), date(2025, 12, 31)),
    ],
)
def test_the_last_day_of_a_month(day: date, end: date) -> None:
    assert month_end(day) == end


def test_a_refused_window_says_both_days() -> None:
    with pytest.raises(WindowEndsBeforeItStartsError) as refused:
        Window(date(2025, 3, 1), date(2025, 2, 28))

    assert str(refused.value) == (
        "项目实施期的结束日（2025-02-28）早于开始日（2025-03-01）。请核对两个日期。"
    )


def test_a_refused_plan_says_why_and_what_it_is() -> None:
    with pytest.raises(PlanNotCumulativeError) as refused:
        plan((3, "0.5"))

    assert str(refused.value) == (
        "资金支出计划须逐期累计、最后一期为100%，现为：[('2025-03-28', '0.5')]"
    )
