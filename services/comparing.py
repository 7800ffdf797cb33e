"""What a sheet of the province prints, beside what is on record: told, and never taken over.

Money of a sheet is not a payment: it would be counted twice. Weights and scores of a sheet are
compared with the record and with the rules of ``services.scoring``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.indicator import Indicator
from domain.money import ZERO, percent_text, ratio, yuan_text
from domain.picture import TargetPicture
from domain.planned import budget_on, original_budget
from domain.same_target import sets_the_same
from domain.scoring.result import RowScore
from domain.target_value import read_value
from services.intake.matching import NamedProject, UnmatchedError
from services.intake.provincial_sheets import (
    PrintedMoney,
    PrintedRow,
    PrintedTotal,
    ProvincialFile,
    least_printed,
)
from services.intake.row_reader import Places, problem_at
from services.intake.score_request import IndicatorRequest, ScoreRequest
from services.intake.tables.table import RowProblem
from services.readmodel.lookups import TargetBook
from services.scoring import score_as_printed

_CENT = Decimal("0.01")
_SAME_RATE = Decimal("0.0001")


@dataclass(slots=True)
class Sheet:
    """What one project's sheet prints."""

    rows: list[PrintedRow] = field(default_factory=list)
    money: list[PrintedMoney] = field(default_factory=list)
    totals: list[PrintedTotal] = field(default_factory=list)


@dataclass(slots=True)
class Compared:
    """What differs, at its cell; ``same`` counts what agrees, by what it is."""

    findings: list[RowProblem] = field(default_factory=list)
    same: dict[str, int] = field(default_factory=dict)

    def agree(self, what: str) -> None:
        """Count something that is as on record."""
        self.same[what] = self.same.get(what, 0) + 1

    def differ(self, places: Places, name: str, message: str) -> None:
        """Tell what differs."""
        self.findings.append(problem_at(places, name, message))

    def notes(self) -> list[str]:
        """What agrees, in sentences."""
        return [f"{what}：{count}处。" for what, count in self.same.items()]


def sheets_of(file: ProvincialFile, book: TargetBook) -> dict[UUID, Sheet]:
    """What is printed of each target; what names none is told where its report is."""
    sheets: dict[UUID, Sheet] = defaultdict(Sheet)
    for row in file.rows:
        if (target := _found(row.project, book)) is not None:
            sheets[target].rows.append(row)
    for money in file.money:
        if (target := _found(money.project, book)) is not None:
            sheets[target].money.append(money)
    for total in file.totals:
        if (target := _found(total.project, book)) is not None:
            sheets[target].totals.append(total)
    return dict(sheets)


def _found(project: NamedProject, book: TargetBook) -> UUID | None:
    try:
        return project.find(book).target_id
    except UnmatchedError:
        return None


def days_of(sheets: Mapping[UUID, Sheet]) -> dict[date, list[UUID]]:
    """The targets whose money is compared, by the day that their sheets stand for."""
    days: dict[date, list[UUID]] = defaultdict(list)
    for target, sheet in sheets.items():
        for money in sheet.money:
            if money.cut_off is not None:
                days[money.cut_off].append(target)
    return dict(days)


def compare_money(
    sheets: Mapping[UUID, Sheet], day: date, pictures: Mapping[UUID, TargetPicture]
) -> Compared:
    """Budget and executed money of a day's sheets beside the record's."""
    compared = Compared()
    for target, sheet in sheets.items():
        for money in sheet.money:
            if money.cut_off != day:
                continue
            _compare_rate(money, compared)
            picture = pictures.get(target)
            if picture is not None:
                _compare_amounts(money, picture, day, compared)
    return compared


@dataclass(frozen=True, slots=True)
class _OnRecord:
    """An amount of the record in yuan; ``said``: what it is complete to, where that matters."""

    title: str
    amount: Decimal
    said: str = ""


def _compare_amounts(
    money: PrintedMoney, picture: TargetPicture, day: date, compared: Compared
) -> None:
    original = _OnRecord("年初预算数", original_budget(picture.fund_lines))
    _compare_amount(money, "original", original, compared)
    budget = _OnRecord("全年预算数", budget_on(picture.fund_lines, day))
    _compare_amount(money, "budget", budget, compared)
    if money.executed is None:
        return
    if picture.complete_to is None:
        message = "尚无支付数据，执行数无从比对，也不作为支付录入。"
        compared.differ(money.places, "executed", message)
        return
    paid = picture.executed + (picture.executed_other or ZERO)
    until = min(day, picture.complete_to)
    said = f"（支付数据截至{until}）" if until < day else ""
    _compare_amount(money, "executed", _OnRecord("执行数", paid, said), compared)


def _compare_amount(money: PrintedMoney, name: str, known: _OnRecord, compared: Compared) -> None:
    printed: Decimal | None = getattr(money, name)
    if printed is None:
        return
    if abs(printed - known.amount) <= least_printed(money.unit):
        compared.agree(f"{known.title}与在案的一致")
        return
    compared.differ(
        money.places,
        name,
        f"表上{known.title}{yuan_text(printed)}元，本系统{yuan_text(known.amount)}元{known.said}，"
        f"相差{yuan_text(printed - known.amount)}元。只作比对，未导入；请核对是哪一边缺数。",
    )


def _compare_rate(money: PrintedMoney, compared: Compared) -> None:
    """A rate is what its own sheet's amounts give."""
    printed = read_value(money.rate or "", unit="%").number
    budget = money.original if money.budget is None else money.budget
    if printed is None or budget is None or money.executed is None:
        return
    own = ratio(money.executed, budget)
    if own is not None and abs(printed / 100 - own) > _SAME_RATE:
        compared.differ(
            money.places,
            "rate",
            f"表上执行率{money.rate}，按表上执行数、预算数应为{percent_text(own, 2)}。",
        )


def compare_rows(sheet: Sheet, indicators: Sequence[Indicator]) -> Compared:
    """Targets and weights of a sheet beside those in force."""
    compared = Compared()
    for row in sheet.rows:
        try:
            known = row.indicator.find(indicators)
        except UnmatchedError:
            continue  # told where its report is
        _compare_target(row, known, compared)
        _compare_weight(row, known, compared)
    return compared


def _compare_target(row: PrintedRow, known: Indicator, compared: Compared) -> None:
    if row.target is None:
        return
    if _is_same_target(row, known):
        compared.agree("年度指标值与在案的一致")
    else:
        message = (
            f"表上年度指标值“{row.target[:40]}”，在案的是“{known.value.text[:40]}”，以在案的为准。"
        )
        compared.differ(row.places, "target", message)


def _is_same_target(row: PrintedRow, known: Indicator) -> bool:
    printed = read_value(row.target or "", unit=row.unit, name=known.name)
    return sets_the_same(printed, known.value)


def _compare_weight(row: PrintedRow, known: Indicator, compared: Compared) -> None:
    printed = points_in(row.weight)
    if printed is None:
        return
    if known.weight is None:
        compared.agree("在案的指标没有分值，表上的分值未导入")
    elif printed == known.weight:
        compared.agree("分值与在案的一致")
    else:
        message = f"表上分值{printed}，在案的是{known.weight}，以在案的为准。"
        compared.differ(row.places, "weight", message)


def compare_scores(sheet: Sheet, indicators: Sequence[Indicator]) -> Compared:
    """The scores of a sheet beside those that the rules give for what the sheet itself prints."""
    compared = Compared()
    rows = [(row, _record_of(row, indicators)) for row in sheet.rows]
    if not any(points_in(row.score) is not None for row, _ in rows):
        return compared
    money = sheet.money[0] if sheet.money else None
    ours = score_as_printed(_request(rows, money))
    for (row, _), scored in zip(rows, ours.rows, strict=True):
        _compare_score(row.places, points_in(row.score), scored, compared)
    if money is not None:
        _compare_score(money.places, points_in(money.score), ours.execution, compared)
    _compare_total(sheet, ours.total, compared)
    return compared


def _record_of(row: PrintedRow, indicators: Sequence[Indicator]) -> Indicator | None:
    try:
        return row.indicator.find(indicators)
    except UnmatchedError:
        return None


def _request(
    rows: Sequence[tuple[PrintedRow, Indicator | None]], money: PrintedMoney | None
) -> ScoreRequest:
    return ScoreRequest(
        None,
        None if money is None else (money.original if money.budget is None else money.budget),
        None if money is None else money.executed,
        None if money is None else points_in(money.weight),
        tuple(_asked(row, known) for row, known in rows),
    )


def _asked(row: PrintedRow, known: Indicator | None) -> IndicatorRequest:
    """A row as printed; the record says what the row leaves out."""
    target = known.value.text if known and _says_as_much(row, known) else row.target
    weight = points_in(row.weight)
    return IndicatorRequest(
        row.indicator.indicator_class or (known.indicator_class if known else None),
        row.indicator.category or (known.category if known else None),
        row.indicator.name,
        _with_unit(target, row.unit),
        _with_unit(row.actual, row.unit),
        known.weight if weight is None and known else weight,
        points_in(row.score),
    )


def _says_as_much(row: PrintedRow, known: Indicator) -> bool:
    """Whether the record's text tells all that the row does: a sheet may leave out the sign."""
    return row.target is None or _is_same_target(row, known)


def _with_unit(text: str | None, unit: str | None) -> str | None:
    """A bare number with the unit of its own column."""
    if text is None or unit is None:
        return text
    read = read_value(text)
    return f"{text}{unit}" if read.number is not None and read.unit is None else text


def _compare_score(
    places: Places, printed: Decimal | None, ours: RowScore | None, compared: Compared
) -> None:
    if printed is None:
        return
    if ours is None:
        compared.differ(places, "score", f"表上得分{printed}无从核对：没有分值。")
    elif ours.score is None:
        compared.differ(places, "score", f"表上得分{printed}无从核对：{ours.working}")
    elif abs(printed - ours.score) < _CENT:
        compared.agree("得分与本系统计算的一致")
    else:
        message = f"表上得分{printed}，按评分规则应为{ours.score}：{_without_mark(ours.working)}"
        compared.differ(places, "score", f"{message}表上得分未导入。")


def _without_mark(working: str) -> str:
    """A working without the sentence about the mark, which is the printed score itself."""
    return working.partition("；填报的评分")[0].rstrip("。") + "。"


def _compare_total(sheet: Sheet, ours: Decimal | None, compared: Compared) -> None:
    for total in sheet.totals:
        printed = points_in(total.score)
        if printed is None or ours is None:
            continue
        if abs(printed - ours) < _CENT:
            compared.agree("总分与本系统计算的一致")
        else:
            message = f"表上总分{printed}，按评分规则合计应为{ours}。表上总分未导入。"
            compared.findings.append(RowProblem(total.place, "总分", message))


def points_in(text: str | None) -> Decimal | None:
    """Read points: 20, 20分, 20%; None where there is no plain number."""
    value = read_value(text or "")
    plain = value.unit in {None, "分", "%"} and value.comparator is None
    return value.number if plain else None


def merged(several: Iterator[Compared] | Sequence[Compared]) -> Compared:
    """All that was compared, together."""
    whole = Compared()
    for one in several:
        whole.findings += one.findings
        for what, count in one.same.items():
            whole.same[what] = whole.same.get(what, 0) + count
    return whole
