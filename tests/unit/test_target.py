"""What a target takes, and what it refuses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.correction import Correction
from domain.errors import FutureDateError, NotOnRecordError
from domain.funds import FundSource
from domain.indicator import TargetValue
from domain.plan import Checkpoint, Shape, SpendingPlan, Window
from domain.target import (
    Life,
    LineConflictError,
    RevisionNotOpenError,
    Target,
    TargetEndedError,
)
from domain.units import UnitDoesNotConvertError
from tests.declaring import declaration, declared, line, reported, visits

JUNE = date(2025, 6, 30)
TODAY = date(2025, 7, 5)


def topics(target: Target) -> list[str]:
    return [type(event).TOPIC for event in target.pending_events]  # type: ignore[attr-defined]


def test_declaring_the_same_project_twice_gives_the_same_id() -> None:
    again = declaration(name="另一个名称")
    assert Target.create_id(declaration()) == Target.create_id(again)


def test_without_a_code_unit_and_folded_name_make_the_id() -> None:
    plain = declaration(code=None, name="怀财字【2025】7号 运行经费")
    spaced = declaration(code=None, name="怀财字〔2025〕7号运行经费")
    other = declaration(code=None, name="运行经费")
    assert Target.create_id(plain) == Target.create_id(spaced) != Target.create_id(other)


def test_without_a_unit_code_the_units_name_makes_the_id() -> None:
    named = declaration(code=None, unit_code=None)
    assert Target.create_id(named) != Target.create_id(declaration(code=None))


def test_the_same_values_again_propose_no_revision() -> None:
    target = declared()
    again = target.propose_revision(
        declaration(), reason="重报", document_no=None, proposed_on=JUNE
    )
    assert again is None
    assert topics(target) == ["target.declared"]


def test_the_same_values_from_another_file_or_corrected_by_hand_propose_no_revision() -> None:
    by_hand = Correction("项目", "total", "12O.00", "120.00", "王芳")
    again = replace(declaration(), source="重存的文件.docx", corrections=(by_hand,))
    proposed = declared().propose_revision(again, reason="重报", document_no=None, proposed_on=JUNE)
    assert proposed is None


def test_changed_values_are_a_proposal_until_finance_approves() -> None:
    target = declared()
    changed = declaration(annual_objective="提高")
    number = target.propose_revision(
        changed, reason="政策调整", document_no="财预1号", proposed_on=JUNE
    )
    assert number == 2
    assert target.declaration == declaration()
    assert (
        target.propose_revision(changed, reason="又一次", document_no=None, proposed_on=JUNE)
        is None
    )
    target.approve_revision(number, TODAY)
    assert target.declaration == replace(changed, effective_on=TODAY)
    assert target.proposals == {}


def test_a_revision_that_nobody_proposed_cannot_be_approved() -> None:
    with pytest.raises(RevisionNotOpenError, match="没有第3号"):
        declared().approve_revision(3, TODAY)


def test_a_code_that_comes_later_is_an_alias_and_comes_once() -> None:
    target = declared(code=None)
    target.add_code("P9")
    target.add_code("P9")
    assert target.codes == {"P9"}
    assert topics(target) == ["target.declared", "target.code_added"]


def test_the_declared_code_is_no_news() -> None:
    target = declared()
    target.add_code("P1")
    assert topics(target) == ["target.declared"]


def test_a_plan_is_replaced_from_a_day_on() -> None:
    target = declared()
    assert target.plan_in_force is None
    plan = SpendingPlan((Checkpoint(date(2025, 12, 31), Decimal(1)),))
    window = Window(date(2025, 7, 1), date(2025, 12, 31))
    target.set_plan(plan, shape=Shape.LUMPS, window=window, effective_on=JUNE, reason="一次支付")
    assert target.plan_in_force == (plan, Shape.LUMPS, window, JUNE, "一次支付")


def test_a_fund_line_comes_once() -> None:
    target = declared()
    added = line(-500_000, no="2", source=FundSource.OTHER, original=False)
    target.add_fund_line(added)
    target.add_fund_line(added)
    target.add_fund_line(line())
    assert topics(target) == ["target.declared", "target.fund_line_arrived"]
    assert target.lines == {"1": line(), "2": added}


def test_a_fund_line_with_another_amount_under_the_same_number_is_refused() -> None:
    with pytest.raises(LineConflictError, match="资金行1已有记录（4500000元，2025-01-01）"):
        declared().add_fund_line(line(1))


def test_a_person_settles_an_indicator_of_the_target() -> None:
    target = declared()
    settled = replace(visits(), value=TargetValue("≥12万人次"))
    target.confirm_reading(settled, confirmed_on=JUNE, reason="核实")
    assert target.indicators == {settled.indicator_id: settled}


def test_an_indicator_of_another_target_cannot_be_settled() -> None:
    with pytest.raises(NotOnRecordError, match="知晓率"):
        declared().confirm_reading(visits(name="知晓率"), confirmed_on=JUNE, reason="")


def test_a_report_is_recorded_once_and_a_second_value_of_the_day_corrects_it() -> None:
    target = declared()
    assert target.report(reported("5", JUNE), today=TODAY)
    assert not target.report(reported("5", JUNE), today=TODAY)
    assert target.report(reported("5.2", JUNE), today=TODAY)
    assert target.report(reported("5.3", JUNE), today=TODAY, reason="数错")
    assert topics(target) == [
        "target.declared",
        "target.achievement_reported",
        "target.achievement_corrected",
        "target.achievement_corrected",
    ]
    assert [e.reason for e in target.pending_events[2:]] == ["重新报送", "数错"]  # type: ignore[attr-defined]
    assert target.reports[visits().indicator_id, 0, JUNE] == reported("5.3", JUNE)


def test_a_report_for_a_day_to_come_is_refused() -> None:
    with pytest.raises(FutureDateError, match="2025-07-06晚于今天（2025-07-05）"):
        declared().report(reported("5", date(2025, 7, 6)), today=TODAY)
    assert declared().report(reported("5", TODAY), today=TODAY)


def test_a_report_of_an_unknown_indicator_is_refused() -> None:
    unknown = replace(reported("5", JUNE), indicator_id=visits(name="其他").indicator_id)
    with pytest.raises(NotOnRecordError, match="绩效指标"):
        declared().report(unknown, today=TODAY)


def test_a_report_in_a_unit_that_does_not_convert_is_refused_at_entry() -> None:
    with pytest.raises(UnitDoesNotConvertError, match="单位不符"):
        declared().report(reported("98", JUNE, unit="%"), today=TODAY)


def test_a_report_without_a_number_needs_no_unit() -> None:
    words = replace(reported("0", JUNE), number=None, unit="%", text="已完成")
    assert declared().report(words, today=TODAY)


def test_each_part_of_a_cell_is_reported_in_its_own_unit() -> None:
    parts = (TargetValue("20人", unit="人"), TargetValue("2.8万人次", unit="万人次"))
    target = declared(indicators=(replace(visits(), parts=parts),))
    target.report(reported("2.8", JUNE, part=1), today=TODAY)
    with pytest.raises(UnitDoesNotConvertError):
        target.report(reported("2.8", JUNE, part=0), today=TODAY)


def test_a_part_that_the_cell_does_not_have_is_refused() -> None:
    with pytest.raises(NotOnRecordError, match="第3个数值"):
        declared().report(reported("5", JUNE, part=2), today=TODAY)


def test_the_desk_confirms_that_more_was_spent_than_granted() -> None:
    target = declared()
    assert target.over_budget_since is None
    target.confirm_over_budget(JUNE)
    assert target.over_budget_since == JUNE


def test_a_target_ends_once_and_takes_no_report_of_its_end_or_later() -> None:
    target = declared()
    target.end(Life.CUT_TO_ZERO, ended_on=JUNE, document_no="财预2号")
    assert target.life is Life.CUT_TO_ZERO
    assert target.report(reported("4", date(2025, 6, 29)), today=TODAY)
    with pytest.raises(TargetEndedError, match="自2025-06-30起已调减为零"):
        target.report(reported("5", JUNE), today=TODAY)
    with pytest.raises(TargetEndedError):
        target.end(Life.TERMINATED, ended_on=TODAY, document_no="财预3号")
