"""The figures that the checks go by, in one place, each with where it comes from.

No law fixes them; a bureau may set its own. Money is yuan, shares are 0-1.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ReviewTerms:
    """Thresholds of the review.

    ``switched_off`` names checks that a bureau does not want. ``weight_sums``: 90 with the
    execution of the budget apart, 100 with it (rules §8). ``longest_period_years``: a project
    that runs longer is taken for a slip (neighbours N6, L30). ``qualitative_share``: more rows
    in words than this share of all are too many (domain §3.1 asks to quantify what can be; the
    half is ours). ``cost_cover``: costs that are to cover the budget may lack this share of it;
    ``cost_parts``: those that make up less than this share are single items, no breakdown.
    ``scale`` and ``scale_tolerance``: an amount this many times another, give or take, was
    written in the wrong unit of money. ``same_rows_share`` and ``same_rows_least``: sets of
    indicators so much alike, of so many rows, are the same set; ``related_names``: projects
    whose names share this part of their character pairs are of one kind and may share one.
    ``same_plan_projects``: so many projects with one plan have it from a template.
    ``shortest_objective`` counts characters. ``fraction_up_to``: a rate printed bare and not
    above this was meant as a fraction (rules §4: 0.92 is not 92 %).
    """

    switched_off: tuple[str, ...] = ()
    weight_sums: tuple[Decimal, ...] = (Decimal(90), Decimal(100))
    longest_period_years: int = 30
    qualitative_share: Decimal = Decimal("0.5")
    cost_cover: Decimal = Decimal("0.05")
    cost_parts: Decimal = Decimal("0.5")
    scale: Decimal = Decimal(10_000)
    scale_tolerance: Decimal = Decimal("0.01")
    same_rows_share: Decimal = Decimal("0.8")
    same_rows_least: int = 4
    related_names: Decimal = Decimal("0.5")
    same_plan_projects: int = 3
    shortest_objective: int = 8
    fraction_up_to: Decimal = Decimal(1)


DEFAULT_TERMS = ReviewTerms()
