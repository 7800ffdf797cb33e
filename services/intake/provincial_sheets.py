"""The province's exports of monitoring and self-evaluation (domain §1.3, §2.7, §4.3).

What they report is read as any file of achievements. What they print besides (money, weights,
scores, causes) is kept as printed: it is compared with the record, and never taken over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from domain.target_value import read_value
from services.intake.achievement_rows import (
    AchievementDefaults,
    AchievementFile,
    AchievementReader,
)
from services.intake.amounts import UNITS, amounts_in
from services.intake.cells import CellError, text_of
from services.intake.forms.indicators import comparator_of
from services.intake.matching import NamedIndicator, NamedProject
from services.intake.payment_rows import plain_text
from services.intake.reading import sections_in
from services.intake.row_reader import Places, places_of
from services.intake.sections import Section
from services.intake.sheet_money import SheetMoney, money_above
from services.intake.tables.choose import read_tables
from services.intake.tables.table import RowProblem, Table, Value
from services.intake.title_year import require_year
from services.intake.vocabulary import Vocabulary, vocabulary_of
from services.intake.vocabulary.folding import normalised_heading

CAUSES: Mapping[str, str] = {
    "cause_funding": "经费保障",
    "cause_institutional": "制度保障",
    "cause_staffing": "人员保障",
    "cause_facilities": "硬件条件保障",
    "cause_other": "其他",
}
"""The columns below 偏差原因分析; a mark or a text in one names it."""

MONEY = ("original", "budget", "executed")
NO_UNIT = "表上未注明金额单位，按元比对。"
FORECAST_MONEY = "全年预计执行数未导入：资金预计由系统按支付数据推算。"
OBJECTIVES = "年度总体目标的完成情况等文字未导入：系统暂不保存，请在原表中查看。"

_MARKS = frozenset({"√", "✓", "✔", "☑", "■", "是", "1", "有", "V", "v"})
_OBJECTIVES = frozenset({"实际完成情况", "总体目标完成情况", "评价结论", "存在问题"})
_TOTAL_SCORE = frozenset({"总分", "合计", "总计", "总得分", "自评总分"})


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """What the row of an indicator prints; texts, None where a cell is blank."""

    project: NamedProject
    indicator: NamedIndicator
    target: str | None
    actual: str | None
    unit: str | None
    weight: str | None
    score: str | None
    places: Places


@dataclass(frozen=True, slots=True)
class PrintedMoney:
    """A project's money as a sheet prints it, in yuan; ``unit`` is the one it was printed in.

    ``weight`` and ``score`` are those of 预算执行率, ``cut_off`` is the day the sheet stands for.
    """

    project: NamedProject
    cut_off: date | None
    unit: str | None
    original: Decimal | None
    budget: Decimal | None
    executed: Decimal | None
    rate: str | None
    weight: str | None
    score: str | None
    places: Places


@dataclass(frozen=True, slots=True)
class PrintedTotal:
    """The total score of a sheet as printed."""

    project: NamedProject
    score: str
    place: str


@dataclass(slots=True)
class ProvincialFile:
    """An export, read: its reports, and what it prints besides."""

    reports: AchievementFile = field(default_factory=AchievementFile)
    rows: list[PrintedRow] = field(default_factory=list)
    money: list[PrintedMoney] = field(default_factory=list)
    totals: list[PrintedTotal] = field(default_factory=list)


def read_monitoring(data: bytes, defaults: AchievementDefaults) -> ProvincialFile:
    """Read an export of monitoring, one row an indicator or a sheet a project.

    Raises:
        UnreadableFileError: no table, or no heading with the columns that are needed.
    """
    return provincial_in(read_tables(data, percents=True), "monitoring", defaults)


def read_self_evaluations(data: bytes, defaults: AchievementDefaults) -> ProvincialFile:
    """Read an export of self-evaluation; see ``read_monitoring``."""
    return provincial_in(read_tables(data, percents=True), "self_evaluations", defaults)


def provincial_in(
    tables: Sequence[Table], kind: str, defaults: AchievementDefaults
) -> ProvincialFile:
    """Read the tables of an export by the vocabulary of its kind."""
    vocabulary = vocabulary_of(kind)
    file = ProvincialFile()
    after: dict[int, int] = {}
    for section in sections_in(tables, vocabulary, defaults.aids, file.reports.heard):
        reader = _Reader(section, defaults, file, vocabulary)
        reader.hear_head(after.get(id(section.table), 0))
        reader.read()
        after[id(section.table)] = section.heading.row
    return file


class _Reader(AchievementReader):
    """Reads one section, and what stands above it."""

    def __init__(
        self,
        section: Section,
        defaults: AchievementDefaults,
        file: ProvincialFile,
        vocabulary: Vocabulary,
    ) -> None:
        super().__init__(section, defaults, file.reports)
        self.printed = file
        self.vocabulary = vocabulary
        self.flat = any(name in self.at for name in MONEY)
        self.told: dict[NamedProject, PrintedMoney] = {}
        if self.flat and all(self.heading.unit_of(n) is None for n in MONEY if n in self.at):
            self.heard.say(NO_UNIT)
        if "forecast_money" in self.at:
            self.heard.say(FORECAST_MONEY)

    def hear_head(self, after: int) -> None:
        """Take the money of a sheet, which stands above its indicators; its year has to fit.

        Raises:
            UnreadableFileError: the title is of another year.
        """
        table, before = self.section.table, self.heading.row
        require_year(table, self.heading, self.defaults.fiscal_year, after=after)
        above = [values for number, values in table.rows if after < number < before]
        if any(_is_one_of(value, _OBJECTIVES) for values in above for value in values):
            self.heard.say(OBJECTIVES)
        money = money_above(table, after, before)
        if money is None:
            return
        if money.unit is None:
            self.heard.say(NO_UNIT)
        if text_of(money.cells.get("forecast_money")):
            self.heard.say(FORECAST_MONEY)
        project = self._named(())
        if project is not None:
            self.printed.money.append(self._money(project, money))

    def beside(self, number: int, values: Sequence[Value]) -> None:
        """Keep what a row prints besides its report."""
        places = places_of(self.section, number)
        project = self.project(values)
        self.printed.rows.append(
            PrintedRow(
                project,
                self.indicator(values),
                self._target(values),
                self.text(values, "value"),
                self.text(values, "measure_unit"),
                self.text(values, "weight"),
                self.text(values, "score"),
                places,
            )
        )
        if self.flat:
            self._hear_flat(project, values, places)

    def aside(self, number: int, values: Sequence[Value]) -> None:
        """Hear the total of the scores."""
        score = self.text(values, "score") or ""
        if any(map(str.isdecimal, score)) and any(
            _is_one_of(value, _TOTAL_SCORE) for value in values
        ):
            place = places_of(self.section, number)["score"][0]
            project = self._named(values)
            if project is not None:
                self.printed.totals.append(PrintedTotal(project, score, place))

    def note(self, values: Sequence[Value]) -> str | None:
        """The causes that are marked, what is said of them, and the remark."""
        is_group = self.at.get("note") in {self.at.get(cause, -1) for cause in CAUSES}
        text = None if is_group else self.text(values, "note")
        said = [text, *self._causes(values), self.text(values, "remark")]
        return "；".join(dict.fromkeys(filter(None, said))) or None

    def _target(self, values: Sequence[Value]) -> str | None:
        """The target, with the sign of its own column before it."""
        target, sign = self.text(values, "target"), self.text(values, "comparator")
        known = comparator_of(sign)
        if target is None or known is None or read_value(target).comparator is not None:
            return target
        return f"{known}{target}"

    def _causes(self, values: Sequence[Value]) -> Iterator[str]:
        marked = []
        for name, cause in CAUSES.items():
            text = self.text(values, name)
            if text in _MARKS:
                marked.append(cause)
            elif text and not _is_nothing(text):
                yield f"{cause}：{text}"
        if marked:
            yield f"偏差原因：{'、'.join(marked)}"

    def _hear_flat(self, project: NamedProject, values: Sequence[Value], places: Places) -> None:
        """Take a project's money from its columns, once; other amounts further down are told."""
        units = [self.heading.unit_of(name) for name in MONEY if name in self.at]
        names = (*MONEY, "rate")
        cells = {name: self.value(values, name) for name in names if name in self.at}
        if not any(text_of(cells.get(name)) for name in MONEY):
            return
        unit = next(filter(None, units), None)
        money = replace(
            self._money(project, SheetMoney(cells, places, unit)), cut_off=self._day(values)
        )
        known = self.told.setdefault(project, money)
        if known is money:
            self.printed.money.append(money)
        elif any(getattr(known, name) != getattr(money, name) for name in MONEY):
            place, heading = places[next(name for name in MONEY if name in self.at)]
            message = f"同一项目的资金数与{known.places[_first(known)][0]}不一致，按先出现的比对。"
            self.heard.findings.append(RowProblem(place, heading, message))

    def _day(self, values: Sequence[Value]) -> date | None:
        """The day that a row stands for; one that cannot be read is told with its report."""
        try:
            return self.reported_on(values)
        except CellError:
            return None

    def _money(self, project: NamedProject, money: SheetMoney) -> PrintedMoney:
        cells = money.cells
        return PrintedMoney(
            project=project,
            cut_off=self.cut_off,
            unit=money.unit,
            original=self._amount(money, "original"),
            budget=self._amount(money, "budget"),
            executed=self._amount(money, "executed"),
            rate=plain_text(cells.get("rate")),
            weight=plain_text(cells.get("weight")),
            score=plain_text(cells.get("score")),
            places=money.places,
        )

    def _amount(self, money: SheetMoney, name: str) -> Decimal | None:
        """An amount in yuan; what is none is told, for it is only compared."""
        unit = self.heading.unit_of(name) if name in self.at else None
        try:
            return amounts_in(unit or money.unit)(money.cells.get(name))
        except CellError as problem:
            place, heading = money.places[name]
            self.heard.findings.append(RowProblem(place, heading, f"{problem}未比对。"))
            return None

    def _named(self, values: Sequence[Value]) -> NamedProject | None:
        """Whose a row is that reports nothing; a name that cannot be read is told elsewhere."""
        try:
            return self.project(values)
        except CellError:
            return None


def _first(money: PrintedMoney) -> str:
    return next(name for name in (*MONEY, *money.places) if name in money.places)


def _is_one_of(value: Value, words: frozenset[str]) -> bool:
    return isinstance(value, str) and normalised_heading(value) in words


def _is_nothing(text: str) -> bool:
    return text in {"", "-", "—", "/", "无", "×", "否", "0"}


def least_printed(unit: str | None) -> Decimal:
    """How far rounding may take an amount printed in a unit with two decimals, in yuan."""
    return UNITS[unit or "元"] / 200
