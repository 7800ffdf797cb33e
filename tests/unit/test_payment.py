"""What a voucher takes, and what contradicts it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from domain.claim import Share, SplitDoesNotAddUpError
from domain.errors import NotOnRecordError, ReasonMissingError
from domain.payment import (
    LineConflict,
    Payment,
    VoucherKind,
)
from tests.declaring import paid, payment, voucher

MAY, JUNE = date(2025, 5, 6), date(2025, 6, 3)


def test_number_kind_year_and_region_make_the_voucher() -> None:
    assert Payment.create_id(voucher("V1")) == Payment.create_id(voucher("V1"))
    allocation = voucher("V1", VoucherKind.ALLOCATION)
    assert Payment.create_id(voucher("V1")) != Payment.create_id(allocation)


def test_known_lines_are_known_and_others_are_new() -> None:
    known = payment("V1", paid("100", MAY), paid("-20", JUNE, key="2"))
    fresh, conflicts = known.compare(
        (paid("100.00", MAY, summary="另一句"), paid("5", JUNE, key="3"))
    )
    assert fresh == [paid("5", JUNE, key="3")]
    assert conflicts == []


@pytest.mark.parametrize("given", [paid("101", MAY), paid("100", JUNE)])
def test_another_amount_or_date_under_a_known_line_is_a_conflict(given: object) -> None:
    known = payment("V1", paid("100", MAY))
    fresh, [conflict] = known.compare((given,))  # type: ignore[arg-type]
    assert fresh == []
    assert (conflict.known, conflict.given) == (paid("100", MAY), given)
    assert "凭证V1第1行已有记录：100元（2025-05-06）" in str(conflict)
    assert "未覆盖" in str(conflict)
    assert LineConflict.code == "voucher_conflict"


def test_lines_of_a_later_file_join_their_voucher() -> None:
    known = payment("V1", paid("100", MAY))
    known.add_lines((paid("5", JUNE, key="2"),), UUID(int=9))
    assert known.lines == {"1": paid("100", MAY), "2": paid("5", JUNE, key="2")}


def test_a_correction_keeps_what_was_and_what_is() -> None:
    known = payment("V1", paid("100", MAY))
    known.correct(paid("10", MAY), "多写一个零")
    correction = known.pending_events[-1]
    assert isinstance(correction, Payment.LineCorrected)
    assert (correction.old, correction.new) == (paid("100", MAY), paid("10", MAY))
    assert known.lines == {"1": paid("10", MAY)}


def test_a_line_is_claimed_whole_or_in_parts_that_add_up() -> None:
    known = payment("V1", paid("100", MAY))
    shares = (Share(UUID(int=1), Decimal(60)), Share(None, Decimal(40)))
    assert known.claim("1", shares, "部分为基本支出")
    assert known.claims == {"1": shares}
    assert not known.claim("1", shares, "再说一次")
    with pytest.raises(SplitDoesNotAddUpError, match="拆分合计60元，与该行100元不符"):
        known.claim("1", shares[:1], "漏了")


def test_a_line_that_is_not_there_cannot_be_claimed_or_corrected() -> None:
    known = payment("V1", paid("100", MAY))
    with pytest.raises(NotOnRecordError, match="凭证V1第7行"):
        known.claim("7", (), "")
    with pytest.raises(NotOnRecordError, match="凭证V1第7行"):
        known.correct(paid("1", MAY, key="7"), "")
    with pytest.raises(NotOnRecordError, match="凭证V1第7行"):
        known.withdraw_claim("7", "")


def test_a_withdrawn_claim_says_what_was_taken_back_and_may_be_made_anew() -> None:
    known = payment("V1", paid("100", MAY))
    assert not known.withdraw_claim("1", "没有认领过")
    shares = (Share(UUID(int=1), Decimal(100)),)
    known.claim("1", shares, "认领")
    assert known.withdraw_claim("1", "认领有误")
    withdrawn = known.pending_events[-1]
    assert isinstance(withdrawn, Payment.ClaimWithdrawn)
    assert (withdrawn.line_key, withdrawn.shares, withdrawn.reason) == ("1", shares, "认领有误")
    assert known.claims == {}
    assert not known.withdraw_claim("1", "再撤一次")
    assert known.claim("1", shares, "确是该项目")
    assert len(known.pending_events) == 4


def test_a_split_that_a_correction_broke_can_be_made_anew_and_not_said_again() -> None:
    known = payment("V1", paid("100", MAY))
    shares = (Share(UUID(int=1), Decimal(60)), Share(None, Decimal(40)))
    known.claim("1", shares, "拆分")
    known.correct(paid("90", MAY), "更正金额")
    with pytest.raises(SplitDoesNotAddUpError, match="拆分合计100元，与该行90元不符"):
        known.claim("1", shares, "照旧")
    assert known.claim("1", (shares[0], Share(None, Decimal(30))), "重新拆分")


def test_what_is_said_of_a_line_has_a_reason() -> None:
    known = payment("V1", paid("100", MAY))
    shares = (Share(None, Decimal(100)),)
    with pytest.raises(ReasonMissingError):
        known.claim("1", shares, " ")
    known.claim("1", shares, "工资")
    with pytest.raises(ReasonMissingError):
        known.withdraw_claim("1", "")
    assert known.claims == {"1": shares}
