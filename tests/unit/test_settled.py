"""What a person chose outlives a form that is declared again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from domain.indicator import Comparator, Indicator, Kind, Measured, TargetValue, ToConfirm
from domain.settled import SettledRow, same_print
from domain.target import Target
from tests.declaring import declaration, declared, visits

JUNE, JULY = date(2025, 6, 10), date(2025, 7, 1)


def cost(number: int = 60, **changes: object) -> Indicator:
    """A cost printed with ≥, as it is declared."""
    text = f"≥{number}万元"
    return replace(
        visits(name="总成本"),
        value=TargetValue(text, Comparator.AT_LEAST, Decimal(number), "万元"),
        kind=Kind.CEILING,
        to_confirm=(ToConfirm.COST_DIRECTION,),
        **changes,  # type: ignore[arg-type]
    )


def settled(row: Indicator, **changes: object) -> Indicator:
    """The same, as a person turned it."""
    value = replace(row.value, comparator=Comparator.AT_MOST)
    return replace(row, value=value, to_confirm=(), **changes)  # type: ignore[arg-type]


ROW = cost()
KNOWN = SettledRow(ROW, settled(ROW))


def revised(target: Target, *rows: Indicator) -> Target:
    changed = declaration(indicators=rows, annual_objective="调整后")
    number = target.propose_revision(changed, reason="调整", document_no=None, proposed_on=JUNE)
    assert number is not None
    target.approve_revision(number, JULY)
    return target


def test_the_row_as_it_was_reads_as_it_was_settled() -> None:
    assert KNOWN.onto(ROW) == settled(ROW)


def test_what_is_read_otherwise_but_printed_alike_stays_settled() -> None:
    """A form read anew, by a service that proposes something else by now."""
    now = replace(ROW, kind=Kind.LEVEL, to_confirm=(ToConfirm.UNIT_DOES_NOT_FIT,))
    assert KNOWN.onto(now) == settled(ROW)


def test_what_is_printed_otherwise_is_asked_again() -> None:
    assert KNOWN.onto(cost(55)) == cost(55)


def test_a_chosen_kind_stays_although_the_value_changes() -> None:
    chosen = SettledRow(ROW, settled(ROW, kind=Kind.CUMULATIVE, measured=Measured.YEAR_END))
    kept = replace(cost(55), kind=Kind.CUMULATIVE, measured=Measured.YEAR_END)
    assert chosen.onto(cost(55)) == kept


def test_a_kind_chosen_against_another_proposal_does_not_stay() -> None:
    chosen = SettledRow(ROW, settled(ROW, kind=Kind.CUMULATIVE))
    other = cost(55)
    other = replace(other, kind=Kind.QUALITATIVE, value=TargetValue("控制在预算内"))
    assert chosen.onto(other) == other


def test_a_weight_that_a_person_gave_stays_until_the_form_prints_another() -> None:
    weighed = SettledRow(ROW, replace(ROW, weight=Decimal(12)))
    assert weighed.onto(cost(55)).weight == Decimal(12)
    assert weighed.onto(cost(55, weight=Decimal(8))).weight == Decimal(8)


def test_a_weight_that_nobody_touched_is_the_forms() -> None:
    assert KNOWN.onto(cost(weight=Decimal(8))).weight == Decimal(8)


def test_values_are_printed_alike_by_text_and_by_the_unit_of_a_column() -> None:
    bare = TargetValue("60", unit="万元")
    assert same_print(bare, replace(bare, number=Decimal(60)))
    assert not same_print(bare, replace(bare, unit="元"))
    assert not same_print(bare, replace(bare, unit=None))
    assert same_print(TargetValue("60万元", unit="万元"), TargetValue("60万元"))


def test_a_revision_keeps_what_was_settled_about_rows_it_leaves() -> None:
    target = declared(indicators=(ROW, visits()))
    target.confirm_reading(settled(ROW), confirmed_on=JUNE, reason="按≤考核")
    revised(target, ROW, replace(visits(), value=TargetValue("≥12万人次")))
    assert target.indicators[ROW.indicator_id] == settled(ROW)


def test_a_revision_opens_the_questions_of_rows_it_changes() -> None:
    target = declared(indicators=(ROW,))
    target.confirm_reading(settled(ROW), confirmed_on=JUNE, reason="按≤考核")
    revised(target, cost(55))
    assert target.indicators[ROW.indicator_id].to_confirm == (ToConfirm.COST_DIRECTION,)


def test_a_row_that_comes_back_as_it_was_is_still_settled() -> None:
    target = declared(indicators=(ROW,))
    target.confirm_reading(settled(ROW), confirmed_on=JUNE, reason="按≤考核")
    revised(revised(target, visits()), ROW)
    assert target.indicators[ROW.indicator_id] == settled(ROW)


def test_the_same_form_again_loses_nothing() -> None:
    target = declared(indicators=(ROW,))
    target.confirm_reading(settled(ROW), confirmed_on=JUNE, reason="按≤考核")
    again = declaration(indicators=(ROW,))
    assert target.propose_revision(again, reason="", document_no=None, proposed_on=JULY) is None
    assert target.as_settled(again).indicators == (settled(ROW),)
