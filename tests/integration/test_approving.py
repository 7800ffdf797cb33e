"""Declarations submitted, returned and approved: on record, read at two clocks, by every door."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from domain.approval import ErrorsNotMendedError, GivenApproval, Stage
from domain.indicator import Achievement, Comparator, Kind, TargetValue, ToConfirm
from domain.target import Target
from services.approving import (
    Approval,
    ApprovalDesk,
    Return,
    approve,
    give_back,
    review_target,
    submit,
)
from services.database.connect import Database
from services.declaring import DeclaredAs, confirm_reading, declare
from services.importing_declarations import import_declarations
from services.log.appending import Command
from services.recording import Outcome, Upload
from tests.asking import printed
from tests.declaring import REGION, YEAR, declaration, visits
from tests.integration.api_service import Api
from tests.integration.api_service import declaration as body
from tests.integration.terminal import run
from tests.world import META, World, world_on

FORM = Path(__file__).parents[1] / "data" / "hebei_form.txt"
FEB, MARCH, APRIL = date(2025, 2, 10), date(2025, 3, 3), date(2025, 4, 1)
TODAY = date(2025, 4, 8)
OBJECTIVE = "减轻困难群众的医疗费用负担，救助及时足额。"
COST = replace(
    visits(name="项目总成本"),
    indicator_class="成本指标",
    category="经济成本指标",
    value=TargetValue("≥450万元", Comparator.AT_LEAST, Decimal(450), "万元"),
    kind=Kind.CEILING,
    to_confirm=(ToConfirm.COST_DIRECTION,),
)


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    with world_on(database) as opened:
        yield opened


def declared(world: World, **changes: Any) -> UUID:
    """A target with an objective; its one error is the sign of its cost."""
    what = {"annual_objective": OBJECTIVE, "indicators": (visits(), COST)} | changes
    done = declare(world.log, declaration(**what), on=FEB, meta=META)
    world.projector.catch_up()
    return done.target_id


def desk(world: World) -> ApprovalDesk:
    return ApprovalDesk(world.log, world.read, TODAY)


def stage(world: World, target_id: UUID, day: date, known_at: int | None = None) -> Stage:
    world.projector.catch_up()
    moment = world.read.moment(YEAR, day, known_at)
    return world.read.judged_target(target_id, moment).picture.stage


def test_each_stage_is_read_at_its_day_and_as_it_was_known(world: World) -> None:
    target_id = declared(world)
    submitted = submit(desk(world), target_id, FEB, meta=META)
    give_back(desk(world), target_id, Return(MARCH, "请改正成本方向"), meta=META)
    assert stage(world, target_id, date(2025, 2, 9)) is Stage.DRAFT
    assert stage(world, target_id, FEB) is Stage.SUBMITTED
    assert stage(world, target_id, MARCH) is Stage.RETURNED
    assert stage(world, target_id, MARCH, submitted.last_position) is Stage.SUBMITTED
    detail = world.read.detail(target_id, world.read.moment(YEAR, MARCH))
    last = detail.stages[-1]
    assert (last.stage, last.on_day, last.actor, last.reason) == (
        Stage.RETURNED,
        MARCH,
        META.actor,
        "请改正成本方向",
    )
    assert ("direction.cost_floor", "项目总成本") in {(o.check, o.where) for o in last.objections}
    assert world.read.target(target_id).stage == "returned"
    told = [line.line for line in world.read.history(target_id)]
    assert told[0].startswith("退回绩效目标：请改正成本方向（审核意见")
    assert told[1] == "绩效目标送审"


def test_a_return_takes_the_findings_that_were_chosen(world: World) -> None:
    target_id = declared(world)
    submit(desk(world), target_id, FEB, meta=META)
    chosen = Return(MARCH, "请改正", frozenset({"direction.cost_floor"}))
    give_back(desk(world), target_id, chosen, meta=META)
    world.projector.catch_up()
    objections = world.read.stages(target_id, MARCH)[-1].objections
    assert [one.check for one in objections] == ["direction.cost_floor"]


def test_an_error_blocks_approval_until_a_person_settles_it(world: World) -> None:
    target_id = declared(world)
    submit(desk(world), target_id, FEB, meta=META)
    with pytest.raises(ErrorsNotMendedError, match="项目总成本"):
        approve(desk(world), target_id, Approval(MARCH), meta=META)
    turned = replace(COST.value, comparator=Comparator.AT_MOST)
    confirm_reading(
        world.log,
        target_id,
        replace(COST, value=turned, to_confirm=()),
        confirmed_on=MARCH,
        reason="成本按≤考核",
        meta=META,
    )
    approve(desk(world), target_id, Approval(MARCH, "财预〔2025〕3号"), meta=META)
    assert stage(world, target_id, MARCH) is Stage.APPROVED
    assert world.read.history(target_id)[0].line == "绩效目标批复（财预〔2025〕3号）"


def test_what_a_person_settled_as_printed_blocks_no_more(world: World) -> None:
    timely = printed("业务处理及时率", "≤30天", category="时效指标")
    target_id = declared(world, indicators=(visits(), timely))
    submit(desk(world), target_id, FEB, meta=META)
    with pytest.raises(ErrorsNotMendedError, match="业务处理及时率"):
        approve(desk(world), target_id, Approval(MARCH), meta=META)
    as_printed = replace(timely, to_confirm=())
    confirm_reading(
        world.log, target_id, as_printed, confirmed_on=MARCH, reason="按时限评判", meta=META
    )
    approve(desk(world), target_id, Approval(MARCH), meta=META)
    assert stage(world, target_id, MARCH) is Stage.APPROVED


def test_an_error_is_mended_by_declaring_again_and_approval_takes_the_new_values(
    world: World,
) -> None:
    target_id = declared(world)
    submit(desk(world), target_id, FEB, meta=META)
    give_back(desk(world), target_id, Return(FEB, "请改正成本方向"), meta=META)
    mended = TargetValue("≤450万元", Comparator.AT_MOST, Decimal(450), "万元")
    declared(world, indicators=(visits(), replace(COST, value=mended, to_confirm=())))
    submit(desk(world), target_id, MARCH, meta=META)
    approve(desk(world), target_id, Approval(APRIL), meta=META)
    target = world.log.get(Target, target_id)
    assert target.declaration.indicators[1].value == mended
    assert target.proposals == {}


def test_a_declaration_is_reviewed_beside_the_others_of_its_unit(world: World) -> None:
    target_id = declared(world)
    for code in ("P2", "P3"):
        other = replace(visits(), category="质量指标")
        declared(world, code=code, name=f"项目{code}", indicators=(other,))
    declared(world, code="P4", unit_name="县教育局", unit_code="360001")
    found = review_target(world.read, world.log.get(Target, target_id)).findings
    assert "across.differing_category" in {one.check for one in found}
    assert len(world.read.declared_beside(target_id)) == 2


def test_a_declaration_is_reviewed_beside_the_year_before(world: World) -> None:
    before = declared(world, fiscal_year=2024, name="2024年城乡医疗救助", code=None)
    report = Achievement(visits().indicator_id, date(2024, 12, 31), "12", number=Decimal(12))
    target = world.log.get(Target, before)
    first = next(iter(target.indicators.values()))
    target.report(replace(report, indicator_id=first.indicator_id), today=FEB)
    world.save(target)
    target_id = declared(world, name="2025年城乡医疗救助", code=None)
    found = review_target(world.read, world.log.get(Target, target_id)).findings
    (note,) = [one for one in found if one.check == "history.below_achieved"]
    assert note.fix[0].new == "≥12万人次"
    assert world.read.year_before(before) is None


def test_a_step_asked_for_twice_is_one_step(world: World) -> None:
    target_id = declared(world)
    asked = Command(UUID(int=7), b"submit")
    first = submit(desk(world), target_id, FEB, meta=META, command=asked)
    again = submit(desk(world), target_id, FEB, meta=META, command=asked)
    assert again.repeated
    assert again.last_position == first.last_position


def test_an_approval_given_elsewhere_is_recorded_whatever_the_review_finds(world: World) -> None:
    target_id = declared(world)
    approve(desk(world), target_id, Approval(MARCH, "财预1号", outside=True), meta=META)
    assert stage(world, target_id, MARCH) is Stage.APPROVED
    assert world.read.history(target_id)[0].line == "绩效目标已批复（财预1号）"


def test_a_form_of_approved_targets_comes_in_approved(world: World) -> None:
    plain = Upload(FORM.read_bytes(), FORM.name, REGION, YEAR)
    official = replace(plain, approval=GivenApproval(MARCH, "财预1号"))
    first = import_declarations(world.log, plain, meta=META, today=TODAY)
    drafts = [one.target_id for one in first.targets]
    assert {stage(world, one, MARCH) for one in drafts} == {Stage.DRAFT}
    again = import_declarations(world.log, official, meta=META, today=TODAY)
    assert {one.outcome for one in again.targets} == {DeclaredAs.APPROVED}
    assert {stage(world, one, MARCH) for one in drafts} == {Stage.APPROVED}
    once_more = import_declarations(world.log, official, meta=META, today=TODAY)
    assert once_more.summary.outcome is Outcome.ALREADY_IMPORTED
    assert first.summary.import_id != again.summary.import_id == once_more.summary.import_id


def test_a_new_target_that_is_approved_already_is_one_append(world: World) -> None:
    given = GivenApproval(FEB, None)
    done = declare(world.log, declaration(), on=FEB, approval=given, meta=META)
    assert done.outcome is DeclaredAs.NEW
    assert [e.position for e in world.log.read(0, 10)] == [1, 2]
    assert len({e.recorded_at for e in world.log.read(0, 10)}) == 1


def test_confirmations_outlive_a_revision_that_leaves_their_rows(world: World) -> None:
    target_id = declared(world)
    turned = replace(COST.value, comparator=Comparator.AT_MOST)
    settled = replace(COST, value=turned, to_confirm=())
    confirm_reading(
        world.log, target_id, settled, confirmed_on=FEB, reason="成本按≤考核", meta=META
    )
    target = world.log.get(Target, target_id)
    more = replace(visits(), value=TargetValue("≥12万人次", Comparator.AT_LEAST, Decimal(12), "万"))
    changed = declaration(annual_objective=OBJECTIVE, indicators=(more, COST))
    target.propose_revision(changed, reason="调整", document_no=None, proposed_on=MARCH)
    target.approve_revision(target.version, APRIL)
    world.save(target)
    world.projector.catch_up()
    for day in (MARCH, APRIL):
        picture = world.read.judged_target(target_id, world.read.moment(YEAR, day)).picture
        assert picture.indicators[1].indicator == settled
    target.propose_revision(
        declaration(annual_objective="又改", indicators=(more, replace(COST, value=more.value))),
        reason="调整",
        document_no=None,
        proposed_on=APRIL,
    )
    target.approve_revision(target.version, TODAY)
    world.save(target)
    world.projector.catch_up()
    picture = world.read.judged_target(target_id, world.read.moment(YEAR, TODAY)).picture
    assert picture.indicators[1].indicator.to_confirm == (ToConfirm.COST_DIRECTION,)
    before = world.read.judged_target(target_id, world.read.moment(YEAR, APRIL)).picture
    assert before.indicators[1].indicator == settled


# The API.


def api_target(api: Api, **changes: Any) -> str:
    done = api.post("/api/v1/targets", body(annual_objective=OBJECTIVE, **changes))
    return f"/api/v1/targets/{done['target_id']}"


def test_the_api_walks_a_declaration_to_its_approval(api: Api) -> None:
    path = api_target(api)
    whole = api.get(path)
    assert (whole["stage"], whole["target"]["stage"]) == ("draft", "draft")
    assert whole["target"]["stage_label"] == "草稿"
    api.post(f"{path}/submission", {"submitted_on": "2025-08-20"})
    api.post(f"{path}/return", {"reason": "请补充", "returned_on": "2025-08-25"})
    review = api.get(f"{path}/review")
    assert (review["stage"], review["stage_label"], review["errors"]) == ("returned", "已退回", 0)
    assert [step["stage"] for step in review["steps"]] == ["submitted", "returned"]
    assert review["steps"][1]["reason"] == "请补充"
    api.post(f"{path}/submission", {})
    api.post(f"{path}/approval", {"document_no": "财预1号"}, key="approve once")
    api.post(f"{path}/approval", {"document_no": "财预1号"}, key="approve once")
    [listed] = api.get("/api/v1/targets", year=2025)["items"]
    assert (listed["stage"], listed["stage_label"]) == ("approved", "已批复")
    assert api.get(path, as_of="2025-08-22")["stage"] == "submitted"
    [row] = api.get("/api/v1/standings", year=2025)["items"]
    assert row["stage"] == "approved"


def test_the_api_refuses_in_order(api: Api) -> None:
    path = api_target(api, indicators=[{"name": "总成本", "value": {"text": "≥450万元"}}])
    api.problem("POST", f"{path}/approval", 409, "wrong_stage", json={})
    tomorrow = {"submitted_on": "2025-09-02"}
    api.problem("POST", f"{path}/submission", 422, "future_date", json=tomorrow)
    api.post(f"{path}/submission", {})
    early = {"reason": "不行", "returned_on": "2025-08-31"}
    api.problem("POST", f"{path}/return", 422, "step_before_last", json=early)
    api.problem("POST", f"{path}/return", 422, "reason_missing", json={"reason": " "})


def test_the_api_names_the_errors_that_block_approval(api: Api) -> None:
    cost = {
        "indicator_class": "成本指标",
        "category": "经济成本指标",
        "name": "总成本",
        "value": {"text": "≥450万元"},
    }
    path = api_target(api, indicators=[cost])
    api.post(f"{path}/submission", {})
    problem = api.problem("POST", f"{path}/approval", 409, "errors_not_mended", json={})
    assert "总成本" in problem["detail"]
    found = api.get(f"{path}/review")["findings"]
    assert ("direction.cost_floor", "error", "总成本") in [
        (one["check"], one["severity"], one["indicator"]) for one in found
    ]
    api.post(f"{path}/approval", {"outside": True})
    assert api.get(path)["stage"] == "approved"


def test_the_api_takes_a_declaration_with_its_approval(api: Api) -> None:
    given = {"approved_on": "2025-02-01", "document_no": "财预1号"}
    path = api_target(api, approval=given)
    assert api.get(path)["stage"] == "approved"


# The terminal.


@pytest.mark.usefixtures("terminal")
def test_the_terminal_submits_returns_reviews_and_approves() -> None:
    [imported] = json.loads(run("form", "import", FORM, "--year", "2025", "--json")[1])
    target = imported["targets"][0]["target_id"]
    assert "草稿" in run("target", "list")[1]
    assert run("target", "submit", target, "--on", "2025-02-10")[1].startswith("已送审")
    sent_back = run("target", "return", target, "--reason", "请补充", "--on", "2025-02-11")
    assert sent_back[1].startswith("已退回")
    assert "申报已退回（2025-02-11），请补充" in run("target", "show", target)[1]
    code, told = run("target", "review", target, "--json")
    findings = json.loads(told)
    assert code == int(any(one["severity"] == "error" for one in findings))
    assert all(one["check"] in run("target", "review", target)[1] for one in findings)
    approved = run("target", "approve", target, "--outside", "--on", "2025-02-12")
    assert approved[1].startswith("已批复")
    assert "已批复" in run("target", "list", "--as-of", "2025-06-30")[1]


@pytest.mark.usefixtures("terminal")
def test_the_terminal_brings_in_what_is_approved_already() -> None:
    given = ("--approved-on", "2025-01-20", "--document-no", "财预1号")
    code, text = run("form", "import", FORM, "--year", "2025", *given)
    assert code == 0
    assert "新申报" in text
    listed = run("target", "list", "--as-of", "2025-06-30")[1].splitlines()
    assert [line.split()[1] for line in listed] == ["已批复"] * 3
