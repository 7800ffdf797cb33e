"""Short ways to write down what is reviewed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from domain.review.finding import Field
from domain.review.subject import (
    Context,
    Filing,
    Money,
    PrintedRow,
    ReviewedProject,
    ReviewedRow,
    read_row,
)

CLASSES = {
    "数量": "产出指标",
    "质量": "产出指标",
    "时效": "产出指标",
    "成本": "产出指标",
    "经济成本": "成本指标",
    "经济效益": "效益指标",
    "社会效益": "效益指标",
    "生态效益": "效益指标",
    "可持续影响": "效益指标",
    "服务对象满意度": "满意度指标",
}
YEAR = 2025


@dataclass(frozen=True)
class Specimen:
    """A check by its id, what it must find, what it must pass, and what the first fix changes."""

    check: str
    found: tuple[Filing, ...]
    passed: tuple[Filing, ...]
    fix: tuple[tuple[Field, str], ...] = ()


def row(category: str, name: str, value: str, wan: str | None = "100", **more: str) -> ReviewedRow:
    """A row under a category (数量, 成本), read in a project of so many 万元."""
    printed = PrintedRow(
        indicator_class=more.pop("indicator_class", CLASSES.get(category, "")),
        category=f"{category}指标" if category else "",
        name=name,
        value_text=value,
        **more,
    )
    return read_row(printed, Context(YEAR, None if wan is None else Decimal(wan)))


def money(total: str | None, fiscal: str | None = None, other: str | None = None) -> Money:
    """A budget in 万元."""
    return Money(_yuan(total), _yuan(fiscal), _yuan(other), "万元")


def _yuan(wan: str | None) -> Decimal | None:
    return None if wan is None else Decimal(wan) * 10_000


def project(*rows: ReviewedRow, **more: Any) -> ReviewedProject:
    """A project of 100 万元 with these rows."""
    said: dict[str, Any] = {
        "name": "乡村图书室建设",
        "unit_name": "某县文化馆",
        "fiscal_year": YEAR,
        "objective": "建成乡村图书室，方便群众借阅图书。",
        "money": money("100", "100"),
        "where": "L1",
    }
    return ReviewedProject(rows=rows, **said | more)


def of(*rows: ReviewedRow, **more: Any) -> Filing:
    """A filing of one project with these rows."""
    return Filing((project(*rows, **more),))


def one(category: str, name: str, value: str, **more: str) -> Filing:
    """A filing of one project with one row."""
    return of(row(category, name, value, **more))
