"""Weight profiles (rules §8): how 100 points fall to execution and the groups of indicators."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from domain.scoring.apportion import HALF_POINT, apportion
from domain.scoring.result import plain


class Group(StrEnum):
    """A group of rows that shares one weight; the first level of the form (一级指标)."""

    COST = "成本指标"
    OUTPUTS = "产出指标"
    OUTCOMES = "效益指标"
    SATISFACTION = "满意度指标"


@dataclass(frozen=True, slots=True)
class Profile:
    """Points of execution and of each group, in the order of the form; together 100.

    A profile without a weight for cost counts cost rows among the outputs.
    """

    name: str
    execution: Decimal
    groups: Mapping[Group, Decimal]

    def group_in(self, group: Group) -> Group:
        """Find the group a row of the form counts in under this profile."""
        return Group.OUTPUTS if group is Group.COST and Group.COST not in self.groups else group


def _profile(name: str, execution: int, groups: dict[Group, int]) -> Profile:
    weights = {group: Decimal(weight) for group, weight in groups.items()}
    return Profile(name, Decimal(execution), MappingProxyType(weights))


V2021 = _profile(
    "v2021",
    10,
    {Group.COST: 20, Group.OUTPUTS: 40, Group.OUTCOMES: 20, Group.SATISFACTION: 10},
)
"""Cost as a first level of its own (财预〔2021〕101号)."""

V2015 = _profile("v2015", 10, {Group.OUTPUTS: 50, Group.OUTCOMES: 30, Group.SATISFACTION: 10})
"""Cost under the outputs, or none."""

PROFILES: Mapping[str, Profile] = MappingProxyType({p.name: p for p in (V2021, V2015)})

_FIRST_LEVELS = (
    ("成本", Group.COST),
    ("产出", Group.OUTPUTS),
    ("满意", Group.SATISFACTION),
    ("效益", Group.OUTCOMES),
    ("效果", Group.OUTCOMES),
)
_SECOND_LEVELS = (
    ("满意", Group.SATISFACTION),
    ("经济成本", Group.COST),
    ("社会成本", Group.COST),
    ("环境成本", Group.COST),
    ("数量", Group.OUTPUTS),
    ("质量", Group.OUTPUTS),
    ("时效", Group.OUTPUTS),
    ("成本", Group.OUTPUTS),
    ("效益", Group.OUTCOMES),
    ("影响", Group.OUTCOMES),
)


def group_of(indicator_class: str | None, category: str | None) -> Group | None:
    """Find the group of a row by its first level, else by its second; None where neither says."""
    return _named(indicator_class, _FIRST_LEVELS) or _named(category, _SECOND_LEVELS)


def _named(text: str | None, words: tuple[tuple[str, Group], ...]) -> Group | None:
    return next((group for word, group in words if word in (text or "")), None)


def profile_of(groups: Collection[Group | None]) -> Profile:
    """Choose the profile by the form's own first level: with cost as one, or without."""
    return V2021 if Group.COST in groups else V2015


def group_weights(
    profile: Profile, present: Collection[Group], total: Decimal
) -> tuple[dict[Group, Decimal], tuple[str, ...]]:
    """Spread ``total`` points over the groups that have rows; say what was moved and why.

    No satisfaction: its points go to the outcomes; what other missing groups had goes to the
    present ones in proportion, in steps of half a point.
    """
    unweighted = [group for group in Group if group in present and group not in profile.groups]
    shares = {**profile.groups, **dict.fromkeys(unweighted, Decimal(0))}
    notes = [f"所用口径未给{group}分值" for group in unweighted]
    if Group.SATISFACTION in shares and Group.SATISFACTION not in present:
        moved = shares.pop(Group.SATISFACTION)
        shares[Group.OUTCOMES] = shares.get(Group.OUTCOMES, Decimal(0)) + moved
        notes.append(f"无满意度指标，其{plain(moved)}分并入效益指标")
    missing = [group for group, weight in shares.items() if weight and group not in present]
    if missing:
        notes.append(f"无{'、'.join(missing)}，其分值按比例分给其余各类指标")
    kept = {group: weight for group, weight in shares.items() if group in present}
    weights = apportion(total, list(kept.values()), HALF_POINT)
    return dict(zip(kept, weights, strict=True)), tuple(notes)
