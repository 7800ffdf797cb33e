"""Rows of achievement files to reports of indicators on record (指标完成值; rules §4)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from domain.indicator import Achievement, Indicator, Kind
from services.intake.achieved_value import achievements_of, likelihood_of
from services.intake.achievement_rows import AchievementRow
from services.intake.cells import CellError
from services.intake.matching import UnmatchedError
from services.intake.tables.table import RowProblem
from services.readmodel.lookups import FoundTarget, TargetBook


@dataclass(frozen=True, slots=True)
class Reported:
    """A report that found its indicator, and the row it came from."""

    achievement: Achievement
    row: AchievementRow


@dataclass(slots=True)
class MatchedFile:
    """The reports of a file by target, in the order of the file."""

    reports: dict[UUID, list[Reported]] = field(default_factory=lambda: defaultdict(list))
    errors: list[RowProblem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def match_achievements(
    rows: Iterable[AchievementRow],
    book: TargetBook,
    indicators: Callable[[Sequence[UUID]], Mapping[UUID, Sequence[Indicator]]],
) -> MatchedFile:
    """Find the target and the indicator of each row, and read its value for that indicator.

    ``indicators`` answers the indicators in force of targets.
    """
    matched = MatchedFile()
    found = [(row, _target(row, book, matched)) for row in rows]
    ids = list(dict.fromkeys(target.target_id for _, target in found if target))
    known = indicators(ids)
    left_out: Counter[str] = Counter()
    for row, target in found:
        if target is not None:
            _match(row, target.target_id, known.get(target.target_id, ()), matched, left_out)
    matched.notes += [f"{what}，略去{count}行。" for what, count in left_out.items()]
    return matched


def _target(row: AchievementRow, book: TargetBook, matched: MatchedFile) -> FoundTarget | None:
    try:
        return row.project.find(book)
    except UnmatchedError as problem:
        matched.errors.append(row.problem(problem.field, str(problem)))
        return None


def _match(
    row: AchievementRow,
    target_id: UUID,
    indicators: Sequence[Indicator],
    matched: MatchedFile,
    left_out: Counter[str],
) -> None:
    name = "indicator"
    try:
        indicator = row.indicator.find(indicators)
        if (reason := _not_typed(indicator)) is not None:
            left_out[reason] += 1
            return
        name = "likelihood"
        likelihood_of(row.said.likelihood)
        name = "value"
        for achievement in achievements_of(indicator, row.said):
            _add(matched.reports[target_id], Reported(achievement, row))
    except CellError as problem:
        matched.errors.append(row.problem(name, str(problem)))


def _not_typed(indicator: Indicator) -> str | None:
    """Say why nobody types a value for an indicator, if so (rules §4)."""
    if indicator.kind is Kind.NOT_APPLICABLE:
        return "不适用的指标"
    if indicator.from_payments:
        return "取自支付数据的成本指标（无须填报）"
    return None


def _add(reports: list[Reported], new: Reported) -> None:
    """Add a report; another value for the same day of the same indicator is refused.

    Raises:
        CellError: the file contradicts itself.
    """
    for known in reports:
        if _key(known.achievement) == _key(new.achievement):
            if known.achievement == new.achievement:
                break
            place = known.row.places["value"][0]
            raise CellError(f"与{place}是同一指标、同一截至日期，填报内容不同。请只留一行。")
    reports.append(new)


def _key(achievement: Achievement) -> tuple[UUID, int, date]:
    return achievement.indicator_id, achievement.part, achievement.reported_on
