"""Achievements come in: matched, once each, the last one standing, gone on with after a crash."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from domain.errors import FutureDateError, NotOnRecordError
from domain.importing import Import, ImportKind
from domain.target import Life, Target
from services.database.connect import Database
from services.importing import kept, on_record
from services.importing_achievements import import_achievements, preview_achievements
from services.intake.achievement_rows import AchievementFile
from services.intake.files import ImportFiles
from services.recording import BadLinesError, ImportReport, Outcome, Upload
from services.recording_achievements import AchievementReport, report_achievement
from services.resuming import resume_all, resume_import
from tests.declaring import REGION, YEAR, declaration, reported, visits
from tests.integration.incoming import META, Desk, desk_on
from tests.integration.test_importing_payments import DyingLog
from tests.payment_files import TODAY, csv_of

HEADING = ("项目编码", "三级指标", "截至日期", "完成值", "说明")
CODES = ("P1", "P2", "P3")


def named(code: str) -> dict[str, Any]:
    """A project of that code, with its own indicator."""
    return {"code": code, "name": f"项目{code}", "indicators": (visits(UUID(int=int(code[1:]))),)}


@pytest.fixture
def desk(database: Database) -> Iterator[Desk]:
    """A desk with three projects declared."""
    with desk_on(database) as opened:
        opened.log.save(*[Target(declaration(**named(code))) for code in CODES], meta=META)
        opened.projector.catch_up()
        yield opened


def told(*rows: Sequence[str], heading: Sequence[str] = HEADING, **changes: Any) -> Upload:
    return replace(Upload(csv_of(rows, heading), "完成值.csv", REGION, YEAR), **changes)


def bring_in(desk: Desk, upload: Upload) -> ImportReport:
    return import_achievements(desk.log, desk.lookups, upload, meta=META, today=TODAY)


def target(desk: Desk, code: str = "P1") -> Target:
    return desk.log.get(Target, Target.create_id(declaration(**named(code))))


def values(desk: Desk, code: str = "P1") -> dict[date, Decimal | None]:
    return {day: report.number for (_, _, day), report in target(desk, code).reports.items()}


HALF_YEAR = ("P1", "救助人次", "2025-06-30", "5.2万人次", "上半年")


def test_a_file_is_recorded_on_the_targets_it_names(desk: Desk) -> None:
    report = bring_in(desk, told(HALF_YEAR, ("P2", "救助人次", "2025-06-30", "3", "")))
    assert (report.outcome, report.rows, report.stored) == (Outcome.COMPLETED, 2, 2)
    assert values(desk, "P1") == {date(2025, 6, 30): Decimal("5.2")}
    assert values(desk, "P2") == {date(2025, 6, 30): Decimal(3)}
    assert values(desk, "P3") == {}
    assert report.position == desk.log.head()


def test_the_same_file_again_adds_nothing(desk: Desk) -> None:
    bring_in(desk, told(HALF_YEAR))
    head = desk.log.head()
    assert bring_in(desk, told(HALF_YEAR)).outcome is Outcome.ALREADY_IMPORTED
    anew = bring_in(desk, told(HALF_YEAR, ("P2", "救助人次", "2025-06-30", "3", "")))
    assert (anew.stored, anew.known) == (1, 1)
    assert desk.log.head() > head


def test_a_later_value_for_the_same_day_stands_and_the_earlier_is_kept(desk: Desk) -> None:
    bring_in(desk, told(HALF_YEAR))
    bring_in(desk, told(("P1", "救助人次", "2025-06-30", "5.4万人次", "更正")))
    assert values(desk) == {date(2025, 6, 30): Decimal("5.4")}
    told_of = [type(entry.event).__name__ for entry in desk.log.stream(target(desk).id)]
    assert told_of == ["Declared", "AchievementReported", "AchievementCorrected"]


def test_a_project_is_found_by_name_and_by_a_code_that_came_later(desk: Desk) -> None:
    stream = target(desk, "P3")
    stream.add_code("NEW3")
    desk.log.save(stream, meta=META)
    desk.projector.catch_up()
    heading = ("项目编码", "项目名称", "三级指标", "截至日期", "完成值")
    rows = [
        ("", "项目P1", "救助人次", "2025-06-30", "5"),
        ("NEW3", "", "救助人次", "2025-06-30", "6"),
    ]
    assert bring_in(desk, told(*rows, heading=heading)).stored == 2
    assert values(desk, "P3") == {date(2025, 6, 30): Decimal(6)}


BAD = (
    HALF_YEAR,
    ("P9", "救助人次", "2025-06-30", "5", ""),
    ("P1", "救助人次", "2025-05-31", "98%", ""),
)


def test_bad_lines_refuse_the_file_unless_the_user_says_so(desk: Desk) -> None:
    head = desk.log.head()
    with pytest.raises(BadLinesError) as refusal:
        bring_in(desk, told(*BAD))
    problems = refusal.value.report.problems
    assert [(p.place, p.field) for p in problems] == [("L3", "项目编码"), ("L4", "完成值")]
    assert desk.log.head() == head
    report = bring_in(desk, told(*BAD, accept_bad_lines=True))
    assert (report.rows, report.stored, report.refused) == (3, 1, 2)


def test_a_target_whose_life_is_over_takes_no_more_reports(desk: Desk) -> None:
    stream = target(desk)
    stream.end(Life.TERMINATED, ended_on=date(2025, 6, 1), document_no="财预1号")
    desk.log.save(stream, meta=META)
    with pytest.raises(BadLinesError, match=r"已终止"):
        bring_in(desk, told(HALF_YEAR))


def test_a_preview_counts_what_a_commit_then_does_and_stores_nothing(desk: Desk) -> None:
    bring_in(desk, told(HALF_YEAR))
    upload = told(*BAD, ("P2", "救助人次", "2025-06-30", "3", ""), accept_bad_lines=True)
    head = desk.log.head()
    seen = preview_achievements(desk.log, desk.lookups, upload, today=TODAY)
    assert (desk.log.head(), seen.outcome) == (head, Outcome.PREVIEW)
    done = bring_in(desk, upload)
    counted = ("rows", "stored", "known", "refused", "problems", "notes")
    assert [getattr(seen, n) for n in counted] == [getattr(done, n) for n in counted]
    assert (done.stored, done.known, done.refused) == (1, 1, 2)


def test_an_import_that_was_broken_off_is_gone_on_with(desk: Desk, database: Database) -> None:
    upload = told(
        (*HALF_YEAR[:2], "5.2", ""),
        heading=("项目编码", "三级指标", "完成值", "说明"),
        cut_off=date(2025, 6, 30),
    )
    with DyingLog(database.web_url, clock=lambda: desk.log.read(0, 1)[0].recorded_at) as dying:
        dying.saves_left = 1
        with pytest.raises(KeyboardInterrupt):
            import_achievements(dying, desk.lookups, upload, meta=META, today=TODAY)
    (report,) = resume_all(desk.log, desk.lookups, today=TODAY)
    assert (report.outcome, report.stored, report.known) == (Outcome.RESUMED, 1, 0)
    assert values(desk) == {date(2025, 6, 30): Decimal("5.2")}


def test_a_file_that_was_kept_and_never_begun_is_let_go(desk: Desk) -> None:
    upload = told(HALF_YEAR)
    import_id = Import.create_id(upload.key(ImportKind.ACHIEVEMENTS))
    files = ImportFiles(desk.lookups.pool)
    files.keep(kept(import_id, upload, AchievementFile()))
    assert resume_import(desk.log, desk.lookups, import_id, today=TODAY) is None
    assert (files.unfinished(), on_record(desk.log, import_id)) == ([], None)
    assert bring_in(desk, upload).stored == 1


def test_one_report_is_recorded_once_and_another_replaces_it_with_a_reason(desk: Desk) -> None:
    indicator = visits(UUID(int=1)).indicator_id
    told_of = reported("5", date(2025, 6, 30), indicator_id=indicator)
    report = AchievementReport(target(desk).id, told_of)
    done = report_achievement(desk.log, report, meta=META, today=TODAY)
    again = report_achievement(desk.log, report, meta=META, today=TODAY)
    assert (done.changed, again.changed, again.position) == (True, False, done.position)
    mended = replace(report, achievement=replace(told_of, number=Decimal(6)), reason="漏统计")
    assert report_achievement(desk.log, mended, meta=META, today=TODAY).changed
    assert values(desk) == {date(2025, 6, 30): Decimal(6)}


def test_a_report_on_nothing_or_of_a_day_to_come_is_refused(desk: Desk) -> None:
    told_of = reported("5", date(2026, 2, 1), indicator_id=visits(UUID(int=1)).indicator_id)
    with pytest.raises(FutureDateError):
        report_achievement(
            desk.log, AchievementReport(target(desk).id, told_of), meta=META, today=TODAY
        )
    with pytest.raises(NotOnRecordError):
        report_achievement(
            desk.log, AchievementReport(UUID(int=9), told_of), meta=META, today=TODAY
        )
