"""Rules are set, numbered and ended by facts; none is edited."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from domain.claim_rule import LinePattern
from domain.claim_rules import ClaimRules, RuleAsksNothingError, RuleConflictError
from domain.errors import NotOnRecordError, ReasonMissingError

REGION = "139900000"
JANUARY, JUNE, JULY = date(2025, 1, 1), date(2025, 6, 1), date(2025, 7, 1)
ONE, OTHER = UUID(int=1), UUID(int=2)
WAGES = LinePattern(economic_class="301")


@pytest.fixture
def rules() -> ClaimRules:
    return ClaimRules(REGION, 2025)


def test_a_region_has_one_stream_a_budget_year() -> None:
    assert ClaimRules.create_id(REGION, 2025) == ClaimRules.create_id(REGION, 2025)
    assert ClaimRules.create_id(REGION, 2025) != ClaimRules.create_id(REGION, 2026)


def test_a_rule_is_numbered_once_and_set_once(rules: ClaimRules) -> None:
    assert rules.add(WAGES, None, from_on=JANUARY, reason="工资福利属基本支出") == 1
    assert rules.add(LinePattern(unit="450001"), ONE, from_on=JUNE, reason="只有一个项目") == 2
    assert rules.add(WAGES, None, from_on=JANUARY, reason="再设一次") == 1
    assert rules.add(WAGES, None, from_on=JUNE, reason="已在其中") == 1
    assert [rules.rules[n].target_id for n in (1, 2)] == [None, ONE]
    assert len(rules.pending_events) == 3
    added = rules.pending_events[1]
    assert isinstance(added, ClaimRules.RuleAdded)
    assert (added.region, added.fiscal_year, added.reason) == (REGION, 2025, "工资福利属基本支出")


def test_a_rule_may_be_set_for_earlier_days_than_it_was(rules: ClaimRules) -> None:
    rules.add(WAGES, None, from_on=JUNE, reason="六月起")
    assert rules.add(WAGES, None, from_on=JANUARY, reason="全年") == 2


@pytest.mark.parametrize(
    "pattern", [LinePattern(), LinePattern(unit="450001", summary="*"), LinePattern(unit=" ")]
)
def test_a_rule_that_asks_nothing_would_take_every_line(
    rules: ClaimRules, pattern: LinePattern
) -> None:
    with pytest.raises(RuleAsksNothingError, match="请至少填一项条件"):
        rules.add(pattern, None, from_on=JANUARY, reason="规则")
    assert rules.rules == {}


def test_the_same_lines_are_not_given_to_two_owners_at_once(rules: ClaimRules) -> None:
    rules.add(WAGES, ONE, from_on=JANUARY, reason="规则")
    with pytest.raises(RuleConflictError, match="规则1的条件相同而归属不同") as refused:
        rules.add(WAGES, OTHER, from_on=JUNE, reason="规则")
    assert refused.value.known == rules.rules[1]
    rules.end(1, stops_on=JUNE, reason="项目调整")
    assert rules.add(WAGES, OTHER, from_on=JUNE, reason="项目调整") == 2
    assert rules.add(WAGES, OTHER, from_on=JULY, reason="规则") == 2


def test_a_rule_is_ended_by_a_fact_and_may_end_on_another_day_by_another(
    rules: ClaimRules,
) -> None:
    rules.add(WAGES, None, from_on=JANUARY, reason="规则")
    assert rules.end(1, stops_on=JULY, reason="口径调整")
    assert not rules.end(1, stops_on=JULY, reason="再说一次")
    assert rules.end(1, stops_on=JANUARY, reason="设错了，从头作废")
    assert rules.rules[1].stops_on == JANUARY
    assert rules.rules[1].pattern == WAGES
    with pytest.raises(NotOnRecordError, match="2025年认领规则7"):
        rules.end(7, stops_on=JULY, reason="规则")


def test_a_rule_is_set_and_ended_for_a_reason(rules: ClaimRules) -> None:
    with pytest.raises(ReasonMissingError):
        rules.add(WAGES, None, from_on=JANUARY, reason=" ")
    rules.add(WAGES, None, from_on=JANUARY, reason="规则")
    with pytest.raises(ReasonMissingError):
        rules.end(1, stops_on=JULY, reason="")
    assert rules.rules[1].stops_on is None
