"""What a story of the sample year consists of: a unit, its project, its money and its goals.

All of it is data; ``stories`` tells the twelve, the other modules turn them into files.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

YEAR = 2025
REGION = "139900000"
"""Of no place: no county of the province has this code."""

COUNTY = "澄禾县"
LABEL = "演示数据（虚构）"

QUARTERS = ("25%", "50%", "75%", "100%")
"""资金支出计划 at the end of March, June, October and December."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Who declares, spends and reports."""

    code: str
    name: str

    @property
    def head(self) -> str:
        """Who explains."""
        return f"{self.code}负责人"

    @property
    def clerk(self) -> str:
        """Who reports."""
        return f"{self.code}经办"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a unit says of an indicator in one round.

    ``number`` is made a little different by the seed, by up to ``wobble`` of itself, and
    rounded to ``places``; ``text`` is said as it stands.
    """

    number: Decimal | None = None
    unit: str = ""
    wobble: Decimal = Decimal(0)
    places: int = 0
    text: str | None = None
    done_on: date | None = None
    likelihood: str | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    """One row of the form's table, and what is said of it in the three rounds.

    No answers: its value comes from payments, or nobody reports.
    """

    indicator_class: str
    category: str
    name: str
    value: str
    answers: tuple[Answer, ...] = ()
    basis: str = "年初工作计划"


@dataclass(frozen=True, slots=True)
class Story:
    """One project of the year.

    ``curve`` is how many thousandths of ``money`` are paid by the end of each month, which the
    seed moves by up to ``wobble``; ``pieces`` are how many vouchers a month's money may come in.
    ``fiscal``, ``other`` and ``spent_of`` (what the curve is a share of, where that is not the
    form's fiscal money) are 万元. ``copy`` numbers the repetitions of a scaled year.
    """

    key: str
    told: str
    unit: Unit
    code: str
    name: str
    purpose: str
    objective: str
    fiscal: Decimal
    goals: tuple[Goal, ...]
    curve: tuple[int, ...] = ()
    other: Decimal = Decimal(0)
    plan: tuple[str, ...] = QUARTERS
    pieces: tuple[int, ...] = (2, 3, 3)
    wobble: int = 8
    declared_from: date = date(YEAR, 1, 13)
    arrived_on: date = date(YEAR, 1, 1)
    spent_of: Decimal | None = None
    copy: int = 1

    @property
    def money(self) -> Decimal:
        """What the curve is a share of, in 万元."""
        return self.spent_of or self.fiscal

    @property
    def total(self) -> Decimal:
        """The form's 预算数, in 万元."""
        return self.fiscal + self.other

    def numbered(self, copy: int) -> Story:
        """The same story once more, under a number of its own."""
        if copy == 1:
            return self
        code = f"{self.code[:-5]}{copy:04d}{self.code[-1]}"
        name = f"{self.name}（第{copy}批）"
        return replace(self, name=name, code=code, copy=copy)


def counted(place: str, name: str, value: str, shares: tuple[str, str, str]) -> Goal:
    """A countable indicator: reported as shares of what ``value`` wants, by round."""
    digits = value.lstrip("≥")
    number = "".join(c for c in digits if c.isdigit() or c == ".")
    unit, whole = digits.removeprefix(number), Decimal(number)
    places = 2 if unit.startswith("万") else 0
    answers = [Answer(whole * Decimal(s), unit, Decimal("0.02"), places) for s in shares]
    return Goal(*_place(place), name, value, tuple(answers))


def held(
    place: str, name: str, value: str, values: tuple[str, str, str], wobble: str = "0.002"
) -> Goal:
    """A level: reported as ``values``, by round."""
    return Goal(*_place(place), name, value, tuple(_held(text, Decimal(wobble)) for text in values))


def _held(text: str, wobble: Decimal) -> Answer:
    number = "".join(c for c in text if c.isdigit() or c == ".")
    places = 1 if text.endswith("%") else 0
    whole = number in {"100", "0"}
    return Answer(
        Decimal(number), text.removeprefix(number), Decimal(0) if whole else wobble, places
    )


def asked(place: str, name: str, value: str, outlooks: tuple[str, str], at_last: str) -> Goal:
    """Measured at the year's end alone: before it only 完成目标可能性 is said."""
    before = tuple(Answer(likelihood=outlook) for outlook in outlooks)
    return Goal(*_place(place), name, value, (*before, _held(at_last, Decimal("0.004"))))


def graded(place: str, name: str, value: str, outlooks: tuple[str, str], grade: str) -> Goal:
    """A quality: a likelihood before the year's end, a grade at it."""
    before = tuple(Answer(likelihood=outlook) for outlook in outlooks)
    return Goal(*_place(place), name, value, (*before, Answer(text=grade)))


def dated(place: str, name: str, value: str, done: str) -> Goal:
    """A deadline, and the day of the last quarter on which it was done."""
    before = (Answer(text="未完成"), Answer(text="未完成"))
    return Goal(
        *_place(place), name, value, (*before, Answer(text=done, done_on=date.fromisoformat(done)))
    )


def paid(name: str, value: str) -> Goal:
    """A cost that repeats the budget: nobody types it, it comes from payments."""
    return Goal("产出指标", "成本指标", name, value, (), "预算批复")


def unreported(place: str, name: str, value: str) -> Goal:
    """An indicator that nobody reports."""
    return Goal(*_place(place), name, value)


_PLACES = {
    "数量": ("产出指标", "数量指标"),
    "质量": ("产出指标", "质量指标"),
    "时效": ("产出指标", "时效指标"),
    "成本": ("产出指标", "成本指标"),
    "社会": ("效益指标", "社会效益指标"),
    "经济": ("效益指标", "经济效益指标"),
    "满意": ("满意度指标", "服务对象满意度指标"),
}


def _place(word: str) -> tuple[str, str]:
    return _PLACES[word]
