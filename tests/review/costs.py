"""Specimens of costs beside the budget."""

from __future__ import annotations

from decimal import Decimal

from domain.review.finding import Field
from domain.review.subject import Filing, Money, ReviewedDepartment
from tests.review.filings import Specimen, money, of, one, row

_TRACE = row("成本", "“追溯码”项目成本", "≤13万元")
_VIDEO = row("成本", "“码上懂”项目成本", "≤2.5万元")
_WHOLE = row("成本", "项目总成本", "≤19.62万元")
_HEADS = row("数量", "政府购买岗位人员", "3人")
_RATE = row("成本", "劳务派遣人员定额标准（每人每年核定）", "≤6.54万元")
_DEAR = row("成本", "项目运行总成本", "≤7000万元")

SPECIMENS = (
    Specimen(
        "cost.above_budget",
        (
            one("成本", "项目运行总成本", "≤7000万元"),
            one("经济成本", "办公用房租赁费", "≤101万元"),
            of(_DEAR, money=Money(Decimal(46_780_000), unit="元")),
        ),
        (
            one("成本", "项目运行总成本", "≤100万元"),
            one("成本", "每人每次标准", "≤700万元"),
            one("成本", "节约成本", "≥700万元"),
            one("成本", "甲和乙", "80万元；90万元"),
            one("成本", "项目运行总成本", "≤1000000万元"),
            of(_DEAR, money=money(None)),
            Filing(departments=(ReviewedDepartment(rows=(_DEAR,)),)),
        ),
        ((Field.VALUE, "≤100万元"),),
    ),
    Specimen(
        "cost.total_below_budget",
        (
            of(row("成本", "预算控制数", "≤3.41万元"), money=money("3.42")),
            of(row("成本", "项目总成本", "30000", column_unit="元"), money=money("3.42")),
        ),
        (
            of(row("成本", "预算控制数", "≤3.42万元"), money=money("3.42")),
            one("成本", "办公用房租赁费", "≤13万元"),
            one("成本", "项目总成本", "≤100元"),
            Filing(departments=(ReviewedDepartment(rows=(_WHOLE,)),)),
        ),
        ((Field.VALUE, "≤3.42万元"),),
    ),
    Specimen(
        "cost.in_percent",
        (
            one("成本", "预算控制数", "≤100%"),
            one("成本", "预算控制率", "≤100%"),
            of(row("成本", "预算控制率", "≤90%"), money=Money(Decimal(100), unit="元")),
        ),
        (
            one("成本", "预算控制数", "≤100万元"),
            one("成本", "预算节约率", "≥5%"),
            one("成本", "人工费占比", "≤30%"),
            of(row("成本", "预算控制数", "≤100%"), money=money(None)),
            Filing(departments=(ReviewedDepartment(rows=(row("成本", "预算控制数", "≤100%"),)),)),
        ),
        ((Field.VALUE, "≤100万元"),),
    ),
    Specimen(
        "cost.parts",
        (
            of(_TRACE, _VIDEO, money=money("22.74")),
            of(_TRACE, _VIDEO, money=money("15")),
            of(_TRACE, _VIDEO, _WHOLE, money=money("15")),
        ),
        (
            of(_TRACE, _VIDEO, money=money("15.5")),
            of(_TRACE, _VIDEO, _WHOLE, money=money("19.62")),
            of(_TRACE, money=money("22.74")),
            of(_TRACE, _VIDEO, money=money(None)),
            of(_TRACE, _VIDEO, money=money("300")),
        ),
    ),
    Specimen(
        "cost.standard",
        (of(_HEADS, _RATE, row("成本", "项目总成本", "≤20万元"), money=money("20")),),
        (
            of(_HEADS, _RATE, _WHOLE, money=money("19.62")),
            of(_HEADS, _RATE, money=money("20")),
            of(_HEADS, _HEADS, _RATE, _WHOLE, money=money("20")),
        ),
    ),
)
