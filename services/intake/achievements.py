"""Achievement files to reports of indicators on record (指标完成值; rules §4)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from domain.identity import normalised_name
from domain.indicator import Achievement, Indicator, Kind
from services.intake.achieved_value import Said, achievements_of, likelihood_of
from services.intake.achievement_columns import REQUIRED, SYNONYMS, TICKS
from services.intake.cells import CellError, DamagedNumberError, code_of, cut_off_of, text_of
from services.intake.headings import Heading, find_heading
from services.intake.readers.grid import UnreadableFileError
from services.intake.tables.choose import read_tables
from services.intake.tables.table import RowProblem, Table, Value
from services.readmodel.lookups import FoundTarget, TargetBook


@dataclass(frozen=True, slots=True)
class AchievementRow:
    """One row as printed; ``places`` name its cells by field, for problems."""

    project_code: str | None
    project_name: str | None
    unit_name: str | None
    indicator_class: str | None
    category: str | None
    indicator: str
    said: Said
    places: Mapping[str, tuple[str, str]]

    def problem(self, name: str, message: str) -> RowProblem:
        """Say what is wrong with a field of this row."""
        place, heading = self.places.get(name) or next(iter(self.places.values()))
        return RowProblem(place, heading, message)


@dataclass(slots=True)
class AchievementFile:
    """An achievement file, read: rows, what could not be read, what was left out."""

    rows: list[AchievementRow] = field(default_factory=list)
    errors: list[RowProblem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class AchievementDefaults:
    """What a file that does not say is read as; ``cut_off`` None: it has to say."""

    fiscal_year: int
    today: date
    cut_off: date | None = None


@dataclass(frozen=True, slots=True)
class Reported:
    """A report that found its indicator, and the row it came from."""

    achievement: Achievement
    row: AchievementRow


@dataclass(slots=True)
class MatchedFile:
    """The reports of a file by target, in the order of the file."""

    reports: dict[UUID, list[Reported]] = field(default_factory=lambda: defaultdict(list))
    errors: list[RowProblem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_achievements(data: bytes, defaults: AchievementDefaults) -> AchievementFile:
    """Read an achievement file.

    Raises:
        UnreadableFileError: no table, or no heading with the columns that are needed.
    """
    file = AchievementFile()
    headings = 0
    for table in read_tables(data, percents=True):
        heading = find_heading(table, SYNONYMS, REQUIRED)
        if heading is not None:
            headings += 1
            _require_usable(table, heading, defaults)
            _Reader(table, heading, defaults, file).read()
    if not headings:
        raise UnreadableFileError(
            "没有找到表头。至少需要：项目编码或项目名称、三级指标、截至日期、完成值。"
        )
    return file


def _require_usable(table: Table, heading: Heading, defaults: AchievementDefaults) -> None:
    place = table.place(heading.row)
    if not {"project_code", "project_name"} & heading.columns.keys():
        raise UnreadableFileError(f"{place}的表头缺少：项目编码（或项目名称）。请补上该列后重试。")
    if "reported_on" not in heading.columns and defaults.cut_off is None:
        raise UnreadableFileError(f"{place}的表头缺少：截至日期。请补上该列，或另行指定截至日期。")


class _Reader:
    """Reads the rows of one table below its heading."""

    def __init__(
        self,
        table: Table,
        heading: Heading,
        defaults: AchievementDefaults,
        file: AchievementFile,
    ) -> None:
        self.table = table
        self.heading = heading
        self.defaults = defaults
        self.file = file
        self.at = {name: column.index for name, column in heading.columns.items()}

    def read(self) -> None:
        """Take every row below the heading."""
        self.file.notes += self.table.remarks
        blank = 0
        for number, values in self.table.rows:
            if number > self.heading.row and text_of(self._value(values, "indicator")):
                blank += self._take(number, values)
        if blank:
            self.file.notes.append(f"完成值未填，略去{blank}行。")

    def _take(self, number: int, values: Sequence[Value]) -> bool:
        """Take one row; answer whether it was left out because nothing was reported."""
        places = {
            name: (self.table.place(number, index), self.heading.named(name))
            for name, index in self.at.items()
        }
        name = "reported_on"
        try:
            said = self._said(values)
            if said.is_blank:
                return True
            name = "project_code"
            self.file.rows.append(self._row(values, said, places))
        except CellError as problem:
            place, heading = places.get(name) or (self.table.place(number), name)
            self.file.errors.append(RowProblem(place, heading, str(problem)))
        return False

    def _row(
        self, values: Sequence[Value], said: Said, places: Mapping[str, tuple[str, str]]
    ) -> AchievementRow:
        return AchievementRow(
            self._code(values),
            self._text(values, "project_name"),
            self._text(values, "unit_name"),
            self._text(values, "indicator_class"),
            self._text(values, "category"),
            self._text(values, "indicator") or "",
            said,
            places,
        )

    def _code(self, values: Sequence[Value]) -> str | None:
        try:
            return code_of(self._value(values, "project_code"))
        except DamagedNumberError as problem:
            raise CellError(
                f"“{problem}”是科学计数法，项目编码的后几位已丢失。请将该列设为文本后重填。"
            ) from None

    def _said(self, values: Sequence[Value]) -> Said:
        return Said(
            self._reported_on(values),
            self._text(values, "value"),
            self._text(values, "measure_unit"),
            self._text(values, "forecast"),
            self._text(values, "likelihood") or self._ticked(values),
            self._text(values, "note"),
            self._text(values, "evidence"),
        )

    def _reported_on(self, values: Sequence[Value]) -> date:
        value = self._value(values, "reported_on")
        day = cut_off_of(value, self.defaults.fiscal_year) or self.defaults.cut_off
        if day is None:
            raise CellError("截至日期为空。")
        if day > self.defaults.today:
            raise CellError(f"截至日期{day}晚于今天（{self.defaults.today}）。")
        if day.year != self.defaults.fiscal_year:
            raise CellError(f"截至日期{day}不在{self.defaults.fiscal_year}年度内。")
        return day

    def _ticked(self, values: Sequence[Value]) -> str | None:
        """Read likelihood from the form's three columns, one of which is ticked."""
        return next((word for word in TICKS if text_of(self._value(values, word))), None)

    def _value(self, values: Sequence[Value], name: str) -> Value:
        index = self.at.get(name)
        return values[index] if index is not None and index < len(values) else None

    def _text(self, values: Sequence[Value], name: str) -> str | None:
        return text_of(self._value(values, name))


def match_achievements(
    rows: Iterable[AchievementRow],
    book: TargetBook,
    indicators: Callable[[Sequence[UUID]], Mapping[UUID, Sequence[Indicator]]],
) -> MatchedFile:
    """Find the target and the indicator of each row, and read its value for that indicator.

    ``indicators`` answers the indicators in force of targets.
    """
    matched = MatchedFile()
    found = [(row, _target(row, book, matched)) for row in rows]
    ids = list(dict.fromkeys(target.target_id for _, target in found if target))
    known = indicators(ids)
    left_out: Counter[str] = Counter()
    for row, target in found:
        if target is not None:
            _match(row, target.target_id, known.get(target.target_id, ()), matched, left_out)
    matched.notes += [f"{what}，略去{count}行。" for what, count in left_out.items()]
    return matched


def _target(row: AchievementRow, book: TargetBook, matched: MatchedFile) -> FoundTarget | None:
    found = book.find(row.project_code, row.project_name, row.unit_name)
    if len(found) == 1:
        return found[0]
    name = "project_code" if row.project_code else "project_name"
    shown = row.project_code or row.project_name
    if not shown:
        message = "项目编码和项目名称都为空。"
    elif found:
        message = f"有{len(found)}个项目叫“{shown}”。请填项目编码或单位名称。"
    else:
        message = f"本年度没有项目“{shown}”。请核对，或先导入其绩效目标。"
    matched.errors.append(row.problem(name, message))
    return None


def _match(
    row: AchievementRow,
    target_id: UUID,
    indicators: Sequence[Indicator],
    matched: MatchedFile,
    left_out: Counter[str],
) -> None:
    name = "indicator"
    try:
        indicator = _indicator(row, indicators)
        if (reason := _not_typed(indicator)) is not None:
            left_out[reason] += 1
            return
        name = "likelihood"
        likelihood_of(row.said.likelihood)
        name = "value"
        for achievement in achievements_of(indicator, row.said):
            _add(matched.reports[target_id], Reported(achievement, row))
    except CellError as problem:
        matched.errors.append(row.problem(name, str(problem)))


def _indicator(row: AchievementRow, indicators: Sequence[Indicator]) -> Indicator:
    found = [i for i in indicators if _same(i.name, row.indicator)]
    if len(found) > 1 and row.indicator_class:
        found = [i for i in found if _same(i.indicator_class, row.indicator_class)]
    if len(found) > 1 and row.category:
        found = [i for i in found if _same(i.category, row.category)]
    if not found:
        raise CellError(f"该项目没有三级指标“{row.indicator[:40]}”。请按申报表的名称填写。")
    if len(found) > 1:
        raise CellError(f"有{len(found)}项指标叫“{row.indicator[:40]}”。请填一级、二级指标。")
    return found[0]


def _same(one: str, other: str) -> bool:
    return normalised_name(one) == normalised_name(other)


def _not_typed(indicator: Indicator) -> str | None:
    """Say why nobody types a value for an indicator, if so (rules §4)."""
    if indicator.kind is Kind.NOT_APPLICABLE:
        return "不适用的指标"
    if indicator.from_payments:
        return "取自支付数据的成本指标（无须填报）"
    return None


def _add(reports: list[Reported], new: Reported) -> None:
    """Add a report; another value for the same day of the same indicator is refused.

    Raises:
        CellError: the file contradicts itself.
    """
    for known in reports:
        if _key(known.achievement) == _key(new.achievement):
            if known.achievement == new.achievement:
                break
            place = known.row.places["value"][0]
            raise CellError(f"与{place}是同一指标、同一截至日期，填报内容不同。请只留一行。")
    reports.append(new)


def _key(achievement: Achievement) -> tuple[UUID, int, date]:
    return achievement.indicator_id, achievement.part, achievement.reported_on
