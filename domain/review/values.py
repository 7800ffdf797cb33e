"""Values that cannot be judged: cut off, left out, doubled, hidden, always met."""

from __future__ import annotations

import re
from decimal import Decimal

from domain.indicator import Comparator, Kind, ToConfirm
from domain.review.check import About, Remark, Remarks, on_row
from domain.review.finding import Change, Field, Severity
from domain.review.rewriting import changed, value_text, with_number
from domain.review.subject import ReviewedRow, Row
from domain.review.terms import ReviewTerms
from domain.review.words import GOOD_RATE, NOTHING, PLACEHOLDER, STANDARD_SAID
from domain.target_value import fold, is_range, numbers_with_units
from domain.units import unit_named
from domain.wording import SIGNS, is_rate_name

_SIGN = "|".join(
    re.escape(sign) for sign in sorted({*SIGNS, "＜", "＞", "＝"}, key=len, reverse=True)
)
_SIGN_THEN_TEXT = re.compile(
    rf"\s*(?P<sign>{_SIGN})\s*(?P<text>[^0-9０-９\s]{{2,20}}?)(?P<rest>[0-9０-９].*)", re.DOTALL
)
_TEXT_THEN_SIGN = re.compile(
    rf"\s*(?P<text>[^0-9０-９]{{2,40}}?)\s*(?P<rest>(?:{_SIGN})\s*[0-9０-９].*)", re.DOTALL
)
_WHOLE_YEAR = (Comparator.AT_MOST, Comparator.LESS_THAN, Comparator.EQUAL, None)


def _medium(row: Row) -> ReviewedRow | None:
    """The row of the same name in the medium-term block, if it has a value of its own."""
    alike = row.project.medium_rows if row.project else ()
    key = row.reviewed.key
    found = [one for one in alike if key and one.key == key and one.printed.value_text]
    return found[0] if found else None


def _from_medium(row: Row) -> tuple[Change, ...]:
    other = _medium(row)
    text = row.reviewed.printed.value_text
    return changed(row, Field.VALUE, text, other.printed.value_text) if other else ()


@on_row(
    "value.cut_off",
    Severity.ERROR,
    About(
        "指标值残缺",
        "The value is cut off",
        "只有符号没有数值，或文字中断，无法判断是否完成。",
        "合规医疗费用救助比例≥",
        ("D2", "N3"),
    ),
)
def cut_off(row: Row, _: ReviewTerms) -> Remarks:
    """Find a value that breaks off; the medium-term column may still have it."""
    of = row.reviewed
    text = of.printed.value_text
    broken = of.kind is Kind.BROKEN or ToConfirm.CUT_OFF in of.to_confirm
    if (broken and text and not is_range(text)) or _goes_on(row):
        fix = _from_medium(row)
        hint = f"中期目标栏为“{fix[0].new}”，可据此补全。" if fix else "请补全。"
        yield Remark(
            f"“{of.said}”的指标值“{text}”残缺，{hint}",
            f"The value of “{of.said}” is cut off ({text}).",
            Field.VALUE,
            fix,
        )


def _goes_on(row: Row) -> bool:
    """Whether the medium-term column prints the same value and goes on: 支付完, 支付完成."""
    other, text = _medium(row), row.reviewed.printed.value_text
    if other is None or not text:
        return False
    whole = other.printed.value_text
    rest = whole.removeprefix(text)
    return rest not in {"", whole} and not re.match(r"[0-9.,]", rest)


@on_row(
    "value.missing",
    Severity.ERROR,
    About(
        "没有指标值",
        "There is no value",
        "没有指标值的指标无法监控，也无法自评。",
        "群众满意度 （空白）",
        ("D1",),
    ),
)
def missing(row: Row, _: ReviewTerms) -> Remarks:
    """Find a named row without a value."""
    of = row.reviewed
    if of.applies and of.printed.name and not of.printed.value_text:
        fix = _from_medium(row)
        hint = f"中期目标栏为“{fix[0].new}”，可据此补全。" if fix else "请填写。"
        yield Remark(
            f"“{of.said}”没有指标值，{hint}",
            f"“{of.said}” has no value.",
            Field.VALUE,
            fix,
        )


@on_row(
    "indicator.name_missing",
    Severity.ERROR,
    About(
        "没有指标名称",
        "There is no name",
        "没有名称的指标不知所指，也无法与填报数对应。",
        "数量指标 （空白） ≥3次",
    ),
)
def name_missing(row: Row, _: ReviewTerms) -> Remarks:
    """Find a value without a name."""
    of = row.reviewed
    if of.applies and not of.printed.name:
        yield Remark(
            f"指标值“{of.printed.value_text}”没有指标名称，请填写。",
            f"The value {of.printed.value_text} has no indicator name.",
            Field.NAME,
        )


@on_row(
    "value.placeholder",
    Severity.WARNING,
    About(
        "留有占位代码",
        "A placeholder was left in",
        "110001、111之类是为通过系统校验而填，不是指标；不需要的指标应写“无”或删去。",
        "社会成本指标 110001",
        ("D1", "N9"),
    ),
)
def placeholder(row: Row, _: ReviewTerms) -> Remarks:
    """Find a code in the name, or as what the value means."""
    printed = row.reviewed.printed
    if PLACEHOLDER.fullmatch(fold(printed.name)):
        yield Remark(
            f"指标名称“{printed.name}”是占位代码，请改写为指标名称，不需要的写“无”。",
            f"The name {printed.name} is a placeholder; name the indicator, or write 无.",
            Field.NAME,
            () if printed.value_text else changed(row, Field.NAME, printed.name, "无"),
        )
    elif PLACEHOLDER.fullmatch(fold(printed.description)):
        yield Remark(
            f"“{row.reviewed.said}”的说明“{printed.description}”是占位代码，请写明含义或删去。",
            f"The description of “{row.reviewed.said}” is a placeholder ({printed.description}).",
            Field.DESCRIPTION,
            changed(row, Field.DESCRIPTION, printed.description, ""),
        )


@on_row(
    "value.half_not_applicable",
    Severity.WARNING,
    About(
        "指标名称与“无”不配套",
        "Only name or value says “not applicable”",
        "有名称而指标值写“无”，或有指标值而名称写“无”，不知是不适用还是漏填。",
        "带动就业人数 无",
        ("D1",),
    ),
)
def half_not_applicable(row: Row, _: ReviewTerms) -> Remarks:
    """Find a row of which one half says 无 and the other something else."""
    printed = row.reviewed.printed
    texts = fold(printed.name), fold(printed.value_text)
    nothing = [bool(NOTHING.fullmatch(text)) for text in texts]
    if all(texts) and any(nothing) and not all(nothing):
        yield Remark(
            f"指标名称“{printed.name}”与指标值“{printed.value_text}”不配套："
            "不适用的两格都写“无”，适用的请填写完整。",
            f"Name ({printed.name}) and value ({printed.value_text}) do not agree on "
            "whether the row applies.",
            Field.NAME if nothing[0] else Field.VALUE,
        )


@on_row(
    "value.two_values",
    Severity.ERROR,
    About(
        "一格有两个数值",
        "Two values in one cell",
        "两个数值各按各的判断，合在一格无法填报完成值；应拆成两项指标。",
        "20人；2.8万人",
        ("D17", "N10"),
    ),
)
def two_values(row: Row, _: ReviewTerms) -> Remarks:
    """Find a cell with several values or days."""
    of = row.reviewed
    if ToConfirm.TWO_VALUES in of.to_confirm and not is_range(of.printed.value_text):
        yield Remark(
            f"“{of.said}”的指标值“{of.printed.value_text}”一格有几个数值，请拆成几项指标。",
            f"“{of.said}” has several values in one cell ({of.printed.value_text}); "
            "split it into rows.",
            Field.VALUE,
        )


@on_row(
    "value.range",
    Severity.ERROR,
    About(
        "指标值是区间",
        "The value is a range",
        "区间没有说明取哪一端为目标，无法计算完成率。",
        "90%-95%",
    ),
)
def range_(row: Row, _: ReviewTerms) -> Remarks:
    """Find a value printed from-to."""
    of = row.reviewed
    if of.applies and is_range(of.printed.value_text):
        yield Remark(
            f"“{of.said}”的指标值“{of.printed.value_text}”是区间，请改为一个数值并写明符号。",
            f"The value of “{of.said}” is a range ({of.printed.value_text}); give one number.",
            Field.VALUE,
        )


@on_row(
    "value.contradicts_name",
    Severity.ERROR,
    About(
        "指标值与名称中的数值矛盾",
        "The value contradicts a number in the name",
        "名称里写了一个目标，指标值又写另一个，无法确定按哪个考核。",
        "参保政策范围内住院报销比例63% ≥98%",
        ("D17", "N11"),
    ),
)
def contradicts_name(row: Row, _: ReviewTerms) -> Remarks:
    """Find a number in the name that has the value's unit, but is another; standards are none."""
    of = row.reviewed
    if ToConfirm.NAME_CONTRADICTS_VALUE not in of.to_confirm or STANDARD_SAID.search(of.name):
        return
    named = sorted({n for n, unit in numbers_with_units(of.name) if unit == of.value.unit})
    shown = "、".join(value_text(None, number, of.value.unit) for number in named)
    yield Remark(
        f"“{of.said}”名称中为{shown}，指标值却是“{of.aim}”，请确定一个。",
        f"The name “{of.said}” says {shown}, the value {of.aim}; decide on one.",
        Field.VALUE,
        with_number(row, named[0]) if len(named) == 1 else (),
    )


@on_row(
    "value.text_after_sign",
    Severity.WARNING,
    About(
        "符号与数值之间夹有文字",
        "Words between the sign and the number",
        "文字应写进指标名称，指标值只留符号、数值和单位，才能准确读取。",
        "≥每人每年核定6.54万元",
        ("D23",),
    ),
)
def text_after_sign(row: Row, _: ReviewTerms) -> Remarks:
    """Find words between sign and number, and move them to the name."""
    printed = row.reviewed.printed
    found = _SIGN_THEN_TEXT.fullmatch(printed.value_text)
    if found:
        name = f"{printed.name}（{found.group('text').strip()}）"
        value = f"{found.group('sign')}{found.group('rest').strip()}"
        yield Remark(
            f"“{row.reviewed.said}”的指标值“{printed.value_text}”在符号与数值之间夹有文字，"
            f"建议名称写“{name}”，指标值写“{value}”。",
            f"The value of “{row.reviewed.said}” has words between sign and number "
            f"({printed.value_text}); move them to the name.",
            Field.VALUE,
            (
                *changed(row, Field.NAME, printed.name, name),
                *changed(row, Field.VALUE, printed.value_text, value),
            ),
        )


@on_row(
    "value.name_inside",
    Severity.WARNING,
    About(
        "指标值里写了指标名称",
        "The value holds an indicator's name",
        "真正考核的指标写在指标值里，名称只是一句话；应把名称移到三级指标栏。",
        "合规医疗费用救助比例≥50%",
        ("D23",),
    ),
)
def name_inside(row: Row, _: ReviewTerms) -> Remarks:
    """Find words before the sign that are the name of a share."""
    printed = row.reviewed.printed
    found = _TEXT_THEN_SIGN.fullmatch(printed.value_text)
    if found and is_rate_name(found.group("text")):
        name, value = found.group("text").strip(), found.group("rest").strip()
        kept = () if printed.description else changed(row, Field.DESCRIPTION, "", printed.name)
        yield Remark(
            f"指标值“{printed.value_text}”里有指标名称，建议三级指标写“{name}”，指标值写“{value}”，"
            "原名称作为指标解释。",
            f"The value {printed.value_text} holds the name of an indicator; "
            f"name it “{name}”, value {value}.",
            Field.VALUE,
            (
                *changed(row, Field.NAME, printed.name, name),
                *changed(row, Field.VALUE, printed.value_text, value),
                *kept,
            ),
        )


@on_row(
    "value.no_baseline",
    Severity.WARNING,
    About(
        "与上年比较而没有基期值",
        "Compared with last year, but last year's value is not given",
        "“不低于上年”要有上年数才能判断；请在指标解释中写明上年实际值。",
        "市域内一站式即时结算覆盖地区 不低于上年",
        ("D25", "N14"),
    ),
)
def no_baseline(row: Row, _: ReviewTerms) -> Remarks:
    """Find a value relative to last year where last year's is not known."""
    of = row.reviewed
    project = row.project
    known = project.last_year.get(of.key) if project else None
    if ToConfirm.BASELINE in of.to_confirm and (known is None or known.achieved is None):
        yield Remark(
            f"“{of.said}”的指标值“{of.aim}”没有上年实际值可比，请补充基期值。",
            f"“{of.said}” is relative to last year ({of.aim}), whose value is missing.",
            Field.VALUE,
        )


@on_row(
    "value.before_month",
    Severity.NOTE,
    About(
        "“×月前”含义不明",
        "A limit “before a month” has two meanings",
        "“12月前”可指11月底，也可指12月底；写成“12月底前”就不必核实。",
        "2026年12月前",
        ("N13",),
    ),
)
def before_month(row: Row, _: ReviewTerms) -> Remarks:
    """Find 12月前, and propose the end of the month."""
    of = row.reviewed
    if ToConfirm.BEFORE_MONTH in of.to_confirm:
        text = of.printed.value_text
        new = re.sub(r"月(?:份)?\s*(?:之前|以前|前)", "月底前", text, count=1)
        yield Remark(
            f"“{of.said}”的“{text}”不知是否含当月，建议写“{new}”。",
            f"{text} of “{of.said}” may or may not include the month; write 月底前.",
            Field.VALUE,
            changed(row, Field.VALUE, text, new),
        )


@on_row(
    "value.whole_year_limit",
    Severity.WARNING,
    About(
        "时限等于或超过一年",
        "A time limit of a year or more",
        "年度预算的资金本来就在一年内支出，“≤1年”必然完成，起不到约束作用。",
        "支出及时性 ≤1年",
        ("N13",),
    ),
)
def whole_year_limit(row: Row, _: ReviewTerms) -> Remarks:
    """Find a limit of time in an annual budget that no year can break."""
    of = row.reviewed
    unit = unit_named(of.value.unit or "")
    number = of.value.number
    months = None if number is None or unit.base != "月" else number * unit.factor
    timely = re.search(r"及时|时效|时限|时间|期限", of.printed.category + of.name)
    if months is not None and months >= 12 and timely and of.value.comparator in _WHOLE_YEAR:
        yield Remark(
            f"“{of.said}”的“{of.aim}”在年度预算内必然完成，请改为具体日期或更短的时限。",
            f"“{of.said}” ({of.aim}) cannot fail within an annual budget; "
            "give a date or a shorter limit.",
            Field.VALUE,
        )


@on_row(
    "value.always_met",
    Severity.WARNING,
    About(
        "指标值必然完成",
        "The value is always met",
        "“≥0”或比率“≤100%”不做任何工作也能完成，起不到约束作用。",
        "培训人次 ≥0人次",
        ("N13",),
    ),
)
def always_met(row: Row, _: ReviewTerms) -> Remarks:
    """Find ≥0, and a share of at most the whole."""
    of = row.reviewed
    number, sign = of.value.number, of.value.comparator
    floor = number == 0 and sign is Comparator.AT_LEAST
    share = unit_named(of.value.unit or "").is_percent and is_rate_name(of.name)
    share = share and not GOOD_RATE.search(of.name)  # that its sign is wrong is said already
    whole = share and number == Decimal(100) and sign is Comparator.AT_MOST and not of.is_cost
    if floor or whole:
        yield Remark(
            f"“{of.said}”的“{of.aim}”必然完成，请改为有约束力的数值。",
            f"“{of.said}” ({of.aim}) is met whatever happens; set a value that binds.",
            Field.VALUE,
        )


CHECKS = (
    name_missing,
    missing,
    cut_off,
    placeholder,
    half_not_applicable,
    two_values,
    range_,
    contradicts_name,
    text_after_sign,
    name_inside,
    no_baseline,
    before_month,
    whole_year_limit,
    always_met,
)
