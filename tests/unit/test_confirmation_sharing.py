"""One indicator that several projects name is proposed to be reported once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from domain.confirmation.asked import Beside
from domain.confirmation.listing import answer, proposals
from domain.confirmation.question import ReadWith, Topic
from domain.confirmation.settling import asked_of, settle
from domain.confirmation.sharing import Alike, Holder, find_alike
from domain.errors import NotOnRecordError, ReasonMissingError
from domain.indicator import Indicator
from domain.target import Target
from tests.asking import cost, printed
from tests.declaring import declared, visits

JUNE = date(2025, 6, 10)


def holder(number: int, *rows: Indicator, **changes: object) -> Holder:
    """A project whose indicators have ids of their own."""
    mine = tuple(
        replace(row, indicator_id=UUID(int=100 * number + order)) for order, row in enumerate(rows)
    )
    plain = Holder(UUID(int=number), f"项目{number}", "139900000", 2025, "县医疗保障局", mine)
    return replace(plain, **changes)  # type: ignore[arg-type]


RATE = printed("参保率", "≥95%", category="质量指标")
LOWER = printed("参保率", "≥80%", category="社会效益指标")


def test_one_name_in_several_projects_of_a_unit_is_one_group_whatever_its_target() -> None:
    found = find_alike([holder(1, RATE), holder(2, LOWER), holder(3, RATE)])
    assert found.keys() == {UUID(int=100), UUID(int=200), UUID(int=300)}
    assert {one.group_id for one in found.values()} == {found[UUID(int=100)].group_id}
    assert found[UUID(int=200)].projects == ("项目1", "项目3")


@pytest.mark.parametrize(
    "other",
    [
        holder(2, RATE, unit="县教育局"),
        holder(2, RATE, fiscal_year=2024),
        holder(2, RATE, region="139800000"),
        holder(2, replace(RATE, name="续保率")),
        holder(2, replace(RATE, description="按户籍人口")),
        holder(2, printed("参保率", "≥95人")),
        holder(2, printed("参保率", "稳步提高")),
        holder(1, RATE, RATE),
    ],
)
def test_what_differs_in_unit_name_definition_or_measure_is_another(other: Holder) -> None:
    assert find_alike([holder(1, RATE), other]) == {}


@pytest.mark.parametrize(
    "row",
    [
        cost("项目总成本", "≤450万元"),
        printed("完成时间", "2025年11月底"),
        printed("参保人数", "20 人; 2.8 万人"),
        printed("报销比例", "≥"),
        printed("其他", "无"),
    ],
)
def test_what_people_do_not_report_as_one_value_is_not_shared(row: Indicator) -> None:
    assert find_alike([holder(1, row), holder(2, row)]) == {}


def test_sharing_is_asked_until_somebody_decides() -> None:
    target = declared()
    row = visits()
    alike = Beside(alike={row.indicator_id: Alike(UUID(int=9), ("乙项目", "丙项目"))})
    [asks] = [one for one in proposals(asked_of(target, alike)) if one.topic is Topic.SHARED]
    assert asks.proposal is not None
    assert asks.proposal.label == "与“乙项目”等2个项目共用，填报一次"
    assert asks.topic.blocking is False
    apart = answer(asked_of(target, alike), asks, "apart", None).effect
    assert apart == ReadWith(row.indicator_id, None)
    settle(target, asks.proposal.effect, on=JUNE, reason="同一个数")
    assert target.shared == {row.indicator_id: UUID(int=9)}
    assert Topic.SHARED not in {one.topic for one in proposals(asked_of(target, alike))}
    settle(target, apart, on=JUNE, reason="口径不同")
    assert target.shared == {row.indicator_id: None}


def test_one_other_project_is_named_alone() -> None:
    alike = Beside(alike={visits().indicator_id: Alike(UUID(int=9), ("乙项目",))})
    found = [one for one in proposals(asked_of(declared(), alike)) if one.topic is Topic.SHARED]
    assert [choice.label for choice in found[0].choices] == [
        *("与“乙项目”1个项目共用，填报一次", "各填各的")
    ]


def test_an_indicator_is_shared_that_is_there_and_for_a_reason() -> None:
    target: Target = declared()
    with pytest.raises(NotOnRecordError):
        target.share_indicator(UUID(int=5), None, confirmed_on=JUNE, reason="同一个数")
    with pytest.raises(ReasonMissingError):
        target.share_indicator(visits().indicator_id, None, confirmed_on=JUNE, reason=" ")
