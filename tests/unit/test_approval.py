"""A declaration on its way to approval: which step follows which, and what errors block."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from domain.approval import (
    ErrorsNotMendedError,
    GivenApproval,
    Objection,
    Stage,
    StageError,
    Standing,
    StepBackwardsError,
)
from domain.errors import FutureDateError, ReasonMissingError
from domain.target import Life, Target, TargetEndedError
from tests.declaring import declaration, declared

FEB, MARCH, APRIL = date(2025, 2, 10), date(2025, 3, 3), date(2025, 4, 1)
TODAY = date(2025, 4, 8)
GIVEN = GivenApproval(APRIL, "财预〔2025〕3号")
FLOOR = Objection("direction.cost_floor", "总成本", "成本指标“总成本”写成“≥60万元”。")


def topics(target: Target) -> list[str]:
    return [type(event).TOPIC for event in target.pending_events]  # type: ignore[attr-defined]


def submitted() -> Target:
    target = declared()
    target.submit(FEB, today=TODAY)
    return target


def returned() -> Target:
    target = submitted()
    target.give_back(MARCH, "请改正成本方向", [FLOOR], today=TODAY)
    return target


def approved() -> Target:
    target = submitted()
    target.approve(MARCH, "财预〔2025〕3号", [], today=TODAY)
    return target


def test_what_is_declared_is_a_draft() -> None:
    assert declared().standing == Standing(Stage.DRAFT, None)


def test_it_is_submitted_returned_submitted_again_and_approved() -> None:
    target = returned()
    target.submit(MARCH, today=TODAY)
    target.approve(APRIL, None, [], today=TODAY)
    assert target.standing == Standing(Stage.APPROVED, APRIL)
    assert topics(target) == [
        "target.declared",
        "target.submitted",
        "target.returned",
        "target.submitted",
        "target.approved",
    ]
    sent_back = target.pending_events[2]
    assert (sent_back.reason, sent_back.objections) == ("请改正成本方向", (FLOOR,))  # type: ignore[attr-defined]


Act = Callable[[Target], object]
SUBMIT: Act = lambda t: t.submit(APRIL, today=TODAY)  # noqa: E731  # named where they are listed
RETURN: Act = lambda t: t.give_back(APRIL, "不行", [], today=TODAY)  # noqa: E731
APPROVE: Act = lambda t: t.approve(APRIL, None, [], today=TODAY)  # noqa: E731


@pytest.mark.parametrize(
    ("make", "act", "said"),
    [
        (declared, RETURN, "绩效目标草稿，不能退回。请先送审。"),
        (declared, APPROVE, "绩效目标草稿，不能批复。请先送审。"),
        (submitted, SUBMIT, "绩效目标已送审，不能送审。请等待审核，或先退回。"),
        (returned, RETURN, "绩效目标已退回，不能退回。请修改后重新送审。"),
        (returned, APPROVE, "绩效目标已退回，不能批复。请修改后重新送审。"),
        (approved, SUBMIT, "绩效目标已批复，不能送审。确需改变的，请提出目标调整。"),
        (approved, RETURN, "绩效目标已批复，不能退回。确需改变的，请提出目标调整。"),
        (approved, APPROVE, "绩效目标已批复，不能批复。确需改变的，请提出目标调整。"),
    ],
)
def test_a_step_that_does_not_follow_is_refused_with_what_to_do(
    make: Callable[[], Target], act: Act, said: str
) -> None:
    target = make()
    before = topics(target)
    with pytest.raises(StageError) as refused:
        act(target)
    assert str(refused.value) == said
    assert topics(target) == before


def test_a_return_says_why() -> None:
    target = submitted()
    with pytest.raises(ReasonMissingError, match="请写明理由"):
        target.give_back(MARCH, " ", [], today=TODAY)
    target.give_back(MARCH, " 请补充。 ", [], today=TODAY)
    assert target.pending_events[-1].reason == "请补充。"  # type: ignore[attr-defined]


def test_errors_that_nobody_mended_block_approval_and_are_named() -> None:
    others = [replace(FLOOR, message=f"第{number}处。") for number in (2, 3, 4)]
    target = submitted()
    with pytest.raises(ErrorsNotMendedError, match="审核还有1处错误") as one:
        target.approve(MARCH, None, [FLOOR], today=TODAY)
    assert FLOOR.message in str(one.value)
    with pytest.raises(ErrorsNotMendedError, match="第3处。等4处请核实") as many:
        target.approve(MARCH, None, [FLOOR, *others], today=TODAY)
    assert many.value.errors == (FLOOR, *others)
    assert target.standing.stage is Stage.SUBMITTED


@pytest.mark.parametrize("act", [SUBMIT, RETURN, APPROVE])
def test_after_a_targets_life_nothing_is_submitted_returned_or_approved(act: Act) -> None:
    target = submitted()
    target.end(Life.TERMINATED, ended_on=MARCH, document_no="财预2号")
    with pytest.raises(TargetEndedError):
        act(target)


def test_days_go_forward_and_never_past_today() -> None:
    with pytest.raises(FutureDateError):
        declared().submit(date(2025, 4, 9), today=TODAY)
    target = submitted()
    with pytest.raises(StepBackwardsError, match="2025-02-09早于上一步的日期2025-02-10"):
        target.approve(date(2025, 2, 9), None, [], today=TODAY)
    target.approve(FEB, None, [], today=FEB)
    assert target.standing.since == FEB


def test_approval_takes_the_latest_values_proposed_meanwhile() -> None:
    target = returned()
    for number, objective in enumerate(("第一稿", "第二稿")):
        target.propose_revision(
            declaration(annual_objective=objective),
            reason=f"改正{number}",
            document_no=None,
            proposed_on=MARCH,
        )
    target.submit(MARCH, today=TODAY)
    assert target.to_approve.annual_objective == "第二稿"
    target.approve(APRIL, None, [], today=TODAY)
    assert target.declaration == declaration(annual_objective="第二稿", effective_on=APRIL)
    assert target.proposals == {}
    assert topics(target)[-2:] == ["target.revision_approved", "target.approved"]


def test_after_approval_a_proposal_waits_for_its_own() -> None:
    target = approved()
    target.propose_revision(
        declaration(annual_objective="提高"), reason="调整", document_no=None, proposed_on=APRIL
    )
    assert target.to_approve == declaration()


def test_a_proposal_made_after_the_approved_one_stays_open() -> None:
    target = approved()
    numbers = [
        target.propose_revision(
            declaration(annual_objective=text), reason="调整", document_no=None, proposed_on=APRIL
        )
        for text in ("甲", "乙", "丙")
    ]
    assert numbers[1] is not None
    target.approve_revision(numbers[1], APRIL)
    assert list(target.proposals) == [numbers[2]]


@pytest.mark.parametrize("make", [declared, submitted, returned])
def test_an_approval_given_elsewhere_is_a_fact_whatever_the_stage(
    make: Callable[[], Target],
) -> None:
    target = make()
    assert target.adopt_approval(declaration(), GIVEN, today=TODAY)
    assert target.standing == Standing(Stage.APPROVED, APRIL)
    event = target.pending_events[-1]
    assert (event.document_no, event.outside) == ("财预〔2025〕3号", True)  # type: ignore[attr-defined]
    assert not target.adopt_approval(declaration(), GIVEN, today=TODAY)


def test_an_approval_given_elsewhere_is_not_of_tomorrow() -> None:
    with pytest.raises(FutureDateError):
        declared().adopt_approval(declaration(), GivenApproval(date(2025, 4, 9)), today=TODAY)


@pytest.mark.parametrize(
    ("make", "steps"),
    [
        (declared, ["target.revision_approved", "target.approved"]),
        (approved, ["target.revision_approved"]),
    ],
)
def test_proposed_values_approved_elsewhere_are_an_approved_revision(
    make: Callable[[], Target], steps: list[str]
) -> None:
    target = make()
    official = declaration(annual_objective="批复的目标")
    for proposed in (declaration(annual_objective="另一稿"), official):
        target.propose_revision(proposed, reason="重报", document_no=None, proposed_on=MARCH)
    before = len(topics(target))
    assert target.adopt_approval(official, GIVEN, today=TODAY)
    assert topics(target)[before:] == steps
    assert target.declaration.annual_objective == "批复的目标"


def test_values_as_declared_that_are_approved_elsewhere_leave_a_proposal_open() -> None:
    target = declared()
    other = declaration(annual_objective="另一稿")
    number = target.propose_revision(other, reason="重报", document_no=None, proposed_on=MARCH)
    assert target.adopt_approval(declaration(), GIVEN, today=TODAY)
    assert target.proposals == {number: other}


def test_every_stage_has_a_word() -> None:
    assert [stage.label for stage in Stage] == ["草稿", "已送审", "已退回", "已批复"]
