"""Which errors of the review a person's answer mends: nobody has to print the form again."""

from __future__ import annotations

from domain.indicator import Indicator, ToConfirm, open_questions

ANSWERED_BY = {
    "direction.cost_floor": ToConfirm.COST_DIRECTION,
    "value.cut_off": ToConfirm.CUT_OFF,
    "value.missing": ToConfirm.CUT_OFF,
    "value.two_values": ToConfirm.TWO_VALUES,
    "value.range": ToConfirm.TWO_VALUES,
    "value.contradicts_name": ToConfirm.NAME_CONTRADICTS_VALUE,
    "unit.contradicts_rate": ToConfirm.UNIT_DOES_NOT_FIT,
}
"""Checks that look at the print, by the question that was asked about the same thing."""


def is_mended(check: str, declared: Indicator, settled: Indicator) -> bool:
    """Whether a person answered what a check objects to about an indicator."""
    asked = ANSWERED_BY.get(check)
    return asked in open_questions(declared) and asked not in open_questions(settled)
