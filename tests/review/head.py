"""Specimens of heads that lack what a target needs."""

from __future__ import annotations

from domain.review.subject import Filing
from tests.review.filings import Specimen, of, one, project, row

_ROW = row("数量", "开展检查", "≥3次")

SPECIMENS = (
    Specimen(
        "head.missing",
        (of(_ROW, name=""), of(_ROW, unit_name=""), of(_ROW, fiscal_year=None)),
        (of(_ROW),),
    ),
    Specimen("head.no_objective", (of(_ROW, objective=" "),), (of(_ROW),)),
    Specimen(
        "head.no_indicators",
        (Filing((project(),)), one("经济效益", "无", "无")),
        (of(_ROW),),
    ),
    Specimen(
        "head.period",
        (
            of(_ROW, period="99年"),
            of(_ROW, period="2025年—2123年"),
            of(_ROW, period="至2123年底"),
            of(_ROW, period="至2123年底", fiscal_year=2025),
        ),
        (
            of(_ROW, period="1年"),
            of(_ROW, period="2025年-2027年"),
            of(_ROW, period="长期"),
            of(_ROW, period="至2027年底", fiscal_year=None),
            of(_ROW),
        ),
    ),
)
