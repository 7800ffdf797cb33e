"""What a unit declares for one project in one fiscal year (绩效目标申报)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from domain.correction import Correction
from domain.funds import FundLine
from domain.indicator import Indicator
from domain.plan import Shape, SpendingPlan, Window


@dataclass(frozen=True, slots=True)
class Declaration:
    """The annual block of a declaration form, read; only this is monitored (rules §5).

    ``plan`` is None where the form has none: the policy's default plan applies then, inside
    ``window`` (None: from the first line's arrival to the end of the year). ``money_unit`` is
    the form's own, 万元 or 元; amounts inside are yuan. ``effective_on`` is the day from which
    the target counts: 1 January, or the arrival of an added project's money. ``corrections``
    are the texts that a person replaced in the file, with what it printed. Declarations that
    say the same are equal, whatever file they stood in and whoever corrected it.
    """

    region: str
    fiscal_year: int
    project_name: str
    unit_name: str
    effective_on: date
    fund_lines: tuple[FundLine, ...]
    indicators: tuple[Indicator, ...]
    project_code: str | None = None
    unit_code: str | None = None
    supervising_department: str | None = None
    project_nature: str | None = None
    purpose: str | None = None
    annual_objective: str | None = None
    plan: SpendingPlan | None = None
    shape: Shape = Shape.EVEN
    window: Window | None = None
    money_unit: str = "万元"
    source: str | None = field(default=None, compare=False)
    corrections: tuple[Correction, ...] = field(default=(), compare=False)
