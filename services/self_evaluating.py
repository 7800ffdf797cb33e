"""The self-evaluation of one target, filled from the record (绩效自评, rules §8)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.approval import Stage
from domain.funds import FISCAL, FundLine, FundSource
from domain.goal_light import GoalContext
from domain.indicator import Indicator, Kind, TargetValue
from domain.money import TEN_THOUSAND, ZERO, ratio
from domain.picture import KnownIndicator, Reading, TargetPicture
from domain.planned import budget_on, original_budget, window_of
from domain.scoring.actual import Actual
from domain.scoring.execution import FundRow, total_of
from domain.scoring.profile import group_of
from domain.scoring.row import ScoredRow
from domain.scoring.sheet import SheetScore, SheetToScore, score_sheet
from domain.units import unit_named
from services.readmodel.moment import Moment
from services.readmodel.readmodel import ReadModel
from services.readmodel.rows import TargetDetail
from services.sheets.self_evaluation import (
    IndicatorLine,
    Provenance,
    ScoreCells,
    SelfEvaluationSheet,
    working_to_print,
)

SPLIT_NOTE = "上年结转与本年拨款的执行数未在支付数据中区分，按先用结转、后用本年推算。"


@dataclass(frozen=True, slots=True)
class SelfEvaluation:
    """A target scored from the record, and the sheet that shows it."""

    detail: TargetDetail
    score: SheetScore
    sheet: SelfEvaluationSheet


def self_evaluate(
    read_model: ReadModel, target_id: UUID, moment: Moment, *, synthetic: bool
) -> SelfEvaluation:
    """Score a target at a moment and fill its sheet; what is not reported yet stays open.

    Raises:
        NotOnRecordError: there is no such target, or it did not count on that day.
    """
    detail = read_model.detail(target_id, moment)
    picture = detail.judged.picture
    funds = tuple(fund_rows(picture, moment.as_of))
    total = total_of(funds)
    context = GoalContext(
        moment.as_of,
        window_of(picture.fiscal_year, picture.fund_lines, picture.window),
        detail.policy.terms.goals,
        picture.rounds,
    )
    rows = tuple(_row(known, picture, context) for known in picture.indicators)
    score = score_sheet(
        SheetToScore(
            rows,
            tuple(known.indicator.weight for known in picture.indicators),
            total.adjusted,
            total.executed,
        )
    )
    provenance = Provenance(
        moment.as_of, moment.known_at, picture.complete_to, None, synthetic=synthetic
    )
    return SelfEvaluation(detail, score, _sheet(detail, funds, rows, score, provenance))


def fund_rows(picture: TargetPicture, as_of: date) -> Iterator[FundRow]:
    """One row a source that has money.

    Payments do not tell carry-over from this year's money: where a target has both, the older
    money is taken to be spent first.
    """
    left = picture.executed
    for source in (FundSource.CARRY_OVER, FundSource.CURRENT_YEAR):
        lines = _of(picture, source)
        if not lines:
            continue
        adjusted = budget_on(lines, as_of)
        later = source is FundSource.CARRY_OVER and _of(picture, FundSource.CURRENT_YEAR)
        executed = min(left, adjusted) if later else left
        left -= executed
        yield FundRow(source, original_budget(lines), adjusted, executed)
    other = _of(picture, FundSource.OTHER)
    if other:
        yield FundRow(
            FundSource.OTHER,
            original_budget(other),
            budget_on(other, as_of),
            picture.executed_other,
        )


def _of(picture: TargetPicture, source: FundSource) -> list[FundLine]:
    return [line for line in picture.fund_lines if line.source is source]


def _row(known: KnownIndicator, picture: TargetPicture, context: GoalContext) -> ScoredRow:
    indicator = known.indicator
    targets = indicator.parts or (_confirmed_target(indicator),)
    return ScoredRow(
        indicator.name,
        indicator.kind,
        targets,
        tuple(_actual(known, part, picture, context) for part in range(len(targets))),
        group_of(indicator.indicator_class, indicator.category),
        unsettled="待核实" if indicator.to_confirm else None,
    )


def _confirmed_target(indicator: Indicator) -> TargetValue:
    """What the row is scored against: where nothing but last year is printed, its value."""
    value = indicator.value
    return replace(value, number=indicator.baseline) if value.number is None else value


def _actual(
    known: KnownIndicator, part: int, picture: TargetPicture, context: GoalContext
) -> Actual | None:
    """The year's last report; one of before the year's end leaves the row open (cases #2)."""
    if known.indicator.from_payments:
        return _paid(known.indicator, picture, context.as_of)
    for reading in known.readings:
        if reading.achievement.part == part and _counts(known.indicator, reading, context):
            return Actual.of(reading.achievement)
    return None


def _counts(indicator: Indicator, reading: Reading, context: GoalContext) -> bool:
    done = indicator.kind is Kind.DATE and reading.achievement.done_on is not None
    return done or reading.achievement.reported_on >= context.final_from(indicator.measured)


def _paid(indicator: Indicator, picture: TargetPicture, as_of: date) -> Actual | None:
    """A cost that repeats the budget: what was paid, in the target's own unit."""
    day = picture.judged_on(as_of)
    if day is None:
        return None
    paid = picture.executed + (picture.executed_other or ZERO)
    wanted = unit_named(indicator.value.unit or "")
    if wanted.is_percent:
        rate = ratio(paid, budget_on(picture.fund_lines, day))
        return None if rate is None else Actual(f"{rate * 100:f}%", rate * 100, "%")
    wan = (paid / TEN_THOUSAND).quantize(Decimal("0.000001")).normalize()
    return Actual(f"{wan:f}万元", wan, "万元")


def _sheet(
    detail: TargetDetail,
    funds: tuple[FundRow, ...],
    rows: tuple[ScoredRow, ...],
    score: SheetScore,
    provenance: Provenance,
) -> SelfEvaluationSheet:
    picture, declared = detail.judged.picture, detail.declaration
    both = sum(row.source in FISCAL for row in funds) > 1
    return SelfEvaluationSheet(
        fiscal_year=picture.fiscal_year,
        project_name=picture.project_name,
        supervising_department=declared.supervising_department,
        implementing_unit=picture.unit_name,
        funds=funds,
        execution=ScoreCells(score.weights.execution, score.execution.score),
        expected=declared.annual_objective,
        achieved=None,
        indicators=tuple(_lines(picture, rows, score)),
        total=score.total,
        settled_full=score.settled_full,
        rating=score.rating,
        provenance=provenance,
        money_unit=declared.money_unit,
        notes=(*score.findings, *([SPLIT_NOTE] if both else []), *_unapproved(picture)),
    )


def _unapproved(picture: TargetPicture) -> Iterator[str]:
    """What the sheet rests on, while nobody approved it."""
    if picture.stage is not Stage.APPROVED:
        yield f"绩效目标尚未批复（{picture.stage.label}）。"


def _lines(
    picture: TargetPicture, rows: tuple[ScoredRow, ...], score: SheetScore
) -> Iterator[IndicatorLine]:
    for known, row, weight, scored in zip(
        picture.indicators, rows, score.weights.rows, score.rows, strict=True
    ):
        told = [actual.text for actual in row.actuals if actual is not None]
        notes = [r.achievement.note for r in known.readings if r.achievement.note]
        yield IndicatorLine(
            indicator_class=known.indicator.indicator_class,
            category=known.indicator.category,
            name=known.indicator.name,
            target=known.indicator.value.text,
            actual="；".join(told) or None,
            points=ScoreCells(weight.points, scored.score),
            reason="；".join(notes) or None,
            working=working_to_print(scored),
            applicable=known.indicator.kind is not Kind.NOT_APPLICABLE,
        )


def file_name(sheet: SelfEvaluationSheet, code: str | None) -> str:
    """A name that says year, project, sheet, day and position."""
    what = (code or sheet.project_name)[:40].replace("/", "／")
    day = f"{sheet.provenance.as_of:%Y%m%d}"
    return f"{sheet.fiscal_year}_{what}_自评表_截至{day}_p{sheet.provenance.position}.xlsx"
