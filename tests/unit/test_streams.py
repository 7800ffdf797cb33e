"""The smaller streams: imports, policies, rounds, evaluations, the store, skips."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.correction import Correction
from domain.evaluation import Evaluations, Outcome
from domain.importing import FileKey, Import, ImportKind, Tally
from domain.monitoring_round import MonitoringRound
from domain.policy import Policy
from domain.policy_terms import PolicyTerms
from domain.rounds import MonitoringRounds, RoundConflictError
from domain.skipping import Skips
from domain.store import Store, StoreKind, WrongStoreError

REGION = "139900000"
JUNE = date(2025, 6, 30)
FILE = FileKey(REGION, 2025, ImportKind.PAYMENTS, "ab12")
HALF_YEAR = MonitoringRound(
    2025, "1—6月", date(2025, 1, 1), JUNE, date(2025, 7, 1), date(2025, 7, 15)
)


def test_content_and_use_make_the_file() -> None:
    as_achievements = replace(FILE, kind=ImportKind.ACHIEVEMENTS)
    assert Import.create_id(FILE) == Import.create_id(replace(FILE))
    assert Import.create_id(FILE) != Import.create_id(as_achievements)


def test_the_same_file_read_with_other_corrections_is_another_import() -> None:
    corrected = replace(FILE, corrected="c0ffee")
    assert len({Import.create_id(one) for one in (FILE, corrected, replace(FILE))}) == 2


def test_what_was_corrected_is_noted_once_and_nothing_is_not_noted() -> None:
    brought = Import(FILE, "申报表.docx", 1, 0, None)
    brought.correct(())
    noted = (Correction("送戏下乡", "total", "12O.00", "120.00", "王芳"),)
    brought.correct(noted)
    brought.correct(noted)
    corrected = [e for e in brought.pending_events if isinstance(e, Import.Corrected)]
    assert [event.corrections for event in corrected] == [noted]
    assert brought.corrections == noted


def test_an_import_counts_its_chunks_and_is_completed_once() -> None:
    brought = Import(FILE, "6月.csv", 7, 1, JUNE)
    brought.store_chunk(0, Tally(stored=3, known=1))
    brought.store_chunk(1, Tally(stored=1, conflicts=1))
    assert (brought.chunks, brought.tally) == (2, Tally(4, 1, 1))
    assert not brought.completed
    brought.complete()
    brought.complete()
    completed = [e for e in brought.pending_events if isinstance(e, Import.Completed)]
    assert [(e.tally, e.refused, e.complete_to) for e in completed] == [(Tally(4, 1, 1), 1, JUNE)]
    assert brought.completed


def test_terms_are_numbered_in_the_order_they_were_set() -> None:
    policy = Policy(REGION)
    stricter = PolicyTerms(target_owed_within_days=10)
    policy.set_terms(PolicyTerms(), in_force_from=date(2025, 1, 1), reason="默认")
    policy.set_terms(stricter, in_force_from=JUNE, reason="收紧")
    assert policy.number == 2
    assert policy.terms == ((date(2025, 1, 1), PolicyTerms()), (JUNE, stricter))
    assert Policy.create_id(REGION) != Policy.create_id("139900001")


def test_a_round_is_opened_once_and_its_dates_stand() -> None:
    rounds = MonitoringRounds(REGION, 2025)
    rounds.open(HALF_YEAR)
    rounds.open(HALF_YEAR)
    assert rounds.rounds == {"1—6月": HALF_YEAR}
    assert len(rounds.pending_events) == 2
    with pytest.raises(RoundConflictError, match="“1—6月”已经下达"):
        rounds.open(replace(HALF_YEAR, deadline=date(2025, 7, 20)))
    assert MonitoringRounds.create_id(REGION, 2025) != MonitoringRounds.create_id(REGION, 2026)


def test_an_evaluation_remembers_the_last_day_and_position() -> None:
    evaluations = Evaluations(REGION, 2025)
    assert (evaluations.last_as_of, evaluations.last_known_at) == (None, 0)
    evaluations.record(JUNE, 40, 1, Outcome(12, 3, 0, 0, 1))
    assert (evaluations.last_as_of, evaluations.last_known_at) == (JUNE, 40)
    assert Evaluations.create_id(REGION, 2025) != Evaluations.create_id(REGION, 2026)


def test_a_store_is_synthetic_or_real_and_never_both() -> None:
    store = Store(StoreKind.DEMO, REGION, "演示数据（虚构）")
    store.require(StoreKind.DEMO)
    with pytest.raises(WrongStoreError, match="存放的是演示数据（虚构），不能用于正式数据"):
        store.require(StoreKind.REAL)
    assert Store.create_id() == Store.create_id()


def test_a_skip_is_recorded_once_with_its_reason() -> None:
    skips = Skips("payments")
    skips.skip(7, "坏事件")
    skips.skip(7, "坏事件")
    assert skips.skipped == (7,)
    assert len(skips.pending_events) == 2
    assert Skips.create_id("payments") != Skips.create_id("targets")


def test_tallies_add_up() -> None:
    assert Tally(1, 2, 3) + Tally(10, 20, 30) == Tally(11, 22, 33)
    assert Outcome(1, 0, 0, 0, 0).targets == Decimal(1)
