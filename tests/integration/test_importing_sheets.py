"""The province's sheets come in: their reports go on record, what else they print is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.access.authorize import NotAllowedError
from domain.importing import ImportKind
from domain.indicator import Likelihood
from domain.payment import PaymentLine
from domain.target import Target
from services.access.present import being, present
from services.database.connect import Database
from services.incoming import import_file, preview_file
from services.recording import BadLinesError, Outcome, Upload
from services.resuming import resume_all
from tests.declaring import REGION, YEAR, declaration, payment, visits
from tests.integration.files import bring_in, counted, door, file_of, look_at
from tests.integration.incoming import META, Desk, desk_on
from tests.integration.test_importing_payments import DyingLog
from tests.payment_files import TODAY
from tests.provincial_files import (
    MONITORING_HEADING,
    SELF_EVALUATION_HEADING,
    monitoring_row,
    monitoring_sheets,
    self_evaluation_row,
    self_evaluation_sheet,
)

NAME = "城乡医疗救助"


@pytest.fixture
def desk(database: Database) -> Iterator[Desk]:
    """A desk with a project that weighs its indicator, and a payment of it."""
    with desk_on(database) as opened:
        weighted = replace(visits(), weight=Decimal(40))
        opened.log.save(Target(declaration(indicators=(weighted,))), meta=META)
        paid = PaymentLine("1", Decimal(2_500_000), date(2025, 3, 3), project_code="P1")
        opened.log.save(payment("V1", paid), meta=META)
        opened.projector.catch_up()
        yield opened


def sheet(content: bytes, name: str = "执行监控表.xlsx") -> Upload:
    return Upload(content, name, REGION, YEAR)


def flat(*rows: Sequence[str], heading: Sequence[str] = MONITORING_HEADING) -> Upload:
    return file_of(heading, rows)


def target(desk: Desk) -> Target:
    return desk.log.get(Target, Target.create_id(declaration()))


def payments_on_record(desk: Desk) -> int:
    return len(desk.facts(REGION))


def test_a_printed_sheet_reports_forecast_likelihood_and_causes(desk: Desk) -> None:
    upload = sheet(monitoring_sheets(NAME))
    assert preview_file(door(desk), upload).kind is ImportKind.MONITORING
    head = desk.log.head()
    seen = look_at(desk, upload)
    assert desk.log.head() == head
    done = bring_in(desk, upload)
    assert counted(seen) == counted(done)
    (report,) = target(desk).reports.values()
    assert (report.reported_on, report.number) == (date(2025, 7, 31), Decimal("5.2"))
    assert (report.forecast, report.likelihood) == ("预计9.5万人次", Likelihood.POSSIBLE)
    assert report.note == "经办人员不足；偏差原因：人员保障；7月起增配人员"


def test_money_of_a_sheet_is_compared_and_never_recorded_as_paid(desk: Desk) -> None:
    before = payments_on_record(desk)
    report = bring_in(desk, sheet(monitoring_sheets(NAME)))
    assert (report.stored, payments_on_record(desk)) == (1, before)
    executed = [finding for finding in report.findings if finding.field == "1-7月执行数"]
    assert [finding.place for finding in executed] == ["申报表!E6"]
    assert "尚无支付数据" in executed[0].message


def test_the_same_reports_again_in_another_file_change_nothing(desk: Desk) -> None:
    upload = flat(monitoring_row("P1", "5.2", 备注="一"))
    assert bring_in(desk, upload).stored == 1
    assert bring_in(desk, upload).outcome is Outcome.ALREADY_IMPORTED
    again = flat(monitoring_row("P1", "5.2", 备注="一"), monitoring_row("P1", "5.2", 备注="一"))
    assert (bring_in(desk, again).stored, len(target(desk).reports)) == (0, 1)


def test_a_self_evaluation_reports_the_year_and_its_scores_are_told(desk: Desk) -> None:
    report = bring_in(desk, sheet(self_evaluation_sheet(NAME, score="50.00"), "自评表.xlsx"))
    (reported,) = target(desk).reports.values()
    assert (reported.reported_on, reported.number) == (date(2025, 12, 31), Decimal("9.35"))
    told = {finding.field: finding.message for finding in report.findings}
    assert "应为46.75" in told["得分"]
    assert "在案的是40" in told["分值"]
    assert target(desk).indicators[visits().indicator_id].weight == 40


def test_a_flat_self_evaluation_stands_for_the_year_without_saying_so(desk: Desk) -> None:
    upload = flat(self_evaluation_row("P1", "9", "40", "36"), heading=SELF_EVALUATION_HEADING)
    report = bring_in(desk, upload)
    assert (report.stored, report.findings) == (1, ())
    assert "得分与本系统计算的一致：1处。" in report.notes


def test_a_project_that_is_not_on_record_is_a_problem_at_its_cell(desk: Desk) -> None:
    upload = flat(monitoring_row("P9", "5.2"), monitoring_row("P1", "5.2"))
    with pytest.raises(BadLinesError) as refusal:
        bring_in(desk, upload)
    assert [(p.place, p.field) for p in refusal.value.report.problems] == [("L2", "项目编码")]
    accepted = bring_in(desk, replace(upload, accept_bad_lines=True))
    assert (accepted.stored, accepted.refused) == (1, 1)


def test_an_import_that_was_broken_off_is_gone_on_with(desk: Desk, database: Database) -> None:
    upload = flat(monitoring_row("P1", "5.2"))
    with DyingLog(database.web_url, clock=lambda: desk.log.read(0, 1)[0].recorded_at) as dying:
        dying.saves_left = 1
        with pytest.raises(KeyboardInterrupt):
            import_file(replace(door(desk), log=dying), upload, meta=META)
    (report,) = resume_all(desk.log, desk.lookups, today=TODAY)
    assert (report.outcome, report.stored) == (Outcome.RESUMED, 1)
    assert len(target(desk).reports) == 1


def test_who_may_not_report_may_not_bring_a_sheet_in(desk: Desk) -> None:
    actor = replace(present().actor, grants=())
    with being(replace(present(), actor=actor)), pytest.raises(NotAllowedError):
        look_at(desk, sheet(monitoring_sheets(NAME)))
