"""Files of last year's values to baselines of indicators on record (基期值; rules §4)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from domain.baseline import Baseline
from domain.indicator import Indicator
from domain.target_value import read_value
from services.intake.cells import CellError, text_of
from services.intake.columns import FieldError
from services.intake.known_codes import CodeReader
from services.intake.matching import NamedIndicator, NamedProject
from services.intake.payment_rows import plain_text, year_of
from services.intake.reading import Aids, Heard, sections_in
from services.intake.row_reader import Places, RowReader
from services.intake.sections import Section
from services.intake.tables.choose import read_tables
from services.intake.tables.table import Value
from services.intake.vocabulary import vocabulary_of

_YEAR = re.compile(r"(20\d{2})年")
NO_VALUE = "基期值未填，略去"


@dataclass(frozen=True, slots=True)
class BaselineRow:
    """One value of an earlier year as printed."""

    project: NamedProject
    indicator: NamedIndicator
    text: str
    unit: str | None
    year: int
    source: str | None
    places: Places


@dataclass(frozen=True, slots=True)
class BaselineDefaults:
    """What a file that does not say is read as: values of the year before ``fiscal_year``."""

    fiscal_year: int
    aids: Aids = field(default_factory=Aids)


@dataclass(slots=True)
class BaselineFile:
    """A file of baselines, read."""

    rows: list[BaselineRow] = field(default_factory=list)
    heard: Heard = field(default_factory=Heard)


def read_baselines(data: bytes, defaults: BaselineDefaults) -> BaselineFile:
    """Read a file of last year's values.

    Raises:
        UnreadableFileError: no table, or no heading with the columns that are needed.
    """
    file = BaselineFile()
    tables = read_tables(data, percents=True)
    for section in sections_in(tables, vocabulary_of("baselines"), defaults.aids, file.heard):
        file.rows += _Reader(section, defaults, file.heard).read()
    return file


def baseline_of(row: BaselineRow, indicator: Indicator) -> Baseline:
    """Read the value of a row for its indicator.

    Raises:
        CellError: there is no number in it.
    """
    value = read_value(row.text, unit=row.unit, year=row.year)
    if value.number is None:
        raise CellError(f"“{row.text[:40]}”中读不出一个数。基期值请填数字和单位。")
    return Baseline(
        indicator.indicator_id, row.text, value.number, value.unit, row.year, row.source
    )


class _Reader(RowReader[BaselineRow]):
    """Reads the rows of one section."""

    keys = ("indicator",)
    content = ("baseline", "indicator")

    def __init__(self, section: Section, defaults: BaselineDefaults, heard: Heard) -> None:
        super().__init__(section, heard)
        said = _YEAR.search(self.heading.named("baseline"))
        self.default_year = int(said.group(1)) if said else defaults.fiscal_year - 1
        self.codes = CodeReader(self.heading, "project_code", defaults.aids.projects)
        self.project_code = self.field("project_code", self.codes)
        self.project_name = self.field("project_name", text_of)
        self.unit_name = self.field("unit_name", text_of)
        self.indicator_class = self.field("indicator_class", text_of)
        self.category = self.field("category", text_of)
        self.indicator = self.field("indicator", text_of)
        self.baseline = self.field("baseline", text_of)
        self.measure_unit = self.field("measure_unit", text_of)
        self.year = self.field("year", year_of)
        self.source = self.field("source", plain_text)

    def take(self, number: int, values: Sequence[Value], places: Places) -> BaselineRow | None:  # noqa: ARG002
        """Read a value."""
        text = self.baseline(values)
        if text is None:
            self.heard.leave_out(NO_VALUE)
            return None
        name = self.indicator(values)
        if name is None:
            raise FieldError("indicator", "三级指标为空。")
        return BaselineRow(
            NamedProject(
                self.project_code(values), self.project_name(values), self.unit_name(values)
            ),
            NamedIndicator(name, self.indicator_class(values), self.category(values)),
            text,
            self.measure_unit(values),
            self.year(values) or self.default_year,
            self.source(values),
            places,
        )

    def finish(self) -> None:
        """Say which codes were restored."""
        self.heard.notes += self.codes.notes()
