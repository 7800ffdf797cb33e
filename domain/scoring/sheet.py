"""The whole self-evaluation: rows, execution, total and rating (rules §8)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from domain.indicator import Kind
from domain.money import percent_text
from domain.scoring.execution import EXECUTION, execution_rate, score_execution
from domain.scoring.policy import DEFAULT_POLICY, Rating, ScoringPolicy
from domain.scoring.profile import Profile
from domain.scoring.result import NOTHING, UNSETTLED, RowScore, plain
from domain.scoring.row import ScoredRow, score_row
from domain.scoring.weights import ALL_POINTS, WeightedRow, Weights, assign_weights


@dataclass(frozen=True, slots=True)
class SheetToScore:
    """What is scored: the total row of money (one unit of money throughout) and the rows.

    ``budget`` is the adjusted one (全年预算数); ``budget`` and ``executed`` are None while not
    entered. ``printed_weights`` stand beside the rows; ``execution_weight`` None: by profile.
    """

    rows: tuple[ScoredRow, ...]
    printed_weights: tuple[Decimal | None, ...]
    budget: Decimal | None
    executed: Decimal | None
    execution_weight: Decimal | None = None
    profile: Profile | None = None


@dataclass(frozen=True, slots=True)
class SheetScore:
    """The scored sheet: ``total`` is what is settled (已定), of ``settled_full`` (已定满分).

    ``rating`` is None while a row is open or cannot be determined. ``findings`` are sentences
    on weights and on options of the policy that changed the total or the rating.
    """

    execution: RowScore
    rows: tuple[RowScore, ...]
    weights: Weights
    total: Decimal
    open_weight: Decimal
    settled_full: Decimal
    rating: Rating | None
    findings: tuple[str, ...] = ()


def score_sheet(sheet: SheetToScore, policy: ScoringPolicy = DEFAULT_POLICY) -> SheetScore:
    """Score a sheet; the total is the sum of the rounded rows.

    Raises:
        UnplacedRowError: a row has no printed weight and no group to take one from.
    """
    weights = _weights(sheet)
    execution = score_execution(weights.execution, sheet.budget, sheet.executed)
    rows = tuple(
        score_row(row, weight.points, policy)
        for row, weight in zip(sheet.rows, weights.rows, strict=True)
    )
    lines = ((weights.execution, execution), *zip(_points(weights), rows, strict=True))
    total = sum((line.score for _, line in lines if line.score is not None), NOTHING)
    open_weight = sum((weight for weight, line in lines if line.outcome in UNSETTLED), NOTHING)
    settled = sum((weight for weight, line in lines if line.score is not None), NOTHING)
    closed = settled == ALL_POINTS and not any(line.outcome in UNSETTLED for _, line in lines)
    scored = SheetScore(
        execution, rows, weights, total, open_weight, settled, None, weights.findings
    )
    return (
        _rated(scored, execution_rate(sheet.budget, sheet.executed), policy) if closed else scored
    )


def _points(weights: Weights) -> tuple[Decimal, ...]:
    return tuple(weight.points for weight in weights.rows)


def _weights(sheet: SheetToScore) -> Weights:
    rows = [
        WeightedRow(row.name, row.group, printed, row.kind is not Kind.NOT_APPLICABLE)
        for row, printed in zip(sheet.rows, sheet.printed_weights, strict=True)
    ]
    return assign_weights(rows, sheet.profile, sheet.execution_weight)


def _rated(scored: SheetScore, rate: Decimal | None, policy: ScoringPolicy) -> SheetScore:
    """Apply the policy's caps to a finished sheet and rate the total that is printed."""
    total, capped = _capped(scored.total, rate, policy)
    rating, lowered = _lowered(rating_of(total, policy), rate, policy)
    return replace(
        scored, total=total, rating=rating, findings=(*scored.findings, *capped, *lowered)
    )


def rating_of(total: Decimal, policy: ScoringPolicy = DEFAULT_POLICY) -> Rating:
    """Rate a printed total; a boundary belongs to the better side (exactly 90 is 优)."""
    if total >= policy.excellent_from:
        return Rating.EXCELLENT
    if total >= policy.good_from:
        return Rating.GOOD
    return Rating.FAIR if total >= policy.fair_from else Rating.POOR


def _capped(
    total: Decimal, rate: Decimal | None, policy: ScoringPolicy
) -> tuple[Decimal, tuple[str, ...]]:
    """Hold a total to the cap of its execution rate, and say so."""
    for cap in policy.execution_caps:
        if rate is not None and cap.from_rate <= rate < cap.below_rate and total > cap.cap:
            at = f"{EXECUTION}{percent_text(rate, 2)}"
            said = f"{at}，总分由{total}分按上限{plain(cap.cap)}分计"
            return cap.cap.quantize(NOTHING), (said,)
    return total, ()


def _lowered(
    rating: Rating, rate: Decimal | None, policy: ScoringPolicy
) -> tuple[Rating, tuple[str, ...]]:
    """Withhold 优 below the execution rate the policy asks for, and say so."""
    wanted = policy.excellent_from_rate
    if wanted is None or rate is None or rating is not Rating.EXCELLENT or rate >= wanted:
        return rating, ()
    said = f"{EXECUTION}{percent_text(rate, 2)}，低于{percent_text(wanted, 0)}，不评为优"
    return Rating.GOOD, (said,)
