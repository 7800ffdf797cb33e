"""The people of the sample county at work: each act is one of the real use cases.

Every act carries a command id derived from its name, so that done twice it is done once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from hashlib import blake2b
from uuid import UUID, uuid5

from domain.alert import Alert, Explanation, Rule, Scope
from domain.approval import GivenApproval
from domain.claim import Share
from domain.funds import FundLine
from domain.identity import indicator_id, target_id
from domain.indicator import Achievement, Comparator, Indicator
from domain.monitoring_round import MonitoringRound
from domain.policy_terms import PaymentTerms, PolicyTerms
from domain.store import StoreKind
from domain.target import Target
from ops.demo import achievements, forms, vouchers
from ops.demo.sample import Sample
from ops.demo.story import LABEL, REGION, YEAR, Goal, Story, Unit
from ops.demo.vouchers import INSURANCE_FUND_ACCOUNT, Slip
from services.alerting import explain
from services.bootstrap import Services
from services.claiming import LineClaim, LineRef, claim_line
from services.clock import today
from services.declaring import (
    NewPlan,
    add_fund_line,
    approve_revision,
    confirm_over_budget,
    confirm_reading,
    declare,
    open_round,
    set_plan,
    set_policy,
)
from services.founding import found
from services.importing_achievements import import_achievements
from services.importing_payments import import_payments
from services.log.appending import Command
from services.log.meta import Meta
from services.readmodel.lookups import Lookups
from services.recording import Upload
from services.recording_achievements import AchievementReport, report_achievement
from services.recording_payments import (
    LineCorrection,
    PaymentBatch,
    correct_payment,
    record_payments,
)
from services.revising import NewRevision, propose_revision

DESK, TREASURY = "绩效股", "国库股"

APPROVED_BY = "澄财预〔2025〕3号"
"""The document by which finance approved the targets of the year's budget (批复文号)."""

TERMS = PolicyTerms(payments=PaymentTerms(insurance_fund_accounts=(INSURANCE_FUND_ACCOUNT,)))
"""The rules' defaults, and where the county's insurance fund has its account."""

_COMMANDS = UUID("6b0f0d52-8d0b-5a53-9d0a-6f1f0c6f2025")


def command(sample: Sample, name: str) -> Command:
    """The command of an act, the same whenever the same sample is loaded."""
    whole = f"{sample.text}/{name}"
    digest = blake2b(whole.encode(), digest_size=16).digest()
    return Command(uuid5(_COMMANDS, whole), digest)


def target_of(story: Story) -> UUID:
    """The id of a story's target."""
    return target_id(REGION, YEAR, story.code, story.unit.name, story.name)


def indicator_of(story: Story, name: str) -> UUID:
    """The id of a goal's indicator."""
    goal = next(goal for goal in story.goals if goal.name == name)
    key = (goal.indicator_class, goal.category, goal.name)
    return indicator_id(target_of(story), key, 0)


@dataclass(frozen=True, slots=True)
class Desk:
    """Does what the timetable says, on the day the clock is set to."""

    services: Services
    lookups: Lookups
    sample: Sample

    @property
    def _today(self) -> date:
        return today(self.services.clock)

    def _signed(self, name: str, actor: str, source: str = "screen") -> tuple[Command, Meta]:
        asked = command(self.sample, name)
        return asked, Meta(actor, asked.command_id, source)

    # The bureau's own affairs.

    def found_store(self) -> None:
        """Found the store; its first event says which sample it holds."""
        meta = Meta(DESK, None, self.sample.text)
        found(self.services.log, StoreKind.DEMO, REGION, LABEL, meta)

    def set_terms(self, in_force_from: date, reason: str, asked: Command) -> None:
        """Set the policy from a day on."""
        set_policy(
            self.services.log,
            REGION,
            TERMS,
            in_force_from=in_force_from,
            reason=reason,
            meta=Meta(DESK, asked.command_id, "screen"),
            command=asked,
        )

    def open_round(self, opened: MonitoringRound) -> None:
        """Ask all units for their reports."""
        asked, meta = self._signed(f"round {opened.name}", DESK)
        open_round(self.services.log, REGION, opened, meta=meta, command=asked)

    def evaluate(self, as_of: date) -> None:
        """Judge a day."""
        evaluator = self.services.evaluator(REGION)
        meta = Meta(DESK, None, "timetable")
        evaluator.evaluate(YEAR, as_of, today=self._today, meta=meta)

    # Targets.

    def declare(self, stories: Sequence[Story]) -> None:
        """Bring in a unit's file of forms, as finance approved them."""
        with_budget = stories[0].arrived_on == date(YEAR, 1, 1)
        approval = GivenApproval(self._today, APPROVED_BY if with_budget else None)
        for story, declaration in zip(stories, forms.declarations(stories), strict=True):
            asked, meta = self._signed(f"declare {story.code}", story.unit.clerk, "form")
            declare(
                self.services.log,
                declaration,
                on=self._today,
                approval=approval,
                meta=meta,
                command=asked,
            )
        self.services.projector.catch_up()  # files of reports look targets up

    def plan(self, story: Story, new: NewPlan) -> None:
        """Replace a plan."""
        asked, meta = self._signed(f"plan {story.code}", DESK)
        set_plan(self.services.log, target_of(story), new, meta=meta, command=asked)

    def confirm_cost(self, story: Story, name: str) -> None:
        """Settle a cost that was printed with ≥: it is a ceiling."""
        printed = self._indicator(story, name)
        value = replace(printed.value, comparator=Comparator.AT_MOST)
        settled = replace(printed, value=value, to_confirm=())
        self._confirm(story, settled, "成本指标误印为≥，按≤考核")

    def confirm_payment_deadline(self, story: Story, name: str) -> None:
        """Settle a payment deadline: it is done when the project's money is paid (rules §4)."""
        settled = replace(self._indicator(story, name), from_payments=True)
        self._confirm(story, settled, "支付时限，完成情况取自支付数据")

    def _confirm(self, story: Story, settled: Indicator, reason: str) -> None:
        asked, meta = self._signed(f"confirm {story.code} {settled.name}", DESK)
        confirm_reading(
            self.services.log,
            target_of(story),
            settled,
            confirmed_on=self._today,
            reason=reason,
            meta=meta,
            command=asked,
        )

    def grant(self, story: Story, line: FundLine) -> None:
        """Record a supplement."""
        asked, meta = self._signed(f"grant {story.code} {line.line_no}", DESK)
        add_fund_line(self.services.log, target_of(story), line, meta=meta, command=asked)

    def confirm_over_budget(self, story: Story) -> None:
        """Say that no supplement is missing."""
        asked, meta = self._signed(f"over budget {story.code}", DESK)
        confirm_over_budget(
            self.services.log, target_of(story), on=self._today, meta=meta, command=asked
        )

    def propose(self, story: Story, goals: tuple[Goal, ...], proposed_on: date) -> int:
        """Bring the form in again with other goals; answer the revision's number."""
        asked, meta = self._signed(f"revise {story.code}", story.unit.clerk, "form")
        changed = forms.declarations([replace(story, goals=goals)])[0]
        report = propose_revision(
            self.services.log,
            target_of(story),
            NewRevision(
                changed, "补贴政策调整，机具台数相应调减", "澄财调〔2025〕6号", proposed_on
            ),
            meta=meta,
            command=asked,
        )
        if report.number is None:
            raise AssertionError(story.code)
        return report.number

    def approve(self, story: Story, goals: tuple[Goal, ...], proposed_on: date) -> None:
        """Approve what was proposed; asked again, the proposal answers its number again."""
        number = self.propose(story, goals, proposed_on)
        asked, meta = self._signed(f"approve {story.code}", DESK)
        approve_revision(
            self.services.log,
            target_of(story),
            number,
            approved_on=self._today,
            meta=meta,
            command=asked,
        )

    # Money.

    def import_month(self, month: int, slips: Iterable[Slip], complete_to: date) -> None:
        """Bring a month's export in."""
        upload = Upload(
            vouchers.file_text(month, slips).encode(),
            vouchers.file_name(month),
            REGION,
            YEAR,
            complete_to=complete_to,
        )
        meta = Meta(TREASURY, command(self.sample, upload.name).command_id, "file")
        import_payments(self.services.log, self.lookups, upload, meta=meta, today=self._today)

    def record(self, slip: Slip) -> None:
        """Enter one voucher by hand, before the month's export has it."""
        meta = Meta(TREASURY, command(self.sample, slip.voucher_no).command_id, "screen")
        batch = PaymentBatch(REGION, YEAR, ((slip.key, (slip.line,)),), name="逐笔录入")
        record_payments(self.services.log, batch, meta=meta, today=self._today)

    def correct(self, slip: Slip, amount: Decimal) -> None:
        """Mend an amount that was typed wrongly."""
        asked, meta = self._signed(f"correct {slip.voucher_no}", TREASURY)
        correction = LineCorrection(
            slip.key, slip.line_no, "原录入金额多一个零，按支付回单更正", amount=amount
        )
        correct_payment(self.services.log, correction, meta=meta, today=self._today, command=asked)

    def claim(self, slip: Slip, owner: Story | None, reason: str) -> None:
        """Say whose a line is; None: basic expenditure."""
        asked, meta = self._signed(f"claim {slip.voucher_no}", DESK)
        share = Share(target_of(owner) if owner else None, slip.amount)
        claim = LineClaim(LineRef.of(slip.key, slip.line_no), (share,), reason)
        claim_line(self.services.log, claim, meta=meta, command=asked)

    # Reports and explanations.

    def import_round(self, unit: Unit, order: int, said: Iterable[achievements.Report]) -> None:
        """Bring a unit's report of a round in."""
        upload = Upload(
            achievements.file_text(unit, said).encode(),
            achievements.file_name(unit, order),
            REGION,
            YEAR,
        )
        meta = Meta(unit.clerk, command(self.sample, upload.name).command_id, "file")
        import_achievements(self.services.log, self.lookups, upload, meta=meta, today=self._today)

    def report_again(self, story: Story, name: str, on: date, value: int) -> None:
        """Report another value for a day that was reported before."""
        indicator = self._indicator(story, name)
        unit = indicator.value.unit
        said = Achievement(indicator.indicator_id, on, f"{value}{unit}", Decimal(value), unit)
        self._report(story, AchievementReport(target_of(story), said, "台账复核后更正"))

    def report_done(self, story: Story, name: str, on: date) -> None:
        """Report that something with a deadline is done, without waiting for the round."""
        indicator = self._indicator(story, name)
        said = Achievement(indicator.indicator_id, on, on.isoformat(), done_on=on)
        self._report(story, AchievementReport(target_of(story), said))

    def _report(self, story: Story, report: AchievementReport) -> None:
        said = report.achievement
        name = f"report {said.indicator_id} {said.reported_on}"
        asked, meta = self._signed(name, story.unit.clerk)
        report_achievement(self.services.log, report, meta=meta, today=self._today, command=asked)

    def explain(self, story: Story, rule: Rule, name: str | None, told: Explanation) -> None:
        """Explain a lag, where an explanation is owed."""
        indicator = indicator_of(story, name) if name else None
        scope = Scope(rule, target_of(story), YEAR, indicator, story.unit.code)
        alert_id = Alert.create_id(scope)
        log = self.services.log
        alert = log.get_many(Alert, [alert_id]).get(alert_id)
        if alert is not None and alert.explanation_owed:
            asked, meta = self._signed(f"explain {alert_id} {self._today}", story.unit.head)
            explain(log, alert_id, told, on=self._today, meta=meta, command=asked)

    def _indicator(self, story: Story, name: str) -> Indicator:
        known = self.services.log.get(Target, target_of(story)).indicators.values()
        return next(indicator for indicator in known if indicator.name == name)
