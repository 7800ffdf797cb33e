"""Signs that point the wrong way: a cost as a floor, a good share as a ceiling."""

from __future__ import annotations

from domain.indicator import Comparator, Kind
from domain.kind_words import SAVING
from domain.review.check import About, Remark, Remarks, on_row
from domain.review.finding import Field, Severity
from domain.review.rewriting import turned
from domain.review.subject import ReviewedRow, Row
from domain.review.terms import ReviewTerms
from domain.review.words import (
    BAD,
    BAD_IS_DEALT_WITH,
    BAD_ITSELF,
    GOOD_RATE,
    MONEY_SAID,
    PUNCTUAL,
    QUANTITY,
    STANDARD_SAID,
)
from domain.target_value import fold
from domain.units import unit_named
from domain.wording import TIME_UNITS, is_rate_name

FLOORS = (Comparator.AT_LEAST, Comparator.MORE_THAN)
CEILINGS = (Comparator.AT_MOST, Comparator.LESS_THAN)


def _has(row: ReviewedRow, signs: tuple[Comparator, ...]) -> bool:
    return row.value.number is not None and row.value.comparator in signs


def _is_share(row: ReviewedRow) -> bool:
    return unit_named(row.value.unit or "").is_percent


def _is_money(row: ReviewedRow) -> bool:
    """Whether a cost row is of money; social and ecological cost has other things, too."""
    base = unit_named(row.value.unit or "").base.partition("/")[0]
    return base == "元" or (bool(MONEY_SAID.search(row.name)) and not GOOD_RATE.search(row.name))


def _is_standard(row: ReviewedRow) -> bool:
    """Whether it is an amount for one, which a policy may well set as a floor."""
    return bool(STANDARD_SAID.search(row.name + row.value.text)) or "/" in (row.value.unit or "")


def _saves(row: ReviewedRow) -> bool:
    """Whether a cost row counts what is saved, of which more is better."""
    return bool(SAVING.search(row.name))


def _is_bad(row: ReviewedRow) -> bool:
    """Whether the name has something bad in it that nobody deals with."""
    name = fold(row.name)
    return bool(BAD.search(name)) and not BAD_IS_DEALT_WITH.search(name)


def _counts_bad(row: ReviewedRow) -> bool:
    """Whether the name counts what is bad itself."""
    return _is_bad(row) and bool(BAD_ITSELF.search(fold(row.name)))


@on_row(
    "direction.cost_floor",
    Severity.ERROR,
    About(
        "成本指标写成“≥”",
        "A cost is written as a floor",
        "成本以不超为好；写成“≥”，花得越多越算完成，超支也不会亮灯。",
        "项目运行总成本 ≥60万元",
        ("D3", "N1"),
    ),
)
def cost_floor(row: Row, _: ReviewTerms) -> Remarks:
    """Find a cost with ≥ or >."""
    of = row.reviewed
    if _is_cost_floor(of) and not _is_standard(of):
        yield Remark(
            f"成本指标“{of.said}”写成“{of.aim}”，成本应为上限，建议改为“≤”。",
            f"The cost “{of.said}” is written as a floor ({of.aim}); a cost is a ceiling: use ≤.",
            Field.VALUE,
            turned(row, Comparator.AT_MOST),
        )


def _is_cost_floor(row: ReviewedRow) -> bool:
    return row.is_cost and _has(row, FLOORS) and _is_money(row) and not _saves(row)


@on_row(
    "direction.standard_floor",
    Severity.WARNING,
    About(
        "人均标准写成“≥”",
        "A standard per head is written as a floor",
        "人均、每次的标准作为成本以不超为好；政策规定了最低标准的，应放在产出或效益。",
        "人均补助 ≥200元/人",
        ("D3", "N1"),
    ),
)
def standard_floor(row: Row, _: ReviewTerms) -> Remarks:
    """Find an amount for one with ≥ under cost; a policy may mean it so."""
    of = row.reviewed
    if _is_cost_floor(of) and _is_standard(of):
        yield Remark(
            f"成本指标“{of.said}”是标准，写成“{of.aim}”，请核对：不超标准的写“≤”，"
            "政策最低标准的移到产出或效益。",
            f"The standard “{of.said}” is written as a floor ({of.aim}) under cost; check it.",
            Field.VALUE,
            turned(row, Comparator.AT_MOST),
        )


@on_row(
    "direction.cost_undirected",
    Severity.NOTE,
    About(
        "成本指标没有“≤”",
        "A cost without its ceiling sign",
        "没有计算符号或写“=”时，系统按“≤”提请核实；写明才不必核实。",
        "医疗救助县级财政补助资金 2780000.00元",
    ),
)
def cost_undirected(row: Row, _: ReviewTerms) -> Remarks:
    """Find a cost with = or no sign at all; one typed 定性 has a check of its own."""
    of = row.reviewed
    bare = of.value.number is not None and of.value.comparator in {None, Comparator.EQUAL}
    single = len(of.parts) < 2 and fold(of.printed.sign) != "定性"
    if of.is_cost and bare and single and _is_money(of):
        yield Remark(
            f"成本指标“{of.said}”没有写“≤”（现为“{of.aim}”），建议补上。",
            f"The cost “{of.said}” has no ≤ ({of.aim}); add it.",
            Field.VALUE,
            () if _saves(of) else turned(row, Comparator.AT_MOST),
        )


@on_row(
    "direction.quantity_ceiling",
    Severity.WARNING,
    About(
        "数量指标写成“≤”",
        "A quantity is written as a ceiling",
        "产出数量以多为好；写成“≤”，什么都不做也算完成。",
        "租赁办公用房 ≤473.25平方米",
        ("D4", "N2"),
    ),
)
def quantity_ceiling(row: Row, _: ReviewTerms) -> Remarks:
    """Find a counted output with ≤; shares, costs and what is wanted low are none."""
    of = row.reviewed
    counted = bool(QUANTITY.search(of.place)) and not _is_share(of) and not is_rate_name(of.name)
    timed = (of.value.unit or "").endswith(TIME_UNITS)
    if counted and _has(of, CEILINGS) and not (_is_bad(of) or timed):
        yield Remark(
            f"数量指标“{of.said}”写成“{of.aim}”，数量一般应为下限，请核对符号。",
            f"The quantity “{of.said}” is written as a ceiling ({of.aim}); check the sign.",
            Field.VALUE,
            turned(row, Comparator.AT_LEAST),
        )


@on_row(
    "direction.good_rate_ceiling",
    Severity.ERROR,
    About(
        "越高越好的比率写成“≤”",
        "A rate wanted high is written as a ceiling",
        "满意度、合格率、覆盖率等越高越好；写成“≤”，越差越算完成。",
        "服务对象满意度 ≤90%",
    ),
)
def good_rate_ceiling(row: Row, _: ReviewTerms) -> Remarks:
    """Find a good share with ≤; one measured in days is a matter of its unit."""
    of = row.reviewed
    good = bool(GOOD_RATE.search(fold(of.name))) and not BAD.search(of.name)
    if good and _is_share(of) and _has(of, CEILINGS) and not of.is_cost:
        yield Remark(
            f"“{of.said}”越高越好，却写成“{of.aim}”，建议改为“≥”。",
            f"“{of.said}” is wanted high but written as a ceiling ({of.aim}); use ≥.",
            Field.VALUE,
            turned(row, Comparator.AT_LEAST),
        )


@on_row(
    "direction.bad_floor",
    Severity.ERROR,
    About(
        "越低越好的指标写成“≥”",
        "What is wanted low is written as a floor",
        "投诉率、差错率、事故数等越低越好；写成“≥”，越差越算完成。",
        "检查人员被投诉率 ≥0.5%",
    ),
)
def bad_floor(row: Row, _: ReviewTerms) -> Remarks:
    """Find something bad with ≥."""
    of = row.reviewed
    if _counts_bad(of) and _has(of, FLOORS) and of.kind is not Kind.BROKEN and not of.is_cost:
        yield Remark(
            f"“{of.said}”越低越好，却写成“{of.aim}”，建议改为“≤”。",
            f"“{of.said}” is wanted low but written as a floor ({of.aim}); use ≤.",
            Field.VALUE,
            turned(row, Comparator.AT_MOST),
        )


@on_row(
    "direction.duration_floor",
    Severity.WARNING,
    About(
        "办理时限写成“≥”",
        "A time limit is written as a floor",
        "办理、响应、完成的时间以短为好；写成“≥”，越慢越算完成。",
        "业务办理时限 ≥5个工作日",
    ),
)
def duration_floor(row: Row, _: ReviewTerms) -> Remarks:
    """Find a time that is wanted short with ≥."""
    of = row.reviewed
    timed = (of.value.unit or "").endswith(TIME_UNITS)
    if timed and PUNCTUAL.search(of.name) and _has(of, FLOORS):
        yield Remark(
            f"“{of.said}”以短为好，却写成“{of.aim}”，请核对符号。",
            f"“{of.said}” is wanted short but written as a floor ({of.aim}); check the sign.",
            Field.VALUE,
            turned(row, Comparator.AT_MOST),
        )


CHECKS = (
    cost_floor,
    standard_floor,
    cost_undirected,
    quantity_ceiling,
    good_rate_ceiling,
    bad_floor,
    duration_floor,
)
