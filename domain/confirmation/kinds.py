"""How an indicator is judged, and when it is measured: proposed, chosen by a person (rules §4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from domain.confirmation.question import Choice, JudgeAs
from domain.errors import MonitoringError
from domain.indicator import Indicator, Kind, Measured

KIND_LABELS = {
    Kind.CUMULATIVE: "逐月累计，按时间进度",
    Kind.LEVEL: "按水平，与全年目标比",
    Kind.CEILING: "上限，不超为好",
    Kind.DATE: "按完成日期",
    Kind.QUALITATIVE: "定性",
    Kind.NOT_APPLICABLE: "不适用",
    Kind.BROKEN: "残缺",
}
MEASURED_LABELS = {
    Measured.CONTINUOUS: "取自支付数据",
    Measured.ROUND: "每轮填报",
    Measured.YEAR_END: "年末测量",
}

_NUMBERS = (Kind.CUMULATIVE, Kind.LEVEL, Kind.CEILING)
_AT_YEAR_END = (Kind.LEVEL, Kind.CEILING, Kind.QUALITATIVE)
"""What can be measured at the year's end alone; what adds up is reported on the way."""


class KindDoesNotFitError(MonitoringError):
    """An indicator cannot be judged by that kind: its value says nothing of the sort."""

    code = "kind_does_not_fit"

    def __init__(self, indicator: Indicator, kind: Kind) -> None:
        lacking = {Kind.DATE: "完成日期"}.get(kind, "数值")
        super().__init__(
            f"“{indicator.name}”的指标值“{indicator.value.text}”没有{lacking}，"
            f"不能改为{KIND_LABELS[kind]}。请先核实指标值。"
        )


def fits(indicator: Indicator, kind: Kind) -> bool:
    """Whether what is printed, or was added, can be judged by a kind."""
    if kind in _NUMBERS:
        numbers = (indicator.value.number, indicator.baseline, *_part_numbers(indicator))
        return any(number is not None for number in numbers)
    if kind is Kind.DATE:
        return indicator.value.due_on is not None
    return kind is not Kind.BROKEN


def _part_numbers(indicator: Indicator) -> Iterator[object]:
    return (part.number for part in indicator.parts)


def judged_as(indicator: Indicator, kind: Kind, measured: Measured) -> Indicator:
    """The indicator under another kind; what is typed is no longer read from payments.

    Raises:
        KindDoesNotFitError: its value cannot be judged so.
    """
    if not fits(indicator, kind):
        raise KindDoesNotFitError(indicator, kind)
    from_payments = indicator.from_payments and measured is Measured.CONTINUOUS
    return replace(indicator, kind=kind, measured=measured, from_payments=from_payments)


def kind_choices(indicator: Indicator) -> tuple[Choice, ...]:
    """All that an indicator could be judged as, the way it is judged now first."""
    now = (indicator.kind, indicator.measured)
    return tuple(
        Choice(
            f"{kind.value}.{measured.value}",
            label_of(kind, measured),
            JudgeAs(judged_as(indicator, kind, measured)),
        )
        for kind, measured in dict.fromkeys((now, *_others(indicator)))
        if fits(indicator, kind)
    )


def _others(indicator: Indicator) -> Iterator[tuple[Kind, Measured]]:
    for kind in (*_NUMBERS, Kind.DATE, Kind.QUALITATIVE, Kind.NOT_APPLICABLE):
        if fits(indicator, kind):
            yield kind, Measured.ROUND
            if kind in _AT_YEAR_END:
                yield kind, Measured.YEAR_END


def label_of(kind: Kind, measured: Measured) -> str:
    """A kind and its measuring, as people read them."""
    if kind in {Kind.NOT_APPLICABLE, Kind.BROKEN}:
        return KIND_LABELS[kind]
    return f"{KIND_LABELS[kind]}；{MEASURED_LABELS[measured]}"
