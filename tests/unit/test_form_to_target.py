"""A read form becomes what the domain declares: yuan, dated plan, ids, kinds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from domain.funds import FundLine, FundSource
from domain.identity import indicator_id, target_id
from domain.indicator import Comparator, Kind
from domain.plan import Checkpoint
from services.intake.forms.declaration import Declaration, PrintedBudget
from services.intake.forms.reading import read_file
from services.intake.forms.to_target import IncompleteDeclarationError, fund_lines, to_domain

FORM = Path(__file__).parents[1] / "data" / "hebei_form.txt"
REGION = "130999000"
NEW_YEAR = date(2025, 1, 1)
STAGE, LIBRARY, RELICS = read_file(FORM).declarations


def test_amounts_in_the_forms_unit_become_yuan() -> None:
    assert to_domain(STAGE, region=REGION).fund_lines == (
        FundLine("1", FundSource.CURRENT_YEAR, Decimal("1000000.00"), NEW_YEAR),
        FundLine("2", FundSource.OTHER, Decimal("200000.00"), NEW_YEAR),
    )
    assert to_domain(LIBRARY, region=REGION).fund_lines[0].amount == Decimal("10305000.00")
    assert to_domain(RELICS, region=REGION).fund_lines[0].amount == Decimal("30000.00")


@pytest.mark.parametrize(
    ("budget", "sources"),
    [
        (PrintedBudget("5", None, None, "万元"), [FundSource.CURRENT_YEAR]),
        (PrintedBudget("5", "5", "0.00", "万元"), [FundSource.CURRENT_YEAR]),
        (PrintedBudget("5", None, "5", "万元"), [FundSource.OTHER]),
        (PrintedBudget("5", "5", None, None), []),
        (PrintedBudget("9" * 15, None, None, "亿元"), [FundSource.CURRENT_YEAR]),
        (
            PrintedBudget("9", "5", "1", "万元", "3"),
            [FundSource.CURRENT_YEAR, FundSource.CARRY_OVER, FundSource.OTHER],
        ),
        (PrintedBudget("6", "5", "1", "万元", "0.00"), [FundSource.CURRENT_YEAR, FundSource.OTHER]),
        (PrintedBudget("3", None, None, "万元", "3"), [FundSource.CARRY_OVER]),
        (PrintedBudget("100万元", None, None, "元"), [FundSource.CURRENT_YEAR]),
    ],
)
def test_only_printed_parts_become_lines(budget: PrintedBudget, sources: list[FundSource]) -> None:
    lines = fund_lines(replace(STAGE, annual_budget=budget), NEW_YEAR)
    assert [line.source for line in lines] == sources


def test_an_amount_with_its_own_unit_is_read_in_that() -> None:
    budget = PrintedBudget("100万元", "500000", None, "元")
    (line,) = fund_lines(replace(STAGE, annual_budget=replace(budget, fiscal=None)), NEW_YEAR)
    assert line.amount == Decimal(1_000_000)


@pytest.mark.parametrize(
    "changed",
    [
        {"project_name": "云财字【2025】7号上年结转（送戏下乡）"},
        {"annual_objective": "用2024年结转22.74万元送戏。"},
    ],
)
def test_money_that_says_so_is_carried_over(changed: dict[str, str]) -> None:
    declared = replace(STAGE, **changed)  # type: ignore[arg-type]  # fields of text
    assert fund_lines(declared, NEW_YEAR)[0].source is FundSource.CARRY_OVER


def test_the_plan_is_taken_and_one_that_falls_is_left_to_the_default() -> None:
    plan = to_domain(STAGE, region=REGION).plan
    assert plan is not None
    assert plan.checkpoints[2] == Checkpoint(date(2025, 10, 31), Decimal("0.75"))
    assert to_domain(LIBRARY, region=REGION).plan is None
    assert to_domain(RELICS, region=REGION).plan is None


def test_indicators_have_derived_ids_and_keep_the_printed_sign() -> None:
    declared = to_domain(LIBRARY, region=REGION)
    target = target_id(REGION, 2025, "13099925P00A22220002Y", "云河县图书馆", "图书流动车运行经费")
    cost = declared.indicators[3]
    assert cost.indicator_id == indicator_id(target, ("产出指标", "成本指标", "运行总成本"), 0)
    assert (cost.value.comparator, cost.kind, cost.from_payments) == (
        Comparator.AT_LEAST,
        Kind.CEILING,
        True,
    )
    assert [part.number for part in declared.indicators[0].parts] == [Decimal(2), Decimal(3)]


def test_rows_alike_are_told_apart_by_their_order() -> None:
    twice = replace(STAGE, indicators=STAGE.indicators[:1] * 2)
    one, other = to_domain(twice, region=REGION).indicators
    assert one.indicator_id != other.indicator_id


@pytest.mark.parametrize(
    ("printed", "weight"), [("15分", "15"), ("12.5", "12.5"), ("10%", "10"), ("高", None)]
)
def test_a_weight_is_a_number_or_nothing(printed: str, weight: str | None) -> None:
    rows = (replace(STAGE.indicators[0], weight=printed),)
    declared = to_domain(replace(STAGE, indicators=rows), region=REGION)
    assert declared.indicators[0].weight == (None if weight is None else Decimal(weight))


def test_a_year_can_be_given_where_the_form_has_none() -> None:
    undated = replace(STAGE, fiscal_year=None, spending_plan=None)
    assert to_domain(undated, region=REGION, fiscal_year=2026).fiscal_year == 2026


def test_a_form_without_name_unit_year_or_money_is_refused_with_all_that_is_missing() -> None:
    with pytest.raises(IncompleteDeclarationError) as refused:
        to_domain(Declaration("L9"), region=REGION)
    assert refused.value.missing == ["项目名称", "实施单位", "年度"]
    with pytest.raises(
        IncompleteDeclarationError, match="L9的绩效目标表缺项目名称、实施单位、预算数，"
    ):
        to_domain(Declaration("L9", fiscal_year=2025), region=REGION)
