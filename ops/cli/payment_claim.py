"""``jixiao payment unclaimed|claim|basic|split|withdraw``: whose lines are that no code finds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

import typer

from domain.claim import Share
from domain.errors import NotOnRecordError
from domain.money import yuan_text
from domain.payment import Payment, VoucherKey
from domain.proposal import Proposal, Proposer
from ops.cli.incoming import Desk, open_desk
from ops.cli.payment_words import Kind, yuan_of
from services.claiming import (
    Changed,
    LineClaim,
    LineRef,
    WholeClaims,
    Withdrawals,
    claim_line,
    claim_lines,
    withdraw_claims,
)
from services.readmodel.documents import plain
from services.readmodel.readmodel import FOR_EVER
from services.readmodel.unclaimed_rows import LineFilter, LinePage, Order, UnclaimedLine

Json = Annotated[bool, typer.Option("--json", help="输出 JSON")]
Year = Annotated[int | None, typer.Option(help="预算年度，默认为最新年度")]
Reason = Annotated[str, typer.Option(help="理由")]
KindOption = Annotated[Kind, typer.Option(help="凭证类型")]
Lines = Annotated[
    list[str],
    typer.Argument(metavar="LINE…", help="凭证号；凭证有多行的写 凭证号:行号（见 unclaimed）"),
]
TARGET_HELP = "归入的项目：项目编码、项目名称或绩效目标编号"

_BASIC, _OPEN = "基本支出", "未认领"


def register(app: typer.Typer) -> None:
    """Add the commands to ``jixiao payment``."""
    app.command("unclaimed")(list_unclaimed)
    app.command("claim")(claim)
    app.command("basic")(basic)
    app.command("split")(split)
    app.command("withdraw")(withdraw)


def list_unclaimed(
    year: Year = None,
    unit: Annotated[str | None, typer.Option(help="单位编码，没有编码的为名称")] = None,
    month: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m"], help="支付月份，如 2025-06")
    ] = None,
    least: Annotated[str | None, typer.Option(help="金额不低于（元）")] = None,
    most: Annotated[str | None, typer.Option(help="金额不高于（元）")] = None,
    text: Annotated[str | None, typer.Option(help="所印内容里的文字")] = None,
    order: Annotated[Order, typer.Option(help="排序")] = Order.UNIT,
    start: Annotated[int, typer.Option(min=0, help="跳过前多少行")] = 0,
    limit: Annotated[int, typer.Option(min=1, max=5000, help="列出多少行")] = 50,
    as_json: Json = False,
) -> None:
    """列出未认领支付，附建议归属；建议不等于认领。"""
    of_month = month.date() if month else None
    wanted = LineFilter(unit, of_month, yuan_of(least), yuan_of(most), text)
    with open_desk() as desk:
        desk.services.projector.catch_up()
        read, fiscal_year = desk.services.read_model, desk.year(year)
        moment = read.moment(fiscal_year, date.max, FOR_EVER)
        page = read.unclaimed_lines.page(moment, wanted, order=order, start=start, limit=limit)
        proposer = Proposer(read.unclaimed_lines.candidates(fiscal_year))
    proposals = [proposer.propose(row.printed()) for row in page.rows]
    if as_json:
        typer.echo(json.dumps(_told(page, proposals), ensure_ascii=False))
    else:
        typer.echo("\n".join(_listed(page, proposals)))


def _told(
    page: LinePage[UnclaimedLine], proposals: Sequence[tuple[Proposal, ...]]
) -> dict[str, object]:
    items = [
        plain(row) | {"proposals": plain(proposed)}
        for row, proposed in zip(page.rows, proposals, strict=True)
    ]
    return {"lines": page.lines, "amount": f"{page.amount:f}", "items": items}


def _listed(
    page: LinePage[UnclaimedLine], proposals: Sequence[tuple[Proposal, ...]]
) -> Iterator[str]:
    yield f"未认领{page.lines}行，合计{yuan_text(page.amount)}元。"
    for row, proposed in zip(page.rows, proposals, strict=True):
        printed = row.project_name or row.project_code or row.document_no or "（未印项目）"
        unit = row.unit_name or row.unit_code or "（未印单位）"
        broken = "  ✗更正后拆分不符，须重拆" if row.basis == "reopened" else ""
        yield (
            f"{row.paid_on}  {row.voucher_no}:{row.line_key}  {yuan_text(row.amount)}元"
            f"  {unit}  {printed}  {row.summary or ''}{broken}"
        )
        for one in proposed:
            yield f"    建议（{one.score}）{one.project_name}：{'、'.join(one.reasons)}"
    left = page.lines - page.start - len(page.rows)
    if left > 0:
        yield f"……另有{left}行，用 --start {page.start + len(page.rows)} 接着看"


def claim(
    target: Annotated[str, typer.Argument(metavar="TARGET", help=TARGET_HELP)],
    lines: Lines,
    reason: Reason,
    kind: KindOption = Kind.PAYMENT,
    year: Year = None,
    as_json: Json = False,
) -> None:
    """认领：整行归入一个项目，一次可多行，全部成功或全部不动。"""
    with open_desk() as desk:
        book = _Book(desk, desk.year(year), kind)
        claims = WholeClaims(book.refs(lines), book.target(target), reason)
        done = claim_lines(desk.services.log, claims, meta=desk.meta)
        desk.services.projector.catch_up()
    _say(done, as_json=as_json)


def basic(
    lines: Lines,
    reason: Reason,
    kind: KindOption = Kind.PAYMENT,
    year: Year = None,
    as_json: Json = False,
) -> None:
    """标为基本支出，一次可多行。"""
    with open_desk() as desk:
        claims = WholeClaims(_Book(desk, desk.year(year), kind).refs(lines), None, reason)
        done = claim_lines(desk.services.log, claims, meta=desk.meta)
        desk.services.projector.catch_up()
    _say(done, as_json=as_json)


def split(
    line: Annotated[str, typer.Argument(metavar="LINE", help="凭证号，或 凭证号:行号")],
    reason: Reason,
    part: Annotated[
        list[str],
        typer.Option(
            help=f"一部分：项目=金额（元）；基本支出写 {_BASIC}=金额，仍未认领的写 {_OPEN}=金额"
        ),
    ],
    kind: KindOption = Kind.PAYMENT,
    year: Year = None,
    as_json: Json = False,
) -> None:
    """拆分一行；各部分合计须等于该行金额，冲销为负数。"""
    with open_desk() as desk:
        book = _Book(desk, desk.year(year), kind)
        [ref] = book.refs([line])
        shares = tuple(book.share(one) for one in part)
        done = claim_line(desk.services.log, LineClaim(ref, shares, reason), meta=desk.meta)
        desk.services.projector.catch_up()
    changed = int(done.changed)
    _say(Changed(done.position, changed, 1 - changed), as_json=as_json)


def withdraw(
    lines: Lines,
    reason: Reason,
    kind: KindOption = Kind.PAYMENT,
    year: Year = None,
    as_json: Json = False,
) -> None:
    """撤销认领、拆分或基本支出标记；原认领留在记录里。"""
    with open_desk() as desk:
        withdrawals = Withdrawals(_Book(desk, desk.year(year), kind).refs(lines), reason)
        done = withdraw_claims(desk.services.log, withdrawals, meta=desk.meta)
        desk.services.projector.catch_up()
    _say(done, as_json=as_json)


def target_named(desk: Desk, year: int, name: str) -> UUID:
    """A target by its code, its name where only one has it, or its id; NotOnRecordError."""
    desk.services.projector.catch_up()
    found = desk.lookups.targets(desk.region, year)
    fitting = found.find(name, None, None) or found.find(None, name, None)
    if len(fitting) == 1:
        return fitting[0].target_id
    if fitting:
        codes = "、".join(one.project_code or str(one.target_id) for one in fitting)
        raise typer.BadParameter(f"有{len(fitting)}个项目名为“{name}”。请用编码指明：{codes}")
    try:
        return UUID(name)
    except ValueError:
        raise NotOnRecordError(f"{year}年度的项目“{name}”") from None


@dataclass(frozen=True, slots=True)
class _Book:
    """What words on the command line mean in one year."""

    desk: Desk
    year: int
    kind: Kind

    def refs(self, words: Sequence[str]) -> tuple[LineRef, ...]:
        """Lines by voucher and line number; the number may be left out where there is one line."""
        return tuple(self._ref(word) for word in words)

    def _ref(self, word: str) -> LineRef:
        number, _, line_key = word.partition(":")
        key = VoucherKey(self.desk.region, self.year, self.kind.voucher, number)
        ref = LineRef.of(key, line_key)
        payment = self.desk.services.log.get_many(Payment, [ref.voucher_id]).get(ref.voucher_id)
        if payment is None:
            raise NotOnRecordError(f"{key.budget_year}年{key.kind}{number}")
        if line_key:
            return ref
        if len(payment.lines) > 1:
            keys = "、".join(payment.lines)
            raise typer.BadParameter(f"凭证{number}有多行，请写明 {number}:行号；行号有：{keys}")
        return LineRef(ref.voucher_id, next(iter(payment.lines)))

    def target(self, name: str) -> UUID:
        """A target by its code, name or id."""
        return target_named(self.desk, self.year, name)

    def share(self, words: str) -> Share:
        """A part, as ``P1=100.00``."""
        name, equals, amount = words.rpartition("=")
        given = yuan_of(amount) if equals else None
        if given is None or not name:
            raise typer.BadParameter(f"“{words}”须写成 项目=金额，如 P0001=1200.00")
        return self._share(name, given)

    def _share(self, name: str, amount: Decimal) -> Share:
        if name in (_BASIC, _OPEN):
            return Share(None, amount, unclaimed=name == _OPEN)
        return Share(self.target(name), amount)


def _say(done: Changed, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(plain(done), ensure_ascii=False))
        return
    same = f"，{done.unchanged}行本来如此" if done.unchanged else ""
    typer.echo(f"已办理{done.changed}行{same}（{done.position}）。")
