"""Specimens of budgets."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from domain.review.finding import Field
from domain.review.subject import Filing, Money
from tests.review.filings import Specimen, money, of, project, row

_ROW = row("数量", "开展检查", "≥3次")
_COST = row("成本", "项目总成本", "≤4678万元")
_YUAN = Money(Decimal(4678), Decimal(4678), None, "元")
_WAN = Money(Decimal(46_780_000), None, None, "万元")

SPECIMENS = (
    Specimen(
        "money.missing",
        (of(_ROW, money=Money(unit="万元")),),
        (of(_ROW), of(_ROW, money=money(None, "10", "0")), of(_ROW, money=Money(printed=True))),
    ),
    Specimen(
        "money.zero",
        (of(_ROW, money=money("0", "0")),),
        (of(_ROW), Filing((project(money=money("0")),)), of(_ROW, money=Money(unit="元"))),
    ),
    Specimen(
        "money.negative",
        (of(_ROW, money=money("90", "100", "-10")),),
        (of(_ROW, money=money("100", "100", "0")),),
    ),
    Specimen(
        "money.sum",
        (
            of(_ROW, money=money("4678", "3700", "900")),
            of(_ROW, money=money("100", "90")),
        ),
        (
            of(_ROW, money=money("4678", "3700", "978")),
            of(_ROW, money=money("100")),
            of(_ROW, money=money("100", None, "100")),
            of(_ROW, money=money(None, "100")),
            of(_ROW, money=replace(money("1280.5", "980", "200"), carried_over=Decimal(1_005_000))),
        ),
    ),
    Specimen(
        "money.medium_sum",
        (of(_ROW, medium_money=money("300", "100", "100")),),
        (of(_ROW, medium_money=money("300", "100", "200")), of(_ROW)),
    ),
    Specimen(
        "money.unit_missing",
        (of(_ROW, money=Money(Decimal(100))), of(_ROW, money=Money(printed=True))),
        (of(_ROW), of(_ROW, money=Money())),
    ),
    Specimen(
        "money.unit_scale",
        (
            of(_COST, money=_YUAN),
            of(_ROW, money=_WAN, objective="安排财政资金4678元，用于救助。"),
        ),
        (
            of(_COST, money=_WAN),
            of(_COST, money=Money(Decimal(4678), unit="亿元")),
            of(_COST, money=money(None)),
            of(_COST, row("成本", "租赁费", "≤4678元"), money=_YUAN),
            of(row("成本", "租赁费", "≤10%"), money=_YUAN),
            of(row("成本", "租赁费", "不超预算"), money=_YUAN),
            of(row("成本", "租赁费", "≤0万元"), money=_YUAN),
        ),
        ((Field.MONEY_UNIT, "万元"),),
    ),
    Specimen(
        "money.narrative",
        (
            of(
                _ROW,
                objective="安排财政资金6000万元，用于救助。",
                money=money("4678", "3700", "978"),
            ),
            of(_ROW, objective="申请预算2,000,000元。", money=Money(Decimal(14_000), unit="元")),
            of(
                _ROW,
                medium_objective="投入资金500万元，三年建成。",
                medium_money=money("600"),
            ),
        ),
        (
            of(_ROW, objective="安排财政资金100万元，用于救助。"),
            of(_ROW, objective="安排2024年结转100万元，用于救助。"),
            of(_ROW, objective="安排财政资金60万元，其他投入40万元。"),
            of(_ROW, objective="每人补贴54元，保障待遇支付。"),
            of(_ROW, objective="安排财政资金6000万元。", money=Money(unit="万元")),
            of(_ROW, objective="安排财政资金100元。"),
            of(_ROW, objective="培训村医，安排资金30万元。"),
            of(_ROW, objective="安排资金30万元用于培训，安排20万元用于宣传。"),
            of(
                _ROW,
                objective="安排财政资金100万元。",
                medium_objective="安排财政资金100万元。",
                medium_money=money("500"),
            ),
        ),
    ),
    Specimen(
        "money.medium_below_annual",
        (of(_ROW, medium_money=money("50")),),
        (of(_ROW, medium_money=money("100")), of(_ROW, medium_money=money("0")), of(_ROW)),
    ),
)
