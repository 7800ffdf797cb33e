"""Which lines a rule means, and which of several rules counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.claim import Basis
from domain.claim_rule import ClaimRule, LinePattern, RuleBook
from domain.payment import PaymentLine
from tests.declaring import paid

MAY, JUNE, JULY = date(2025, 5, 6), date(2025, 6, 3), date(2025, 7, 1)
TARGET = UUID(int=1)
LINE = paid(
    "100",
    JUNE,
    project_code="P 7",
    project_name="【2024】城乡低保 经办经费",
    unit_code="450001",
    unit_name="县医疗保障局",
    document_no="财社〔2025〕15号",
    fund_nature="一般公共预算资金",
    economic_class="[30201]办公费",
    summary="付6月份公务用车维修费（冀G·123）",
)


def rule(number: int = 1, /, **asked: str) -> ClaimRule:
    return ClaimRule(number, LinePattern(**asked), TARGET, MAY)


def means(asked: ClaimRule, line: PaymentLine = LINE) -> bool:
    return RuleBook([asked]).best(line) is not None


@pytest.mark.parametrize(
    "asked",
    [
        {"unit": "450001"},
        {"unit": " 县医疗 保障局"},
        {"project_code": "p7"},
        {"project_name": "城乡低保经办经费"},
        {"document_no": "财社[2025]15号"},
        {"fund_nature": "一般公共预算资金"},
        {"economic_class": "30201"},
        {"economic_class": "302"},
        {"economic_class": "办公费"},
        {"summary": "公务用车"},
        {"summary": "付*用车*维修"},
        {"summary": "*维修费*"},
        {"unit": "450001", "economic_class": "302", "summary": "维修"},
    ],
    ids=str,
)
def test_a_rule_means_a_line_that_prints_what_it_asks(asked: dict[str, str]) -> None:
    assert means(rule(**asked))


@pytest.mark.parametrize(
    "asked",
    [
        {"unit": "4500"},
        {"unit": "县民政局"},
        {"project_code": "P70"},
        {"project_name": "低保经办经费"},
        {"document_no": "财社〔2025〕1号"},
        {"fund_nature": "一般公共预算"},
        {"economic_class": "30202"},
        {"economic_class": "0201"},
        {"economic_class": "差旅费"},
        {"summary": "维修*用车"},
        {"summary": "加油"},
        {"unit": "450001", "economic_class": "303"},
    ],
    ids=str,
)
def test_one_thing_asked_and_not_printed_is_enough_to_leave_a_line_alone(
    asked: dict[str, str],
) -> None:
    assert not means(rule(**asked))


@pytest.mark.parametrize("asked", ["project_name", "document_no", "economic_class", "summary"])
def test_what_a_line_does_not_print_meets_nothing(asked: str) -> None:
    bare = PaymentLine("1", LINE.amount, JUNE)
    assert not means(rule(**{asked: "办公费"}), bare)
    assert not means(rule(unit="450001"), bare)


def test_a_unit_known_by_name_alone_is_found_by_its_name() -> None:
    assert means(rule(unit="县医疗保障局"), replace(LINE, unit_code=None))


def test_a_rule_means_lines_paid_from_its_first_day_until_it_stops() -> None:
    stopped = replace(rule(unit="450001"), from_on=JUNE, stops_on=JULY)
    days = {on: means(stopped, replace(LINE, paid_on=on)) for on in (MAY, JUNE, JULY)}
    assert days == {MAY: False, JUNE: True, JULY: False}
    assert not means(replace(stopped, stops_on=JUNE))


@pytest.mark.parametrize(
    ("from_on", "stops_on", "overlaps"),
    [(MAY, None, True), (JULY, None, True), (MAY, JULY, True), (MAY, JUNE, False)],
)
def test_a_rule_overlaps_what_comes_from_a_day_on_unless_it_stopped_before(
    from_on: date, stops_on: date | None, overlaps: bool
) -> None:
    known = ClaimRule(1, LinePattern(unit="450001"), TARGET, from_on, stops_on)
    assert known.overlaps(JUNE) is overlaps


def test_a_rule_that_stopped_on_its_first_day_overlaps_nothing() -> None:
    assert not ClaimRule(1, LinePattern(unit="450001"), TARGET, JULY, JULY).overlaps(MAY)


def test_the_rule_that_asks_more_counts_and_of_equal_ones_the_newer() -> None:
    wide, narrow = rule(1, unit="450001"), rule(2, unit="450001", summary="维修")
    newer = rule(3, fund_nature="一般公共预算资金", economic_class="302")
    assert RuleBook([wide, narrow]).best(LINE) == narrow
    assert RuleBook([narrow, wide]).best(LINE) == narrow
    assert RuleBook([newer, narrow, wide]).best(LINE) == newer


def test_a_rule_that_is_put_again_replaces_its_earlier_state() -> None:
    wide, narrow = rule(1, unit="450001"), rule(2, unit="450001", summary="维修")
    book = RuleBook([wide, narrow])
    stopped = replace(narrow, stops_on=MAY)
    book.put(stopped)
    assert book.best(LINE) == wide
    assert book.rule(2) == stopped
    assert (book.means(1, LINE), book.means(2, LINE)) == (True, False)


@pytest.mark.parametrize(
    ("asked", "to", "basis"),
    [
        ({"unit": "450001", "project_name": "低保"}, TARGET, Basis.MAPPING),
        ({"project_code": "P7"}, TARGET, Basis.MAPPING),
        ({"project_code": "P7"}, None, Basis.RULE),
        ({"unit": "450001"}, TARGET, Basis.RULE),
        ({"project_name": "低保", "fund_nature": "单位资金"}, TARGET, Basis.RULE),
    ],
)
def test_a_name_or_code_that_stands_for_a_target_is_a_confirmed_mapping(
    asked: dict[str, str], to: UUID | None, basis: Basis
) -> None:
    assert replace(rule(**asked), target_id=to).basis is basis


@pytest.mark.parametrize(
    ("pattern", "sense"),
    [
        (LinePattern(), False),
        (LinePattern(unit="450001"), True),
        (LinePattern(unit="450001", summary=" "), False),
        (LinePattern(summary="**"), False),
        (LinePattern(summary="*费"), True),
    ],
)
def test_a_pattern_asks_something_and_nothing_blank(pattern: LinePattern, sense: bool) -> None:
    assert pattern.asks_sense is sense


def test_what_is_asked_is_told_in_the_order_of_the_fields() -> None:
    pattern = LinePattern(summary="维修", unit="450001")
    assert pattern.asked == (("unit", "450001"), ("summary", "维修"))


FIELDS = ("unit", "fund_nature", "economic_class", "summary")
PRINTED = {
    "unit": st.sampled_from(["450001", "450002"]),
    "fund_nature": st.sampled_from(["一般公共预算资金", "单位资金"]),
    "economic_class": st.sampled_from(["301", "30101", "302"]),
    "summary": st.sampled_from(["工资", "维修", "工资*维修"]),
}
DAYS = st.dates(MAY, JULY)
PATTERNS = st.fixed_dictionaries({}, optional=PRINTED).filter(bool)
RULES = st.lists(st.tuples(PATTERNS, DAYS, st.none() | DAYS, st.booleans()), max_size=8).map(
    lambda drawn: [
        ClaimRule(n, LinePattern(**asked), TARGET if to else None, start, stop)
        for n, (asked, start, stop, to) in enumerate(drawn, 1)
    ]
)
LINES = st.builds(
    lambda unit, nature, klass, summary, on: replace(
        LINE,
        unit_code=unit,
        fund_nature=nature,
        economic_class=klass,
        summary=summary,
        paid_on=on,
    ),
    PRINTED["unit"],
    PRINTED["fund_nature"],
    PRINTED["economic_class"],
    st.sampled_from(["工资", "维修", "6月工资和维修"]),
    DAYS,
)


@given(rules=RULES, line=LINES, data=st.data())
def test_the_best_rule_is_the_highest_of_those_that_mean_a_line_whatever_the_order(
    rules: list[ClaimRule], line: PaymentLine, data: st.DataObject
) -> None:
    meaning = [one for one in rules if means(one, line)]
    expected = max(meaning, key=lambda one: one.rank, default=None)
    mixed = data.draw(st.permutations(rules))
    book = RuleBook(mixed)
    assert book.best(line) == expected
    assert all(book.means(one.number, line) == (one in meaning) for one in rules)
