"""A file that proves something: attached once, taken back, destroyed for good."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from domain.errors import FutureDateError, ReasonMissingError
from domain.evidence import (
    EvidenceFile,
    EvidenceRedactedError,
    EvidenceStage,
    EvidenceWithdrawnError,
    FileFacts,
    Proves,
    evidence_id,
)

MARCH, APRIL, TODAY = date(2025, 3, 3), date(2025, 4, 1), date(2025, 4, 8)
FACTS = FileFacts("application/pdf", 1234, "a" * 64, "b" * 64)
PROVES = Proves(UUID(int=1), UUID(int=2), 0, MARCH)


def attached() -> EvidenceFile:
    return EvidenceFile(PROVES, FACTS, MARCH)


def test_the_same_content_for_the_same_value_is_one_file() -> None:
    again = replace(FACTS, sealed_sha256="c" * 64)
    assert attached().id == EvidenceFile(PROVES, again, APRIL).id == evidence_id(PROVES, "a" * 64)
    assert attached().id != EvidenceFile(replace(PROVES, part=1), FACTS, MARCH).id
    assert attached().id != EvidenceFile(PROVES, replace(FACTS, sha256="d" * 64), MARCH).id


def test_what_was_withdrawn_counts_again_when_it_is_attached_again() -> None:
    file = attached()
    assert not file.attach_again(FACTS, APRIL)
    file.withdraw(APRIL, " 传错了 ", today=TODAY)
    assert (file.stage, file.since) == (EvidenceStage.WITHDRAWN, APRIL)
    assert file.pending_events[-1].reason == "传错了"  # type: ignore[attr-defined]
    with pytest.raises(EvidenceWithdrawnError, match="2025-04-01撤回"):
        file.withdraw(APRIL, "又撤", today=TODAY)
    sealed_anew = replace(FACTS, sealed_sha256="c" * 64)
    assert file.attach_again(sealed_anew, TODAY)
    assert (file.stage, file.file, file.since) == (EvidenceStage.ATTACHED, sealed_anew, TODAY)


def test_what_was_destroyed_stays_destroyed() -> None:
    file = attached()
    file.withdraw(APRIL, "含身份证号", today=TODAY)
    file.redact(APRIL, "含身份证号", today=TODAY)
    assert file.stage is EvidenceStage.REDACTED
    for act in (
        lambda: file.attach_again(FACTS, TODAY),
        lambda: file.withdraw(TODAY, "撤", today=TODAY),
        lambda: file.redact(TODAY, "毁", today=TODAY),
        file.require_readable,
    ):
        with pytest.raises(EvidenceRedactedError, match="只留校验值"):
            act()


def test_nothing_ends_in_the_future_or_without_a_reason() -> None:
    file = attached()
    for end in (file.withdraw, file.redact):
        with pytest.raises(FutureDateError):
            end(date(2025, 4, 9), "传错了", today=TODAY)
        with pytest.raises(ReasonMissingError):
            end(TODAY, "  ", today=TODAY)
    assert file.stage is EvidenceStage.ATTACHED


def test_each_stage_has_a_word() -> None:
    assert [stage.label for stage in EvidenceStage] == ["有效", "已撤回", "已销毁"]
