"""Scoring a self-evaluation on request (``jixiao score``, architecture §8).

Targets count as confirmed and are judged as printed: the kind of a row is the one the service
would propose, its printed sign is kept, and what cannot be judged as printed says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from domain.indicator import Kind, TargetValue, ToConfirm
from domain.kind import Proposal, propose
from domain.scoring.actual import Actual
from domain.scoring.execution import EXECUTION, score_execution
from domain.scoring.policy import DEFAULT_POLICY, ScoringPolicy
from domain.scoring.profile import group_of
from domain.scoring.result import NOTHING, UNSETTLED, Outcome, RowScore
from domain.scoring.row import ScoredRow, score_row
from domain.scoring.sheet import SheetScore, SheetToScore, score_sheet
from domain.scoring.weights import WeightBasis
from domain.target_value import read_value
from services.intake.score_request import IndicatorRequest, ScoreRequest

_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?=\s*[-年/.])")
_ANY_YEAR = 2001
"""Dates without any year on the page are compared within one; it is printed nowhere."""

_PLACEHOLDERS = frozenset({"110001"})
"""Codes that forms print for 不适用 (rules §4)."""

_SEPARATOR = re.compile(r"[;；\n]+|[，、]|,(?![0-9]{3}(?![0-9]))")


@dataclass(frozen=True, slots=True)
class ScoreAnswer:
    """A scored request; rows in the order asked."""

    request: ScoreRequest
    scored: SheetScore

    @property
    def undetermined(self) -> list[str]:
        """Names of the rows that cannot be judged; each working says why."""
        return [name for name, row in self._lines() if row.outcome is Outcome.CANNOT_DETERMINE]

    def to_json(self) -> dict[str, object]:
        """Answer in the form of the contract: scores are strings with two decimals."""
        scored = self.scored
        return {
            "execution": {
                "score": _shown(scored.execution.score),
                "working": scored.execution.working,
            },
            "indicators": [
                {
                    "name": asked.name,
                    "score": _shown(row.score),
                    "outcome": row.outcome.value,
                    "working": self._working(index),
                }
                for index, (asked, row) in enumerate(
                    zip(self.request.indicators, scored.rows, strict=True)
                )
            ],
            "total": _shown(scored.total),
            "open_weight": _shown(scored.open_weight),
            "grade": scored.rating.value if scored.rating else None,
            "undetermined": self.undetermined,
        }

    def _lines(self) -> Iterator[tuple[str, RowScore]]:
        yield EXECUTION, self.scored.execution
        names = (asked.name for asked in self.request.indicators)
        yield from zip(names, self.scored.rows, strict=True)

    def _working(self, index: int) -> str:
        """Give a row's working, led by where its weight comes from if that is not the form."""
        weight, row = self.scored.weights.rows[index], self.scored.rows[index]
        if weight.basis in {WeightBasis.PRINTED, WeightBasis.NONE}:
            return row.working
        return f"分值{weight.points.normalize():f}分（{weight.basis}）。{row.working}"


def score(request: ScoreRequest, policy: ScoringPolicy = DEFAULT_POLICY) -> ScoreAnswer:
    """Score a request.

    Raises:
        UnplacedRowError: a row has neither a weight nor a class to take one from.
    """
    year = _year_of(request)
    rows = tuple(_row(asked, year) for asked in request.indicators)
    printed = tuple(asked.weight for asked in request.indicators)
    sheet = SheetToScore(
        rows,
        printed,
        request.budget,
        request.executed,
        request.execution_weight,
        request.profile,
    )
    return ScoreAnswer(request, score_sheet(sheet, policy))


@dataclass(frozen=True, slots=True)
class PrintedScores:
    """The rows of a sheet at the weights it prints; None where it prints none."""

    execution: RowScore | None
    rows: tuple[RowScore | None, ...]

    @property
    def total(self) -> Decimal | None:
        """All that is scored; None while a row is open, undetermined, or without a weight."""
        lines = (self.execution, *self.rows)
        if any(line is None or line.outcome in UNSETTLED for line in lines):
            return None
        return sum((line.score for line in lines if line and line.score is not None), NOTHING)


def score_as_printed(
    request: ScoreRequest, policy: ScoringPolicy = DEFAULT_POLICY
) -> PrintedScores:
    """Score each row for itself, at its printed weight: to be compared with a printed score.

    Weights are not brought to 100 here, as those of a part of a sheet add up to less.
    """
    year = _year_of(request)
    rows = (
        None if asked.weight is None else score_row(_row(asked, year), asked.weight, policy)
        for asked in request.indicators
    )
    weight = request.execution_weight
    money = None if weight is None else score_execution(weight, request.budget, request.executed)
    return PrintedScores(money, tuple(rows))


def _shown(points: Decimal | None) -> str | None:
    return None if points is None else f"{points.quantize(NOTHING):f}"


def _year_of(request: ScoreRequest) -> int:
    """Find the fiscal year the texts name; dates printed without one belong to it."""
    texts = (text or "" for asked in request.indicators for text in (asked.target, asked.actual))
    found = (_YEAR.search(text) for text in texts)
    return next((int(match.group()) for match in found if match), _ANY_YEAR)


def _row(asked: IndicatorRequest, year: int) -> ScoredRow:
    """Read one row as the service reads a form."""
    value = read_value(asked.target or "", name=asked.name, year=year)
    proposal = _proposal(asked, value, year)
    targets = proposal.parts or (value,)
    actuals = _actuals(asked, len(targets), year)
    return ScoredRow(
        asked.name,
        _kind(asked, proposal),
        targets,
        actuals or (None,) * len(targets),
        group_of(asked.indicator_class, asked.indicator_category),
        mark=asked.mark,
        unsettled=_unsettled(proposal, actuals_fit=actuals is not None),
    )


def _proposal(asked: IndicatorRequest, value: TargetValue, year: int) -> Proposal:
    place = (asked.indicator_class or "", asked.indicator_category or "")
    return propose(*place, asked.name, value, year=year)


def _kind(asked: IndicatorRequest, proposal: Proposal) -> Kind:
    return Kind.NOT_APPLICABLE if asked.target in _PLACEHOLDERS else proposal.kind


def _unsettled(proposal: Proposal, *, actuals_fit: bool) -> str | None:
    """Say why a row cannot be judged as printed, whatever its sign."""
    if proposal.kind is Kind.BROKEN:
        return proposal.reason_zh
    if ToConfirm.BASELINE in proposal.to_confirm:
        return "与上年比较，待补基期值"
    return None if actuals_fit else "指标值一格有多个数值，完成值应逐一对应填报"


def _actuals(asked: IndicatorRequest, count: int, year: int) -> tuple[Actual | None, ...] | None:
    """Read the reported value, or one for each part; None where their number differs."""
    if asked.actual is None:
        return (None,) * count
    texts = [asked.actual]
    if count > 1:
        texts = [text for text in map(str.strip, _SEPARATOR.split(asked.actual)) if text]
    if len(texts) != count:
        return None
    return tuple(Actual.read(text, name=asked.name, year=year) for text in texts)
