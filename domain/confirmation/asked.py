"""What the questions about a target rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from domain.baseline import Baseline
from domain.confirmation.sharing import Alike
from domain.indicator import Indicator
from domain.plan import Shape


@dataclass(frozen=True, slots=True)
class Beside:
    """What the record knows besides a target, by indicator: last year, and other projects."""

    last_year: Mapping[UUID, Baseline] = field(default_factory=dict)
    alike: Mapping[UUID, Alike] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AskedTarget:
    """A target as people are asked about it.

    ``indicators`` are as in force, with what people settled; ``kinds_settled`` are those whose
    kind a person has seen. ``budget_wan`` is the declared budget in 万元. ``shape`` is None
    once a person set the plan. ``last_year`` are values of the year before that are on record;
    ``alike`` are indicators that other projects name, too, while nobody decided about them.
    """

    target_id: UUID
    fiscal_year: int
    project_name: str
    budget_wan: Decimal
    indicators: tuple[Indicator, ...]
    kinds_settled: frozenset[UUID] = frozenset()
    shape: Shape | None = None
    last_year: Mapping[UUID, Baseline] = field(default_factory=dict)
    alike: Mapping[UUID, Alike] = field(default_factory=dict)
