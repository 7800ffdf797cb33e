"""One project in one fiscal year (绩效目标): its lines, indicators, plan, reports and life."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from eventsourcing.domain import event

from domain.approval import GivenApproval, Objection, Stage, Standing, require_mended
from domain.baseline import Baseline, BaselineTooLateError, with_baseline
from domain.confirmation.kinds import judged_as
from domain.declaration import Declaration
from domain.errors import FutureDateError, MonitoringError, NotOnRecordError, said_reason
from domain.event import DomainAggregate
from domain.funds import FundLine, detailed
from domain.identity import target_id
from domain.indicator import Achievement, Indicator, Kind, Measured
from domain.plan import Shape, SpendingPlan, Window
from domain.settled import SettledRow
from domain.units import require_convertible


class Life(StrEnum):
    """Where a target stands in its life (rules §5)."""

    NORMAL = "正常"
    TERMINATED = "终止"
    MERGED = "合并"
    TRANSFERRED = "划转"
    CUT_TO_ZERO = "调减为零"


class LineConflictError(MonitoringError):
    """A fund line came back with another content."""

    code = "fund_line_conflict"

    def __init__(self, known: FundLine, given: FundLine) -> None:
        super().__init__(
            f"资金行{known.line_no}已有记录（{known.amount}元，{known.arrived_on}），"
            f"与新录入的不同（{given.amount}元，{given.arrived_on}）。追加或追减请另录一行。"
        )


class RevisionNotOpenError(MonitoringError):
    """There is no proposed revision of that number."""

    code = "revision_not_open"

    def __init__(self, number: int) -> None:
        super().__init__(f"没有第{number}号待审的目标调整。请刷新后重试。")


class TargetEndedError(MonitoringError):
    """The target's life is over."""

    code = "target_ended"

    def __init__(self, life: Life, since: date) -> None:
        super().__init__(f"项目自{since}起已{life.value}，不再接受此项录入。")


class Target(DomainAggregate):
    """What one unit owes for one project in one year.

    Facts from outside are recorded even when they break the plan; refused is only what
    cannot be understood or contradicts the record (architecture §3).
    """

    TOPIC = "target"

    class Event(DomainAggregate.Event):
        """Anything recorded about a target."""

    class Declared(Event, DomainAggregate.Created):
        """绩效目标已申报."""

        TOPIC = "target.declared"
        declaration: Declaration

    Created = Declared

    class Submitted(Event):
        """绩效目标已送审."""

        TOPIC = "target.submitted"
        submitted_on: date

    class Returned(Event):
        """绩效目标已退回."""

        TOPIC = "target.returned"
        returned_on: date
        reason: str
        objections: tuple[Objection, ...]

    class Approved(Event):
        """绩效目标已批复."""

        TOPIC = "target.approved"
        approved_on: date
        document_no: str | None
        outside: bool

    class RevisionProposed(Event):
        """已提出目标调整."""

        TOPIC = "target.revision_proposed"
        number: int
        declaration: Declaration
        reason: str
        document_no: str | None
        proposed_on: date

    class RevisionApproved(Event):
        """目标调整已批准."""

        TOPIC = "target.revision_approved"
        number: int
        declaration: Declaration
        approved_on: date

    class CodeAdded(Event):
        """已补项目编码."""

        TOPIC = "target.code_added"
        project_code: str

    class PlanSet(Event):
        """资金支出计划已设定."""

        TOPIC = "target.plan_set"
        plan: SpendingPlan | None
        shape: Shape
        window: Window | None
        effective_on: date
        reason: str

    class FundLineArrived(Event):
        """资金已下达或已调整."""

        TOPIC = "target.fund_line_arrived"
        line: FundLine

    class FundsDetailed(Event):
        """申报的资金已按实际下达列明."""

        TOPIC = "target.funds_detailed"
        superseded: tuple[str, ...]
        remainder: tuple[FundLine, ...]

    class ReadingConfirmed(Event):
        """待核实的指标已确认."""

        TOPIC = "target.reading_confirmed"
        indicator: Indicator
        confirmed_on: date
        reason: str

    class BaselineSet(Event):
        """基期值已补录."""

        TOPIC = "target.baseline_set"
        baseline: Baseline
        indicator: Indicator
        set_on: date

    class KindChosen(Event):
        """指标的评判方式已选定."""

        TOPIC = "target.kind_chosen"
        indicator: Indicator
        chosen_on: date
        reason: str

    class WeightsConfirmed(Event):
        """各项指标的分值已确认."""

        TOPIC = "target.weights_confirmed"
        indicators: tuple[Indicator, ...]
        confirmed_on: date
        reason: str

    class IndicatorShared(Event):
        """指标与其他项目共用，或各填各的."""

        TOPIC = "target.indicator_shared"
        indicator_id: UUID
        group_id: UUID | None
        confirmed_on: date
        reason: str

    class AchievementReported(Event):
        """指标完成值已报送."""

        TOPIC = "target.achievement_reported"
        achievement: Achievement

    class AchievementCorrected(Event):
        """指标完成值已更正."""

        TOPIC = "target.achievement_corrected"
        achievement: Achievement
        reason: str

    class OverBudgetConfirmed(Event):
        """支出大于预算已核实."""

        TOPIC = "target.over_budget_confirmed"
        confirmed_on: date

    class Ended(Event):
        """项目已终止、合并、划转或调减为零."""

        TOPIC = "target.ended"
        life: Life
        ended_on: date
        document_no: str

    @event(Declared)
    def __init__(self, declaration: Declaration) -> None:
        self.declaration = declaration
        self.lines = {line.line_no: line for line in declaration.fund_lines}
        self.declared_lines = {line.line_no for line in declaration.fund_lines}
        self.detailed = 0
        self.indicators = {i.indicator_id: i for i in declaration.indicators}
        self.reports: dict[tuple[UUID, int, date], Achievement] = {}
        self.settled: dict[UUID, SettledRow] = {}
        self.kinds_settled: set[UUID] = set()
        self.shared: dict[UUID, UUID | None] = {}
        self.proposals: dict[int, Declaration] = {}
        self.standing = Standing()
        self.life = Life.NORMAL
        self.ended_on: date | None = None
        self.codes = {declaration.project_code} - {None}
        self.plan_in_force: tuple[SpendingPlan | None, Shape, Window | None, date, str] | None = (
            None
        )
        self.over_budget_since: date | None = None

    @staticmethod
    def create_id(declaration: Declaration) -> UUID:
        """Derive the id, so that declaring twice collides in the log itself."""
        return target_id(
            declaration.region,
            declaration.fiscal_year,
            declaration.project_code,
            declaration.unit_code or declaration.unit_name,
            declaration.project_name,
        )

    @property
    def to_approve(self) -> Declaration:
        """What approval would be of: before the first one, the latest values proposed."""
        if self.standing.stage is Stage.APPROVED or not self.proposals:
            return self.declaration
        return self.proposals[max(self.proposals)]

    def as_settled(self, declaration: Declaration) -> Declaration:
        """Read a declaration of this target as people settled its indicators."""
        return replace(declaration, indicators=tuple(map(self._settled, declaration.indicators)))

    def _settled(self, row: Indicator) -> Indicator:
        known = self.settled.get(row.indicator_id)
        return row if known is None else known.onto(row)

    def submit(self, submitted_on: date, *, today: date) -> None:
        """Hand the declaration in for approval, for the first time or after its return.

        Raises:
            StageError: it is handed in or approved already.
            FutureDateError: the day lies after today.
            StepBackwardsError: the day lies before the last step.
            TargetEndedError: the target's life is over.
        """
        self._require_life()
        self.standing.require_step(Stage.SUBMITTED, submitted_on, today)
        self._submit(submitted_on)

    @event(Submitted)
    def _submit(self, submitted_on: date) -> None:
        self.standing = Standing(Stage.SUBMITTED, submitted_on)

    def give_back(
        self, returned_on: date, reason: str, objections: Sequence[Objection], *, today: date
    ) -> None:
        """Return what was handed in, with what is wrong with it.

        Raises:
            ReasonMissingError: nobody says why.
            StageError, FutureDateError, StepBackwardsError, TargetEndedError: as of ``submit``.
        """
        said = said_reason(reason)
        self._require_life()
        self.standing.require_step(Stage.RETURNED, returned_on, today)
        self._give_back(returned_on, said, tuple(objections))

    @event(Returned)
    def _give_back(
        self,
        returned_on: date,
        reason: str,  # noqa: ARG002  # stored with the event
        objections: tuple[Objection, ...],  # noqa: ARG002
    ) -> None:
        self.standing = Standing(Stage.RETURNED, returned_on)

    def approve(
        self,
        approved_on: date,
        document_no: str | None,
        errors: Sequence[Objection],
        *,
        today: date,
    ) -> None:
        """Approve what was handed in, with the latest values proposed meanwhile.

        ``errors`` are what the review finds about ``to_approve`` as people settled it.

        Raises:
            ErrorsNotMendedError: there are any.
            StageError, FutureDateError, StepBackwardsError, TargetEndedError: as of ``submit``.
        """
        self._require_life()
        self.standing.require_step(Stage.APPROVED, approved_on, today)
        require_mended(errors)
        if self.proposals:
            self.approve_revision(max(self.proposals), approved_on)
        self._approve_declaration(approved_on, document_no, outside=False)

    def adopt_approval(
        self, declaration: Declaration, approval: GivenApproval, *, today: date
    ) -> bool:
        """Record that finance approved these very values elsewhere, whatever their faults.

        They are the declared ones, or a proposal, which is a revision approved then. Answers
        whether anything was recorded: what is approved is approved once.

        Raises:
            FutureDateError: the day lies after today.
            StepBackwardsError: the day lies before the last step.
        """
        known = self.standing.stage is Stage.APPROVED
        number = next((n for n, other in self.proposals.items() if other == declaration), None)
        if known and number is None:
            return False
        self.standing.require_day(approval.approved_on, today)
        if number is not None:
            self.approve_revision(number, approval.approved_on)
        if not known:
            self._approve_declaration(approval.approved_on, approval.document_no, outside=True)
        return True

    @event(Approved)
    def _approve_declaration(
        self,
        approved_on: date,
        document_no: str | None,  # noqa: ARG002  # stored with the event
        outside: bool,  # noqa: ARG002, FBT001  # a field of the event
    ) -> None:
        self.standing = Standing(Stage.APPROVED, approved_on)

    def _require_life(self) -> None:
        if self.ended_on is not None:
            raise TargetEndedError(self.life, self.ended_on)

    def propose_revision(
        self, declaration: Declaration, *, reason: str, document_no: str | None, proposed_on: date
    ) -> int | None:
        """Propose changed values; the same values again propose nothing and answer None."""
        if declaration in (self.declaration, *self.proposals.values()):
            return None
        number = self.version + 1
        self._propose(number, declaration, reason, document_no, proposed_on)
        return number

    @event(RevisionProposed)
    def _propose(
        self,
        number: int,
        declaration: Declaration,
        reason: str,  # noqa: ARG002  # stored with the event
        document_no: str | None,  # noqa: ARG002
        proposed_on: date,  # noqa: ARG002
    ) -> None:
        self.proposals[number] = declaration

    def approve_revision(self, number: int, approved_on: date) -> None:
        """Let a proposed revision count from the day finance approved it (rules §5).

        Each is whole, so that those proposed before it are settled with it.
        """
        if number not in self.proposals:
            raise RevisionNotOpenError(number)
        approved = replace(self.proposals[number], effective_on=approved_on)
        self._approve(number, approved, approved_on)

    @event(RevisionApproved)
    def _approve(self, number: int, declaration: Declaration, approved_on: date) -> None:  # noqa: ARG002
        self.declaration = declaration
        self.proposals = {n: other for n, other in self.proposals.items() if n > number}
        self._read()

    def _read(self) -> None:
        """Take the indicators as declared, and as people settled them."""
        rows = self.as_settled(self.declaration).indicators
        self.indicators = {row.indicator_id: row for row in rows}

    def add_code(self, project_code: str) -> None:
        """Take a code that came later; it is an alias, ids stay (rules §1)."""
        if project_code not in self.codes:
            self._add_code(project_code)

    @event(CodeAdded)
    def _add_code(self, project_code: str) -> None:
        self.codes.add(project_code)

    def set_plan(
        self,
        plan: SpendingPlan | None,
        *,
        shape: Shape,
        window: Window | None,
        effective_on: date,
        reason: str,
    ) -> None:
        """Replace the spending plan, from a day on; who may do so is asked before (rules §3)."""
        self._set_plan(plan, shape, window, effective_on, reason)

    @event(PlanSet)
    def _set_plan(
        self,
        plan: SpendingPlan | None,
        shape: Shape,
        window: Window | None,
        effective_on: date,
        reason: str,
    ) -> None:
        self.plan_in_force = (plan, shape, window, effective_on, reason)

    def add_fund_line(self, line: FundLine) -> None:
        """Record money granted or taken back; the same line again adds nothing.

        Raises:
            LineConflictError: the line number is on record with another content.
        """
        known = self.lines.get(line.line_no)
        if known == line:
            return
        if known is not None:
            raise LineConflictError(known, line)
        self._add_fund_line(line)

    @event(FundLineArrived)
    def _add_fund_line(self, line: FundLine) -> None:
        self.lines[line.line_no] = line

    def detail_funds(self, lines: Sequence[FundLine]) -> None:
        """Let allotments stand in place of the declared money that they make up.

        Raises:
            MoreThanDeclaredError: they are more than was declared, in one of the sources.
            LineConflictError: a line number is on record.
        """
        for line in lines:
            if line.line_no in self.lines:
                raise LineConflictError(self.lines[line.line_no], line)
        found = detailed(self.declared_funds, lines, self.detailed + 1)
        self._detail_funds(found.superseded, found.remainder)
        for line in lines:
            self._add_fund_line(line)

    @event(FundsDetailed)
    def _detail_funds(self, superseded: tuple[str, ...], remainder: tuple[FundLine, ...]) -> None:
        self.detailed += 1
        for line_no in superseded:
            self.lines.pop(line_no, None)
            self.declared_lines.discard(line_no)
        for line in remainder:
            self.lines[line.line_no] = line
            self.declared_lines.add(line.line_no)

    @property
    def declared_funds(self) -> tuple[FundLine, ...]:
        """The lines that stand as declared, no allotment having taken their place."""
        return tuple(
            self.lines[line_no] for line_no in self.lines if line_no in self.declared_lines
        )

    def confirm_reading(self, indicator: Indicator, *, confirmed_on: date, reason: str) -> None:
        """Settle what needed a person: the indicator as it is to be judged (rules §4)."""
        if indicator.indicator_id not in self.indicators:
            raise NotOnRecordError(indicator.name)
        self._confirm_reading(indicator, confirmed_on, reason)

    @event(ReadingConfirmed)
    def _confirm_reading(self, indicator: Indicator, confirmed_on: date, reason: str) -> None:  # noqa: ARG002
        self._settle(indicator)
        self.kinds_settled.add(indicator.indicator_id)

    def choose_kind(
        self, indicator_id: UUID, kind: Kind, measured: Measured, *, chosen_on: date, reason: str
    ) -> bool:
        """Judge an indicator as a person says, now or later again (rules §4).

        Answers whether anything was recorded: the same choice again adds nothing.

        Raises:
            NotOnRecordError: the target has no such indicator.
            KindDoesNotFitError: its value cannot be judged so.
            ReasonMissingError: nobody says why.
        """
        said = said_reason(reason)
        known = self.indicators.get(indicator_id)
        if known is None:
            raise NotOnRecordError(f"绩效指标 {indicator_id}")
        chosen = judged_as(known, kind, measured)
        if chosen == known and indicator_id in self.kinds_settled:
            return False
        self._choose_kind(chosen, chosen_on, said)
        return True

    @event(KindChosen)
    def _choose_kind(self, indicator: Indicator, chosen_on: date, reason: str) -> None:  # noqa: ARG002
        self._settle(indicator)
        self.kinds_settled.add(indicator.indicator_id)

    def confirm_weights(
        self, weights: Mapping[UUID, Decimal], *, confirmed_on: date, reason: str
    ) -> None:
        """Give indicators their weights; those not named keep theirs (rules §8).

        Raises:
            NotOnRecordError: the target has no such indicator.
            ReasonMissingError: nobody says why.
        """
        said = said_reason(reason)
        unknown = weights.keys() - self.indicators.keys()
        if unknown:
            raise NotOnRecordError(f"绩效指标 {min(unknown, key=str)}")
        weighed = (
            replace(self.indicators[row.indicator_id], weight=weights[row.indicator_id])
            for row in self.declaration.indicators
            if row.indicator_id in weights
        )
        self._confirm_weights(tuple(weighed), confirmed_on, said)

    @event(WeightsConfirmed)
    def _confirm_weights(
        self,
        indicators: tuple[Indicator, ...],
        confirmed_on: date,  # noqa: ARG002  # stored with the event
        reason: str,  # noqa: ARG002
    ) -> None:
        for indicator in indicators:
            self._settle(indicator)

    def set_baseline(self, baseline: Baseline, *, on: date) -> bool:
        """Take the value an indicator is measured against; that question is settled (rules §4).

        The number is turned into the indicator's own unit, where it prints one. Answers whether
        anything was recorded: the same value again adds nothing.

        Raises:
            NotOnRecordError: the target has no such indicator.
            BaselineTooLateError: the value is of the target's own year, or a later one.
            UnitDoesNotConvertError: its unit does not fit the indicator's.
        """
        indicator = self.indicators.get(baseline.indicator_id)
        if indicator is None:
            raise NotOnRecordError(f"绩效指标 {baseline.indicator_id}")
        if baseline.year >= self.declaration.fiscal_year:
            raise BaselineTooLateError(baseline.year, self.declaration.fiscal_year)
        settled = with_baseline(indicator, baseline)
        if settled == indicator:
            return False
        self._set_baseline(baseline, settled, on)
        return True

    @event(BaselineSet)
    def _set_baseline(self, baseline: Baseline, indicator: Indicator, set_on: date) -> None:  # noqa: ARG002
        self._settle(indicator)

    def _settle(self, settled: Indicator) -> None:
        declared = next(
            row for row in self.declaration.indicators if row.indicator_id == settled.indicator_id
        )
        self.settled[settled.indicator_id] = SettledRow(declared, settled)
        self._read()

    def share_indicator(
        self, indicator_id: UUID, group_id: UUID | None, *, confirmed_on: date, reason: str
    ) -> None:
        """Read an indicator together with those of a group; None: by itself (rules §4).

        Raises:
            NotOnRecordError: the target has no such indicator.
            ReasonMissingError: nobody says why.
        """
        said = said_reason(reason)
        if indicator_id not in self.indicators:
            raise NotOnRecordError(f"绩效指标 {indicator_id}")
        self._share_indicator(indicator_id, group_id, confirmed_on, said)

    @event(IndicatorShared)
    def _share_indicator(
        self,
        indicator_id: UUID,
        group_id: UUID | None,
        confirmed_on: date,  # noqa: ARG002  # stored with the event
        reason: str,  # noqa: ARG002
    ) -> None:
        self.shared[indicator_id] = group_id

    def report(self, achievement: Achievement, *, today: date, reason: str | None = None) -> bool:
        """Record a value for a day; the last one reported for a day stands (rules §4, §7).

        Answers whether anything was recorded: the same report again adds nothing.

        Raises:
            FutureDateError: the day lies after today.
            NotOnRecordError: the target has no such indicator.
            TargetEndedError: the target's life ended before that day.
            UnitDoesNotConvertError: the reported unit does not fit the target's.
        """
        if achievement.reported_on > today:
            raise FutureDateError(achievement.reported_on, today)
        if self.ended_on is not None and achievement.reported_on >= self.ended_on:
            raise TargetEndedError(self.life, self.ended_on)
        self._require_fitting(achievement)
        key = (achievement.indicator_id, achievement.part, achievement.reported_on)
        known = self.reports.get(key)
        if known == achievement:
            return False
        if known is None:
            self._report(achievement)
        else:
            self._correct(achievement, reason or "重新报送")
        return True

    def _require_fitting(self, achievement: Achievement) -> None:
        indicator = self.indicators.get(achievement.indicator_id)
        if indicator is None:
            raise NotOnRecordError(f"绩效指标 {achievement.indicator_id}")
        values = indicator.parts or (indicator.value,)
        if achievement.part >= len(values):
            raise NotOnRecordError(f"指标“{indicator.name}”的第{achievement.part + 1}个数值")
        value = values[achievement.part]
        if achievement.number is not None:
            require_convertible(achievement.unit, value.unit)

    @event(AchievementReported)
    def _report(self, achievement: Achievement) -> None:
        self._keep(achievement)

    @event(AchievementCorrected)
    def _correct(self, achievement: Achievement, reason: str) -> None:  # noqa: ARG002
        self._keep(achievement)

    def _keep(self, achievement: Achievement) -> None:
        key = (achievement.indicator_id, achievement.part, achievement.reported_on)
        self.reports[key] = achievement

    @event(OverBudgetConfirmed)
    def confirm_over_budget(self, confirmed_on: date) -> None:
        """The desk checked: more was spent than granted, and no supplement is missing."""
        self.over_budget_since = confirmed_on

    def end(self, life: Life, *, ended_on: date, document_no: str) -> None:
        """End the target's life from a day on; after it no light and no round."""
        if self.ended_on is not None:
            raise TargetEndedError(self.life, self.ended_on)
        self._end(life, ended_on, document_no)

    @event(Ended)
    def _end(self, life: Life, ended_on: date, document_no: str) -> None:  # noqa: ARG002
        self.life = life
        self.ended_on = ended_on
