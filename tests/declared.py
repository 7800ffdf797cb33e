"""Declarations as they are read from forms: whatever a form can print, in any combination."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import assume
from hypothesis import strategies as st

from domain.declaration import Declaration
from services.intake.forms.declaration import Declaration as Form
from services.intake.forms.declaration import DeclaredIndicator, PlanPoint, PrintedBudget
from services.intake.forms.indicators import Context, is_unfilled, one_line, read_indicator
from services.intake.forms.labels import vocabulary
from services.intake.forms.money import total_wan
from services.intake.forms.to_target import to_domain
from services.intake.forms.tokens import tokens
from services.intake.readers.grid import Cell, Row
from services.intake.readers.printed import printed

REGION = "130999000"
YEAR = 2025

_ODD = "=+-@'\"<>&_x0041_\\/|*?[]{}()（）【】《》·…—～￥%‰℃㎡①Ⅲ𠮷😀é\u3000 \t"
_HAN = "云河县医疗保障局项目资金救助补贴工程建设培训检查宣传设备更新二〇一三五年级"
_LETTER = st.one_of(
    st.sampled_from(_HAN + _ODD),
    st.characters(exclude_categories=["Cs", "Cc", "Cn"]),
)


def texts(longest: int) -> st.SearchStrategy[str]:
    """Printed texts with something in them, in one line; none that a form is headed with."""
    lines = st.text(_LETTER, min_size=1, max_size=longest).map(_line)
    return lines.filter(lambda text: bool(text) and not is_form_word(text))


def is_form_word(text: str) -> bool:
    """Say whether a text is one of the form's own words: a label, a title, 合计, 续表."""
    words = vocabulary()
    row = Row((Cell(text, "", 0),))
    own = words.is_title(text) or words.is_furniture(text) or words.is_sum(text)
    return own or words.is_note(text) or bool(tokens(row, words))


def _line(text: str) -> str:
    return " ".join(printed(text).split("\n"))


def prose(longest: int) -> st.SearchStrategy[str]:
    """Printed texts of several lines."""
    lines = st.lists(texts(40), min_size=1, max_size=4).map("\n".join)
    return st.one_of(lines, texts(longest), st.text("目标完成率，。；", min_size=600, max_size=900))


VALUES = [
    "≥95%",
    "≤60万元",
    "=100%",
    "＞3次",
    "<5天",
    "不低于上年",
    "20人；2.8万人",
    "显著提升",
    "2025年12月底前",
    "6月",
    "无",
    "本指标不适用",
    "合规救助比例≥",
    "90",
    "0.92",
    "54元/人",
    "1,200",
    "95%以上",
    "90%-95%",
    "≥１０万人次",
    "110001",
    "-3℃",
    "12月前",
    "3",
    "次",
    "逐步拓展",
    "2万",
]
NAMES = [
    "救助人次",
    "服务对象满意度",
    "业务处理及时率",
    "项目总成本",
    "资金支付完成时间",
    "每人每年标准",
    "参保率",
    "设备购置数量",
    "住院报销比例63%",
    "能力提升",
    "无",
    "110001",
]
CLASSES = [
    "产出指标",
    "效益指标",
    "满意度指标",
    "成本指标",
    "履职效能",
    "一、产出",
]
CATEGORIES = [
    "数量指标",
    "质量指标",
    "时效指标",
    "成本指标",
    "社会效益指标",
    "服务对象满意度指标",
    "数量",
]
SIGNS = [None, None, "≥", "≤", "=", "＜", "定性", "不低于"]
UNITS = [None, None, "%", "人次", "万元", "元/人·次", "框", "/", "每平方米年均"]
WEIGHTS = [None, "10", "12.5", "0", "8分", "10%", "33.333"]


@st.composite
def _levels(draw: st.DrawFn) -> list[tuple[str | None, str | None]]:
    """The levels of each row; a form can leave them blank only before it prints any."""
    levels: list[tuple[str | None, str | None]] = []
    words = st.one_of(st.sampled_from(CLASSES), texts(8))
    for printed_class in draw(st.lists(words, max_size=3, unique=True)):
        categories = [None] if draw(st.booleans()) else []
        named = st.one_of(st.sampled_from(CATEGORIES), texts(8))
        for category in [*categories, *draw(st.lists(named, min_size=1, max_size=3))]:
            levels += [(printed_class, category)] * draw(st.integers(1, 3))
    bare = draw(st.integers(0, 2))
    return [(None, None)] * bare + levels


@st.composite
def _row(
    draw: st.DrawFn, levels: tuple[str | None, str | None], context: Context
) -> DeclaredIndicator:
    name = draw(st.one_of(st.sampled_from(NAMES), texts(30), texts(200)))
    value = draw(st.one_of(st.none(), st.sampled_from(VALUES), texts(20)))
    assume(not is_unfilled(name, value))
    row = read_indicator(
        (*levels, one_line(name)),
        value,
        context,
        where="x",
        column_unit=draw(st.sampled_from(UNITS)),
        sign=draw(st.sampled_from(SIGNS)),
    )
    return replace(
        row,
        weight=draw(st.sampled_from(WEIGHTS)),
        description=draw(st.none() | texts(60)),
        scoring_standard=draw(st.none() | prose(60)),
        target_basis=draw(st.none() | texts(20)),
    )


@st.composite
def _plan(draw: st.DrawFn) -> tuple[PlanPoint, ...] | None:
    months = draw(st.lists(st.integers(1, 12), max_size=12, unique=True).map(sorted))
    if not months:
        return None
    shares = draw(
        st.lists(
            st.decimals(0, 1, places=6), min_size=len(months) - 1, max_size=len(months) - 1
        ).map(sorted)
    )
    points = []
    for month, share in zip(months, [*shares, Decimal(1)], strict=True):
        last = monthrange(YEAR, month)[1]
        day = draw(st.sampled_from([last, last, draw(st.integers(1, last))]))
        points.append(PlanPoint(date(YEAR, month, day), share))
    return tuple(points)


_AMOUNT = st.decimals(0, 10**9, places=2).map(lambda number: f"{number:,}")


@st.composite
def declarations(draw: st.DrawFn) -> Declaration:
    """Any declaration that could have been read from a form."""
    parts = {
        "fiscal": draw(st.none() | st.just("0.00") | _AMOUNT),
        "carried_over": draw(st.none() | _AMOUNT),
        "other": draw(st.none() | st.just("0.00") | _AMOUNT),
    }
    said = [Decimal(text.replace(",", "")) for text in parts.values() if text]
    assume(parts["fiscal"] or any(said) or not said)
    total = f"{sum(said):,}" if said else draw(_AMOUNT)
    unit = draw(st.sampled_from(["万元", "元", "千元", "亿元"]))
    budget = PrintedBudget(total, unit=unit, **parts)
    context = Context(YEAR, total_wan(budget))
    levels = draw(_levels())
    form = Form(
        "x",
        project_name=draw(texts(60)),
        project_code=draw(st.none() | st.just("13099925P00A11110001X") | texts(25)),
        fiscal_year=YEAR,
        supervising_department=draw(st.none() | texts(30)),
        implementing_unit=draw(texts(30)),
        implementing_unit_code=draw(st.none() | st.just("450001") | texts(12)),
        project_nature=draw(st.none() | texts(10)),
        purpose=draw(st.none() | prose(80)),
        annual_objective=draw(st.none() | prose(200)),
        annual_budget=budget,
        spending_plan=draw(_plan()),
        indicators=tuple(draw(_row(level, context)) for level in levels),
    )
    return to_domain(form, region=REGION)
