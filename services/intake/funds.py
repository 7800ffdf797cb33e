"""Files of allotments to lines of money granted, added or taken back (指标下达、追加、调减)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from domain.funds import FundLine, FundSource
from domain.money import yuan
from services.intake.amounts import amounts_in, is_reversed
from services.intake.cells import CellError, text_of
from services.intake.columns import FieldError
from services.intake.days import days_of
from services.intake.known_codes import CodeReader
from services.intake.matching import NamedProject
from services.intake.not_lines import Totals
from services.intake.payment_rows import year_of
from services.intake.reading import Aids, Heard, sections_in, unit_notes
from services.intake.row_reader import Places, RowReader
from services.intake.sections import Section
from services.intake.tables.choose import read_tables
from services.intake.tables.table import Value
from services.intake.vocabulary import vocabulary_of

NO_DAY = "下达日期未填，按1月1日："
_SOURCES = (
    (re.compile(r"结转|结余"), FundSource.CARRY_OVER),
    (re.compile(r"其他|其它|单位资金|自筹|非财政|专户|事业|经营|社会|贷款|捐赠"), FundSource.OTHER),
    (
        re.compile(r"财政|预算|拨款|上级|本级|中央|省|市|县|补助|转移支付|基金|国有资本|本年|当年"),
        FundSource.CURRENT_YEAR,
    ),
)
_LEVELS = ("中央", "省", "市", "县")
_FEWER = re.compile(r"调减|追减|核减|收回|减少|压减|退回")
_FIRST = re.compile(r"年初|批复|部门预算|结转")
_MORE = re.compile(r"追加|调增|增加|新增|调整|调剂|年中|下达|二次分配")
_YES = frozenset({"是", "1", "Y", "YES"})
_NO = frozenset({"否", "0", "2", "N", "NO"})


class Change(StrEnum):
    """What an allotment does to the budget."""

    FIRST = "年初"
    """Part of what was declared (年初预算数)."""
    CHANGE = "调整"
    """Added to it, or taken back."""
    UNSAID = "未注明"


@dataclass(frozen=True, slots=True)
class FundRow:
    """One allotment as printed: whose it is, the line it makes, and what it does.

    ``reduction`` is what the row says was taken back of it since, a total.
    """

    project: NamedProject
    line: FundLine
    change: Change
    reduction: Decimal | None
    places: Places


@dataclass(frozen=True, slots=True)
class FundDefaults:
    """What a file that does not say is read as."""

    fiscal_year: int
    today: date
    aids: Aids = field(default_factory=Aids)


@dataclass(slots=True)
class FundFile:
    """A file of allotments, read."""

    rows: list[FundRow] = field(default_factory=list)
    heard: Heard = field(default_factory=Heard)


def read_funds(data: bytes, defaults: FundDefaults) -> FundFile:
    """Read a file of allotments.

    Raises:
        UnreadableFileError: no table, or no heading with the columns that are needed.
    """
    file = FundFile()
    vocabulary = vocabulary_of("funds")
    for section in sections_in(read_tables(data), vocabulary, defaults.aids, file.heard):
        file.rows += _Reader(section, defaults, file.heard).read()
    file.rows = _numbered(file.rows)
    return file


class _Reader(RowReader[FundRow]):
    """Reads the rows of one section."""

    keys = ("project_code", "project_name", "line_no")
    content = ("amount", "reduction", "arrived_on")

    def __init__(self, section: Section, defaults: FundDefaults, heard: Heard) -> None:
        super().__init__(section, heard)
        self.defaults = defaults
        self.totals = Totals()
        self.refused = len(heard.errors)
        for note in unit_notes(self.heading, "amount"):
            heard.say(note)
        self.codes = CodeReader(self.heading, "project_code", defaults.aids.projects)
        self.project_code = self.field("project_code", self.codes)
        self.project_name = self.field("project_name", text_of)
        self.unit_name = self.field("unit_name", text_of)
        self.line_no = self.field("line_no", CodeReader(self.heading, "line_no"))
        self.amount = self.field("amount", amounts_in(self.heading.unit_of("amount")))
        self.reduction = self.field("reduction", amounts_in(self.heading.unit_of("reduction")))
        self.reversed = self.field("reversed", is_reversed)
        self.arrived_on = self.field("arrived_on", days_of(section.table))
        self.document_no = self.field("document_no", text_of)
        self.source = self.field("source", source_named)
        self.level = self.field("level", level_named)
        self.level_of_source = self.field("source", level_named)
        self.fund_nature = self.field("fund_nature", text_of)
        self.year_of_origin = self.field("year_of_origin", year_of)
        self.change = self.field("change", text_of)
        self.budget_year = self.field("budget_year", year_of)

    def take(self, number: int, values: Sequence[Value], places: Places) -> FundRow | None:  # noqa: ARG002
        """Read an allotment."""
        self._require_year(values)
        change, fewer = _change_named(self.change(values), self.heading.named("amount"))
        amount = self._amount(values, fewer=fewer)
        reduction = self.reduction(values)
        if not amount and reduction:
            # Only what was taken back is told.
            amount, reduction, change = -abs(yuan(reduction)), None, Change.CHANGE
        if not amount:
            raise FieldError("amount", "金额为空或为零。")
        self.totals.add(amount)
        line = self._line(values, amount, change)
        project = NamedProject(
            self.project_code(values), self.project_name(values), self.unit_name(values)
        )
        return FundRow(project, line, change, yuan(reduction) if reduction else None, places)

    def _line(self, values: Sequence[Value], amount: Decimal, change: Change) -> FundLine:
        arrived_on = self.arrived_on(values)
        if arrived_on is None:
            self.heard.leave_out(NO_DAY)
            arrived_on = date(self.defaults.fiscal_year, 1, 1)
        self._require_sensible(arrived_on)
        source = self.source(values) or FundSource.CURRENT_YEAR
        if source is FundSource.CURRENT_YEAR and "结转" in (self.change(values) or ""):
            source = FundSource.CARRY_OVER
        return FundLine(
            line_no=self.line_no(values) or "",
            source=source,
            amount=amount,
            arrived_on=arrived_on,
            level=self.level(values) or self.level_of_source(values),
            fund_nature=self.fund_nature(values),
            year_of_origin=self.year_of_origin(values),
            document_no=self.document_no(values),
            original=change is Change.FIRST,
        )

    def _amount(self, values: Sequence[Value], *, fewer: bool) -> Decimal | None:
        exact = self.amount(values)
        if exact is None:
            return None
        amount = yuan(exact)
        return -abs(amount) if fewer or self.reversed(values) else amount

    def _require_year(self, values: Sequence[Value]) -> None:
        year = self.budget_year(values)
        if year is not None and year != self.defaults.fiscal_year:
            raise FieldError(
                "budget_year", f"本行属于{year}年度，不是{self.defaults.fiscal_year}年度。"
            )

    def _require_sensible(self, arrived: date) -> None:
        if arrived > self.defaults.today:
            raise FieldError("arrived_on", f"日期{arrived}晚于今天（{self.defaults.today}）。")
        if abs(arrived.year - self.defaults.fiscal_year) > 1:
            raise FieldError(
                "arrived_on", f"日期{arrived}与{self.defaults.fiscal_year}年度相差一年以上。"
            )

    def total(self, number: int, said: str, values: Sequence[Value]) -> None:
        """Compare a total with the lines."""
        with suppress(FieldError):
            amount = self.amount(values)
            place = self.section.table.place(number, self.heading.columns["amount"].index)
            self.totals.total(place, said, None if amount is None else yuan(amount))

    def finish(self) -> None:
        """Say what does not add up, and which codes were restored."""
        self.heard.notes += self.codes.notes()
        self.heard.findings += self.totals.findings(
            self.heading.named("amount"), len(self.heard.errors) - self.refused
        )


def source_named(value: Value) -> FundSource | None:
    """Read where money comes from; CellError where the words do not say."""
    printed = text_of(value)
    if printed is None:
        return None
    for words, source in _SOURCES:
        if words.search(printed):
            return source
    raise CellError(f"“{printed[:40]}”看不出资金来源。请写本年财政拨款、上年结转或其他资金。")


def level_named(value: Value) -> str | None:
    """Read of which level of government money is; None where nothing says."""
    printed = text_of(value) or ""
    return next((level for level in _LEVELS if level in printed), None)


def _change_named(printed: str | None, heading: str) -> tuple[Change, bool]:
    """What an allotment does, and whether it takes money back; the heading helps where it tells.

    Raises:
        FieldError: the row says something that tells neither.
    """
    if printed is None:
        return _by_words(re.sub(r"下达", "", heading)) or (Change.UNSAID, False)
    if printed.upper() in _YES | _NO:
        # A column 是否年初.
        return (Change.FIRST if printed.upper() in _YES else Change.CHANGE), False
    found = _by_words(printed)
    if found is None:
        message = f"“{printed[:40]}”看不出是年初预算还是调整。请写年初、追加或追减。"
        raise FieldError("change", message)
    return found


def _by_words(text: str) -> tuple[Change, bool] | None:
    if _FEWER.search(text):
        return Change.CHANGE, True
    if _FIRST.search(text):
        return Change.FIRST, False
    return (Change.CHANGE, False) if _MORE.search(text) else None


def _numbered(rows: list[FundRow]) -> list[FundRow]:
    """Give a number to lines that the export does not number, the same in the next file.

    By document, source, level, nature, day and sign, and by amount among lines alike.
    """
    seen: Counter[str] = Counter()
    order = sorted(range(len(rows)), key=lambda at: rows[at].line.amount)
    numbered = list(rows)
    for at in order:
        line = rows[at].line
        if not line.line_no:
            stem = "|".join(
                (
                    line.document_no or "",
                    line.source,
                    line.level or "",
                    line.fund_nature or "",
                    line.arrived_on.isoformat(),
                    "-" if line.amount < 0 else "+",
                )
            )
            key = f"{rows[at].project}{stem}"
            seen[key] += 1
            numbered[at] = replace(rows[at], line=replace(line, line_no=f"{stem}|{seen[key]}"))
    return numbered
