"""The province's export of targets comes in: declared once, revised where it differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.access.authorize import NotAllowedError
from domain.approval import GivenApproval, Stage
from domain.identity import target_id
from domain.importing import ImportKind
from domain.target import Target
from services import importing_rows
from services.access.present import being, present
from services.database.connect import Database
from services.incoming import import_file, preview_file
from services.recording import BadLinesError, Outcome, Upload
from services.resuming import resume_all
from tests.declaring import REGION, YEAR, declaration
from tests.integration.files import bring_in, counted, door, file_of, look_at
from tests.integration.incoming import META, MORNING, Desk, desk_on
from tests.integration.test_importing_payments import DyingLog
from tests.payment_files import TODAY

HEADING = (
    *("单位编码", "单位名称", "项目编码", "项目名称", "年度绩效目标", "年度资金总额(万元)"),
    *("一级指标", "二级指标", "三级指标", "计算符号", "指标值", "计量单位", "权重", "是否删除"),
)


@pytest.fixture
def desk(database: Database) -> Iterator[Desk]:
    """A desk without any target."""
    with desk_on(database) as opened:
        yield opened


def rows(code: str, visits: str = "10", total: str = "450") -> list[tuple[str, ...]]:
    head = ("450001", "县医疗保障局", code, f"项目{code}", "保障困难群众就医", total)
    return [
        (*head, "产出指标", "数量指标", "救助人次", "≥", visits, "万人次", "20", "否"),
        (*head, "产出指标", "质量指标", "救助准确率", "≥", "98", "%", "30", "否"),
    ]


def export(*projects: Sequence[tuple[str, ...]]) -> Upload:
    return file_of(HEADING, [row for project in projects for row in project])


def target(desk: Desk, code: str) -> Target:
    return desk.log.get(Target, target_id(REGION, YEAR, code, "", ""))


def test_each_project_of_an_export_becomes_a_draft(desk: Desk) -> None:
    upload = export(rows("P1"), rows("P2", "8"))
    assert preview_file(door(desk), upload).kind is ImportKind.TARGETS
    seen = look_at(desk, upload)
    assert desk.log.head() == 0
    done = bring_in(desk, upload)
    assert counted(seen) == counted(done)
    assert (done.rows, done.stored) == (2, 2)
    first = target(desk, "P1")
    assert first.standing.stage is Stage.DRAFT
    assert [row.value.number for row in first.declaration.indicators] == [10, 98]
    assert [row.weight for row in first.declaration.indicators] == [20, 30]
    assert first.declaration.fund_lines[0].amount == Decimal(4_500_000)


def test_a_second_export_of_the_same_targets_changes_nothing(desk: Desk) -> None:
    bring_in(desk, export(rows("P1"), rows("P2")))
    again = bring_in(desk, export(rows("P2"), rows("P1")))
    assert (again.outcome, again.stored, again.known) == (Outcome.COMPLETED, 0, 2)
    assert target(desk, "P1").proposals == {}
    assert bring_in(desk, export(rows("P2"), rows("P1"))).outcome is Outcome.ALREADY_IMPORTED


def test_a_changed_target_is_a_proposed_revision_once(desk: Desk) -> None:
    bring_in(desk, export(rows("P1"), rows("P2")))
    changed = bring_in(desk, export(rows("P1", "12"), rows("P2")))
    assert (changed.stored, changed.known) == (1, 1)
    assert "提出调整的项目：1个。" in changed.notes
    (proposal,) = target(desk, "P1").proposals.values()
    assert proposal.indicators[0].value.number == 12
    assert target(desk, "P1").declaration.indicators[0].value.number == 10
    assert bring_in(desk, export(rows("P2"), rows("P1", "12"))).stored == 0


def test_an_export_of_approved_targets_says_so(desk: Desk) -> None:
    upload = replace(export(rows("P1")), approval=GivenApproval(date(2025, 1, 20), "财预1号"))
    bring_in(desk, upload)
    assert target(desk, "P1").standing.stage is Stage.APPROVED


def test_an_indicator_that_the_export_has_no_more_is_told(desk: Desk) -> None:
    bring_in(desk, export(rows("P1")))
    report = look_at(desk, export(rows("P1")[:1]))
    assert [(f.place, f.field) for f in report.findings] == [("L2", "三级指标")]
    assert "救助准确率" in report.findings[0].message


def test_a_project_that_cannot_be_declared_is_a_problem_at_its_place(desk: Desk) -> None:
    upload = export(rows("P1"), rows("P2", total=""))
    with pytest.raises(BadLinesError) as refusal:
        bring_in(desk, upload)
    ((place, message),) = [(p.place, p.message) for p in refusal.value.report.problems]
    assert place == "L4"
    assert "预算数" in message
    accepted = bring_in(desk, replace(upload, accept_bad_lines=True))
    assert (accepted.stored, accepted.refused) == (1, 1)


def test_an_export_that_was_broken_off_between_chunks_is_gone_on_with(
    desk: Desk, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing_rows, "CHUNK_ROWS", 4)
    upload = export(*[rows(f"P{number}") for number in range(6)])
    with DyingLog(database.web_url, clock=lambda: MORNING) as dying:
        dying.saves_left = 2
        with pytest.raises(KeyboardInterrupt):
            import_file(replace(door(desk), log=dying), upload, meta=META)
    (report,) = resume_all(desk.log, desk.lookups, today=TODAY)
    assert (report.outcome, report.stored, report.known) == (Outcome.RESUMED, 6, 0)
    assert all(target(desk, f"P{number}").version == 1 for number in range(6))


def test_a_project_that_was_declared_without_a_code_is_not_declared_twice(desk: Desk) -> None:
    plain = declaration(code=None, name="项目P7")
    desk.log.save(Target(plain), meta=META)
    desk.projector.catch_up()
    report = bring_in(desk, export(rows("P7")))
    assert "提出调整的项目：1个。" in report.notes
    assert ("L2", "项目编码") in [(f.place, f.field) for f in report.findings]
    known = desk.log.get(Target, Target.create_id(plain))
    (proposal,) = known.proposals.values()
    assert (proposal.project_code, proposal.annual_objective) == (None, "保障困难群众就医")
    assert desk.log.exists([target_id(REGION, YEAR, "P7", "", "")]) == set()


def test_a_project_of_that_name_in_another_unit_is_another_project(desk: Desk) -> None:
    other = declaration(code=None, name="项目P7", unit_name="县民政局", unit_code="361001")
    desk.log.save(Target(other), meta=META)
    desk.projector.catch_up()
    assert "新申报的项目：1个。" in bring_in(desk, export(rows("P7"))).notes


def test_who_may_not_declare_may_not_bring_an_export_in(desk: Desk) -> None:
    actor = replace(present().actor, grants=())
    with being(replace(present(), actor=actor)), pytest.raises(NotAllowedError):
        look_at(desk, export(rows("P1")))
