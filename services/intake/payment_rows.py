"""The rows of a payment table to lines by voucher (rules §2)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from domain.line_key import numbered
from domain.money import TEN_THOUSAND, ZERO, yuan
from domain.payment import PaymentLine, VoucherKind
from services.intake.cells import CellError, DamagedNumberError, amount_of, code_of, day_of, text_of
from services.intake.columns import Field, FieldError
from services.intake.headings import Heading, normalised_heading
from services.intake.payment_columns import (
    ALLOCATION_HEADINGS,
    PERSONAL,
    VOUCHER_NUMBERS_DAMAGED,
    is_actual,
    is_footer,
    is_total,
)
from services.intake.readers.grid import UnreadableFileError
from services.intake.tables.table import RowProblem, Table, Value, is_blank

Key = tuple[int, VoucherKind, str]
"""Budget year, kind and number: a voucher key within one region."""

_NOISE = Decimal("0.00001")
"""Yuan; less than this is what binary numbers of a workbook leave behind."""


@dataclass(frozen=True, slots=True)
class PaymentDefaults:
    """What a file that does not say is read as.

    ``fiscal_year`` None: each line counts in the year of its payment; ``kind`` None: by the
    headings.
    """

    region: str
    fiscal_year: int | None
    today: date
    kind: VoucherKind | None = None


@dataclass(slots=True)
class Gathered:
    """Lines by voucher, with the payee of each, while the file is being read."""

    lines: dict[Key, list[PaymentLine]] = field(default_factory=lambda: defaultdict(list))
    payees: dict[Key, list[str | None]] = field(default_factory=dict)
    errors: list[RowProblem] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)


class SheetReader:
    """Reads the rows of one table below its heading."""

    def __init__(
        self, table: Table, heading: Heading, defaults: PaymentDefaults, gathered: Gathered
    ) -> None:
        self.table = table
        self.heading = heading
        self.defaults = defaults
        self.gathered = gathered
        self.factor, unit_note = _factor(heading)
        self.totals: list[Decimal] = []
        self.sum = ZERO
        gathered.notes += [*table.remarks, *unit_note, *_personal(heading)]
        # A blank actual amount and day: not paid yet.
        self.settles = is_actual(heading.named("amount"))
        kind = defaults.kind or _kind_of(heading)
        self.default_kind = kind
        self.voucher_no = Field(heading, "voucher_no", code_of)
        self.kind = Field(heading, "kind", lambda value: _kind_named(value, kind))
        self.budget_year = Field(heading, "budget_year", _year)
        self.amount = Field(heading, "amount", amount_of)
        self.paid_on = Field(heading, "paid_on", day_of)
        self.payee = Field(heading, "payee_account", code_of)
        self.line_no = Field(heading, "line_no", _line_no)
        self.project_code = Field(heading, "project_code", code_of)
        self.project_name = Field(heading, "project_name", text_of)
        self.unit_code = Field(heading, "unit_code", code_of)
        self.unit_name = Field(heading, "unit_name", text_of)
        self.document_no = Field(heading, "document_no", text_of)
        self.fund_nature = Field(heading, "fund_nature", text_of)
        self.economic_class = Field(heading, "economic_class", text_of)
        self.summary = Field(heading, "summary", text_of)
        self.vouchered_on = Field(heading, "vouchered_on", day_of)

    def read(self) -> None:
        """Take every row below the heading."""
        for number, values in self.table.rows:
            if number > self.heading.row:
                self._take(number, values)
        if self.totals and self.sum not in self.totals:
            self.gathered.notes.append(
                f"合计行（{self.totals[-1]}元）与读到的明细之和（{self.sum}元）不符，请核对。"
            )

    def _take(self, number: int, values: Sequence[Value]) -> None:
        try:
            what = self._no_line(values) or self._line(number, values)
        except FieldError as problem:
            column = self.heading.columns.get(problem.field)
            place = self.table.place(number, column.index if column else 0)
            self.gathered.errors.append(
                RowProblem(place, self.heading.named(problem.field), str(problem))
            )
            return
        if what is not None:
            self.gathered.left_out[what] += 1

    def _no_line(self, values: Sequence[Value]) -> str | None:
        """Say what kind of row it is when it is no line: a total, a footer, a heading again."""
        voucher_no = self.voucher_no.raw(values)
        if voucher_no == self.heading.named("voucher_no"):
            return "重复的表头，略去"
        blank = is_blank(voucher_no)
        if (blank or (isinstance(voucher_no, str) and "计" in voucher_no)) and self._total(values):
            return "合计、小计行，略去"
        if (blank or is_blank(self.amount.raw(values))) and is_footer(values):
            return "表尾说明，略去"
        return None

    def _total(self, values: Sequence[Value]) -> bool:
        if not is_total(values):
            return False
        with suppress(FieldError):
            amount = self.amount(values)
            if amount is not None:
                self.totals.append(yuan(amount * self.factor))
        return True

    def _line(self, number: int, values: Sequence[Value]) -> str | None:
        """Take a line; or say why it is none yet."""
        amount = self._amount(values)
        paid_on = self.paid_on(values)
        if self.settles and not amount and paid_on is None:
            return "尚未支付（无实际支付金额和日期），略去"
        if paid_on is None:
            raise FieldError("paid_on", "日期为空。")
        key = self._key(values, paid_on)
        if not amount:
            raise FieldError("amount", "金额为空或为零。")
        _require_sensible(paid_on, key[0], self.defaults.today)
        payee = self._payee(values, key[1])
        line = PaymentLine(
            self.line_no(values) or "",
            amount,
            paid_on,
            self.project_code(values),
            self.project_name(values),
            self.unit_code(values),
            self.unit_name(values),
            self.document_no(values),
            self.fund_nature(values),
            self.economic_class(values),
            payee if key[1] is VoucherKind.ALLOCATION else None,
            self.summary(values),
            self.vouchered_on(values),
            number,
        )
        self._gather(key, line, payee)
        return None

    def _gather(self, key: Key, line: PaymentLine, payee: str | None) -> None:
        lines = self.gathered.lines[key]
        lines.append(line)
        if payee:
            payees = self.gathered.payees.setdefault(key, [])
            payees += [None] * (len(lines) - 1 - len(payees))
            payees.append(payee)
        self.sum += line.amount

    def _key(self, values: Sequence[Value], paid_on: date) -> Key:
        return (
            self.budget_year(values) or self.defaults.fiscal_year or paid_on.year,
            self.kind(values) or self.default_kind,
            self._voucher_no(values),
        )

    def _voucher_no(self, values: Sequence[Value]) -> str:
        try:
            voucher_no = code_of(self.voucher_no.raw(values))
        except DamagedNumberError as problem:
            raise UnreadableFileError(
                VOUCHER_NUMBERS_DAMAGED.format(self.heading.named("voucher_no"), problem)
            ) from None
        if voucher_no is None:
            raise FieldError("voucher_no", "凭证号为空。")
        return voucher_no

    def _payee(self, values: Sequence[Value], kind: VoucherKind) -> str | None:
        """The account paid to: of an allocation as printed; else only to tell lines apart."""
        if kind is VoucherKind.ALLOCATION:
            return self.payee(values)  # type: ignore[no-any-return]  # code_of answers text
        return text_of(self.payee.raw(values))

    def _amount(self, values: Sequence[Value]) -> Decimal | None:
        exact = self.amount(values)
        if exact is None:
            return None
        exact *= self.factor
        amount = yuan(exact)
        if abs(amount - exact) > _NOISE:
            self.gathered.left_out["金额不足一分，已四舍五入到分："] += 1
        return amount


def _require_sensible(paid: date, budget_year: int, today: date) -> None:
    if paid > today:
        raise FieldError("paid_on", f"日期{paid}晚于今天（{today}）。")
    if abs(paid.year - budget_year) > 1:
        raise FieldError("paid_on", f"日期{paid}与预算年度{budget_year}相差一年以上。")


def _year(value: Value) -> int | None:
    printed = code_of(value)
    if printed is None:
        return None
    digits = printed.removesuffix("度").removesuffix("年")
    if not (digits.isdigit() and 1990 <= int(digits) <= 2099):
        raise CellError(f"“{printed}”不是年度。请写成2025。")
    return int(digits)


def _kind_named(value: Value, default: VoucherKind) -> VoucherKind:
    printed = text_of(value) or ""
    if "拨款" in printed:
        return VoucherKind.ALLOCATION
    return VoucherKind.PAYMENT if "支付" in printed else default


def _line_no(value: Value) -> str | None:
    printed = code_of(value)
    return numbered(printed) if printed else None


def _kind_of(heading: Heading) -> VoucherKind:
    names = {normalised_heading(heading.named(name)) for name in ("voucher_no", "amount")}
    return VoucherKind.ALLOCATION if names & ALLOCATION_HEADINGS else VoucherKind.PAYMENT


def _factor(heading: Heading) -> tuple[Decimal, list[str]]:
    unit = heading.columns["amount"].unit or heading.stated_unit
    if unit is None:
        return Decimal(1), ["文件未注明金额单位，按元读取。"]
    return (TEN_THOUSAND, ["金额单位：万元。"]) if unit == "万元" else (Decimal(1), [])


def _personal(heading: Heading) -> list[str]:
    """Say which columns about persons were not taken."""
    dropped = [name for name in heading.printed if normalised_heading(name) in PERSONAL]
    return [f"含个人信息的列不导入：{'、'.join(dropped)}。"] if dropped else []
