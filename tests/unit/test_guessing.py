"""What a file holds is read from its headings."""

from __future__ import annotations

import pytest

from domain.importing import ImportKind
from services.intake.guessing import kind_of

PAYMENTS = "支付凭证号,实际支付金额,实际支付日期,项目编码\n1,2,2025-03-01,P1"
ACHIEVEMENTS = "项目编码,三级指标,截至日期,完成值\nP1,参保率,2025-06-30,94%"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (PAYMENTS, ImportKind.PAYMENTS),
        (ACHIEVEMENTS, ImportKind.ACHIEVEMENTS),
        # A voucher number without its amount is no payment file, whatever else it names.
        ("凭证号,项目名称,单位名称\n1,2,3", ImportKind.DECLARATIONS),
        ("只有一句话。", ImportKind.DECLARATIONS),
    ],
)
def test_a_text_is_what_its_headings_say(text: str, kind: ImportKind) -> None:
    assert kind_of(text.encode()) is kind


def test_what_is_no_table_goes_to_the_reader_of_forms() -> None:
    assert kind_of(b"%PDF-1.7") is ImportKind.DECLARATIONS
    assert kind_of(b"") is ImportKind.DECLARATIONS
