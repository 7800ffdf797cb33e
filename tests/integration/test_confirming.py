"""What needs a person is one list, answered by every door; until then no light and no score."""

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

from domain.confirmation.listing import questions
from domain.confirmation.question import (
    AnswerNotReadableError,
    NothingProposedError,
    QuestionNotOpenError,
    Topic,
)
from domain.confirmation.settling import asked_of
from domain.errors import FutureDateError, NotOnRecordError, ReasonMissingError
from domain.identity import indicator_id
from domain.indicator import Achievement, Indicator, Kind, Measured
from domain.light import Light
from domain.plan import Shape
from domain.target import Life, Target
from services.confirming import (
    Answer,
    ConfirmationDesk,
    Confirmed,
    KindChoice,
    OpenQuestion,
    choose_kind,
    confirm,
    open_questions,
)
from services.database.connect import Database
from services.declaring import declare
from services.log.appending import Command
from services.self_evaluating import self_evaluate
from tests.asking import cost, printed
from tests.declaring import SOME_TARGET, YEAR, declaration, visits
from tests.integration.api_service import Api
from tests.integration.api_service import declaration as body
from tests.integration.terminal import run
from tests.world import META, World, world_on

FORM = Path(__file__).parents[1] / "data" / "hebei_form.txt"
FEB, JUNE, TODAY = date(2025, 2, 10), date(2025, 6, 30), date(2026, 1, 20)
YEAR_END = date(2025, 12, 31)
NAME = "医保服务大厅租赁费"


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    with world_on(database) as opened:
        yield opened


def of(target: UUID, row: Indicator) -> Indicator:
    """A row under the id it has in a target."""
    key = (row.indicator_class, row.category, row.name)
    return replace(row, indicator_id=indicator_id(target, key, 0))


def rows(target: UUID = SOME_TARGET) -> tuple[Indicator, ...]:
    return tuple(
        of(target, row)
        for row in (
            cost("印刷费", "≥12万元"),
            printed("一站式结算比例", "不低于上年", category="质量指标"),
            printed("参保率", "≥95%", category="质量指标"),
        )
    )


def declared(world: World, **changes: Any) -> UUID:
    """A project with two open questions, and proposals for the rest."""
    bare = declaration(**{"name": NAME} | changes)
    known = replace(bare, indicators=rows(Target.create_id(bare)))
    done = declare(world.log, known, on=FEB, meta=META)
    world.projector.catch_up()
    return done.target_id


def desk(world: World) -> ConfirmationDesk:
    return ConfirmationDesk(world.log, world.read, TODAY)


def asked(world: World, **wanted: Any) -> list[OpenQuestion]:
    world.projector.catch_up()
    blocking = wanted.pop("blocking", None)
    return list(open_questions(world.read.asked_targets.of_year(YEAR, **wanted), blocking=blocking))


def topics(found: list[OpenQuestion]) -> list[Topic]:
    return [one.question.topic for one in found]


def settle(world: World, *answers: Answer, **more: Any) -> Confirmed:
    done = confirm(desk(world), answers, confirmed_on=FEB, meta=META, **more)
    world.projector.catch_up()
    return done


def report(world: World, target_id: UUID, name: str, text: str, on: date = YEAR_END) -> None:
    target = world.log.get(Target, target_id)
    row = next(one for one in target.indicators.values() if one.name == name)
    number = text.rstrip("%万元")
    unit = text.removeprefix(number)
    told = Achievement(row.indicator_id, on, text, Decimal(number), unit)
    target.report(told, today=TODAY)
    world.save(target)
    world.projector.catch_up()


def test_the_list_says_what_blocks_and_what_is_proposed(world: World) -> None:
    target_id = declared(world)
    found = asked(world)
    assert topics(found) == [
        *(Topic.COST_DIRECTION, Topic.BASELINE, Topic.SHAPE, Topic.WEIGHTS, Topic.KIND)
    ]
    assert topics(asked(world, blocking=True)) == [Topic.COST_DIRECTION, Topic.BASELINE]
    assert topics(asked(world, blocking=False)) == [Topic.SHAPE, Topic.WEIGHTS, Topic.KIND]
    assert {one.row.unit for one in found} == {"450001"}
    other = declared(world, code="P2", unit_code="360001", unit_name="县教育局")
    assert [one.question.target_id for one in asked(world, blocking=True)] == [
        *([other] * 2),
        *([target_id] * 2),
    ]
    for wanted in ({"unit": "360001"}, {"unit": "县教育局"}, {"target_id": other}):
        found = asked(world, **wanted)
        assert {one.question.target_id for one in found} == {other}


def test_a_target_whose_life_is_over_is_asked_about_no_more(world: World) -> None:
    target_id = declared(world)
    target = world.log.get(Target, target_id)
    target.end(Life.TERMINATED, ended_on=JUNE, document_no="财预2号")
    world.save(target)
    assert asked(world) == []


def test_until_it_is_settled_there_is_no_light_and_no_score(world: World) -> None:
    target_id = declared(world)
    for name, text in (("印刷费", "10万元"), ("一站式结算比例", "98%"), ("参保率", "96%")):
        report(world, target_id, name, text)
    moment = world.read.moment(YEAR, YEAR_END)
    goals = world.read.judged_target(target_id, moment).standing.goals
    assert [one.light for one in goals.indicators] == [Light.NONE, Light.NONE, Light.GREEN]
    assert goals.to_confirm == 2
    before = self_evaluate(world.read, target_id, moment, synthetic=False)
    assert [row.score is None for row in before.score.rows] == [True, True, False]
    assert "绩效目标尚未批复（草稿）。" in before.sheet.notes
    cost_row, against, _ = rows(target_id)
    settle(
        world,
        Answer(target_id, cost_row.indicator_id, Topic.COST_DIRECTION),
        Answer(target_id, against.indicator_id, Topic.BASELINE, typed="98%", reason="2024年自评表"),
    )
    moment = world.read.moment(YEAR, YEAR_END)
    goals = world.read.judged_target(target_id, moment).standing.goals
    assert [one.light for one in goals.indicators] == [Light.GREEN] * 3
    after = self_evaluate(world.read, target_id, moment, synthetic=False)
    assert [row.score is None for row in after.score.rows] == [False] * 3


def test_all_proposals_are_settled_in_one_append_and_asked_no_more(world: World) -> None:
    target_id = declared(world)
    found = [one.acceptance for one in asked(world) if one.question.proposal]
    head = world.log.head()
    done = settle(world, *found)
    assert done.settled == len(found) == 4
    events = world.log.read(head, 100)
    assert [type(entry.event).TOPIC for entry in events] == [
        "target.reading_confirmed",
        "target.plan_set",
        "target.weights_confirmed",
        "target.kind_chosen",
    ]
    assert len({entry.recorded_at for entry in events}) == 1
    assert topics(asked(world)) == [Topic.BASELINE]
    kind, weights, plan, *_ = [line.line for line in world.read.history(target_id)]
    assert kind.startswith("指标“参保率”的评判方式：按水平，与全年目标比；每轮填报（采纳建议：比率")
    assert weights.startswith("确认3项指标的分值：采纳建议：无满意度指标，其10分并入效益指标")
    assert plan == "设定资金支出计划：采纳建议：租赁、配套、一次性补助按节点一次支付，不按天"
    picture = world.read.judged_target(target_id, world.read.moment(YEAR, JUNE)).picture
    assert picture.shape is Shape.LUMPS


def test_the_same_command_again_is_answered_as_the_first_time(world: World) -> None:
    declared(world)
    answers = [one.acceptance for one in asked(world, blocking=False)]
    asked_once = Command(UUID(int=9), b"all")
    first = settle(world, *answers, command=asked_once)
    head = world.log.head()
    assert settle(world, *answers, command=asked_once) == first
    assert world.log.head() == head
    with pytest.raises(QuestionNotOpenError):
        settle(world, *answers)
    assert world.log.head() == head
    assert first.settled == 3


def test_an_answer_that_another_one_made_needless_is_passed_over(world: World) -> None:
    bare = declaration(name="经费")
    row = of(Target.create_id(bare), cost("印刷费", "20万元；30万元"))
    target_id = declare(world.log, replace(bare, indicators=(row,)), on=FEB, meta=META).target_id
    both = (Topic.TWO_VALUES, Topic.COST_DIRECTION)
    assert topics(asked(world, blocking=True)) == list(both)
    one_value = Answer(
        target_id, row.indicator_id, Topic.TWO_VALUES, typed="≤50万元", reason="合计"
    )
    direction = Answer(target_id, row.indicator_id, Topic.COST_DIRECTION)
    assert settle(world, one_value, direction).settled == 1
    assert asked(world, blocking=True) == []


def test_all_or_none_is_settled(world: World) -> None:
    target_id = declared(world)
    cost_row, against, _ = rows(target_id)
    fine = Answer(target_id, cost_row.indicator_id, Topic.COST_DIRECTION)
    nothing = Answer(target_id, against.indicator_id, Topic.BASELINE)
    head = world.log.head()
    for bad, problem in (
        (nothing, NothingProposedError),
        (replace(nothing, typed="不清楚", reason="不清楚"), AnswerNotReadableError),
        (replace(nothing, typed="98%"), ReasonMissingError),
        (replace(fine, topic=Topic.CUT_OFF), QuestionNotOpenError),
        (replace(fine, target_id=UUID(int=3)), NotOnRecordError),
    ):
        with pytest.raises(problem):
            settle(world, fine, bad)
    with pytest.raises(ReasonMissingError):
        settle(world, replace(fine, choice="at_least"))
    with pytest.raises(FutureDateError):
        confirm(desk(world), [fine], confirmed_on=date(2026, 1, 21), meta=META)
    assert world.log.head() == head


def test_last_years_report_proposes_what_this_year_is_measured_against(world: World) -> None:
    bare = declaration(code="P24", fiscal_year=2024, name=NAME, effective_on=date(2024, 1, 1))
    last = of(Target.create_id(bare), printed("一站式结算比例", "≥95%", category="质量指标"))
    before = declare(
        world.log, replace(bare, indicators=(last,)), on=date(2024, 2, 1), meta=META
    ).target_id
    report(world, before, "一站式结算比例", "97.5%", date(2024, 12, 31))
    target_id = declared(world)
    [found] = [one for one in asked(world) if one.question.topic is Topic.BASELINE]
    assert found.question.proposal is not None
    assert found.question.proposal.label == "97.5%（2024年）"
    settle(world, found.acceptance)
    target = world.log.get(Target, target_id)
    known = target.indicators[found.question.indicator_id or SOME_TARGET]
    assert (known.baseline, known.value.unit, known.to_confirm) == (
        Decimal("97.5"),
        "%",
        (),
    )
    event = world.log.read(world.log.head() - 1, 1)[0].event
    assert event.baseline.source == "上年项目2024-12-31报送"  # type: ignore[attr-defined]


def test_a_kind_is_changed_later_and_back_and_outlives_the_form_declared_again(
    world: World,
) -> None:
    target_id = declared(world)
    row = rows(target_id)[2]
    held = KindChoice(row.indicator_id, Kind.CUMULATIVE, Measured.ROUND, "按月累计考核")
    choose_kind(world.log, target_id, held, chosen_on=FEB, meta=META)
    assert declared(world) == target_id
    assert world.log.get(Target, target_id).proposals == {}
    picture = _picture(world, target_id)
    assert picture[2].kind is Kind.CUMULATIVE
    back = KindChoice(row.indicator_id, Kind.LEVEL, Measured.ROUND, "仍按水平")
    choose_kind(world.log, target_id, back, chosen_on=JUNE, meta=META)
    assert _picture(world, target_id)[2] == row


def _picture(world: World, target_id: UUID) -> list[Indicator]:
    world.projector.catch_up()
    judged = world.read.judged_target(target_id, world.read.moment(YEAR, JUNE))
    return [known.indicator for known in judged.picture.indicators]


def test_a_plan_that_a_person_set_outlives_a_revision_that_declares_the_old_one(
    world: World,
) -> None:
    target_id = declared(world)
    shape = [one.acceptance for one in asked(world) if one.question.topic is Topic.SHAPE]
    settle(world, *shape)
    target = world.log.get(Target, target_id)
    changed = replace(target.declaration, annual_objective="调整后的目标")
    target.propose_revision(changed, reason="调整", document_no=None, proposed_on=FEB)
    target.approve_revision(target.version, FEB)
    world.save(target)
    world.projector.catch_up()
    picture = world.read.judged_target(target_id, world.read.moment(YEAR, JUNE)).picture
    assert picture.shape is Shape.LUMPS
    assert Topic.SHAPE not in topics(asked(world))


def test_the_record_and_the_read_tables_ask_the_same(world: World) -> None:
    target_id = declared(world)
    settle(world, *[one.acceptance for one in asked(world, blocking=False)])
    target = world.log.get(Target, target_id)
    assert [one.question for one in asked(world)] == list(questions(asked_of(target)))
    assert _picture(world, target_id) == list(target.indicators.values())
    assert visits().indicator_id not in target.indicators


def test_a_shared_indicator_is_reported_once_and_read_by_every_project(world: World) -> None:
    first, second, third = (
        declared(world, code=code, name=f"{code}项目") for code in ("P1", "P2", "P3")
    )
    shared = [one for one in asked(world) if one.question.topic is Topic.SHARED]
    assert [one.question.target_id for one in shared] == [first, second, third]
    assert {one.question.about for one in shared} == {"参保率"}
    known = world.log.head()
    settle(world, *[one.acceptance for one in shared[:2]])
    report(world, first, "参保率", "93%", date(2025, 3, 31))
    report(world, second, "参保率", "96%", JUNE)

    def read(target_id: UUID, day: date, known_at: int | None = None) -> list[str]:
        moment = world.read.moment(YEAR, day, known_at)
        row = world.read.judged_target(target_id, moment).picture.indicators[2]
        return [one.achievement.text for one in row.readings]

    assert read(first, JUNE) == read(second, JUNE) == ["96%"]
    assert read(second, date(2025, 3, 31)) == ["93%"]
    assert read(third, JUNE) == []
    assert read(second, JUNE, known) == []
    lines = [line.line for line in world.read.history(second)]
    assert "“参保率”与同单位其他项目共用，填报一次：采纳建议：同一单位的项目有同名" in lines[1]
    apart = Answer(third, shared[2].question.indicator_id, Topic.SHARED, "apart", reason="口径不同")
    settle(world, apart)
    assert Topic.SHARED not in topics(asked(world))
    assert "“参保率”单独填报：口径不同" in [line.line for line in world.read.history(third)]


# The API.


def cost_row(text: str = "≥450万元") -> dict[str, object]:
    return {
        "indicator_class": "成本指标",
        "category": "经济成本指标",
        "name": "项目总成本",
        "value": {"text": text},
    }


def test_the_api_lists_questions_in_pages_and_takes_answers(api: Api) -> None:
    for name in ("甲项目", "乙项目"):
        api.post("/api/v1/targets", body(name, indicators=[cost_row()]))
    first = api.get("/api/v1/confirmations", year=2025, blocking="true", limit=1)
    [asks] = first["items"]
    assert (asks["topic"], asks["topic_label"], asks["printed"]) == (
        *("cost_direction", "成本方向", "≥450万元"),
    )
    assert asks["proposal"] == {"key": "at_most", "label": "按≤450万元，不超为好"}
    assert [one["key"] for one in asks["choices"]] == ["at_most", "at_least"]
    then = api.get(
        "/api/v1/confirmations",
        year=2025,
        blocking="true",
        limit=1,
        cursor=first["next_cursor"],
    )
    assert then["next_cursor"] is None
    answers = [
        {name: one[name] for name in ("target_id", "indicator_id", "topic")}
        for one in (asks, *then["items"])
    ]
    done = api.post("/api/v1/confirmations", {"answers": answers}, key="both")
    assert done["settled"] == 2
    assert api.post("/api/v1/confirmations", {"answers": answers}, key="both") == done
    assert api.get("/api/v1/confirmations", year=2025, blocking="true")["items"] == []
    kinds = api.get("/api/v1/confirmations", year=2025, topic="weights", unit="130730001")
    assert {one["topic"] for one in kinds["items"]} == {"weights"}
    [of_one] = api.get(
        "/api/v1/confirmations", year=2025, topic="weights", target_id=asks["target_id"]
    )["items"]
    assert of_one["blocking"] is False


def test_the_api_refuses_answers_that_are_none(api: Api) -> None:
    done = api.post("/api/v1/targets", body(indicators=[cost_row()]))
    [asks] = api.get("/api/v1/confirmations", year=2025, blocking="true")["items"]
    key = {name: asks[name] for name in ("target_id", "indicator_id", "topic")}

    def refused(status: int, code: str, **more: object) -> None:
        sent = {"answers": [key | more]}
        api.problem("POST", "/api/v1/confirmations", status, code, json=sent)

    refused(422, "no_such_choice", choice="equal")
    refused(422, "reason_missing", choice="at_least")
    refused(422, "answer_not_readable", typed="≥", reason="补全")
    refused(409, "question_not_open", topic="cut_off")
    refused(404, "not_on_record", target_id="00000000-0000-0000-0000-000000000001")
    kind = f"/api/v1/targets/{done['target_id']}/indicators/{asks['indicator_id']}/kind"
    told = {"kind": "date", "reason": "按日期"}
    api.problem("POST", kind, 422, "kind_does_not_fit", json=told)
    api.post(kind, {"kind": "level", "measured": "year_end", "reason": "按年末水平"})
    [indicator] = api.get(f"/api/v1/targets/{done['target_id']}")["indicators"]
    assert (indicator["kind"], indicator["measured"]) == ("level", "year_end")


# The terminal.


@pytest.mark.usefixtures("terminal")
def test_the_terminal_lists_settles_one_and_settles_all(tmp_path: Path) -> None:
    form = tmp_path / "申报表.txt"
    form.write_text(FORM.read_text(encoding="utf-8").replace("≤120万元", "≥120万元"), "utf-8")
    run("form", "import", form, "--year", "2025")
    found = json.loads(run("target", "confirm", "--json", "--with-proposals")[1])
    blocking = [one for one in found if one["blocking"]]
    kinds = [one for one in found if one["topic"] == "kind"]
    assert kinds
    listed = run("target", "confirm")[1]
    assert (
        listed == "没有待核实问题。\n"
        if not blocking
        else all(one["question"] in listed for one in blocking)
    )
    one = run("target", "confirm", kinds[0]["question"])
    assert one[1] == "已核实1项。\n"
    left = json.loads(run("target", "confirm", "--json", "--with-proposals")[1])
    assert len(left) == len(found) - 1
    assert run("target", "confirm", "--all", "--with-proposals")[1].startswith("已核实")
    assert json.loads(run("target", "confirm", "--json", "--with-proposals")[1]) == [
        one for one in left if one["proposal"] is None
    ]
    target, indicator, _ = kinds[0]["question"].split("/")
    changed = run("target", "kind", target, indicator, "qualitative", "--reason", "定性考核")
    assert changed[1].startswith("已改")
    assert "评判方式：定性；每轮填报（定性考核）" in run("target", "history", target)[1]


@pytest.mark.usefixtures("terminal")
def test_the_terminal_asks_for_a_number_from_its_list() -> None:
    assert run("target", "confirm")[1] == "没有待核实问题。\n"
    assert run("target", "confirm", "第一个")[0] == 2
