"""Questions about how a printed value is to be read: what there is to choose from (rules §4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from domain.confirmation.answers import (
    LIMITS,
    read_anew,
    said,
    settled,
    signed,
)
from domain.confirmation.asked import AskedTarget
from domain.confirmation.question import (
    AnswerNotReadableError,
    Choice,
    MeasureAgainst,
    ReadAs,
    Topic,
)
from domain.due_day import each_day_named
from domain.indicator import Comparator, Indicator, Kind
from domain.kind_words import COST, SAVING
from domain.target_value import bounds_of, fold, numbers_with_units
from domain.wording import TIME_UNITS

_VALUE = "填写完整的指标值，如 ≥70%"
_DATE = "填写日期，如 2025年11月30日"


@dataclass(frozen=True, slots=True)
class Answers:
    """What can be answered: the first choice is the proposal where ``proposed``."""

    choices: tuple[Choice, ...]
    reason: str
    proposed: bool = True
    typed: str | None = _VALUE


Asking = Callable[[AskedTarget, Indicator], Answers]


def _read(key: str, label: str, indicator: Indicator) -> Choice:
    return Choice(key, label, ReadAs(indicator))


def _anew(asked: AskedTarget, row: Indicator, topic: Topic, text: str) -> Iterator[Indicator]:
    """The reading of another text; none where that says nothing either."""
    try:
        yield read_anew(asked, row, topic, text)
    except AnswerNotReadableError:
        return


def cost_direction(_: AskedTarget, row: Indicator) -> Answers:
    """A cost is a ceiling, unless it counts what is saved."""
    topic, value = Topic.COST_DIRECTION, row.value
    if value.number is None and not row.parts:
        by_words = _read("qualitative", "按定性评判", settled(row, topic))
        return Answers((by_words,), "没有数值，只能按定性评判；有限额的请填写限额")
    limit = settled(
        row,
        topic,
        value=signed(value, Comparator.AT_MOST),
        parts=tuple(signed(part, Comparator.AT_MOST) for part in row.parts),
        kind=Kind.CEILING,
    )
    floor = settled(
        row,
        topic,
        value=signed(value, Comparator.AT_LEAST),
        parts=tuple(signed(part, Comparator.AT_LEAST) for part in row.parts),
        kind=Kind.LEVEL,
        from_payments=False,
    )
    at_most = _read("at_most", f"按{said(value, Comparator.AT_MOST)}，不超为好", limit)
    at_least = _read("at_least", f"按{said(value, Comparator.AT_LEAST)}，多为好", floor)
    if SAVING.search(row.name):
        return Answers((at_least, at_most), "名称是成本的节约或降低，多为好")
    printed = f"印为“{value.comparator}”" if value.comparator else "没有印计算符号"
    return Answers((at_most, at_least), f"成本以不超为好，{printed}")


def cut_off(asked: AskedTarget, row: Indicator) -> Answers:
    """The medium-term column proposes; nothing is invented."""
    topic = Topic.CUT_OFF
    none = settled(row, topic, kind=Kind.NOT_APPLICABLE)
    choices = tuple(_medium_term(asked, row))
    reason = "中期目标同一行印的是完整的值" if choices else "表上没有可参照的值"
    return Answers(
        (*choices, _read("not_applicable", "不适用，不评判、不占分值", none)),
        reason,
        proposed=bool(choices),
    )


def _medium_term(asked: AskedTarget, row: Indicator) -> Iterator[Choice]:
    """The value of the other column, where it measures something or goes on as this one began."""
    text = row.medium_text or ""
    goes_on = bool(row.value.text) and text.startswith(row.value.text)
    for reading in _anew(asked, row, Topic.CUT_OFF, text):
        if goes_on or reading.kind is not Kind.QUALITATIVE:
            yield _read("medium_term", text, reading)


def baseline(asked: AskedTarget, row: Indicator) -> Answers:
    """Last year's value where the record has it; else somebody must know it."""
    known = asked.last_year.get(row.indicator_id)
    typed = "填写上年的完成值，如 98.5%，并写明出处"
    if known is None:
        return Answers((), "库中没有上年的完成值", proposed=False, typed=typed)
    choice = Choice("last_year", f"{known.text}（{known.year}年）", MeasureAgainst(known))
    return Answers((choice,), known.source or f"{known.year}年的记录", typed=typed)


def two_values(asked: AskedTarget, row: Indicator) -> Answers:
    """Parts are judged apart, never added; of a range one end counts, of dates the last."""
    if len(row.parts) > 1:
        return _parts(row)
    days = each_day_named(fold(row.value.text), asked.fiscal_year)
    if len(days) > 1:
        texts = {f"day_{day}": f"{day.year}年{day.month}月{day.day}日" for day in reversed(days)}
        return Answers(_texts(asked, row, texts), "有多个日期，以最后一个为准", typed=_DATE)
    return _ends(asked, row)


def _ends(asked: AskedTarget, row: Indicator) -> Answers:
    """Of a range the end counts that is hard to reach: the upper one of a cost."""
    low, high = bounds_of(row.value.text) or ("", "")
    ends = {"lower": f"≥{low}", "upper": f"≤{high}"} if low else {}
    is_cost = bool(COST.search(row.indicator_class + row.category))
    chosen = dict(reversed(ends.items())) if is_cost else ends
    reason = f"是一个区间，以{'上' if is_cost else '下'}限为准"
    return Answers(_texts(asked, row, chosen), reason, proposed=bool(ends))


def _texts(asked: AskedTarget, row: Indicator, texts: dict[str, str]) -> tuple[Choice, ...]:
    topic = Topic.TWO_VALUES
    return tuple(
        _read(key, text, reading)
        for key, text in texts.items()
        for reading in _anew(asked, row, topic, text)
    )


def _parts(row: Indicator) -> Answers:
    topic = Topic.TWO_VALUES
    both = _read("parts", f"{len(row.parts)}个数分别评判，平分分值", settled(row, topic))
    alone = (
        _read(
            f"part_{number}",
            f"只按{said(part)}",
            settled(row, topic, value=replace(part, text=row.value.text), parts=()),
        )
        for number, part in enumerate(row.parts, start=1)
    )
    return Answers((both, *alone), "一格有多个数，分别评判、不相加，取最差的灯")


def name_contradicts_value(_: AskedTarget, row: Indicator) -> Answers:
    """The number inside the name is taken for the target."""
    topic, value = Topic.NAME_CONTRADICTS_VALUE, row.value
    named = [n for n, unit in numbers_with_units(fold(row.name)) if unit == value.unit]
    by_name = tuple(
        _read(
            f"name_{number:f}",
            f"以名称为准：{said(replace(value, number=number))}",
            settled(row, topic, value=replace(value, number=number)),
        )
        for number in dict.fromkeys(named)
    )
    as_printed = _read("value", f"以指标值为准：{said(value)}", settled(row, topic))
    return Answers(
        (*by_name, as_printed), "名称中写明了目标，与指标值不同", proposed=len(by_name) == 1
    )


def unit_does_not_fit(_: AskedTarget, row: Indicator) -> Answers:
    """A rate in days is a time limit; in anything else its unit is taken for a slip."""
    topic, value = Topic.UNIT_DOES_NOT_FIT, row.value
    keep = _read("as_printed", f"按印的评判：{said(value)}", settled(row, topic))
    if (value.unit or "").endswith(TIME_UNITS):
        return Answers((keep, *_percent(row)), "单位是时间，按办理时限评判，不超为好")
    percent = _percent(row)
    reason = "名称是比率，单位应为%" if percent else "名称是比率，单位不是%"
    return Answers((*percent, keep), reason, proposed=bool(percent))


def _percent(row: Indicator) -> tuple[Choice, ...]:
    number = row.value.number
    if number is None or not 0 <= number <= Decimal(100):
        return ()
    value = replace(row.value, unit="%")
    kind = Kind.CEILING if value.comparator in LIMITS else Kind.LEVEL
    reading = settled(row, Topic.UNIT_DOES_NOT_FIT, value=value, kind=kind)
    return (_read("percent", f"单位应为%：{said(value)}", reading),)


def before_month(_: AskedTarget, row: Indicator) -> Answers:
    """``12月前`` may mean the end of the month, or the eve of it."""
    topic, due = Topic.BEFORE_MONTH, row.value.due_on
    if due is None:
        return Answers((), "读不出是哪个月", proposed=False, typed=_DATE)
    eve = due.replace(day=1) - timedelta(days=1)
    choices = tuple(
        _read(
            key, f"截止到{day:%Y-%m-%d}", settled(row, topic, value=replace(row.value, due_on=day))
        )
        for key, day in (("month_end", due), ("eve", eve))
    )
    return Answers(choices, "“×月前”通常指当月底前", typed=_DATE)


ASKING: dict[Topic, Asking] = {
    Topic.COST_DIRECTION: cost_direction,
    Topic.CUT_OFF: cut_off,
    Topic.BASELINE: baseline,
    Topic.TWO_VALUES: two_values,
    Topic.NAME_CONTRADICTS_VALUE: name_contradicts_value,
    Topic.UNIT_DOES_NOT_FIT: unit_does_not_fit,
    Topic.BEFORE_MONTH: before_month,
}
