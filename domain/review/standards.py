"""Scoring standards (评分标准) beside the values they are to score."""

from __future__ import annotations

import re

from domain.identity import normalised_name
from domain.review.check import About, Remark, Remarks, on_row
from domain.review.finding import Field, Severity
from domain.review.rewriting import value_text
from domain.review.subject import Row
from domain.review.terms import ReviewTerms
from domain.target_value import fold, numbers_with_units
from domain.units import unit_named

_FULL_MARKS = re.compile(r"[^，,。；;]*得?满分?")
_STEP = re.compile(r"每(?:降低|减少|增加|超过|少|多|低|高|提高|下降)?")


@on_row(
    "scoring.contradicts_value",
    Severity.WARNING,
    About(
        "评分标准与指标值矛盾",
        "The scoring standard contradicts the value",
        "指标值说100次才算完成，评分标准说90次就得满分，自评时各说各话。",
        "指标值100次，评分标准“大于90次以上得满分”",
        ("D18", "N12"),
    ),
)
def contradicts_value(row: Row, _: ReviewTerms) -> Remarks:
    """Find full marks promised for another number, of the value's own unit."""
    of = row.reviewed
    number, unit = of.value.number, of.value.unit
    clauses = _FULL_MARKS.findall(fold(of.printed.scoring_standard))
    named = [
        (said, its)
        for clause in clauses
        if not _STEP.search(clause)
        for said, its in numbers_with_units(clause)
        if its != "分" and unit_named(its).base == unit_named(unit or "").base
    ]
    if number is None or not named or len(named) > 1:
        return
    said, its = named[0]
    if said * unit_named(its).factor != number * unit_named(unit or "").factor:
        shown = value_text(None, said, its)
        yield Remark(
            f"“{of.said}”的指标值是“{of.aim}”，评分标准却按{shown}给满分，请统一。",
            f"“{of.said}” aims at {of.aim}, but full marks are given for {shown}.",
            Field.SCORING,
        )


@on_row(
    "scoring.no_rule",
    Severity.NOTE,
    About(
        "评分标准没有评分规则",
        "The scoring standard has no rule",
        "评分标准只是照抄名称，没有说明怎样得分、怎样扣分。",
        "评分标准：办公场地租用层数",
        ("D18", "N12"),
    ),
)
def no_rule(row: Row, _: ReviewTerms) -> Remarks:
    """Find a standard that is the name again, without a mark in it."""
    of = row.reviewed
    standard = normalised_name(of.printed.scoring_standard)
    if of.applies and standard and standard in {of.key, normalised_name(of.printed.description)}:
        yield Remark(
            f"“{of.said}”的评分标准只是照抄名称，请写明得分和扣分的规则。",
            f"The scoring standard of “{of.said}” repeats its name.",
            Field.SCORING,
        )


CHECKS = (contradicts_value, no_rule)
