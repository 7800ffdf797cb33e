"""What a unit writes as 完成值, read for the indicator it belongs to (rules §4).

Nothing is guessed: what does not fit the indicator's kind or unit of measure is refused with
the way out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from domain.due_day import days_named
from domain.indicator import (
    Achievement,
    Grade,
    Indicator,
    Kind,
    Likelihood,
    TargetValue,
)
from domain.target_value import fold, read_value, split_values
from domain.units import UnitDoesNotConvertError, require_convertible, unit_named
from services.intake.cells import CellError

_NOT_DONE = frozenset(
    {"否", "未", "无", "未完成", "尚未完成", "未支付", "未达成", "未完成支付", "进行中", "NO"}
)
_DONE = frozenset({"是", "已完成", "完成", "已支付", "达成", "已达成", "YES"})
_GRADES = (
    (("部分达成", "部分达到"), Grade.PARTLY),
    (("未达成", "未达到"), Grade.NOT_ACHIEVED),
    (("达成", "达到"), Grade.ACHIEVED),
)
_LIKELIHOODS = {"1": Likelihood.CERTAIN, "2": Likelihood.POSSIBLE, "3": Likelihood.IMPOSSIBLE}


@dataclass(frozen=True, slots=True)
class Said:
    """What one row says of an indicator, as printed; ``unit`` is a column of its own."""

    reported_on: date
    text: str | None
    unit: str | None = None
    forecast: str | None = None
    likelihood: str | None = None
    note: str | None = None
    evidence: str | None = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing was reported."""
        return not (self.text or self.forecast or self.likelihood)


def achievements_of(indicator: Indicator, said: Said) -> tuple[Achievement, ...]:
    """Read a row for its indicator: one achievement, or one for each part of a double target.

    Raises:
        CellError: the value does not fit; the text says what is wanted.
    """
    texts = _texts(indicator, said.text)
    return tuple(_one(indicator, said, part, text) for part, text in enumerate(texts))


def likelihood_of(printed: str | None) -> Likelihood | None:
    """Read 完成目标可能性, by its words or the code of the province's system.

    Raises:
        CellError: neither.
    """
    if not printed:
        return None
    if printed in _LIKELIHOODS:
        return _LIKELIHOODS[printed]
    try:
        return Likelihood(printed)
    except ValueError:
        words = "、".join(Likelihood)
        raise CellError(f"“{printed[:40]}”不是完成目标可能性。请填{words}之一。") from None


def _texts(indicator: Indicator, text: str | None) -> tuple[str | None, ...]:
    wanted = len(indicator.parts)
    if wanted < 2 or not text:
        return (text,) * max(wanted, 1)
    given = split_values(text)
    if len(given) != wanted:
        raise CellError(f"该指标有{wanted}个指标值，完成值请填{wanted}个，用分号隔开。")
    return given


def _one(indicator: Indicator, said: Said, part: int, text: str | None) -> Achievement:
    target = indicator.parts[part] if indicator.parts else indicator.value
    plain = Achievement(
        indicator_id=indicator.indicator_id,
        reported_on=said.reported_on,
        text=text or "",
        forecast=said.forecast,
        likelihood=likelihood_of(said.likelihood),
        note=said.note,
        evidence=said.evidence,
        part=part,
    )
    if not text:
        return plain
    return _READERS.get(indicator.kind, _number)(plain, said, target)


def _number(plain: Achievement, said: Said, target: TargetValue) -> Achievement:
    value = read_value(plain.text, unit=said.unit, year=said.reported_on.year)
    if value.comparator is not None:
        raise CellError(f"“{plain.text[:40]}”带有比较符号。完成值请填实际数。")
    if value.number is None:
        raise CellError(f"“{plain.text[:40]}”中读不出一个数。请填数字，如需说明请填在说明栏。")
    _require_unit(value, target)
    return replace(plain, number=value.number, unit=value.unit)


def _require_unit(value: TargetValue, target: TargetValue) -> None:
    try:
        require_convertible(value.unit, target.unit)
    except UnitDoesNotConvertError as problem:
        raise CellError(str(problem)) from None
    if value.unit is None and _could_be_fraction(value.number, target):
        raise CellError(
            f"指标值以%计，“{value.text}”可能是比例也可能是百分数。"
            f"请写明百分号，如“{_percent(value.number)}%”或“{value.text}%”。"
        )


def _could_be_fraction(number: Decimal | None, target: TargetValue) -> bool:
    """Whether a bare number may be meant as a share: 0.92 beside a target of 98 %."""
    in_percent = target.unit is not None and unit_named(target.unit).is_percent
    large = target.number is None or target.number > 1
    return in_percent and large and number is not None and 0 < number <= 1


def _percent(number: Decimal | None) -> str:
    return f"{((number or 0) * Decimal(100)).normalize():f}"


def _date(plain: Achievement, said: Said, target: TargetValue) -> Achievement:  # noqa: ARG001
    folded = fold(plain.text)
    if folded.upper() in _NOT_DONE:
        return plain
    if folded.upper() in _DONE:
        raise CellError(
            "该指标是完成时限。已完成的请填完成日期（如2025-06-30），未完成的填“未完成”。"
        )
    done_on = days_named(folded, said.reported_on.year)
    if done_on is None:
        raise CellError(
            f"“{plain.text[:40]}”中读不出完成日期。请写成2025-06-30，未完成的填“未完成”。"
        )
    if done_on > said.reported_on:
        raise CellError(f"完成日期{done_on}晚于截至日期{said.reported_on}。未完成的请填“未完成”。")
    return replace(plain, done_on=done_on)


def _qualitative(plain: Achievement, said: Said, target: TargetValue) -> Achievement:  # noqa: ARG001
    folded = fold(plain.text)
    for beginnings, grade in _GRADES:
        if folded.startswith(beginnings):
            return replace(plain, grade=grade)
    raise CellError(f"“{plain.text[:40]}”不是等级。定性指标请填达成、部分达成或未达成。")


def _broken(plain: Achievement, said: Said, target: TargetValue) -> Achievement:  # noqa: ARG001
    """Keep what was said; nobody can judge it before the target is settled."""
    value = read_value(plain.text, unit=said.unit, year=said.reported_on.year)
    return replace(plain, number=value.number, unit=value.unit)


_READERS: dict[Kind, Callable[[Achievement, Said, TargetValue], Achievement]] = {
    Kind.DATE: _date,
    Kind.QUALITATIVE: _qualitative,
    Kind.BROKEN: _broken,
}
