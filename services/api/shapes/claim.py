"""Unclaimed lines on the wire: what is open, what is proposed, what is said of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BeforeValidator, Field

from domain.claim import Basis
from domain.claim_rule import LinePattern
from domain.payment import VoucherKind
from domain.proposal import Proposal
from services.api.shapes.payment import Kind, ShareReply
from services.api.shapes.values import Body, Code, Day, MoneyField, Name, Reply, Text, Year
from services.api.writes import Written
from services.carrying_rules import Carrying
from services.claiming import LineRef, WholeClaims, Withdrawals
from services.claiming_by_rule import NewRule, RuleEnd
from services.readmodel.unclaimed_rows import UnclaimedLine

Kept = Annotated[Kind, BeforeValidator(VoucherKind)]
"""A kind of voucher as the read tables have it."""


class ProposalReply(Reply):
    """A target a line may belong to; ``score`` of 100. Nothing is claimed by it."""

    target_id: UUID
    project_name: str
    unit_name: str
    score: int
    reasons: tuple[str, ...]


class UnclaimedReply(Reply):
    """A line, or the rest of a split one, that is nobody's yet."""

    voucher_id: UUID
    line_key: str
    kind: Kept
    voucher_no: str
    amount: Annotated[MoneyField, Field(description="未认领金额")]
    line_amount: Annotated[MoneyField, Field(description="该行金额")]
    paid_on: Day
    unit_code: str | None
    unit_name: str | None
    project_code: str | None
    project_name: str | None
    document_no: str | None
    fund_nature: str | None
    economic_class: str | None
    summary: str | None
    basis: Annotated[
        Basis | None,
        Field(description="null：未找到；hand：人工留下的部分；reopened：更正后拆分不符，须重拆"),
    ]
    shares: tuple[ShareReply, ...]
    proposals: tuple[ProposalReply, ...] = ()

    @classmethod
    def of(cls, line: UnclaimedLine, proposals: tuple[Proposal, ...]) -> UnclaimedReply:
        """Read it from a row, with what is proposed for it."""
        plain = cls.model_validate(line)
        told = tuple(ProposalReply.model_validate(one) for one in proposals)
        return plain.model_copy(update={"proposals": told})


class UnclaimedPage(Reply):
    """A page of unclaimed lines; ``lines`` and ``amount`` are of the whole list."""

    items: list[UnclaimedReply]
    next_cursor: str | None
    lines: int
    amount: MoneyField
    position: int


class SumReply(Reply):
    """What stands somewhere, of one month of payment and one kind of voucher."""

    month: Annotated[Day, Field(description="支付月份的第一天")]
    kind: Kept
    standing: Annotated[str, Field(description="matched、basic、unclaimed")]
    amount: MoneyField


class SumsReply(Reply):
    """Everything entered: matched + basic + unclaimed."""

    fiscal_year: int
    items: list[SumReply]
    matched: MoneyField
    basic: MoneyField
    unclaimed: MoneyField
    entered: MoneyField
    position: int


class ClaimStepReply(Reply):
    """What a person said of a line; without shares: that it was withdrawn."""

    position: int
    recorded_at: datetime
    actor: str
    shares: tuple[ShareReply, ...]
    reason: str


class LineShape(Body):
    """Which line of which voucher."""

    voucher_id: UUID
    line_key: Code

    def to_domain(self) -> LineRef:
        """The use case's line."""
        return LineRef(self.voucher_id, self.line_key)


Lines = Annotated[list[LineShape], Field(min_length=1, max_length=5000)]
Owner = Annotated[UUID | None, Field(description="归入的绩效目标；null 为基本支出")]


class ClaimsShape(Body):
    """Lines that are one target's, whole; without target they are basic expenditure."""

    lines: Lines
    target_id: Owner
    reason: Text

    def to_domain(self) -> WholeClaims:
        """The use case's claims."""
        lines = tuple(line.to_domain() for line in self.lines)
        return WholeClaims(lines, self.target_id, self.reason)


class WithdrawalsShape(Body):
    """Lines whose claims are taken back."""

    lines: Lines
    reason: Text

    def to_domain(self) -> Withdrawals:
        """The use case's withdrawals."""
        return Withdrawals(tuple(line.to_domain() for line in self.lines), self.reason)


class ChangedReply(Written):
    """What became of many lines; the others were as asked before."""

    changed: int
    unchanged: int


class PatternShape(Body):
    """What a line must print; what is left out is not asked."""

    unit: Annotated[Name | None, Field(description="单位编码或名称")] = None
    project_code: Annotated[Code | None, Field(description="所印项目编码")] = None
    project_name: Annotated[Name | None, Field(description="所印项目名称")] = None
    document_no: Annotated[Name | None, Field(description="所印文号")] = None
    fund_nature: Annotated[Name | None, Field(description="所印资金性质")] = None
    economic_class: Annotated[
        Name | None, Field(description="经济分类：编码按开头比，301 包括 30101；名称按包含比")
    ] = None
    summary: Annotated[
        Name | None,
        Field(description="摘要含有的词，多个词按先后以 * 隔开", examples=["用车*维修"]),
    ] = None

    def to_domain(self) -> LinePattern:
        """The domain's pattern."""
        return LinePattern(**self.model_dump())


class RuleTrialShape(Body):
    """A rule to be looked at before it is set."""

    fiscal_year: Year
    pattern: PatternShape
    target_id: Owner
    from_on: Annotated[Day, Field(description="自哪一天起支付的")]

    def to_domain(self) -> NewRule:
        """The use case's rule."""
        return NewRule(self.pattern.to_domain(), self.target_id, self.from_on)


class RuleShape(RuleTrialShape):
    """A rule to be set, and why."""

    reason: Text

    def to_domain(self) -> NewRule:
        """The use case's rule."""
        return NewRule(self.pattern.to_domain(), self.target_id, self.from_on, self.reason)


class RuleEndShape(Body):
    """From which day on a rule does not mean lines any more."""

    stops_on: Annotated[Day, Field(description="停用自：这一天及以后支付的不再适用")]
    reason: Text

    def to_domain(self, number: int) -> RuleEnd:
        """The use case's end."""
        return RuleEnd(number, self.stops_on, self.reason)


class RuleSetReply(Written):
    """A rule's number; ``changed``: whether anything was recorded now."""

    number: int
    changed: bool


class CarryShape(Body):
    """Whether it is only looked at."""

    preview: Annotated[bool, Field(description="只看，不作记录")] = False


class CarriedReply(Reply):
    """A rule of the year before: its number now, or why it does not go on."""

    before: int
    number: int | None
    known: bool
    why: str | None


class CarryReply(Written):
    """What became of the rules of the year before; ``carried`` counts those set now."""

    carried: int
    items: tuple[CarriedReply, ...]

    @classmethod
    def of(cls, seen: Carrying, head: int) -> CarryReply:
        """Read it from the use case; what is only looked at is as of the head."""
        items = tuple(map(CarriedReply.model_validate, seen.rules))
        return cls(position=seen.position or head, carried=seen.carried, items=items)


class PatternReply(Reply):
    """What a rule asks."""

    unit: str | None
    project_code: str | None
    project_name: str | None
    document_no: str | None
    fund_nature: str | None
    economic_class: str | None
    summary: str | None


class RuleReply(Reply):
    """A rule as known, and what it holds at the two clocks."""

    number: int
    pattern: PatternReply
    target_id: UUID | None
    project_name: str | None
    from_on: Day
    reason: str
    actor: str
    recorded_at: datetime
    stops_on: Day | None
    end_reason: str | None
    ended_by: str | None
    ended_at: datetime | None
    lines: int
    amount: MoneyField


class TakenReply(Reply):
    """A line that a rule would take."""

    voucher_id: UUID
    voucher_no: str
    line_key: str
    amount: MoneyField
    paid_on: date
    unit_name: str | None
    project_name: str | None
    summary: str | None
    rule: int | None


class UnitTakenReply(Reply):
    """What a rule would take of one unit."""

    unit: str
    lines: int
    amount: MoneyField


class RulePreviewReply(Written):
    """What a rule would take, as things stand; the first lines are listed."""

    lines: int
    amount: MoneyField
    units: tuple[UnitTakenReply, ...]
    of_rules: Annotated[dict[str, int], Field(description="其中现由别的规则归集的行数，按规则号")]
    left: Annotated[int, Field(description="也符合条件，但仍归条件更多的规则的行数")]
    items: tuple[TakenReply, ...]
