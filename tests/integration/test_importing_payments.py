"""Payments come in: once each, compared, never overwritten, gone on with after a crash."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import count
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.claim_rule import LinePattern
from domain.errors import FutureDateError, MonitoringError, NotOnRecordError
from domain.payment import (
    Payment,
    PaymentLine,
    VoucherKey,
    VoucherKind,
)
from services.claiming_by_rule import NewRule, RulePlace, set_rule
from services.database.connect import Database
from services.importing_payments import import_payments
from services.intake.files import ImportFiles
from services.log.appending import Appended, Command
from services.log.application import Log
from services.log.meta import Meta
from services.recording import BadLinesError, Outcome
from services.recording_payments import (
    LineCorrection,
    PaymentBatch,
    correct_payment,
    record_payments,
)
from services.resuming import resume_all
from tests.integration.incoming import META, MORNING, Desk, desk_on
from tests.payment_files import HEADING, REGION, TODAY, big_csv, csv_of, upload, voucher_row

SHORT = ("支付凭证号", "实际支付金额(元)", "实际支付日期")
NUMBERED = (*SHORT, "行号")


@pytest.fixture
def desk(database: Database) -> Iterator[Desk]:
    """A desk on a fresh database."""
    with desk_on(database) as opened:
        yield opened


def rows(*rows: Sequence[str], heading: Sequence[str] = NUMBERED) -> bytes:
    return csv_of(rows, heading)


def test_a_file_is_stored_voucher_by_voucher_and_says_how_far_it_reaches(desk: Desk) -> None:
    report = desk.bring_in(big_csv(10), complete_to=date(2025, 1, 31))
    assert (report.outcome, report.rows, report.stored) == (Outcome.COMPLETED, 10, 10)
    assert report.complete_to == date(2025, 1, 31)
    assert report.position == desk.log.head()
    assert len(desk.facts()) == 10
    assert desk.payment("P202500000007").import_id == report.import_id


def test_the_same_file_again_adds_nothing_whatever_its_name(desk: Desk) -> None:
    first = desk.bring_in(big_csv(10))
    head = desk.log.head()
    again = desk.bring_in(big_csv(10), name="另存.csv")
    assert again.outcome is Outcome.ALREADY_IMPORTED
    assert (again.stored, again.first_by, again.first_at) == (10, "预算股", MORNING)
    assert (again.import_id, desk.log.head()) == (first.import_id, head)


def test_a_file_saved_anew_is_known_line_by_line(desk: Desk) -> None:
    desk.bring_in(big_csv(10))
    again = desk.bring_in(big_csv(10).decode().encode("gb18030"))
    assert (again.outcome, again.stored, again.known) == (Outcome.COMPLETED, 0, 10)
    grown = desk.bring_in(big_csv(12))
    assert (grown.stored, grown.known) == (2, 10)


def test_a_file_sorted_otherwise_without_line_numbers_is_known_too(desk: Desk) -> None:
    given_ = [("P1", "5", "2025-03-01"), ("P1", "6", "2025-03-01"), ("P1", "-5", "2025-03-02")]
    desk.bring_in(rows(*given_, heading=SHORT))
    again = desk.bring_in(rows(*reversed(given_), heading=SHORT))
    assert (again.stored, again.known, again.conflict_count) == (0, 3, 0)


def test_a_later_export_with_one_column_more_makes_no_second_payment(desk: Desk) -> None:
    desk.bring_in(rows(("P1", "5", "2025-03-01"), ("P1", "6", "2025-03-01"), heading=SHORT))
    numbered = [("P1", "5", "2025-03-01", "1"), ("P1", "6", "2025-03-01", "2")]
    again = desk.bring_in(rows(*numbered))
    assert (again.stored, again.known) == (0, 2)


def test_another_amount_under_the_same_line_is_a_conflict_and_the_first_stays(desk: Desk) -> None:
    desk.bring_in(rows(("P1", "5", "2025-03-01", "1")))
    report = desk.bring_in(rows(("P1", "7", "2025-03-01", "1"), ("P2", "8", "2025-03-01", "1")))
    (conflict,) = report.conflicts
    assert (conflict.voucher_no, conflict.known_amount, conflict.given_amount) == (
        "P1",
        Decimal(5),
        Decimal(7),
    )
    assert conflict.source_row == 2
    assert (report.stored, report.conflict_count) == (1, 1)
    assert desk.facts()["P1"] == {"1": (Decimal(5), date(2025, 3, 1))}


def test_a_file_that_contradicts_itself_keeps_its_first_line(desk: Desk) -> None:
    given_ = [("P1", amount, "2025-03-01", "1") for amount in ("5", "5", "7")]
    report = desk.bring_in(rows(*given_))
    assert (report.rows, report.stored, report.known, report.conflict_count) == (3, 1, 1, 1)
    assert desk.facts()["P1"]["1"][0] == 5


def test_a_new_line_of_a_known_voucher_is_added_and_a_negative_one_reverses(desk: Desk) -> None:
    desk.bring_in(rows(("P1", "5", "2025-03-01", "1")))
    report = desk.bring_in(rows(("P1", "5", "2025-03-01", "1"), ("P1", "-5", "2025-04-01", "2")))
    assert (report.stored, report.known) == (1, 1)
    assert sum(amount for amount, _ in desk.facts()["P1"].values()) == 0


def test_vouchers_of_two_kinds_or_years_may_share_a_number(desk: Desk) -> None:
    heading = (*SHORT, "预算年度", "凭证类型")
    given_ = [
        ("1", "5", "2025-01-02", "2025", "支付凭证"),
        ("1", "5", "2025-01-02", "2024", "支付凭证"),
        ("1", "5", "2025-01-02", "2025", "拨款凭证"),
    ]
    assert desk.bring_in(rows(*given_, heading=heading)).stored == 3


BAD = rows(("P1", "5", "2025-03-01", "1"), ("P2", "多少", "2025-03-01", "1"))


def test_bad_lines_refuse_the_file_unless_the_user_says_so(desk: Desk) -> None:
    with pytest.raises(BadLinesError) as refusal:
        desk.bring_in(BAD)
    report = refusal.value.report
    assert [(p.place, p.field) for p in report.problems] == [("L3", "实际支付金额(元)")]
    assert (report.outcome, report.stored, desk.log.head()) == (Outcome.PREVIEW, 1, 0)
    taken = desk.bring_in(BAD, accept_bad_lines=True)
    assert (taken.stored, taken.refused, taken.rows) == (1, 1, 2)


def test_a_preview_counts_what_a_commit_then_does_and_stores_nothing(desk: Desk) -> None:
    desk.bring_in(rows(("P1", "5", "2025-03-01", "1"), ("P2", "5", "2025-03-01", "1")))
    given_ = rows(
        ("P1", "5", "2025-03-01", "1"),
        ("P1", "9", "2025-03-01", "2"),
        ("P2", "6", "2025-03-01", "1"),
        ("P3", "5", "2025-03-04", "1"),
    )
    head = desk.log.head()
    seen = desk.preview(given_)
    assert desk.log.head() == head
    assert (seen.proposed_complete_to, seen.unclaimed) == (date(2025, 3, 4), 4)
    done = desk.bring_in(given_)
    counted = ("rows", "stored", "known", "conflict_count", "refused", "conflicts")
    assert [getattr(seen, n) for n in counted] == [getattr(done, n) for n in counted]
    assert (done.stored, done.known, done.conflict_count) == (2, 1, 1)


def test_a_preview_counts_no_line_as_unclaimed_that_a_rule_will_take(desk: Desk) -> None:
    given_ = csv_of([voucher_row(1), voucher_row(2)])
    assert desk.preview(given_).unclaimed == 2
    new = NewRule(LinePattern(unit="361001"), None, date(2025, 1, 1), "属基本支出")
    set_rule(desk.log, RulePlace(REGION, 2025), new, meta=META)
    desk.projector.catch_up()
    assert desk.preview(given_).unclaimed == 1


def test_nobody_can_say_that_data_are_complete_to_a_day_to_come(desk: Desk) -> None:
    with pytest.raises(FutureDateError):
        desk.bring_in(big_csv(1), complete_to=date(2026, 12, 31))


def test_twenty_thousand_vouchers_go_in_by_chunks(desk: Desk) -> None:
    report = desk.bring_in(big_csv(20_000))
    running = desk.import_on_record(big_csv(20_000))
    assert (report.stored, running.chunks, running.completed) == (20_000, 5, True)
    assert desk.log.head() == 20_000 + 1 + 5 + 1


def test_vouchers_with_long_texts_go_in_by_smaller_chunks(desk: Desk) -> None:
    given_ = [("P1", "5", "2025-03-01", str(n), "购置" * 5_000) for n in range(300)]
    report = desk.bring_in(rows(*given_, heading=(*NUMBERED, "用途")))
    assert report.stored == 300
    added = [("P1", "5", "2025-03-01", str(n), "购置" * 5_000) for n in range(300, 360)]
    assert desk.bring_in(rows(*added, heading=(*NUMBERED, "用途"))).stored == 60


class DyingLog(Log):
    """A log whose process dies before its nth save: between a chunk and the note of it."""

    saves_left = 10**6

    def save(self, *aggregates: Any, **told: Any) -> Appended:  # type: ignore[override]
        self.saves_left -= 1
        if self.saves_left < 0:
            raise KeyboardInterrupt
        return super().save(*aggregates, **told)


@pytest.mark.parametrize("saves", range(5))
def test_a_crash_between_a_chunk_and_its_note_loses_no_count(
    desk: Desk, database: Database, saves: int
) -> None:
    content = big_csv(9_000)
    with DyingLog(database.web_url, clock=lambda: MORNING) as dying:
        dying.saves_left = saves
        with pytest.raises(KeyboardInterrupt):
            import_payments(dying, desk.lookups, upload(content), meta=META, today=TODAY)
    report = desk.bring_in(content)
    assert (report.stored, report.known, report.rows) == (9_000, 0, 9_000)
    assert len(desk.facts()) == 9_000
    assert desk.import_on_record(content).chunks == 3


def test_added_lines_survive_a_crash_once(desk: Desk, database: Database) -> None:
    desk.bring_in(rows(*[(f"P{n}", "5", "2025-03-01", "1") for n in range(100)]))
    content = rows(*[(f"P{n}", "-5", "2025-03-02", "2") for n in range(100)])
    with DyingLog(database.web_url, clock=lambda: MORNING) as dying:
        dying.saves_left = 1
        with pytest.raises(KeyboardInterrupt):
            import_payments(dying, desk.lookups, upload(content), meta=META, today=TODAY)
    report = desk.bring_in(content)
    assert (report.stored, report.known) == (100, 0)
    assert all(len(lines) == 2 for lines in desk.facts().values())


def test_an_import_goes_on_from_the_kept_file_as_it_was_told_first(
    desk: Desk, database: Database
) -> None:
    content = rows(("P1", "5", "2025-03-01", "1"), ("P2", "?", "2025-03-01", "1"))
    told = upload(
        content,
        accept_bad_lines=True,
        complete_to=date(2025, 3, 31),
        voucher_kind=VoucherKind.ALLOCATION,
    )
    with DyingLog(database.web_url, clock=lambda: MORNING) as dying:
        dying.saves_left = 1
        with pytest.raises(KeyboardInterrupt):
            import_payments(dying, desk.lookups, told, meta=META, today=TODAY)
    files = ImportFiles(desk.lookups.pool)
    assert len(files.unfinished()) == 1
    (report,) = resume_all(desk.log, desk.lookups, today=TODAY)
    assert (report.outcome, report.stored, report.refused) == (Outcome.RESUMED, 1, 1)
    assert report.complete_to == date(2025, 3, 31)
    assert desk.payment("P1", VoucherKind.ALLOCATION).lines["1"].amount == 5
    assert files.unfinished() == []


def test_a_file_that_is_done_is_forgotten(desk: Desk, database: Database) -> None:
    report = desk.bring_in(big_csv(3))
    with psycopg.connect(database.web_url) as connection:
        kept = connection.execute("SELECT done, content FROM operational.import_files").fetchall()
    assert kept == [(True, b"")]
    with pytest.raises(NotOnRecordError):
        ImportFiles(desk.lookups.pool).load(report.import_id)


def test_two_processes_that_import_one_file_at_once_store_it_once(
    desk: Desk, database: Database, tmp_path: Path
) -> None:
    content = big_csv(20_000)
    file = tmp_path / "支付.csv"
    file.write_bytes(content)
    command = [sys.executable, "-m", "tests.importing_program", database.web_url, str(file)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(2)]
    reports = [json.loads(process.communicate(timeout=100)[0]) for process in running]
    assert [process.returncode for process in running] == [0, 0]
    assert [(r["stored"], r["known"], r["rows"]) for r in reports] == [(20_000, 0, 20_000)] * 2
    assert desk.import_on_record(content).tally.stored == 20_000
    assert len(desk.log.read(0, 100_000)) == 20_000 + 1 + 5 + 1


REGIONS = count(1)
FACTS = st.lists(
    st.tuples(
        st.sampled_from(["P1", "P2", "P3"]),
        st.sampled_from(["1", "2", "3"]),
        st.sampled_from(["5", "-5", "0.01", "7"]),
        st.sampled_from(["2025-03-01", "2025-04-01"]),
    ),
    min_size=1,
    max_size=9,
    unique_by=lambda fact: fact[:2],
)


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(FACTS, st.integers(1, 3), st.randoms(use_true_random=False), st.booleans())
def test_files_in_any_order_and_any_number_of_times_leave_one_record(
    desk: Desk,
    facts: list[tuple[str, str, str, str]],
    parts: int,
    order: Random,
    numbered: bool,
) -> None:
    """Numbered lines may be spread over files; others come with their whole voucher."""
    cut = [[f for n, f in enumerate(facts) if n % parts == part] for part in range(parts)]
    if not numbered:
        cut = [[f for f in facts if f[0] == no] for no in ("P1", "P2", "P3")]
    files = [part for part in cut if part]
    regions = [f"{next(REGIONS):09d}" for _ in range(2)]
    for region, sequence in zip(
        regions, (files, order.sample(files * 2, 2 * len(files))), strict=True
    ):
        for part in sequence:
            lines = [
                (no, amount, day, line if numbered else "")
                for no, line, amount, day in order.sample(part, len(part))
            ]
            desk.bring_in(rows(*lines), region=region)
    assert desk.facts(regions[0]) == desk.facts(regions[1])
    assert sum(map(len, desk.facts(regions[0]).values())) == len(facts)


def voucher(number: str = "P1") -> VoucherKey:
    return VoucherKey(REGION, 2025, VoucherKind.PAYMENT, number)


def paid(amount: str = "5", key: str = "") -> PaymentLine:
    return PaymentLine(key, Decimal(amount), date(2025, 3, 1))


def batch(*lines: PaymentLine, complete_to: date | None = None) -> PaymentBatch:
    return PaymentBatch(REGION, 2025, ((voucher(), lines),), complete_to)


def meta() -> Meta:
    return Meta("机器", uuid4(), "API")


def test_a_request_that_states_how_far_it_reaches_counts_as_an_import(desk: Desk) -> None:
    told = batch(paid(), complete_to=date(2025, 3, 31))
    first = record_payments(desk.log, told, meta=meta(), today=TODAY)
    again = record_payments(desk.log, told, meta=meta(), today=TODAY)
    assert (first.outcome, first.stored) == (Outcome.COMPLETED, 1)
    assert (again.outcome, again.stored) == (Outcome.ALREADY_IMPORTED, 1)
    assert desk.log.head() == first.position


def test_a_day_can_be_stated_without_any_payment(desk: Desk) -> None:
    told = PaymentBatch(REGION, 2025, (), date(2025, 3, 31))
    report = record_payments(desk.log, told, meta=meta(), today=TODAY)
    assert (report.rows, report.complete_to) == (0, date(2025, 3, 31))


def test_a_request_sent_again_under_its_command_is_answered_as_the_first_time(
    desk: Desk,
) -> None:
    desk.bring_in(rows(("P2", "5", "2025-03-01", "1")))
    told = PaymentBatch(
        REGION, 2025, ((voucher(), (paid(), paid())), (voucher("P2"), (paid("9", "2"),)))
    )
    one, other = meta(), meta()
    first = record_payments(desk.log, told, meta=one, today=TODAY)
    head = desk.log.head()
    again = record_payments(desk.log, told, meta=one, today=TODAY)
    assert (first.stored, first.known) == (3, 0)
    assert again == first
    anew = record_payments(desk.log, told, meta=other, today=TODAY)
    assert (anew.stored, anew.known) == (0, 3)
    assert desk.log.head() == head


def test_lines_of_one_voucher_given_apart_come_together(desk: Desk) -> None:
    told = replace(batch(), vouchers=((voucher(), (paid(),)), (voucher(), (paid("6"),))))
    assert record_payments(desk.log, told, meta=meta(), today=TODAY).stored == 2
    assert len(desk.payment("P1").lines) == 2


def test_a_request_contradicting_the_record_lists_it(desk: Desk) -> None:
    record_payments(desk.log, batch(paid(key="1")), meta=meta(), today=TODAY)
    report = record_payments(desk.log, batch(paid("6", "1")), meta=meta(), today=TODAY)
    assert [c.known_amount for c in report.conflicts] == [5]


def test_a_payment_of_tomorrow_is_refused(desk: Desk) -> None:
    line = replace(paid(), paid_on=date(2026, 2, 1))
    with pytest.raises(FutureDateError):
        record_payments(desk.log, batch(line), meta=meta(), today=TODAY)


def test_a_correction_mends_a_line_and_the_same_again_changes_nothing(desk: Desk) -> None:
    desk.bring_in(rows(("P1", "5", "2025-03-01", "1")))
    mended = LineCorrection(voucher(), "1", "少录一位", amount=Decimal(50))
    done = correct_payment(desk.log, mended, meta=META, today=TODAY)
    again = correct_payment(desk.log, mended, meta=META, today=TODAY)
    assert (done.changed, again.changed) == (True, False)
    assert desk.facts()["P1"] == {"1": (Decimal(50), date(2025, 3, 1))}
    assert again.position == done.position == desk.log.head()


def test_a_correction_keeps_the_rest_of_the_line(desk: Desk) -> None:
    desk.bring_in(csv_of([voucher_row(7)], HEADING))
    mended = LineCorrection(voucher("P202500000007"), "1", "日期", paid_on=date(2025, 2, 1))
    correct_payment(desk.log, mended, meta=META, today=TODAY)
    line = desk.payment("P202500000007").lines["1"]
    assert (line.paid_on, line.project_code) == (date(2025, 2, 1), "13073025P00007")


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"voucher": voucher("P9")}, NotOnRecordError),
        ({"line_key": "9"}, NotOnRecordError),
        ({"paid_on": date(2026, 2, 1)}, FutureDateError),
    ],
)
def test_a_correction_of_nothing_or_into_the_future_is_refused(
    desk: Desk, change: dict[str, Any], refusal: type[MonitoringError]
) -> None:
    desk.bring_in(rows(("P1", "5", "2025-03-01", "1")))
    mended = replace(LineCorrection(voucher(), "1", "x", amount=Decimal(6)), **change)
    with pytest.raises(refusal):
        correct_payment(desk.log, mended, meta=META, today=TODAY)


def test_a_repeated_command_of_a_correction_writes_once(desk: Desk) -> None:
    desk.bring_in(rows(("P1", "5", "2025-03-01", "1")))
    command = Command(uuid4(), b"correct")
    mended = LineCorrection(voucher(), "1", "x", amount=Decimal(6))
    done = correct_payment(desk.log, mended, meta=META, today=TODAY, command=command)
    again = correct_payment(desk.log, mended, meta=META, today=TODAY, command=command)
    assert again == done


def test_a_new_voucher_stored_without_replay_is_the_one_the_domain_makes(desk: Desk) -> None:
    report = desk.bring_in(csv_of([voucher_row(7)]))
    stored = desk.payment("P202500000007")
    made = Payment(stored.voucher, tuple(stored.lines.values()), report.import_id)
    assert stored == made.pending_events[0].mutate(None)
    assert desk.log.stream(stored.id)[0].event == made.pending_events[0]
