"""Specimens of sheets beside each other, and beside last year's."""

from __future__ import annotations

from decimal import Decimal

from domain.review.finding import Field
from domain.review.subject import (
    Filing,
    Goal,
    LastYear,
    Money,
    ReviewedDepartment,
    ReviewedProject,
    ReviewedRow,
)
from tests.review.filings import Specimen, money, of, one, project, row
from tests.review.structure import COMPLETE

_DEPARTMENT_GOAL = row("", "城乡居民基本医保参保率", "90%以上")
_INSURED = row("数量", "参保率", "≥80%")
_SAME = (
    _INSURED,
    row("经济效益", "社保费征缴率", "≥80%"),
    row("社会效益", "政策知晓率", "≥80%"),
    row("质量", "是否按指标支付", "是"),
)
_OTHER = (*COMPLETE[:3], row("社会效益", "政策知晓率", "≥80%"))


def department(*rows: ReviewedRow, project_total: str | None = None) -> ReviewedDepartment:
    """A department's part, with its project expenditure in 万元."""
    total = None if project_total is None else Decimal(project_total) * 10_000
    return ReviewedDepartment(
        name="某县医疗保障局",
        fiscal_year=2025,
        objective="提升医疗保障服务效能。",
        goals=(Goal("扩大覆盖面", len(rows)),),
        money=Money(unit="万元"),
        project_total=total,
        rows=rows,
        where="L2",
    )


def both(goal: ReviewedRow, *rows: ReviewedRow) -> Filing:
    """A department with one row and a project with some."""
    return Filing((project(*rows),), (department(goal),))


def named(name: str, *rows: ReviewedRow, code: str = "") -> ReviewedProject:
    """A project of that name."""
    return project(*rows, name=name, code=code)


def last(target: str | None, achieved: str | None, unit: str | None = "%") -> dict[str, LastYear]:
    """What 参保率 was last year."""
    aimed = None if target is None else Decimal(target)
    reached = None if achieved is None else Decimal(achieved)
    return {_INSURED.key: LastYear(aimed, reached, unit)}


_DOCUMENT = "怀财字【2025】7号"

SPECIMENS = (
    Specimen(
        "department.no_objective",
        (Filing(departments=(ReviewedDepartment(name="某局"),)),),
        (Filing(departments=(department(),)),),
    ),
    Specimen(
        "department.goal_without_indicators",
        (Filing(departments=(department(),)),),
        (Filing(departments=(department(_DEPARTMENT_GOAL),)),),
    ),
    Specimen(
        "department.project_weaker",
        (
            both(_DEPARTMENT_GOAL, _INSURED),
            both(row("数量", "投诉件数", "≤3件"), row("数量", "投诉件数", "≤5件")),
        ),
        (
            both(_DEPARTMENT_GOAL, row("数量", "参保率", "≥95%")),
            both(_DEPARTMENT_GOAL, row("数量", "参保率", "达标")),
            both(_DEPARTMENT_GOAL, row("数量", "参保率", "≤80%")),
            both(_DEPARTMENT_GOAL, row("数量", "参保", "≥8万人")),
            both(row("", "参保", "≥90天"), row("", "基本医疗参保", "≥80级")),
            both(row("", "群众参保面", "≥90级"), row("", "参保面", "≥80层")),
            both(row("", "满意度", "≥95%"), row("", "服务对象满意度", "≥90%")),
            both(row("", "参保率", "稳定"), _INSURED),
        ),
        ((Field.VALUE, "≥90%"),),
    ),
    Specimen(
        "department.project_sum",
        (Filing((project(money=money("90")),), (department(project_total="100"),)),),
        (
            Filing((project(money=money("100")),), (department(project_total="100"),)),
            Filing((project(money=money(None)),), (department(project_total="100"),)),
            Filing((), (department(project_total="100"),)),
            Filing((project(),), (department(),)),
            Filing((project(),), (department(project_total="90"), department())),
        ),
    ),
    Specimen(
        "across.same_indicators",
        (
            Filing((named("代办员补助", *_SAME), named("机关运行经费", *_SAME))),
            Filing((named("代办员补助", *_SAME),), on_record=(named("机关运行经费", *_SAME),)),
            Filing((named(f"{_DOCUMENT}甲", *_SAME), named(f"{_DOCUMENT}乙", *_SAME))),
            Filing(tuple(named(name * 2, *_SAME) for name in "甲乙丙丁戊")),
        ),
        (
            Filing((named("代办员补助", *_SAME), named("机关运行经费", *COMPLETE))),
            Filing((named("2024年代办员补助", *_SAME), named("2025年代办员补助", *_SAME))),
            Filing((named("代办员补助", *_SAME[:3]), named("机关运行经费", *_SAME[:3]))),
            Filing((named("代办员补助", *_OTHER), named("机关运行经费", *_SAME))),
            Filing((project(), named("甲", *_SAME))),
        ),
    ),
    Specimen(
        "across.duplicate_project",
        (
            Filing((named("甲", code="1"), named("乙", code="1"))),
            Filing((named("购置图书"), named("购置 图书"))),
        ),
        (
            Filing((named("甲", code="1"), named("甲", code="2"))),
            Filing((named("甲", code="1"), project(name="甲", code="1", unit_name="另一局"))),
            Filing((named("甲"), named("乙"))),
            Filing((named(""), named(""))),
            Filing((named("甲", code="1"),), on_record=(named("甲", code="1"),)),
        ),
    ),
    Specimen(
        "across.differing_targets",
        (
            Filing((named("甲", _INSURED), named("乙", row("数量", "参保率", "≥95%")))),
            Filing(
                (named("甲", _INSURED),),
                on_record=tuple(named(n, row("数量", "参保率", "≥95%")) for n in "乙丙"),
            ),
        ),
        (
            Filing((named("甲", _INSURED), named("乙", _INSURED))),
            Filing((named("甲", _INSURED, row("质量", "参保率", "≥95%")),)),
            Filing(
                (named("甲", row("数量", "检查", "3次")), named("乙", row("数量", "检查", "5次")))
            ),
            Filing(
                (
                    named("甲", _INSURED),
                    project(row("数量", "参保率", "≥95%"), name="乙", unit_name="另一局"),
                )
            ),
            Filing(
                (named("甲", _INSURED), named("乙", _INSURED)),
                on_record=(named("丙", row("数量", "参保率", "≥95%")),),
            ),
        ),
    ),
    Specimen(
        "across.differing_category",
        (
            Filing(
                (
                    named("甲", row("社会效益", "社保费征缴率", "≥80%")),
                    named("乙", *_SAME),
                    named("丙", *_SAME),
                )
            ),
        ),
        (
            Filing((named("甲", *_SAME), named("乙", *_SAME))),
            Filing(
                (named("甲", *_SAME), named("乙", *_SAME)),
                on_record=(named("丙", row("社会效益", "社保费征缴率", "≥80%")),),
            ),
            Filing((named("甲", *_SAME), named("乙", row("", "社保费征缴率", "≥80%")))),
        ),
        ((Field.CATEGORY, "经济效益指标"),),
    ),
    Specimen(
        "history.below_achieved",
        (
            of(_INSURED, last_year=last(None, "95.2")),
            of(_INSURED, last_year=last(None, "952", "‰")),
            of(
                row("质量", "参保率", "≤90%"),
                last_year=last(None, "80"),
            ),
        ),
        (
            of(_INSURED, last_year=last("90", "79")),
            of(_INSURED, last_year=last(None, "95", "人")),
            of(_INSURED, last_year=last(None, None)),
            of(row("质量", "参保率", "稳定"), last_year=last(None, "95")),
            of(
                row("成本", "项目总成本", "≤100万元"),
                last_year={"项目总成本": LastYear(None, Decimal(90), "万元")},
            ),
            one("数量", "参保率", "≥80%"),
            Filing(departments=(department(_INSURED),)),
        ),
        ((Field.VALUE, "≥95.2%"),),
    ),
    Specimen(
        "history.below_last_target",
        (of(_INSURED, last_year=last("90", None)),),
        (
            of(_INSURED, last_year=last("90", "92")),
            of(_INSURED, last_year=last("80", "79")),
            of(
                row("成本", "项目总成本", "≤100万元"),
                last_year={"项目总成本": LastYear(Decimal(90), None, "万元")},
            ),
            one("数量", "参保率", "≥80%"),
        ),
        ((Field.VALUE, "≥90%"),),
    ),
)
