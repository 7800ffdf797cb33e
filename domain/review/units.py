"""Units of measure that do not fit: a rate in days, words for a unit, a percent sign too many."""

from __future__ import annotations

import re
from decimal import Decimal

from domain.indicator import Comparator, Kind
from domain.money import YUAN_IN
from domain.review.check import About, Remark, Remarks, on_row
from domain.review.finding import Change, Field, Severity
from domain.review.rewriting import changed, turned, value_text, with_unit
from domain.review.subject import ReviewedRow, Row
from domain.review.terms import ReviewTerms
from domain.review.words import BEYOND_WHOLE
from domain.target_value import fold, read_value
from domain.units import unit_named
from domain.wording import (
    MONEY_UNITS,
    PLACEHOLDER_UNITS,
    SIGNS,
    TIME_UNITS,
    UNIT_PATTERN,
    is_rate_name,
)

_QUALITATIVE = "定性"
_MARKS = ("分", "星", "级")
"""Satisfaction may be asked in points instead of percent."""
_UNIT_IN_NAME = re.compile(r"[(（](?P<unit>[^()（）]{1,6})[)）]$")
"""A unit printed behind the name: 宣传活动（场）."""
_COUNTS_BY_NAME = {
    "人次": "人次",
    "户次": "户次",
    "人数": "人",
    "次数": "次",
    "户数": "户",
    "家数": "家",
    "件数": "件",
    "份数": "份",
    "场次": "场次",
    "期数": "期",
    "个数": "个",
    "项数": "项",
}
"""Names that end so say their unit."""
_COUNTS_AT_END = re.compile(rf"({'|'.join(_COUNTS_BY_NAME)})[)）”\"]?$")
_NO_SHARE = re.compile(r"(?:能力|水平|提升|提高|增强|改善|加强|数量|次数|人数|质量)[)）”\"]?$")
"""Names of what gets better or is counted: a percentage of it says nothing."""
_HALF_NAMED = {"人次": "人", "户次": "户", "人天": "人"}
"""Units of the name, each with the one it is mixed up with: visits and heads."""


def _is_share_unit(unit: str | None) -> bool:
    return unit_named(unit or "").is_percent


def _column_unit(row: ReviewedRow) -> str:
    """The unit in its own column; strokes and 无 are none."""
    printed = fold(row.printed.column_unit)
    return "" if printed in PLACEHOLDER_UNITS else printed


def _renamed(row: Row, unit: str) -> tuple[Change, ...]:
    """A name that the unit fits: 及时率 in days is a 时限, 控制率 in yuan a 控制数."""
    name = row.reviewed.name
    if unit.endswith(TIME_UNITS):
        new = re.sub(r"(?:及时率|时效率|完成率|率)(?=[)）”\"]?$)", "时限", name)
    elif unit.endswith(MONEY_UNITS):
        new = re.sub(r"率(?=[)）”\"]?$)", "数", name)
    else:
        return ()
    return changed(row, Field.NAME, name, new)


@on_row(
    "unit.contradicts_rate",
    Severity.ERROR,
    About(
        "比率的计量单位不是百分比",
        "A rate in a unit that is none of a rate",
        "名称是比率，指标值却是天数、金额或个数，填报时不知填比率还是天数。",
        "业务处理及时率 ≤30天",
        ("D5", "N5"),
    ),
)
def contradicts_rate(row: Row, _: ReviewTerms) -> Remarks:
    """Find a rate measured in days, yuan or heads."""
    of = row.reviewed
    unit = of.value.unit
    fits = _is_share_unit(unit) or unit in _MARKS or fold(of.name).endswith("覆盖面")
    if of.value.number is not None and unit and is_rate_name(of.name) and not fits:
        fix = _renamed(row, unit)
        hint = f"，建议名称改为“{fix[0].new}”或改为百分比" if fix else "，请改名称或改单位"
        yield Remark(
            f"“{of.said}”是比率，指标值“{of.aim}”的单位却是“{unit}”{hint}。",
            f"“{of.said}” is a rate but its value is in {unit} ({of.aim}).",
            Field.VALUE,
            fix,
        )


@on_row(
    "unit.percent_missing",
    Severity.WARNING,
    About(
        "比率没有写%",
        "A rate without its percent sign",
        "没有单位的数值可以是80%，也可以是80人；系统按百分数读，写明才可靠。",
        "服务对象满意度 ≥80",
        ("D5", "N4"),
    ),
)
def percent_missing(row: Row, terms: ReviewTerms) -> Remarks:
    """Find a rate printed bare; one below 1 may be a fraction, which has a check of its own."""
    of = row.reviewed
    number = of.value.number
    alone = read_value(of.printed.value_text, unit=of.printed.column_unit).unit
    bare = number is not None and alone is None and not _is_fraction(of, terms)
    if bare and is_rate_name(of.name):
        yield Remark(
            f"“{of.said}”是比率，指标值“{of.aim}”没有写%，建议补上。",
            f"“{of.said}” is a rate without a percent sign ({of.aim}); add it.",
            Field.VALUE,
            with_unit(row, "%"),
        )


def _is_fraction(row: ReviewedRow, terms: ReviewTerms) -> bool:
    number = row.value.number
    small = number is not None and 0 < number <= terms.fraction_up_to
    shown = read_value(row.printed.value_text, unit=row.printed.column_unit).unit
    return small and shown is None and is_rate_name(row.name)


@on_row(
    "unit.fraction_for_percent",
    Severity.ERROR,
    About(
        "比率写成了小数",
        "A rate is written as a fraction",
        "系统按百分数读，0.92就是0.92%，几乎必然完成；应写92%。",
        "合格率 ≥0.92",
        ("N4",),
    ),
)
def fraction_for_percent(row: Row, terms: ReviewTerms) -> Remarks:
    """Find 0.92 where 92 % is meant."""
    of = row.reviewed
    if _is_fraction(of, terms) and of.value.number is not None:
        text = value_text(of.value.comparator, of.value.number * 100, "%")
        yield Remark(
            f"“{of.said}”的指标值“{of.aim}”像是小数，系统按百分数读为"
            f"{of.value.number}%，应为{of.value.number * 100:f}%的请改写。",
            f"The rate “{of.said}” is written as a fraction ({of.aim}); "
            f"write {of.value.number * 100:f}%.",
            Field.VALUE,
            changed(row, Field.VALUE, of.printed.value_text, text),
        )


@on_row(
    "unit.missing",
    Severity.WARNING,
    About(
        "数值没有计量单位",
        "A number without a unit of measure",
        "没有单位不知数的是什么，填报数也无法核对。",
        "开展培训 ≥3",
        ("D5", "N4"),
    ),
)
def missing(row: Row, _: ReviewTerms) -> Remarks:
    """Find a number without a unit that is no rate."""
    of = row.reviewed
    plain = of.value.number is not None and of.value.unit is None and not of.parts
    if of.applies and plain and not (is_rate_name(of.name) or _names_unit(of.name)):
        unit = _proposed_unit(row)
        hint = f"，建议写“{unit}”" if unit else ""
        yield Remark(
            f"“{of.said}”的指标值“{of.aim}”没有计量单位{hint}。",
            f"The value of “{of.said}” has no unit of measure ({of.aim}).",
            Field.VALUE,
            with_unit(row, unit) if unit else (),
        )


def _proposed_unit(row: Row) -> str:
    """The unit that the name says, or that of the budget which the number repeats; else none."""
    of, project = row.reviewed, row.project
    named = _COUNTS_AT_END.search(of.name)
    if named:
        return _COUNTS_BY_NAME[named.group(1)]
    factor = YUAN_IN.get(project.money.unit or "") if project else None
    if project is None or factor is None or not of.is_cost or of.value.number is None:
        return ""
    repeats = of.value.number * factor == project.money.total
    return project.money.unit or "" if repeats else ""


def _names_unit(name: str) -> bool:
    """Whether a name ends with a known unit in brackets."""
    found = _UNIT_IN_NAME.search(name)
    return bool(found) and bool(UNIT_PATTERN.fullmatch(fold(found.group("unit")) if found else ""))


@on_row(
    "unit.differs_from_name",
    Severity.WARNING,
    About(
        "计量单位与名称不一致",
        "The unit differs from the one in the name",
        "人次与人不能换算：同一人来三次是3人次、1人。按哪个填报要先说清。",
        "全县医疗救助人次 60063人",
        ("N5",),
    ),
)
def differs_from_name(row: Row, _: ReviewTerms) -> Remarks:
    """Find heads where the name says visits."""
    of = row.reviewed
    for named, other in _HALF_NAMED.items():
        unit = of.value.unit or ""
        if fold(of.name).endswith(named) and unit_named(unit).base == other:
            wanted = unit.replace(other, named) if other in unit else named
            yield Remark(
                f"“{of.said}”名称是{named}，指标值“{of.aim}”的单位却是“{unit}”，"
                "两者不能换算，请确定一个。",
                f"The name “{of.said}” counts {named}, the value is in {unit} "
                f"({of.aim}); they do not convert.",
                Field.VALUE,
                with_unit(row, wanted),
            )


@on_row(
    "unit.percent_over_whole",
    Severity.ERROR,
    About(
        "比率超过100%",
        "A share of more than the whole",
        "覆盖率、合格率、满意度最多100%，超过的永远无法完成。",
        "群众满意度 ≥120%",
        ("N6",),
    ),
)
def percent_over_whole(row: Row, _: ReviewTerms) -> Remarks:
    """Find a share over 100 % that is to be reached; growth may be more."""
    of = row.reviewed
    number, sign = of.value.number, of.value.comparator
    wanted = sign not in {Comparator.AT_MOST, Comparator.LESS_THAN}
    over = number is not None and number > Decimal(100)
    share = _is_share_unit(of.value.unit) and is_rate_name(of.name)
    if over and wanted and share and not BEYOND_WHOLE.search(of.name) and not of.is_cost:
        yield Remark(
            f"“{of.said}”最多100%，指标值却是“{of.aim}”，请核对。",
            f"“{of.said}” cannot pass 100% but aims at {of.aim}.",
            Field.VALUE,
        )


@on_row(
    "unit.percent_of_no_share",
    Severity.WARNING,
    About(
        "百分数不知是什么的比率",
        "A percentage of nothing that has shares",
        "“能力显著提升≥95%”“…的数量100%”没有分子分母，填报时无从计算。",
        "医保经办服务能力、监管能力、宣传能力显著提升 ≥95%",
        ("D5", "N5"),
    ),
)
def percent_of_no_share(row: Row, _: ReviewTerms) -> Remarks:
    """Find a % beside a name of ability, of getting better, or of a quantity."""
    of = row.reviewed
    share = of.value.number is not None and _is_share_unit(of.value.unit)
    satisfied = "满意" in of.place
    if share and not (of.is_cost or satisfied) and _NO_SHARE.search(fold(of.name)):
        yield Remark(
            f"“{of.said}”不是比率，指标值却是“{of.aim}”，请写明是什么占什么的比率，或改为数量。",
            f"“{of.said}” is no share but aims at {of.aim}; say what is divided by what.",
            Field.NAME,
        )


@on_row(
    "unit.percent_twice",
    Severity.WARNING,
    About(
        "数值栏重复写了%",
        "The percent sign stands in the number column too",
        "计量单位栏已有%，数值栏只填数字，否则系统间交换时会被拒收。",
        "指标值95%，度量单位%",
        ("D6",),
    ),
)
def percent_twice(row: Row, _: ReviewTerms) -> Remarks:
    """Find a unit in the value that its own column has, too."""
    of = row.reviewed
    text = of.printed.value_text
    column = _column_unit(of)
    if of.value.number is not None and column == "%" and fold(text).endswith("%"):
        bare = text.replace("%", "").replace("％", "").strip()
        yield Remark(
            f"“{of.said}”的计量单位栏已有%，指标值“{text}”不必再写，建议写“{bare}”。",
            f"“{of.said}” has % in its unit column; the value needs none ({text}).",
            Field.VALUE,
            changed(row, Field.VALUE, text, bare),
        )


@on_row(
    "unit.word",
    Severity.WARNING,
    About(
        "计量单位栏填了文字",
        "A word stands for the unit of measure",
        "“健全”“有效保障”是评价，不是计量单位；定性指标的单位栏应空着。",
        "度量单位：健全",
        ("D9", "N8"),
    ),
)
def word(row: Row, _: ReviewTerms) -> Remarks:
    """Find a word in the column of units that measures nothing, beside a value in words."""
    of = row.reviewed
    column = _column_unit(of)
    in_words = of.kind in {Kind.QUALITATIVE, Kind.NOT_APPLICABLE}
    if in_words and column and not UNIT_PATTERN.fullmatch(column):
        yield Remark(
            f"“{of.said}”的计量单位栏填了“{of.printed.column_unit}”，不是计量单位，建议留空。",
            f"The unit column of “{of.said}” holds a word ({of.printed.column_unit}); "
            "leave it blank.",
            Field.COLUMN_UNIT,
            changed(row, Field.COLUMN_UNIT, of.printed.column_unit, ""),
        )


@on_row(
    "unit.of_a_date",
    Severity.WARNING,
    About(
        "日期带了计量单位",
        "A date with a unit of measure",
        "日期没有单位；单位栏写%会被当作数值校验。",
        "2023年12月底前，度量单位%",
        ("D28",),
    ),
)
def of_a_date(row: Row, _: ReviewTerms) -> Remarks:
    """Find a date with something in the column of units."""
    of = row.reviewed
    if of.kind is Kind.DATE and _column_unit(of):
        yield Remark(
            f"“{of.said}”的指标值“{of.aim}”是日期，计量单位栏的“{of.printed.column_unit}”应留空。",
            f"“{of.said}” is a date ({of.aim}); its unit column should be blank.",
            Field.COLUMN_UNIT,
            changed(row, Field.COLUMN_UNIT, of.printed.column_unit, ""),
        )


@on_row(
    "type.qualitative_with_number",
    Severity.WARNING,
    About(
        "数值指标写成“定性”",
        "A number is typed as qualitative",
        "写成定性的，系统不比数值、由人评分；有数值的应写计算符号。",
        "办公场地租赁费 50万元 定性",
        ("D7", "N7"),
    ),
)
def qualitative_with_number(row: Row, _: ReviewTerms) -> Remarks:
    """Find 定性 beside a number."""
    of = row.reviewed
    if fold(of.printed.sign) == _QUALITATIVE and of.value.number is not None:
        printed = of.value.comparator
        proposed = printed or _sign_of(of)
        yield Remark(
            f"“{of.said}”的指标值“{of.aim}”是数值，类型却是“定性”，建议改为“{proposed}”。",
            f"“{of.said}” is a number ({of.aim}) typed as qualitative; use {proposed}.",
            Field.SIGN,
            turned(row, proposed)
            if printed is None
            else changed(row, Field.SIGN, of.printed.sign, proposed),
        )


def _sign_of(row: ReviewedRow) -> Comparator:
    """The sign that suits a kind: a cost is a ceiling, all else a floor."""
    return Comparator.AT_MOST if row.kind is Kind.CEILING else Comparator.AT_LEAST


@on_row(
    "type.number_with_words",
    Severity.ERROR,
    About(
        "文字指标写成数值类型",
        "Words are typed as a number",
        "类型是“＝”“≥”而指标值是文字，系统无法比较，也无法填报数值。",
        "长效管理机制健全性 健全 ＝ %",
        ("D8", "N7"),
    ),
)
def number_with_words(row: Row, _: ReviewTerms) -> Remarks:
    """Find a comparator in its column beside a value in words."""
    of = row.reviewed
    sign = fold(of.printed.sign)
    measured = UNIT_PATTERN.fullmatch(_column_unit(of)) is not None
    # Some provinces print every qualitative row as “= 持续向好”; that is no slip.
    signed = SIGNS.get(sign) not in {None, Comparator.EQUAL} or (sign in SIGNS and measured)
    if signed and of.kind is Kind.QUALITATIVE and of.printed.value_text:
        unit = changed(row, Field.COLUMN_UNIT, of.printed.column_unit, "")
        yield Remark(
            f"“{of.said}”的指标值“{of.aim}”是文字，类型却是“{of.printed.sign}”，"
            "建议改为“定性”，单位留空。",
            f"“{of.said}” is in words ({of.aim}) but typed {of.printed.sign}; "
            "type it 定性 without a unit.",
            Field.SIGN,
            (*changed(row, Field.SIGN, of.printed.sign, _QUALITATIVE), *unit),
        )


CHECKS = (
    contradicts_rate,
    percent_missing,
    fraction_for_percent,
    missing,
    differs_from_name,
    percent_over_whole,
    percent_of_no_share,
    percent_twice,
    word,
    of_a_date,
    qualitative_with_number,
    number_with_words,
)
