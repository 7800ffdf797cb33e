"""Weights (权重、分值): what they sum to, and who has none."""

from __future__ import annotations

import re
from decimal import Decimal

from domain.review.check import About, Remark, Remarks, on_row, on_sheet
from domain.review.finding import Change, Field, Severity
from domain.review.rewriting import changed, number_text
from domain.review.subject import ReviewedRow, Row, Sheet
from domain.review.terms import ReviewTerms
from domain.scoring.apportion import CENTIPOINT, apportion
from domain.scoring.weights import TARGET_POINTS
from domain.target_value import fold

_POINTS = re.compile(r"\(([0-9]{1,3}(?:\.[0-9]{1,2})?)分?\)")
"""The points that a level's name carries: 产出指标(50分)."""
_ZERO = Decimal(0)


def _weighed(sheet: Sheet) -> list[tuple[int, ReviewedRow, Decimal]]:
    return [(n, row, row.weight) for n, row in enumerate(sheet.rows) if row.weight is not None]


def _said(points: Decimal) -> str:
    return number_text(points)


@on_sheet(
    "weight.sum",
    Severity.ERROR,
    About(
        "分值合计不对",
        "The weights do not sum to 90 or 100",
        "指标分值合计应为90分（另有预算执行率10分）或100分，否则自评总分不成百分制。",
        "15+15+10+10+10+0+10+10=80",
        ("D19", "N23"),
    ),
)
def sum_(sheet: Sheet, terms: ReviewTerms) -> Remarks:
    """Add up where every row that applies has a weight; propose them scaled to 90 points."""
    weighed = _weighed(sheet)
    complete = {n for n, _ in sheet.applying} <= {n for n, _, _ in weighed}
    total = sum((weight for _, _, weight in weighed), _ZERO)
    if not weighed or not complete or total in terms.weight_sums:
        return
    wanted = "分或".join(_said(points) for points in terms.weight_sums)
    yield Remark(
        f"指标分值合计{_said(total)}分，应为{wanted}分。",
        f"The weights sum to {_said(total)}, not to {' or '.join(map(_said, terms.weight_sums))}.",
        Field.WEIGHT,
        _scaled(weighed, total, terms),
        row=weighed[0][0],
        also=tuple(n for n, _, _ in weighed[1:]),
    )


def _scaled(
    weighed: list[tuple[int, ReviewedRow, Decimal]], total: Decimal, terms: ReviewTerms
) -> tuple[Change, ...]:
    """Scale to 90 points, hundredths by largest remainder (rules §8); nothing to scale, no fix."""
    if total <= 0 or TARGET_POINTS not in terms.weight_sums:
        return ()
    shares = [weight for _, _, weight in weighed]
    parts = apportion(TARGET_POINTS, shares, CENTIPOINT)
    return tuple(
        Change(Field.WEIGHT, row.printed.weight, _as_printed(part, row.printed.weight), n)
        for (n, row, weight), part in zip(weighed, parts, strict=True)
        if part != weight
    )


def _as_printed(points: Decimal, before: str) -> str:
    """A weight the way the form writes them: 16.88, 16.88分."""
    return f"{_said(points)}分" if before.endswith("分") else _said(points)


@on_sheet(
    "weight.partly",
    Severity.WARNING,
    About(
        "部分指标没有分值",
        "Some rows have no weight",
        "有的有分值、有的没有，没有的由系统按平均分配，未必是本意。",
        "8项指标中2项没有分值",
        ("D19", "N23"),
    ),
)
def partly(sheet: Sheet, _: ReviewTerms) -> Remarks:
    """Find rows without a weight beside rows with one."""
    lacking = [n for n, row in sheet.applying if row.weight is None]
    if lacking and _weighed(sheet):
        yield Remark(
            f"{len(lacking)}项指标没有分值，其余有分值，请补全。",
            f"{len(lacking)} rows have no weight while others have.",
            Field.WEIGHT,
            row=lacking[0],
            also=tuple(lacking[1:]),
        )


@on_row(
    "weight.not_applicable",
    Severity.WARNING,
    About(
        "不适用的指标有分值",
        "A row that does not apply has a weight",
        "不适用的指标不参加评分，它的分值谁也得不到。",
        "生态效益指标 无 10分",
        ("N23",),
    ),
)
def not_applicable(row: Row, _: ReviewTerms) -> Remarks:
    """Find points on nothing."""
    of = row.reviewed
    if not of.applies and of.weight:
        yield Remark(
            f"“{of.said}”不适用，却有分值{of.printed.weight}，建议改为0分并分给其他指标。",
            f"“{of.said}” does not apply but weighs {of.printed.weight}.",
            Field.WEIGHT,
            changed(row, Field.WEIGHT, of.printed.weight, "0"),
        )


@on_row(
    "weight.zero",
    Severity.WARNING,
    About(
        "适用的指标分值为0",
        "A row that applies weighs nothing",
        "0分的指标完成与否不影响得分，等于不考核。",
        "受益群众满意度 ≥90% 0分",
        ("N23",),
    ),
)
def zero(row: Row, _: ReviewTerms) -> Remarks:
    """Find a row without points."""
    of = row.reviewed
    if of.applies and of.weight is not None and of.weight == 0:
        yield Remark(
            f"“{of.said}”的分值为0，完成与否不影响得分，请核对。",
            f"“{of.said}” weighs nothing.",
            Field.WEIGHT,
        )


@on_sheet(
    "weight.level_sum",
    Severity.ERROR,
    About(
        "指标分值与上级指标的分值不符",
        "The weights of a level are not the points in its name",
        "“产出指标(50分)”下各指标的分值应合计50分，否则两处对不上。",
        "产出指标(50分)，其下合计45分",
        ("D19", "N23"),
    ),
)
def level_sum(sheet: Sheet, _: ReviewTerms) -> Remarks:
    """Compare the points in the name of a class with what its rows weigh."""
    first: dict[str, int] = {}
    sums: dict[str, Decimal] = {}
    for number, row, weight in _weighed(sheet):
        name = fold(row.printed.indicator_class)
        first.setdefault(name, number)
        sums[name] = sums.get(name, _ZERO) + weight
    for name, total in sums.items():
        points = _POINTS.search(name)
        if points and Decimal(points.group(1)) != total:
            yield Remark(
                f"“{name}”下各指标分值合计{_said(total)}分，与名称中的{points.group(1)}分不符。",
                f"The rows of “{name}” weigh {_said(total)}, its name says {points.group(1)}.",
                Field.WEIGHT,
                row=first[name],
            )


CHECKS = (sum_, partly, level_sum, not_applicable, zero)
