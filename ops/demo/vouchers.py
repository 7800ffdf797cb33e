"""The year's vouchers: what was paid, on which day, and in which file it came."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from random import Random

from domain.money import yuan
from domain.payment import PaymentLine, VoucherKey, VoucherKind
from ops.demo.clock import is_working_day
from ops.demo.stories import CORRECTED, FARMING, LAGGING, LUMPS, STALLED, UNITS
from ops.demo.story import LABEL, REGION, YEAR, Story

WAN = Decimal(10_000)

INSURANCE_FUND_ACCOUNT = "99990000002025000001"
"""The social-insurance fund account (社保基金专户) of the policy; of no bank."""

MISTYPED = Decimal(360_000)
MEANT = Decimal(36_000)
"""A voucher of March was recorded ten times too large, and mended in July."""

_BUDGET_MONEY = "一般公共预算资金"
_OWN_MONEY = "单位资金"
_ECONOMIC = ("委托业务费", "劳务费", "维修（护）费", "其他商品和服务支出", "办公费")
_WHAT_FOR = ("按合同支付进度款", "支付服务费", "支付材料款", "支付补助款", "支付劳务费")


@dataclass(frozen=True, slots=True)
class Slip:
    """One line of a voucher as the treasury prints it; ``story`` None: of no declared project.

    ``line_no`` is the export's own number; ``name`` is what a voucher is found again by that
    more happens to: ``mistyped``, ``reversed``, ``misprinted``, ``stays``, ``basic``.
    """

    paid_on: date
    amount: Decimal
    story: Story | None = None
    line_no: str = "1"
    kind: VoucherKind = VoucherKind.PAYMENT
    project_code: str | None = None
    project_name: str | None = None
    unit_code: str = ""
    unit_name: str = ""
    nature: str = _BUDGET_MONEY
    economic: str = _ECONOMIC[0]
    account: str | None = None
    summary: str = ""
    name: str = ""
    voucher_no: str = ""

    @property
    def key(self) -> VoucherKey:
        """What makes the voucher the same voucher."""
        return VoucherKey(REGION, YEAR, self.kind, self.voucher_no)

    @property
    def line(self) -> PaymentLine:
        """The line as a request hands it in; the file says the same."""
        return PaymentLine(
            self.line_no,
            self.amount,
            self.paid_on,
            project_code=self.project_code,
            project_name=self.project_name,
            unit_code=self.unit_code,
            unit_name=self.unit_name,
            fund_nature=self.nature,
            economic_class=self.economic,
            payee_account=self.account,
            summary=self.summary,
        )


def slips(stories: Iterable[Story], seed: int) -> list[Slip]:
    """All voucher lines of the year in the order of their days, each with its number."""
    every: list[Slip] = []
    for story in stories:
        rng = Random(f"{seed}/slips/{story.key}/{story.copy}")  # noqa: S311  # a sample, no secret
        every += _ordinary(story, rng)
        every += _special(story, rng)
    every.sort(key=lambda slip: (slip.paid_on, slip.line_no, slip.project_code or "", slip.amount))
    return list(_numbered(every))


def _numbered(every: Iterable[Slip]) -> Iterator[Slip]:
    """Number vouchers by their days; a reversal is a line of the voucher it takes back."""
    numbers: dict[str, str] = {}
    for order, slip in enumerate(every, start=1):
        prefix = "BK" if slip.kind is VoucherKind.ALLOCATION else "ZF"
        number = f"{prefix}{YEAR}{order:06d}"
        if slip.name:
            copy = slip.story.copy if slip.story else 1
            number = numbers.setdefault(f"{slip.name}/{copy}/{slip.unit_code}", number)
        yield replace(slip, voucher_no=number)


def _of(story: Story, paid_on: date, amount: Decimal, rng: Random) -> Slip:
    what_for = rng.choice(_WHAT_FOR)
    return Slip(
        paid_on,
        amount,
        story,
        project_code=story.code,
        project_name=story.name,
        unit_code=story.unit.code,
        unit_name=story.unit.name,
        economic=rng.choice(_ECONOMIC),
        summary=f"{story.name}，{what_for}",
    )


def _ordinary(story: Story, rng: Random) -> Iterator[Slip]:
    """Cut each month's money into vouchers on working days."""
    for month, amount in _months(story, rng):
        days = _days(story, month)
        for part in _parts(amount, rng.choice(story.pieces), rng):
            yield _of(story, rng.choice(days), part, rng)


def _months(story: Story, rng: Random) -> Iterator[tuple[int, Decimal]]:
    """Month by month what is paid in it, in yuan; months that pay nothing are left out.

    The seed moves a month's end a little: never the last one, and never back in time.
    """
    done = Decimal(0)
    for month, (before, share) in enumerate(pairwise((0, *story.curve)), start=1):
        if share == before:
            continue
        after = next((later for later in story.curve[month:] if later != share), share)
        room = min(story.wobble, (share - before) // 3, (after - share) // 3)
        upto = yuan(story.money * WAN * (share + rng.randint(-room, room)) / 1000)
        yield month, upto - done
        done = upto


def _days(story: Story, month: int) -> list[date]:
    """The working days of a month on which the story can pay."""
    last = monthrange(YEAR, month)[1]
    if story.key == STALLED.key and month == 5:
        last = 9
    days = [date(YEAR, month, day) for day in range(1, last + 1)]
    return [day for day in days if day > story.arrived_on and is_working_day(day)]


def _parts(amount: Decimal, count: int, rng: Random) -> list[Decimal]:
    """Cut an amount into so many parts, to the hundred yuan; the last takes what is left."""
    weights = [rng.uniform(0.6, 1.4) for _ in range(count)]
    parts = [
        (amount * Decimal(str(round(w / sum(weights), 4)))).quantize(Decimal("1E2"))
        for w in weights[:-1]
    ]
    return [yuan(part) for part in (*parts, amount - sum(parts, Decimal(0)))]


def _special(story: Story, rng: Random) -> Iterator[Slip]:
    """The vouchers a story is told by."""
    if story.key == LUMPS.key:
        for day in (date(YEAR, 5, 27), date(YEAR, 11, 20)):
            half = yuan(story.fiscal * WAN / 2)
            yield replace(
                _of(story, day, half, rng),
                kind=VoucherKind.ALLOCATION,
                account=INSURANCE_FUND_ACCOUNT,
                economic="对社会保障基金补助",
                summary=f"{story.name}，拨入社保基金专户",
            )
    elif story.key == LAGGING.key:
        yield replace(
            _of(story, date(YEAR, 11, 12), yuan(story.other * WAN), rng), nature=_OWN_MONEY
        )
    elif story.key == CORRECTED.key:
        yield replace(_of(story, date(YEAR, 3, 18), MISTYPED, rng), name="mistyped")
        taken_back = replace(_of(story, date(YEAR, 8, 20), Decimal(50_000), rng), name="reversed")
        yield taken_back
        yield replace(
            taken_back,
            paid_on=date(YEAR, 9, 12),
            amount=-taken_back.amount,
            line_no="2",
            summary=f"{story.name}，收款人账号有误，款项退回",
        )
        yield from _astray(story, rng)


def _astray(story: Story, rng: Random) -> Iterator[Slip]:
    """Lines that find no target: one misprinted, one of nobody's, two of basic expenditure."""
    misprinted = _of(story, date(YEAR, 6, 11), Decimal(28_000), rng)
    wrong = f"{story.code[:-1]}X"
    yield replace(misprinted, project_code=wrong, name="misprinted")
    stays = Slip(
        date(YEAR, 8, 6),
        Decimal(46_500),
        story,
        project_code=f"13990024P00D{90 + story.copy % 10}100001Z",
        project_name="上年度农田水利应急资金",
        unit_code=FARMING.code,
        unit_name=FARMING.name,
        summary="支付应急抢修尾款",
        name="stays",
    )
    yield stays
    for unit in UNITS[:2]:
        yield Slip(
            date(YEAR, 2, 14),
            Decimal(18_600),
            story,
            project_name="公用经费",
            unit_code=unit.code,
            unit_name=unit.name,
            summary="支付物业费",
            name="basic",
        )


_COLUMNS = (
    *("凭证类型", "支付凭证号", "明细序号", "预算年度", "实际支付日期", "实际支付金额"),
    *("项目代码", "项目名称", "单位代码", "单位名称", "资金性质", "部门支出经济分类"),
    *("收款人账号", "用途"),
)


def file_name(month: int) -> str:
    """What a month's file is called."""
    return f"{LABEL}{YEAR}年{month}月国库支付明细.csv"


def file_text(month: int, of_month: Iterable[Slip]) -> str:
    """A month's export: label, unit of money, headings, a row a line, the sum."""
    rows = list(of_month)
    lines = [f"{LABEL}{YEAR}年{month}月国库集中支付明细", "单位：元", ",".join(_COLUMNS)]
    lines += [",".join(_row(slip)) for slip in rows]
    total = sum((slip.amount for slip in rows), Decimal(0))
    lines.append(f"合计,,,,,{total}" + "," * 8)
    return "\n".join(lines) + "\n"


def _row(slip: Slip) -> tuple[str, ...]:
    return (
        slip.kind.value,
        slip.voucher_no,
        slip.line_no,
        str(YEAR),
        slip.paid_on.isoformat(),
        f"{slip.amount}",
        slip.project_code or "",
        slip.project_name or "",
        slip.unit_code,
        slip.unit_name,
        slip.nature,
        slip.economic,
        slip.account or "",
        slip.summary,
    )
