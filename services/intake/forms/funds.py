"""The amounts in a form's head: which is the total, whose parts they are, for which term."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from services.intake.forms.declaration import Finding, PrintedBudget, Severity
from services.intake.forms.labels import Period, bare, money_unit
from services.intake.forms.money import amount_within, in_unit, read_amount
from services.intake.forms.tokens import Token
from services.intake.readers.grid import Cell

MONEY_FIELDS = frozenset(
    {
        *("total", "medium_term_total", "fiscal", "fiscal_part", "local", "carried_over"),
        *("other", "other_part"),
    }
)
_TOTALS = ("total", "medium_term_total")


@dataclass(frozen=True, slots=True)
class Amount:
    """One printed amount: its field, its label, how exact that is, and the term it is for."""

    field: str
    label: str
    rank: int
    text: str
    where: str
    period: Period | None


@dataclass(slots=True)
class _Sum:
    """A total with the parts printed after it."""

    amounts: list[Amount] = field(default_factory=list)

    @property
    def total(self) -> Amount | None:
        return next((amount for amount in self.amounts if amount.field in _TOTALS), None)

    @property
    def period(self) -> Period | None:
        """The term its total says, else the first of its parts that says one."""
        said = (amount.period for amount in self.amounts if amount.field in _TOTALS)
        return next(filter(None, said), None)


@dataclass(slots=True)
class Funds:
    """The amounts of a form while they are gathered, in the order printed."""

    unit: str | None = None
    findings: list[Finding] = field(default_factory=list)
    _rows: list[list[Amount]] = field(default_factory=list)

    def say_unit(self, unit: str | None) -> None:
        """Keep the first unit of money that the form prints."""
        self.unit = self.unit or unit

    def begin_row(self) -> None:
        """Begin another row of the form: amounts side by side are for different terms."""
        self._rows.append([])

    def add(
        self, token: Token, values: Sequence[Cell], periods: Sequence[tuple[Cell, Period]]
    ) -> None:
        """Add what stands beside a label; under headings of terms each value is for its own."""
        if not self._rows:
            self.begin_row()
        said = Period.MEDIUM if token.field == "medium_term_total" else token.period
        amounts = [cell for cell in values if read_amount(cell.text) is not None] or values[:1]
        of_terms = by_term(amounts, periods)
        for period, cell in of_terms.items():
            self._rows[-1].append(_amount(token, cell, period))
        if not of_terms:
            self._rows[-1].append(_amount(token, amounts[0], said))

    def budget(self, period: Period) -> PrintedBudget:
        """Put the amounts for one term together, in the form's unit."""
        amounts = [amount for part in self._sums() for amount in part[period]]
        return PrintedBudget(
            total=self._one(amounts, _TOTALS),
            fiscal=self._joined(amounts, ("fiscal",), _fiscal_parts(amounts)),
            other=self._joined(amounts, ("other",), _other_parts(amounts)),
            unit=self._unit_of(amounts),
            carried_over=self._one(amounts, ("carried_over",)),
        )

    def place(self) -> str | None:
        """Where the year's total is printed."""
        amounts = [amount for part in self._sums() for amount in part[Period.ANNUAL]]
        return next((amount.where for amount in amounts if amount.field in _TOTALS), None)

    def _sums(self) -> list[dict[Period, list[Amount]]]:
        """Part the amounts by term: said by the label, by the place in the row, by the total."""
        sums: list[_Sum] = [_Sum()]
        paired: dict[Period, list[Amount]] = {Period.MEDIUM: [], Period.ANNUAL: []}
        for row in self._rows:
            for period, amounts in _pairs(row).items():
                paired[period] += amounts
            for amount in _alone(row):
                if amount.field in _TOTALS and sums[-1].total is not None:
                    sums.append(_Sum())
                sums[-1].amounts.append(amount)
        return [paired, *_by_term(sums)]

    def _one(self, amounts: Iterable[Amount], fields: Sequence[str]) -> str | None:
        """Take the amount with the most exact label."""
        found = [amount for amount in amounts if amount.field in fields]
        exact = min(found, key=lambda amount: amount.rank, default=None)
        return None if exact is None else self._printed(exact)

    def _joined(
        self, amounts: Sequence[Amount], whole: Sequence[str], parts: Sequence[str]
    ) -> str | None:
        """Take the amount of the whole; where only parts are printed, the one or their sum."""
        printed = self._one(amounts, whole)
        if printed is not None:
            return printed
        found = [amount for amount in amounts if amount.field in parts]
        counted = [(a, n) for a in found if (n := read_amount(a.text)) is not None and n != 0]
        if len(counted) <= 1:
            single = counted[0][0] if counted else next(iter(found), None)
            return None if single is None else self._printed(single)
        return self._sum_of(counted)

    def _sum_of(self, counted: Sequence[tuple[Amount, Decimal]]) -> str:
        total = sum((number for _, number in counted), Decimal(0))
        labels = "、".join(amount.label.strip("：: ") for amount, _ in counted)
        message = f"{labels}分列，合并读作{total:f}。"
        finding = Finding("budget.summed", Severity.NOTE, counted[0][0].where, message)
        if finding not in self.findings:
            self.findings.append(finding)
        return f"{total:f}"

    def _printed(self, amount: Amount) -> str:
        """Take an amount as printed; its own unit goes where the form's unit is kept."""
        return in_unit(amount.text, self.unit)

    def _unit_of(self, amounts: Iterable[Amount]) -> str | None:
        own = (money_unit(amount.text) or money_unit(amount.label) for amount in amounts)
        return self.unit or next(filter(None, own), None)


def by_term(values: Sequence[Cell], headings: Sequence[tuple[Cell, Period]]) -> dict[Period, Cell]:
    """Tell which of several values is for which term; nothing where no headings say so."""
    if len(values) < 2 or len(headings) < 2:
        return {}
    found: dict[Period, Cell] = {}
    for heading, period in headings:
        columns = range(heading.column, heading.column + heading.columns)
        under = next((cell for cell in values if cell.column in columns), None)
        if under is not None:
            found[period] = under
    if len(found) < 2 and len(values) == len(headings):
        return {period: cell for cell, (_, period) in zip(values, headings, strict=True)}
    return found if len(found) > 1 else {}


def _fiscal_parts(amounts: Iterable[Amount]) -> tuple[str, ...]:
    """The parts of fiscal money: a place's own too, unless nothing else is the other money."""
    return ("fiscal_part",) if "local" in _other_parts(amounts) else ("fiscal_part", "local")


def _other_parts(amounts: Iterable[Amount]) -> tuple[str, ...]:
    """The parts of other money; beside a central grant 地方资金 where no other is printed."""
    fields = {amount.field for amount in amounts}
    alone = "local" in fields and not fields & {"other", "other_part"}
    return ("other_part", "local") if alone else ("other_part",)


def _amount(token: Token, cell: Cell, period: Period | None) -> Amount:
    return Amount(
        token.field, token.label, token.named.rank, amount_within(cell.text), cell.where, period
    )


def _key(amount: Amount) -> str:
    """What an amount is, so that the same for another term is known by it."""
    return "total" if amount.field in _TOTALS else f"{amount.field} {bare(amount.label)}"


def _pairs(row: Sequence[Amount]) -> dict[Period, list[Amount]]:
    """Find what a row prints twice: the first is for the medium term unless it says otherwise."""
    pairs: dict[Period, list[Amount]] = {Period.MEDIUM: [], Period.ANNUAL: []}
    for first, second in _twice(row):
        turned = first.period is Period.ANNUAL or second.period is Period.MEDIUM
        pairs[Period.ANNUAL if turned else Period.MEDIUM].append(first)
        pairs[Period.MEDIUM if turned else Period.ANNUAL].append(second)
    return pairs


def _twice(row: Sequence[Amount]) -> list[tuple[Amount, Amount]]:
    found = []
    for order, amount in enumerate(row):
        later = [other for other in row[order + 1 :] if _key(other) == _key(amount)]
        earlier = [other for other in row[:order] if _key(other) == _key(amount)]
        if later and not earlier:
            found.append((amount, later[0]))
    return found


def _alone(row: Sequence[Amount]) -> list[Amount]:
    paired = {id(amount) for pair in _twice(row) for amount in pair}
    return [amount for amount in row if id(amount) not in paired]


def _by_term(sums: Sequence[_Sum]) -> list[dict[Period, list[Amount]]]:
    """Give each sum its term: one that says none is the year's unless another says it is."""
    said_annual = any(part.period is Period.ANNUAL for part in sums)
    terms = []
    for part in sums:
        unsaid = Period.MEDIUM if said_annual and part.total else Period.ANNUAL
        period = part.period or unsaid
        other = Period.ANNUAL if period is Period.MEDIUM else Period.MEDIUM
        terms.append({period: part.amounts, other: []})
    return terms
