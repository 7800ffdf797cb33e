"""The rows of a payment table to lines by voucher (rules §2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from domain.line_key import is_marked_payee, numbered
from domain.money import yuan
from domain.payment import PaymentLine, VoucherKind
from services.intake.amounts import amounts_in, is_returned, is_reversed
from services.intake.cells import CellError, code_of, text_of
from services.intake.columns import Field, FieldError
from services.intake.days import days_of
from services.intake.headings import Heading
from services.intake.known_codes import CodeReader
from services.intake.not_lines import (
    FOOTERS,
    TITLES,
    TOTAL_ROWS,
    Totals,
    is_footer,
    is_signed,
    is_title,
    total_said,
)
from services.intake.personal import without_persons
from services.intake.readers.grid import UnreadableFileError
from services.intake.reading import Aids, Heard, unit_notes
from services.intake.sections import Section
from services.intake.tables.table import Value, is_blank
from services.intake.vocabulary.folding import normalised_heading

Key = tuple[int, VoucherKind, str]
"""Budget year, kind and number: a voucher key within one region."""

ALLOCATION_HEADINGS = frozenset(
    {"拨款凭证号", "预算拨款凭证号", "拨款凭证编号", "实际拨款金额", "拨款金额"}
)
"""One of these tells that a table holds allocation vouchers."""

MARKED_ONLY = (
    "“{}”列在上传时按个人信息略去，只留了区分各行用的校验值；拨款凭证需要账号。"
    "请把表头“支付凭证号”改为“拨款凭证号”，重新上传。"
)

_MAY_BE_TOTAL = frozenset("计页共")
"""One of these is in every word for a total; most voucher numbers have none."""

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
    aids: Aids = field(default_factory=Aids)


@dataclass(slots=True)
class Gathered:
    """Lines by voucher, with the payee of each, while the file is being read."""

    lines: dict[Key, list[PaymentLine]] = field(default_factory=lambda: defaultdict(list))
    payees: dict[Key, list[str | None]] = field(default_factory=dict)
    heard: Heard = field(default_factory=Heard)


class SheetReader:
    """Reads the rows of one section of a table."""

    def __init__(self, section: Section, defaults: PaymentDefaults, gathered: Gathered) -> None:
        heading = section.heading
        self.section = section
        self.heading = heading
        self.defaults = defaults
        self.gathered = gathered
        self.heard = gathered.heard
        self.totals = Totals()
        # A blank actual amount and day: not paid yet.
        self.settles = _is_actual(heading.named("amount"))
        self.default_kind = kind = defaults.kind or kind_of_heading(heading)
        self._make_fields(heading, defaults.aids, kind)

    def _make_fields(self, heading: Heading, aids: Aids, kind: VoucherKind) -> None:
        self.codes = {
            "voucher_no": CodeReader(heading, "voucher_no"),
            "project_code": CodeReader(heading, "project_code", aids.projects),
            "unit_code": CodeReader(heading, "unit_code", aids.units),
        }
        day = days_of(self.section.table)
        self.voucher_no = Field(heading, "voucher_no", self.codes["voucher_no"])
        self.kind = Field(heading, "kind", lambda value: kind_named(value, kind))
        self.budget_year = Field(heading, "budget_year", year_of)
        self.amount = Field(heading, "amount", amounts_in(heading.unit_of("amount")))
        self.reversed = Field(heading, "reversed", is_reversed)
        self.returned = [Field(heading, name, is_returned) for name in ("kind", "business")]
        self.paid_on = Field(heading, "paid_on", day)
        self.payee = Field(heading, "payee_account", code_of)
        self.line_no = Field(heading, "line_no", _line_no)
        self.project_code = Field(heading, "project_code", self.codes["project_code"])
        self.project_name = Field(heading, "project_name", plain_text)
        self.unit_code = Field(heading, "unit_code", self.codes["unit_code"])
        self.unit_name = Field(heading, "unit_name", plain_text)
        self.document_no = Field(heading, "document_no", text_of)
        self.fund_nature = Field(heading, "fund_nature", text_of)
        self.economic_class = Field(heading, "economic_class", text_of)
        self.summary = Field(heading, "summary", plain_text)
        self.vouchered_on = Field(heading, "vouchered_on", day)

    def read(self) -> None:
        """Take every row of the section."""
        refused = len(self.heard.errors)
        for note in unit_notes(self.heading, "amount"):
            self.heard.say(note)
        for number, values in self.section.rows:
            self._take(number, values)
        for codes in self.codes.values():
            self.heard.notes += codes.notes()
        self.heard.findings += self.totals.findings(
            self.heading.named("amount"), len(self.heard.errors) - refused
        )

    def _take(self, number: int, values: Sequence[Value]) -> None:
        try:
            what = self._no_line(number, values) or self._line(number, values)
        except FieldError as problem:
            column = self.heading.columns.get(problem.field)
            place = self.section.table.place(number, column.index if column else 0)
            self.heard.refuse(place, self.heading.named(problem.field), str(problem))
            return
        if what is not None:
            self.heard.leave_out(what)

    def _no_line(self, number: int, values: Sequence[Value]) -> str | None:
        """Say what kind of row it is when it is no line: a total, a footer."""
        voucher_no = self.voucher_no.raw(values)
        blank = is_blank(voucher_no)
        if blank or (isinstance(voucher_no, str) and _MAY_BE_TOTAL.intersection(voucher_no)):
            said = total_said(values)
            if said is not None:
                self._total(number, said, values)
                return TOTAL_ROWS
        if is_signed(values) or (
            (blank or is_blank(self.amount.raw(values))) and is_footer(values)
        ):
            return FOOTERS
        empty = is_blank(self.amount.raw(values)) and is_blank(self.paid_on.raw(values))
        return TITLES if empty and is_title(values, voucher_no) else None

    def _total(self, number: int, said: str, values: Sequence[Value]) -> None:
        with suppress(FieldError):
            amount = self.amount(values)
            place = self.section.table.place(number, self.heading.columns["amount"].index)
            self.totals.total(place, said, None if amount is None else yuan(amount))

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
        self.totals.add(line.amount)

    def _key(self, values: Sequence[Value], paid_on: date) -> Key:
        try:
            voucher_no = self.codes["voucher_no"](self.voucher_no.raw(values))
        except CellError as problem:
            raise FieldError("voucher_no", str(problem)) from None
        if voucher_no is None:
            raise FieldError("voucher_no", "凭证号为空。")
        return (
            self.budget_year(values) or self.defaults.fiscal_year or paid_on.year,
            self.kind(values) or self.default_kind,
            voucher_no,
        )

    def _payee(self, values: Sequence[Value], kind: VoucherKind) -> str | None:
        """The account paid to: of an allocation as printed; else only to tell lines apart."""
        printed = text_of(self.payee.raw(values))
        if kind is not VoucherKind.ALLOCATION:
            return printed
        if is_marked_payee(printed):
            raise UnreadableFileError(MARKED_ONLY.format(self.heading.named("payee_account")))
        return self.payee(values)  # type: ignore[no-any-return]  # code_of answers text

    def _amount(self, values: Sequence[Value]) -> Decimal | None:
        exact = self.amount(values)
        if exact is None:
            return None
        amount = yuan(exact)
        if abs(amount - exact) > _NOISE:
            self.heard.leave_out("金额不足一分，已四舍五入到分：")
        # Every column is asked, so that none that cannot be read is passed over.
        said = [self.reversed(values), *(column(values) for column in self.returned)]
        return -abs(amount) if any(said) else amount


def _require_sensible(paid: date, budget_year: int, today: date) -> None:
    if paid > today:
        raise FieldError("paid_on", f"日期{paid}晚于今天（{today}）。")
    if abs(paid.year - budget_year) > 1:
        raise FieldError("paid_on", f"日期{paid}与预算年度{budget_year}相差一年以上。")


def year_of(value: Value) -> int | None:
    """Read a year (2025, 2025年度); CellError."""
    printed = code_of(value)
    if printed is None:
        return None
    digits = printed.removesuffix("度").removesuffix("年")
    if not (digits.isdecimal() and 1990 <= int(digits) <= 2099):
        raise CellError(f"“{printed}”不是年度。请写成2025。")
    return int(digits)


def plain_text(value: Value) -> str | None:
    """Running text, without numbers of persons."""
    text = text_of(value)
    return None if text is None else without_persons(text)


def kind_named(value: Value, default: VoucherKind) -> VoucherKind:
    """The kind that a cell of 凭证类型 names."""
    printed = text_of(value) or ""
    if "拨款" in printed:
        return VoucherKind.ALLOCATION
    return VoucherKind.PAYMENT if "支付" in printed else default


def _line_no(value: Value) -> str | None:
    printed = code_of(value)
    return numbered(printed) if printed else None


def kind_of_heading(heading: Heading) -> VoucherKind:
    """The kind that the headings of a table tell."""
    names = {normalised_heading(heading.named(name)) for name in ("voucher_no", "amount")}
    return VoucherKind.ALLOCATION if names & ALLOCATION_HEADINGS else VoucherKind.PAYMENT


def _is_actual(heading: str) -> bool:
    """Whether a heading promises what was really paid, and not what was asked for."""
    return any(word in heading.upper() for word in ("实际", "实付", "XPAY"))
