"""What is reviewed: a declared project as printed and as read, a department, a filing of both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from domain.identity import normalised_name
from domain.indicator import Comparator, Kind, TargetValue, ToConfirm
from domain.kind import propose
from domain.kind_words import COST
from domain.money import TEN_THOUSAND
from domain.review.finding import Part, Spot
from domain.target_value import fold, read_value
from domain.wording import SIGNS

LONGEST_TITLE = 30


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """One row of the table of indicators as printed; blank where the form has nothing.

    ``sign`` and ``column_unit`` come from columns of their own (指标值类型, 计量单位).
    """

    indicator_class: str = ""
    category: str = ""
    name: str = ""
    value_text: str = ""
    sign: str = ""
    column_unit: str = ""
    weight: str = ""
    description: str = ""
    scoring_standard: str = ""
    target_basis: str = ""
    where: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What the head of a form says that the reading of a value needs; ``budget_wan`` in 万元."""

    year: int | None = None
    budget_wan: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ReviewedRow:
    """A printed row beside its reading."""

    printed: PrintedRow
    value: TargetValue
    kind: Kind
    to_confirm: tuple[ToConfirm, ...] = ()
    parts: tuple[TargetValue, ...] = ()
    from_payments: bool = False
    weight: Decimal | None = None

    @property
    def name(self) -> str:
        """The name as printed, or what stands for it."""
        return self.printed.name

    @property
    def said(self) -> str:
        """How a message calls the row."""
        return self.printed.name or self.printed.value_text or "无名称"

    @property
    def aim(self) -> str:
        """How a message tells its value: as printed, with the unit of its own column."""
        text, unit = self.value.text, fold(self.printed.column_unit)
        beside = self.value.number is not None and unit == self.value.unit
        return text if not beside or unit in fold(text) else f"{text}{unit}"

    @property
    def place(self) -> str:
        """Class and category together, folded."""
        return fold(self.printed.indicator_class + self.printed.category)

    @property
    def is_cost(self) -> bool:
        """Whether it stands under cost, of the new scheme or the old."""
        return bool(COST.search(self.place))

    @property
    def applies(self) -> bool:
        """Whether anything is asked."""
        return self.kind is not Kind.NOT_APPLICABLE

    @property
    def key(self) -> str:
        """The name by which two rows are the same indicator."""
        return normalised_name(self.printed.name)


def read_row(printed: PrintedRow, context: Context) -> ReviewedRow:
    """Read a printed row as the forms are read: value, kind, what is open."""
    value = read_value(
        printed.value_text, name=printed.name, unit=printed.column_unit, year=context.year
    )
    sign = SIGNS.get(fold(printed.sign))
    if sign and value.comparator is None and value.number is not None:
        value = replace(value, comparator=Comparator(sign))
    proposal = propose(
        printed.indicator_class,
        printed.category,
        printed.name,
        value,
        year=context.year,
        budget_wan=context.budget_wan,
    )
    return ReviewedRow(
        printed,
        value,
        proposal.kind,
        proposal.to_confirm,
        proposal.parts,
        proposal.from_payments,
        read_points(printed.weight),
    )


def read_points(text: str) -> Decimal | None:
    """Read a weight: 12.5, 15分, 10%; None where it is blank or no number."""
    digits = fold(text).removesuffix("分").removesuffix("%")
    plain = digits.replace(".", "", 1)
    short = len(digits) <= 10 and plain.isascii() and plain.isdigit()
    return Decimal(digits) if short and digits[0] != "." else None


@dataclass(frozen=True, slots=True)
class Money:
    """A budget in yuan; None where the form is blank or cannot be read.

    ``unit`` is the form's own (万元 or 元), None where it prints none. ``carried_over`` is what
    it prints as 上年结转 beside the year's own fiscal money. ``printed`` says that the form prints
    amounts at all, though they cannot be read without their unit.
    """

    total: Decimal | None = None
    fiscal: Decimal | None = None
    other: Decimal | None = None
    unit: str | None = None
    carried_over: Decimal | None = None
    printed: bool = False

    @property
    def amounts(self) -> tuple[Decimal, ...]:
        """The amounts that are known."""
        printed = (self.total, self.fiscal, self.other, self.carried_over)
        return tuple(amount for amount in printed if amount is not None)


@dataclass(frozen=True, slots=True)
class PlanPoint:
    """By the end of this day this cumulative share (0-1) is to be spent, as declared."""

    on: date
    share: Decimal


@dataclass(frozen=True, slots=True)
class LastYear:
    """What one indicator aimed at and reached in the year before, each in its own unit.

    ``achieved_unit`` None: that of the target.
    """

    target: Decimal | None
    achieved: Decimal | None
    unit: str | None
    achieved_unit: str | None = None


@dataclass(frozen=True, slots=True)
class ReviewedProject:
    """One project's declaration; texts are blank where the form has none.

    ``rows`` is the annual block, which alone is monitored; ``medium_rows`` the one beside it.
    ``period`` is the term as printed (99年; 2025年—2123年). ``last_year`` maps a row's key to what
    it was.
    """

    name: str = ""
    code: str = ""
    fiscal_year: int | None = None
    department: str = ""
    unit_name: str = ""
    unit_code: str = ""
    nature: str = ""
    period: str = ""
    purpose: str = ""
    objective: str = ""
    medium_objective: str = ""
    money: Money = Money()
    medium_money: Money = Money()
    plan: tuple[PlanPoint, ...] | None = None
    rows: tuple[ReviewedRow, ...] = ()
    medium_rows: tuple[ReviewedRow, ...] = ()
    last_year: dict[str, LastYear] = field(default_factory=dict)
    where: str | None = None

    @property
    def title(self) -> str:
        """The name as a message about another project says it: cut where it is long."""
        return self.name if len(self.name) <= LONGEST_TITLE else f"{self.name[:LONGEST_TITLE]}…"

    @property
    def context(self) -> Context:
        """What the reading of its rows needs."""
        total = self.money.total
        return Context(self.fiscal_year, None if total is None else total / TEN_THOUSAND)

    @property
    def applying(self) -> tuple[tuple[int, ReviewedRow], ...]:
        """The rows that ask something, with their numbers."""
        return tuple((n, row) for n, row in enumerate(self.rows) if row.applies)


@dataclass(frozen=True, slots=True)
class Goal:
    """One of a department's goals by its name, with how many indicators it has."""

    name: str
    indicators: int
    where: str | None = None


@dataclass(frozen=True, slots=True)
class ReviewedDepartment:
    """A department's own goals; ``project_total`` is its project expenditure in yuan, if said."""

    name: str = ""
    fiscal_year: int | None = None
    objective: str = ""
    goals: tuple[Goal, ...] = ()
    money: Money = Money()
    project_total: Decimal | None = None
    rows: tuple[ReviewedRow, ...] = ()
    where: str | None = None

    @property
    def context(self) -> Context:
        """What the reading of its rows needs."""
        total = self.money.total
        return Context(self.fiscal_year, None if total is None else total / TEN_THOUSAND)

    @property
    def applying(self) -> tuple[tuple[int, ReviewedRow], ...]:
        """The rows that ask something, with their numbers."""
        return tuple((n, row) for n, row in enumerate(self.rows) if row.applies)


Sheet = ReviewedProject | ReviewedDepartment


@dataclass(frozen=True, slots=True)
class Filing:
    """What is reviewed together: a file, or what a unit declares for one year.

    ``on_record`` are other projects of that year and department, looked at for comparison;
    nothing is ever found about them. ``whole`` says that the projects are all of the department's.
    """

    projects: tuple[ReviewedProject, ...] = ()
    departments: tuple[ReviewedDepartment, ...] = ()
    on_record: tuple[ReviewedProject, ...] = ()
    whole: bool = False

    def sheets(self) -> Iterator[tuple[Spot, Sheet]]:
        """All sheets in order, departments first as forms print them."""
        for number, department in enumerate(self.departments):
            yield Spot(Part.DEPARTMENT, number), department
        for number, project in enumerate(self.projects):
            yield Spot(Part.PROJECT, number), project


@dataclass(frozen=True, slots=True)
class Row:
    """One row in its place: what a check on rows is asked about."""

    reviewed: ReviewedRow
    number: int
    sheet: Sheet

    @property
    def project(self) -> ReviewedProject | None:
        """The project, where it is not a department's row."""
        return self.sheet if isinstance(self.sheet, ReviewedProject) else None
