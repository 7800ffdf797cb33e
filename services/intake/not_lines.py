"""Rows that are no lines: totals, page footers, notes below the table; and sums compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from domain.money import ZERO, yuan_text
from services.intake.tables.table import RowProblem, Value, is_blank

TOTAL_ROWS = "合计、小计行，略去"
FOOTERS = "表尾说明，略去"
HEADINGS_AGAIN = "重复的表头，略去"
TITLES = "标题、分组、说明行，略去"
RULERS = "栏次行，略去"
EXAMPLES = "模板的示例行，略去"

_TOTAL = re.compile(
    r"(?:本[页月日期次]|本年|上[页月]|累计|其中|总|逐?页|[^\d]{0,20})?[合小总累]计(?:数|金额|行)?[:：]?"
    r"(?:[(（]?共?\d+[笔条项户行人次个张][)）]?)?(?:[-\d,.]*(?:百万元|千元|万元|亿元|元)?)"
    r"|(?:共计?|总共)\d+[笔条项户行张](?:[,，]?合计.*)?"
)
_PAGE = re.compile(r"(?:过次页|承前页|接上页|接下页)|第\d+页(?:[,，/]?共\d+页)?|\d+/\d+页?")
_FOOTER = re.compile(
    r"制表|打印|复核|审核|负责人|经办人|联系|电话|导出|第.+页|共.+页|备注|说明|注[:：]|填报"
)
EXAMPLE = "示例"
"""The word that a template's example begins with."""

_GRAND = re.compile(r"合计|总计")
_CODE = re.compile(r"^[\s0-9A-Za-z._/()\[\]（）-]+$")
_TITLE_CELLS = 3
_RULED = 3
_SIGNED = re.compile(
    r"(?:制表|制单|打印|复核|审核|填报|填表|经办|导出|联系|电话|(?:单位|财务|项目|部门|分管)?负责人|分管领导)"
    r"[^:：]{0,6}[:：]"
)
_SIGNATURE_CELLS = 6
_RULE = re.compile(r":?-{2,}:?")
_LETTERS = ("甲乙丙丁戊己庚辛壬癸", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def total_said(values: Sequence[Value]) -> str | None:
    """What a row calls itself when it is a total: one of its first three filled cells says so."""
    for value in [v for v in values if not is_blank(v)][:3]:
        if isinstance(value, str):
            said = re.sub(r"[\s\u3000]+", "", value)
            if _TOTAL.fullmatch(said) or _PAGE.fullmatch(said):
                return said
    return None


def is_footer(values: Sequence[Value]) -> bool:
    """Whether a row without what makes it a line is a note below the table."""
    filled = [v for v in values if not is_blank(v)]
    return len(filled) <= 3 and any(isinstance(v, str) and _FOOTER.search(v) for v in filled)


def is_signed(values: Sequence[Value]) -> bool:
    """Whether a row says who made or checked the table (制表人：, 复核：), wherever that stands."""
    first = next((value for value in values if not is_blank(value)), None)
    return (
        isinstance(first, str)
        and _SIGNED.match("".join(first.split())) is not None
        and sum(not is_blank(value) for value in values) <= _SIGNATURE_CELLS
    )


def is_title(values: Sequence[Value], code: Value) -> bool:
    """Whether a row without amount and day is a title, or the name of a group, between the lines.

    ``code`` is the cell of what every line has: words there are no code.
    """
    filled = {str(value) for value in values if not is_blank(value)}
    return len(filled) <= _TITLE_CELLS and not (isinstance(code, str) and _CODE.search(code))


def is_example(values: Sequence[Value]) -> bool:
    """Whether a row is the example of a template: it says so in its first filled cell."""
    first = next((value for value in values if not is_blank(value)), None)
    return isinstance(first, str) and first.strip().startswith(EXAMPLE)


def is_ruler(values: Sequence[Value]) -> bool:
    """Whether a row numbers the columns (栏次 1 2 3, A B C), or rules a line below them."""
    cells = [str(value).strip() for value in values if not is_blank(value)]
    if len(cells) < _RULED:
        return False
    if all(map(_RULE.fullmatch, cells)):
        return True
    counted = cells[1:] if cells[0] == "栏次" else cells
    letters = [cell for cell in counted if not cell.isdecimal()]
    numbers = map(str, range(1, len(counted) - len(letters) + 1))
    named = "".join(letters).upper()
    return counted == [*letters, *numbers] and any(row.startswith(named) for row in _LETTERS)


@dataclass(frozen=True, slots=True)
class _Total:
    place: str
    said: str
    amount: Decimal
    sum_before: Decimal
    fits_a_block: bool


@dataclass(slots=True)
class Totals:
    """What the totals of a table say beside what its lines add up to, in yuan.

    A subtotal fits where it is the sum of all lines since some other total; a grand total has
    to be the sum of the table, before or behind its lines.
    """

    sum: Decimal = ZERO
    found: list[_Total] = field(default_factory=list)
    _boundaries: set[Decimal] = field(default_factory=lambda: {ZERO})

    def add(self, amount: Decimal) -> None:
        """A line."""
        self.sum += amount

    def total(self, place: str, said: str, amount: Decimal | None) -> None:
        """A total, and the amount it states, if any."""
        if amount is not None:
            fits = self.sum - amount in self._boundaries
            self.found.append(_Total(place, said, amount, self.sum, fits))
        self._boundaries.add(self.sum)

    def findings(self, field_name: str, refused: int) -> list[RowProblem]:
        """The totals that do not add up; ``refused`` lines could not be read."""
        unread = f"另有{refused}行不能读取；" if refused else ""
        return [
            RowProblem(one.place, field_name, f"{self._said(one)}{unread}请核对是否缺行。")
            for one in self.found
            if not (one.fits_a_block or one.amount == self.sum)
        ]

    def _said(self, one: _Total) -> str:
        """What a total says, and what was read: up to it, or in the whole table."""
        grand = _GRAND.search(one.said) or not one.sum_before
        read = self.sum if grand else one.sum_before
        return (
            f"“{one.said}”写的是{yuan_text(one.amount)}元，读到的明细之和是{yuan_text(read)}元，"
            f"相差{yuan_text(one.amount - read)}元。"
        )
