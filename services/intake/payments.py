"""Payment files to vouchers: treasury exports of payment and allocation vouchers (rules §2).

Columns are those of the treasury's export, by their headings, in any order. One bad line
never hides another: it is listed with its place, field and reason, and the rest is read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from domain.line_key import keyed, numbered
from domain.money import TEN_THOUSAND, ZERO, yuan
from domain.payment import PaymentLine, VoucherKey, VoucherKind
from services.intake.cells import (
    CellError,
    DamagedNumberError,
    amount_of,
    code_of,
    day_of,
    text_of,
)
from services.intake.headings import Heading, find_heading, normalised_heading
from services.intake.payment_columns import (
    ALLOCATION_HEADINGS,
    PERSONAL,
    REQUIRED,
    SYNONYMS,
    VOUCHER_NUMBERS_DAMAGED,
    is_footer,
    is_total,
)
from services.intake.readers.grid import UnreadableFileError
from services.intake.tables.choose import read_tables
from services.intake.tables.table import RowProblem, Table, Value, is_blank

Voucher = tuple[VoucherKey, tuple[PaymentLine, ...]]

_NOISE = Decimal("0.00001")
"""Yuan; less than this is what binary numbers of a workbook leave behind."""


@dataclass(frozen=True, slots=True)
class PaymentFile:
    """A payment file, read.

    ``vouchers`` in the order of the file, each line with its key and its row. ``rows`` counts
    the lines read and refused; ``notes`` says what was left out and why.
    ``proposed_complete_to`` is the latest payment date, for a person to confirm.
    """

    vouchers: list[Voucher]
    errors: list[RowProblem]
    notes: list[str]
    proposed_complete_to: date | None
    rows: int


@dataclass(frozen=True, slots=True)
class PaymentDefaults:
    """What a file that does not say is read as; ``kind`` None: by its headings."""

    region: str
    fiscal_year: int
    today: date
    kind: VoucherKind | None = None


@dataclass(slots=True)
class _Gathered:
    """Lines by voucher, with the payee of each, while the file is being read."""

    lines: dict[VoucherKey, list[PaymentLine]] = field(default_factory=lambda: defaultdict(list))
    payees: dict[VoucherKey, list[str | None]] = field(default_factory=lambda: defaultdict(list))
    errors: list[RowProblem] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)


def read_payments(data: bytes, defaults: PaymentDefaults) -> PaymentFile:
    """Read a payment file.

    Raises:
        UnreadableFileError: no table, no heading, or its voucher numbers were damaged.
    """
    gathered = _Gathered()
    found = False
    for table in read_tables(data):
        heading = find_heading(table, SYNONYMS, REQUIRED)
        if heading is not None:
            found = True
            _SheetReader(table, heading, defaults, gathered).read()
    if not found:
        raise UnreadableFileError(
            "没有找到表头。支付数据至少需要三列：支付凭证号、实际支付金额、实际支付日期。"
        )
    return _finished(gathered)


def _finished(gathered: _Gathered) -> PaymentFile:
    vouchers = [(key, keyed(lines, gathered.payees[key])) for key, lines in gathered.lines.items()]
    lines = sum(len(lines) for _, lines in vouchers)
    last = max((line.paid_on for _, lines in vouchers for line in lines), default=None)
    notes = [*gathered.notes, *(f"{what}{n}行。" for what, n in gathered.left_out.items())]
    rows = lines + len(gathered.errors)
    return PaymentFile(vouchers, gathered.errors, notes, last, rows)


class _SheetReader:
    """Reads the rows of one table below its heading."""

    def __init__(
        self, table: Table, heading: Heading, defaults: PaymentDefaults, gathered: _Gathered
    ) -> None:
        self.table = table
        self.heading = heading
        self.defaults = defaults
        self.gathered = gathered
        self.at = {name: column.index for name, column in heading.columns.items()}
        self.factor, unit_note = _factor(heading)
        self.kind = defaults.kind or _kind_of(heading)
        self.totals: list[Decimal] = []
        self.sum = ZERO
        gathered.notes += [*table.remarks, *unit_note, *_personal(heading)]
        self.settles = self._says_when_paid()

    def read(self) -> None:
        """Take every row below the heading."""
        for number, values in self.table.rows:
            if number > self.heading.row:
                self._take(number, values)
        if self.totals and self.sum not in self.totals:
            self.gathered.notes.append(
                f"合计行（{self.totals[-1]}元）与读到的明细之和（{self.sum}元）不符，请核对。"
            )

    def _says_when_paid(self) -> bool:
        """Whether blank actual columns mean: not paid yet."""
        return "实际" in self.heading.named("amount") or "XPAY" in self.heading.named("amount")

    def _take(self, number: int, values: Sequence[Value]) -> None:
        what = self._no_line(values)
        if what is not None:
            self.gathered.left_out[what] += 1
            return
        try:
            self._line(number, values)
        except _FieldError as problem:
            column = self.heading.columns.get(problem.field)
            place = self.table.place(number, column.index if column else 0)
            self.gathered.errors.append(
                RowProblem(place, self.heading.named(problem.field), str(problem))
            )

    def _no_line(self, values: Sequence[Value]) -> str | None:
        """Say what kind of row it is when it is no line: a total, a footer, a heading again."""
        voucher_no = self._value(values, "voucher_no")
        if not is_blank(voucher_no):
            if voucher_no == self.heading.named("voucher_no"):
                return "重复的表头，略去"
            return "合计、小计行，略去" if self._total(values) else None
        if self._total(values):
            return "合计、小计行，略去"
        return "表尾说明，略去" if is_footer(values) else None

    def _total(self, values: Sequence[Value]) -> bool:
        if not is_total(values):
            return False
        try:
            amount = amount_of(self._value(values, "amount"))
        except CellError:
            amount = None
        if amount is not None:
            self.totals.append(yuan(amount * self.factor))
        return True

    def _value(self, values: Sequence[Value], name: str) -> Value:
        index = self.at.get(name)
        return values[index] if index is not None and index < len(values) else None

    def _line(self, number: int, values: Sequence[Value]) -> None:
        amount = self._amount(values)
        paid = self._day(values, "paid_on")
        if self.settles and not amount and paid is None:
            self.gathered.left_out["尚未支付（无实际支付金额和日期），略去"] += 1
            return
        key = self._key(values)
        line, payee = self._payment_line(number, values, key, amount, paid)
        self.gathered.lines[key].append(line)
        self.gathered.payees[key].append(payee)
        self.sum += line.amount

    def _key(self, values: Sequence[Value]) -> VoucherKey:
        voucher_no = self._voucher_no(values)
        printed_year = self._code(values, "budget_year")
        year = self.defaults.fiscal_year if printed_year is None else _year(printed_year)
        printed_kind = self._text(values, "kind")
        kind = self.kind if printed_kind is None else _kind_named(printed_kind, self.kind)
        return VoucherKey(self.defaults.region, year, kind, voucher_no)

    def _voucher_no(self, values: Sequence[Value]) -> str:
        try:
            voucher_no = code_of(self._value(values, "voucher_no"))
        except DamagedNumberError as problem:
            raise UnreadableFileError(
                VOUCHER_NUMBERS_DAMAGED.format(self.heading.named("voucher_no"), problem)
            ) from None
        if voucher_no is None:
            raise _FieldError("voucher_no", "凭证号为空。")
        return voucher_no

    def _payment_line(
        self,
        number: int,
        values: Sequence[Value],
        key: VoucherKey,
        amount: Decimal | None,
        paid: date | None,
    ) -> tuple[PaymentLine, str | None]:
        if not amount:
            raise _FieldError("amount", "金额为空或为零。")
        if paid is None:
            raise _FieldError("paid_on", "日期为空。")
        _require_sensible(paid, key, self.defaults.today)
        payee = self._payee(values, key.kind)
        line_no = self._code(values, "line_no")
        line = PaymentLine(
            numbered(line_no) if line_no else "",
            amount,
            paid,
            self._code(values, "project_code"),
            self._text(values, "project_name"),
            self._code(values, "unit_code"),
            self._text(values, "unit_name"),
            self._text(values, "document_no"),
            self._text(values, "fund_nature"),
            self._text(values, "economic_class"),
            payee if key.kind is VoucherKind.ALLOCATION else None,
            self._text(values, "summary"),
            self._day(values, "vouchered_on"),
            number,
        )
        return line, payee

    def _payee(self, values: Sequence[Value], kind: VoucherKind) -> str | None:
        """The account paid to: of an allocation as printed; else only to tell lines apart."""
        try:
            return code_of(self._value(values, "payee_account"))
        except DamagedNumberError as problem:
            if kind is VoucherKind.ALLOCATION:
                raise _FieldError("payee_account", f"账号已损坏（{problem}）。") from None
            return text_of(self._value(values, "payee_account"))

    def _amount(self, values: Sequence[Value]) -> Decimal | None:
        try:
            exact = amount_of(self._value(values, "amount"))
        except CellError as problem:
            raise _FieldError("amount", str(problem)) from None
        if exact is None:
            return None
        exact *= self.factor
        amount = yuan(exact)
        if abs(amount - exact) > _NOISE:
            self.gathered.left_out["金额不足一分，已四舍五入到分："] += 1
        return amount

    def _day(self, values: Sequence[Value], name: str) -> date | None:
        try:
            return day_of(self._value(values, name))
        except CellError as problem:
            raise _FieldError(name, str(problem)) from None

    def _code(self, values: Sequence[Value], name: str) -> str | None:
        value = self._value(values, name)
        if value is None:
            return None
        try:
            return code_of(value)
        except DamagedNumberError as problem:
            raise _FieldError(
                name, f"“{problem}”是科学计数法，原来的数字已丢失。请将该列设为文本后重新导出。"
            ) from None

    def _text(self, values: Sequence[Value], name: str) -> str | None:
        return text_of(self._value(values, name))


class _FieldError(CellError):
    """A field of a row cannot be read."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.field = name


def _require_sensible(paid: date, key: VoucherKey, today: date) -> None:
    if paid > today:
        raise _FieldError("paid_on", f"日期{paid}晚于今天（{today}）。")
    if abs(paid.year - key.budget_year) > 1:
        raise _FieldError("paid_on", f"日期{paid}与预算年度{key.budget_year}相差一年以上。")


def _year(printed: str) -> int:
    digits = printed.removesuffix("度").removesuffix("年")
    if not (digits.isdigit() and 1990 <= int(digits) <= 2099):
        raise _FieldError("budget_year", f"“{printed}”不是年度。请写成2025。")
    return int(digits)


def _kind_named(printed: str, default: VoucherKind) -> VoucherKind:
    if "拨款" in printed:
        return VoucherKind.ALLOCATION
    return VoucherKind.PAYMENT if "支付" in printed else default


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
