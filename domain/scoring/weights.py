"""Weights of the rows of one sheet (分值, rules §8): printed ones win, the rest is proposed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from domain.errors import MonitoringError
from domain.scoring.apportion import CENTIPOINT, HALF_POINT, apportion
from domain.scoring.profile import Group, Profile, group_weights, profile_of
from domain.scoring.result import plain

ALL_POINTS = Decimal(100)
TARGET_POINTS = Decimal(90)
NOT_COUNTED = Decimal(0)


class UnplacedRowError(MonitoringError):
    """A row without a printed weight belongs to no group that could give it one."""

    code = "indicator_without_group"

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}”无分值，又看不出属于哪个一级指标，无法分配分值")
        self.name = name


class WeightBasis(StrEnum):
    """Where a weight comes from; all but a printed one are proposals."""

    PRINTED = "表列分值"
    SCALED = "按比例折算的建议分值"
    SHARED = "组内平均分配的建议分值"
    NONE = "不占分值"


@dataclass(frozen=True, slots=True)
class WeightedRow:
    """What decides a row's weight; ``printed`` in points, None where the form has none."""

    name: str
    group: Group | None
    printed: Decimal | None = None
    applicable: bool = True


@dataclass(frozen=True, slots=True)
class Weight:
    """The weight of one row in points, with two decimals at most."""

    points: Decimal
    basis: WeightBasis


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of a whole sheet, in the order of its rows; ``findings`` in Chinese sentences."""

    execution: Decimal
    rows: tuple[Weight, ...]
    findings: tuple[str, ...] = ()


NO_WEIGHT = Weight(NOT_COUNTED, WeightBasis.NONE)
"""The weight of a row that is not applicable."""


def assign_weights(
    rows: Sequence[WeightedRow], profile: Profile | None = None, execution: Decimal | None = None
) -> Weights:
    """Weigh all rows of a sheet so that they and the execution sum to 100.

    ``profile`` None: by the form's own first level; ``execution`` None: the profile's. Rows
    not applicable weigh nothing. Raises UnplacedRowError for a row nothing can weigh.
    """
    counted = [_in_hundredths(row) for row in rows if row.applicable]
    chosen = profile or profile_of({row.group for row in counted})
    complete = all(row.printed is not None for row in counted)
    printed = _printed_in(counted)
    if execution is None:
        whole = complete and printed in (TARGET_POINTS, ALL_POINTS)
        execution = ALL_POINTS - printed if whole else chosen.execution
    weights, findings = _weigh(counted, chosen, ALL_POINTS - execution)
    given = iter(weights)
    return Weights(
        execution,
        tuple(next(given) if row.applicable else NO_WEIGHT for row in rows),
        findings,
    )


def _in_hundredths(row: WeightedRow) -> WeightedRow:
    """Cut a printed weight to two decimals, half up, so that scores can reach it exactly."""
    if row.printed is None:
        return row
    return replace(row, printed=row.printed.quantize(CENTIPOINT, ROUND_HALF_UP))


def _weigh(
    rows: Sequence[WeightedRow], profile: Profile, total: Decimal
) -> tuple[list[Weight], tuple[str, ...]]:
    missing = sum(row.printed is None for row in rows)
    if not missing:
        return _all_printed(rows, total)
    weigh = _none_printed if missing == len(rows) else _partly_printed
    return weigh(rows, profile, total)


def _all_printed(
    rows: Sequence[WeightedRow], total: Decimal
) -> tuple[list[Weight], tuple[str, ...]]:
    """Keep printed weights that sum to the total, else scale them to it as a proposal."""
    shares = [row.printed or NOT_COUNTED for row in rows]
    printed = _printed_in(rows)
    parts = apportion(total, shares, CENTIPOINT)
    if printed == total or not rows:
        return [Weight(part, WeightBasis.PRINTED) for part in parts], ()
    finding = f"表列分值合计{plain(printed)}分，不是{plain(total)}分，按比例折算，待确认"
    return [Weight(part, WeightBasis.SCALED) for part in parts], (finding,)


def _none_printed(
    rows: Sequence[WeightedRow], profile: Profile, total: Decimal
) -> tuple[list[Weight], tuple[str, ...]]:
    """Share each group's weight equally among its rows."""
    groups = _groups(rows, profile)
    of_group, notes = group_weights(profile, set(groups), total)
    shares = {
        group: iter(apportion(weight, [Decimal(1)] * groups.count(group), HALF_POINT))
        for group, weight in of_group.items()
    }
    return [Weight(next(shares[group]), WeightBasis.SHARED) for group in groups], notes


def _partly_printed(
    rows: Sequence[WeightedRow], profile: Profile, total: Decimal
) -> tuple[list[Weight], tuple[str, ...]]:
    """Keep the printed weights and share what they leave among the others."""
    missing = [row for row in rows if row.printed is None]
    rest = total - _printed_in(rows)
    if rest < 0:
        return _scaled_with_average(rows, total)
    shares = iter(apportion(rest, _shares_of_missing(rows, profile, total), HALF_POINT))
    finding = f"{len(missing)}项指标未列分值，分配其余{plain(rest)}分，待确认"
    return [
        Weight(next(shares), WeightBasis.SHARED)
        if row.printed is None
        else Weight(row.printed, WeightBasis.PRINTED)
        for row in rows
    ], (finding,)


def _scaled_with_average(
    rows: Sequence[WeightedRow], total: Decimal
) -> tuple[list[Weight], tuple[str, ...]]:
    """Scale printed weights that leave nothing; a row without one counts as their average."""
    printed = _printed_in(rows)
    average = printed / sum(row.printed is not None for row in rows)
    shares = [average if row.printed is None else row.printed for row in rows]
    parts = apportion(total, shares, CENTIPOINT)
    sums = f"已列的合计{plain(printed)}分，超过{plain(total)}分"
    finding = f"部分指标未列分值，{sums}，一并按比例折算，待确认"
    return [Weight(part, WeightBasis.SCALED) for part in parts], (finding,)


def _shares_of_missing(
    rows: Sequence[WeightedRow], profile: Profile, total: Decimal
) -> list[Decimal]:
    """Weigh the rows without a printed weight: what their group has left, equally.

    Where a group has nothing left for them, every one counts as an equal row of its group.
    """
    placed = [row for row in rows if row.group is not None]
    groups = _groups(placed, profile)
    weights, _ = group_weights(profile, set(groups), total)
    lacking = _groups([row for row in rows if row.printed is None], profile)
    left = {
        group: weight - _printed_in([r for r, g in zip(placed, groups, strict=True) if g is group])
        for group, weight in weights.items()
    }
    if all(left[group] > 0 for group in lacking):
        return [left[group] / lacking.count(group) for group in lacking]
    return [weights[group] / groups.count(group) for group in lacking]


def _printed_in(rows: Sequence[WeightedRow]) -> Decimal:
    return sum((row.printed for row in rows if row.printed is not None), NOT_COUNTED)


def _groups(rows: Sequence[WeightedRow], profile: Profile) -> list[Group]:
    """Place every row in the profile's groups, or refuse."""
    groups: list[Group] = []
    for row in rows:
        if row.group is None:
            raise UnplacedRowError(row.name)
        groups.append(profile.group_in(row.group))
    return groups
