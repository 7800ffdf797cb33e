"""Dates, grades and likelihoods."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from domain.goal_quality import (
    Deadline,
    judge_date,
    judge_grade,
    judge_likelihood,
    judge_outlook,
)
from domain.indicator import Grade, Likelihood
from domain.light import Light
from domain.policy_terms import GoalTerms
from tests.judging import COLOURS

DUE = date(2025, 9, 30)
TERMS = GoalTerms()


@pytest.mark.parametrize(
    ("days", "colour", "ending", "missing"),
    [
        pytest.param(-31, "–", "，未到期", 0, id="31 days before"),
        pytest.param(-30, "Y", "，还剩30天，尚未完成", 0, id="30 days before"),
        pytest.param(0, "Y", "，还剩0天，尚未完成", 0, id="on the day"),
        pytest.param(1, "R", "，逾期1天未完成", 1, id="a day late"),
        pytest.param(49, "R", "，逾期49天未完成", 49, id="weeks late"),
    ],
)
def test_a_date_not_done_is_judged_by_the_days_left(
    days: int, colour: str, ending: str, missing: int
) -> None:
    verdict = judge_date(Deadline(DUE), DUE + timedelta(days), TERMS)

    assert verdict.light is COLOURS[colour]
    assert verdict.reason == f"应于2025年9月30日前完成{ending}"
    assert verdict.missing == Decimal(missing)


@pytest.mark.parametrize(
    ("done_on", "colour", "ending", "missing"),
    [
        (date(2025, 9, 2), "G", "，9月2日完成", 0),
        (DUE, "G", "，9月30日完成", 0),
        (date(2025, 10, 1), "Y", "，10月1日完成，逾期1天完成", 1),
    ],
)
def test_a_date_done_is_green_in_time_and_yellow_late(
    done_on: date, colour: str, ending: str, missing: int
) -> None:
    verdict = judge_date(Deadline(DUE, done_on), date(2025, 12, 31), TERMS)

    assert verdict.light is COLOURS[colour]
    assert verdict.reason == f"应于2025年9月30日前完成{ending}"
    assert verdict.missing == Decimal(missing)


def test_what_is_done_later_is_not_done_yet() -> None:
    deadline = Deadline(DUE, date(2025, 10, 5))

    assert judge_date(deadline, date(2025, 10, 4), TERMS).light is Light.RED
    assert judge_date(deadline, date(2025, 10, 5), TERMS).light is Light.YELLOW


@pytest.mark.parametrize(
    ("due", "likelihood", "light"),
    [
        (date(2025, 12, 31), Likelihood.CERTAIN, Light.NONE),
        (date(2025, 12, 31), Likelihood.POSSIBLE, Light.YELLOW),
        (date(2025, 12, 31), Likelihood.IMPOSSIBLE, Light.YELLOW),
        (date(2025, 12, 31), None, Light.YELLOW),
        (date(2025, 11, 30), Likelihood.CERTAIN, Light.YELLOW),
    ],
)
def test_in_december_what_is_certain_gives_no_warning(
    due: date, likelihood: Likelihood | None, light: Light
) -> None:
    assert judge_date(Deadline(due, None, likelihood), due, TERMS).light is light


def test_certainty_does_not_excuse_a_date_that_passed() -> None:
    deadline = Deadline(date(2025, 12, 30), None, Likelihood.CERTAIN)

    assert judge_date(deadline, date(2025, 12, 31), TERMS).light is Light.RED


@pytest.mark.parametrize(
    ("grade", "colour"),
    [(Grade.ACHIEVED, "G"), (Grade.PARTLY, "Y"), (Grade.NOT_ACHIEVED, "R")],
)
def test_a_grade_is_a_colour(grade: Grade, colour: str) -> None:
    verdict = judge_grade(grade)

    assert (verdict.light, verdict.reason) == (COLOURS[colour], f"完成等级：{grade.value}")


@pytest.mark.parametrize(
    ("likelihood", "colour", "outlook"),
    [
        (Likelihood.CERTAIN, "G", "–"),
        (Likelihood.POSSIBLE, "Y", "Y"),
        (Likelihood.IMPOSSIBLE, "R", "R"),
    ],
)
def test_a_likelihood_is_a_colour_and_an_outlook_only_a_doubt(
    likelihood: Likelihood, colour: str, outlook: str
) -> None:
    verdict = judge_likelihood(likelihood)

    assert verdict.light is COLOURS[colour]
    assert verdict.reason == f"完成目标可能性：{likelihood.value}"
    assert judge_outlook(likelihood).light is COLOURS[outlook]


def test_an_outlook_without_doubt_waits_for_the_years_end() -> None:
    for likelihood in (None, Likelihood.CERTAIN):
        verdict = judge_outlook(likelihood)

        assert (verdict.light, verdict.reason) == (Light.NONE, "年末测量，未到期")
        assert verdict.undetermined is None


def test_without_grade_or_likelihood_the_light_cannot_be_determined() -> None:
    assert judge_grade(None).reason == "无法判定（缺完成等级）"
    assert judge_likelihood(None).reason == "无法判定（缺完成目标可能性）"
    assert judge_likelihood(None).undetermined == "完成目标可能性"
