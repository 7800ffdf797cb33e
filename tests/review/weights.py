"""Specimens of weights."""

from __future__ import annotations

from domain.review.finding import Field
from domain.review.subject import Filing, ReviewedDepartment, ReviewedRow
from tests.review.filings import Specimen, of, row


def weighed(*weights: str, indicator_class: str = "产出指标") -> tuple[ReviewedRow, ...]:
    """Rows with these weights."""
    return tuple(
        row("数量", f"检查{n}", "≥3次", weight=weight, indicator_class=indicator_class)
        for n, weight in enumerate(weights)
    )


_NOTHING = row("生态效益", "无", "无", weight="10")

SPECIMENS = (
    Specimen(
        "weight.sum",
        (
            of(*weighed("40", "40")),
            of(*weighed("15分", "65")),
            Filing(departments=(ReviewedDepartment(rows=weighed("15", "65")),)),
            of(*weighed("0", "0")),
        ),
        (
            of(*weighed("40", "50")),
            of(*weighed("40", "60")),
            of(*weighed("40", "")),
            of(*weighed("", "")),
            of(*weighed("90"), row("生态效益", "无", "无")),
        ),
        ((Field.WEIGHT, "45"), (Field.WEIGHT, "45")),
    ),
    Specimen(
        "weight.partly",
        (of(*weighed("40", "", "")),),
        (of(*weighed("40", "50")), of(*weighed("", "")), of(*weighed("90"), _NOTHING)),
    ),
    Specimen(
        "weight.not_applicable",
        (of(*weighed("80"), _NOTHING),),
        (of(*weighed("90"), row("生态效益", "无", "无", weight="0分")), of(*weighed("90", ""))),
        ((Field.WEIGHT, "0"),),
    ),
    Specimen(
        "weight.zero",
        (of(*weighed("90", "0")),),
        (of(*weighed("40", "50")), of(*weighed("90", "")), of(*weighed("90"), _NOTHING)),
    ),
    Specimen(
        "weight.level_sum",
        (of(*weighed("20", "25", indicator_class="产出指标(50分)")),),
        (
            of(*weighed("20", "30", indicator_class="产出指标（50分）")),
            of(*weighed("20", "30")),
            of(*weighed("", "", indicator_class="产出指标(50分)")),
        ),
    ),
)
