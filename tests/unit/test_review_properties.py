"""Whatever a form says, the review answers; and what it proposes mends what it found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.review.catalogue import CATALOGUE
from domain.review.finding import Part, Severity
from domain.review.fixing import mended
from domain.review.review import review
from domain.review.subject import (
    Context,
    Filing,
    Goal,
    LastYear,
    Money,
    PlanPoint,
    PrintedRow,
    ReviewedDepartment,
    ReviewedProject,
    ReviewedRow,
    read_row,
)

SEVERITY = {check.id: check.severity for check in CATALOGUE}


def one_of(words: str) -> st.SearchStrategy[str]:
    """Any of some words, or nothing."""
    return st.sampled_from(["", *words.split()])


WORDS = one_of(
    "无 110001 111 参保率 服务对象满意度 检查人员被投诉率 救助人次 业务处理及时率 项目总成本"
    " 预算控制数 预算控制率 每人每年标准 住院报销比例63% 能力显著提升 安全事故"
)
CATEGORIES = one_of(
    "数量指标 质量指标 时效指标 成本指标 经济效益指标 社会效益 满意度指标(10分) 可持续影响指标"
)
SIGNS = one_of("≥ ≤ = > < ＜ 不低于 不超过 >= 控制在 达")
NUMBERS = one_of("0 1 0.92 3 12 54 80 90% 100 4,678.00 ９５")
UNITS = one_of("% ％ 万元 元 人 人次 天 年 次 万人 元/人 健全 /")
TAILS = one_of("以上 以内 ;2.8万人 -95% 2025年底支付完 12月前 （ 上年")
VALUES = st.one_of(
    st.tuples(SIGNS, NUMBERS, UNITS, TAILS).map("".join),
    one_of("显著提升 不低于上年 2024年12月底前 合规救助比例≥ ≥每人每年6.54万元"),
    st.text(max_size=20),
)
AMOUNTS = st.one_of(
    st.none(),
    st.decimals(-10, 10**10, places=2),
    st.sampled_from([Decimal(0), Decimal(46_780_000)]),
)
YEARS = st.sampled_from([None, 1, 2024, 2025, 9999])
TEXTS = st.one_of(
    one_of(
        "安排财政资金6000万元。 2024年开展了检查，取得了成效。 99年 2025年—2123年 大于90次得满分"
    ),
    st.text(max_size=30),
)
PRINTED = st.builds(
    PrintedRow,
    indicator_class=st.sampled_from(["", "产出指标(50分)", "效益指标", "成本指标", "满意度指标"]),
    category=CATEGORIES,
    name=st.one_of(WORDS, st.text(max_size=12)),
    value_text=VALUES,
    sign=st.sampled_from(["", "定性", "≥", "=", "≤", "/"]),
    column_unit=UNITS,
    weight=st.sampled_from(["", "0", "10", "12.5分", "一", "10%", "."]),
    description=TEXTS,
    scoring_standard=TEXTS,
)
ROWS = st.lists(
    PRINTED.map(lambda printed: read_row(printed, Context(2025, Decimal(100)))), max_size=5
).map(tuple)
MONEY = st.builds(
    Money, AMOUNTS, AMOUNTS, AMOUNTS, st.sampled_from([None, "元", "万元", "千元", "美元"])
)
PLANS = st.none() | st.lists(
    st.builds(
        PlanPoint,
        st.dates(date(2024, 1, 1), date(2026, 12, 31)),
        st.sampled_from([Decimal(share) for share in ("-0.1", "0", "0.25", "0.5", "1", "1.1")]),
    ),
    max_size=4,
).map(tuple)
LAST = st.dictionaries(WORDS, st.builds(LastYear, AMOUNTS, AMOUNTS, st.none() | UNITS), max_size=3)
PROJECTS = st.builds(
    ReviewedProject,
    name=TEXTS,
    code=st.sampled_from(["", "1"]),
    fiscal_year=YEARS,
    unit_name=st.sampled_from(["", "某局"]),
    period=TEXTS,
    purpose=TEXTS,
    objective=TEXTS,
    medium_objective=TEXTS,
    money=MONEY,
    medium_money=MONEY,
    plan=PLANS,
    rows=ROWS,
    medium_rows=ROWS,
    last_year=LAST,
)
DEPARTMENTS = st.builds(
    ReviewedDepartment,
    name=TEXTS,
    fiscal_year=YEARS,
    objective=TEXTS,
    goals=st.lists(st.builds(Goal, TEXTS, st.integers(0, 2)), max_size=2).map(tuple),
    money=MONEY,
    project_total=AMOUNTS,
    rows=ROWS,
)
FILINGS = st.builds(
    Filing,
    st.lists(PROJECTS, max_size=3).map(tuple),
    st.lists(DEPARTMENTS, max_size=2).map(tuple),
    st.lists(PROJECTS, max_size=2).map(tuple),
)


@settings(deadline=None, max_examples=60)
@given(FILINGS)
def test_any_filing_gives_findings_and_nothing_else(filing: Filing) -> None:
    for finding in review(filing):
        sheets = filing.projects if finding.spot.part is Part.PROJECT else filing.departments
        sheet = sheets[finding.spot.sheet]
        assert finding.spot.row is None or finding.spot.row < len(sheet.rows)
        assert finding.severity is SEVERITY[finding.check]
        assert finding.message
        assert finding.message_en
        assert all(change.old != change.new for change in finding.fix)


@settings(deadline=None, max_examples=60)
@given(FILINGS)
def test_a_fix_applied_makes_its_finding_go_away(filing: Filing) -> None:
    for finding in review(filing):
        if finding.fix:
            again = review(mended(filing, finding))
            assert (finding.check, finding.spot) not in [(one.check, one.spot) for one in again]


@settings(deadline=None, max_examples=25)
@given(FILINGS)
def test_the_same_filing_is_found_the_same_and_the_record_is_never_judged(filing: Filing) -> None:
    found = review(filing)
    assert review(filing) == found
    alone = review(replace(filing, on_record=()))
    assert {one.check for one in found} ^ {one.check for one in alone} <= {
        "across.same_indicators",
        "across.differing_targets",
        "across.differing_category",
    }


def rows_of(filing: Filing) -> list[ReviewedRow]:
    return [row for _, sheet in filing.sheets() for row in sheet.rows]


@settings(deadline=None, max_examples=25)
@given(FILINGS)
def test_a_fix_changes_nothing_but_what_it_names(filing: Filing) -> None:
    for finding in review(filing):
        if finding.fix and finding.spot.row is not None:
            changed = {change.row for change in finding.fix}
            before, after = rows_of(filing), rows_of(mended(filing, finding))
            moved = [one for one, other in zip(before, after, strict=True) if one != other]
            assert 0 < len(moved) <= len(changed)


def test_every_severity_is_in_use() -> None:
    assert set(SEVERITY.values()) == set(Severity)
