"""Cells to amounts: with their sign and the unit they name themselves."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from domain.money import TEN_THOUSAND
from services.intake.cells import CellError, text_of
from services.intake.tables.table import Value

UNITS = {
    "元": Decimal(1),
    "百元": Decimal(100),
    "千元": Decimal(1000),
    "万元": TEN_THOUSAND,
    "十万元": TEN_THOUSAND * 10,
    "百万元": TEN_THOUSAND * 100,
    "千万元": TEN_THOUSAND * 1000,
    "亿元": TEN_THOUSAND * TEN_THOUSAND,
}
"""The units money is printed in, in yuan."""

BLANK_AMOUNTS = frozenset({"", "-", "--", "—", "——", "/", "无", "null", "NULL", "#N/A"})

_PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_TOO_MUCH = Decimal(10) ** 15
_AMOUNT = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d*)?|[+-]?\.\d+")
_RED = re.compile(r"\(?红字\)?|\(?红冲\)?")
_CURRENCY = re.compile(r"^(?:人民币|RMB|CNY|¥)+|(?:RMB|CNY)$")
_OWN_UNIT = re.compile(r"(百万元|千元|万元|亿元|万|亿|元)整?$")
_DASHES = str.maketrans({"−": "-", "–": "-", "﹣": "-", "－": "-", "—": "-", "，": ","})
_REVERSED = frozenset(
    {"是", "红字", "红冲", "冲销", "冲红", "退款", "退回", "Y", "YES", "1", "TRUE"}
)
_RETURNED = re.compile(r"冲销|红冲|冲红|冲正|红字|退款|退库|退回")
_UPRIGHT = frozenset({"否", "蓝字", "正常", "正向", "N", "NO", "0", "FALSE", "支付", "拨款"})


def amount_of(value: Value) -> Decimal | None:
    """Read an amount in yuan, where nothing but the cell says another unit.

    Blank or a dash is None; （1,234）, 1,234- and 红字1,234 are negative. A workbook's binary
    number is read by its shortest decimal text, never by its bits.

    Raises:
        CellError: no amount.
    """
    return _amount(value, Decimal(1))


def amounts_in(unit: str | None) -> Callable[[Value], Decimal | None]:
    """How the cells of a column in that unit are read, in yuan; a unit in the cell wins."""
    factor = UNITS[unit or "元"]
    if factor == 1:
        return amount_of
    return lambda value: _amount(value, factor)


def is_returned(value: Value) -> bool:
    """Whether a word for what a voucher is says that money came back (退款凭证, 冲销)."""
    return bool(_RETURNED.search(text_of(value) or ""))


def is_reversed(value: Value) -> bool:
    """Read a column that marks reversals (红字标志).

    Raises:
        CellError: neither a mark nor none.
    """
    printed = (text_of(value) or "").upper()
    if printed in _REVERSED:
        return True
    if printed in _UPRIGHT or printed in BLANK_AMOUNTS:
        return False
    raise CellError(f"“{printed[:40]}”看不出是不是红字。请填“是”或“否”。")


def _amount(value: Value, factor: Decimal) -> Decimal | None:
    if isinstance(value, int | float):
        return _within(Decimal(repr(value)) * factor, repr(value))
    if isinstance(value, date):
        raise CellError(f"“{value}”是日期，不是金额。请检查该列格式。")
    # Nearly all are plain; the rest is looked at closely.
    printed = value or ""
    if _PLAIN.fullmatch(printed):
        return _within(Decimal(printed) * factor, printed)
    return _odd(printed, factor)


def _within(amount: Decimal, printed: str) -> Decimal:
    if not amount.is_finite() or abs(amount) >= _TOO_MUCH:
        raise CellError(f"“{printed[:40]}”超出金额范围。请核对。")
    return amount


def _odd(printed: str, factor: Decimal) -> Decimal | None:
    text = unicodedata.normalize("NFKC", text_of(printed) or "").replace(" ", "")
    if text in BLANK_AMOUNTS:
        return None
    text, red = _RED.subn("", text.translate(_DASHES))
    text, factor = _without_unit(_CURRENCY.sub("", text), factor)
    negative = text.startswith("(") and text.endswith(")")
    number = text[1:-1] if negative else text
    if number.endswith("-"):
        negative, number = True, number[:-1]
    number, own = _without_unit(_CURRENCY.sub("", number), factor)
    if not _AMOUNT.fullmatch(number):
        raise CellError(f"“{printed.strip()[:40]}”不是金额。请改为数字。")
    amount = _within(Decimal(number.replace(",", "")) * own, printed)
    # A reversal that already has its sign keeps it.
    return -abs(amount) if negative or red else amount


def _without_unit(text: str, factor: Decimal) -> tuple[str, Decimal]:
    """Take the unit off that a cell names itself."""
    found = _OWN_UNIT.search(text)
    if found is None:
        return text, factor
    named = found.group(1)
    return text[: found.start()], UNITS[named if named.endswith("元") else f"{named}元"]
