"""The findings on the real declaration files are the ones that were judged by hand.

How they were judged is said in ``tests/golden/findings/README.md``.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from domain.review.catalogue import CATALOGUE
from tests.golden.refresh_review import FINDINGS, LONGEST, findings_on, golden_of

pytestmark = pytest.mark.seeds

SEEDS = ("000", "002", "003", "004")


@pytest.fixture(scope="module")
def seeds(seeds_dir: Path) -> dict[str, Path]:
    return {path.name[:3]: path for path in seeds_dir.glob("*.txt")}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_findings_are_the_golden_ones(seed: str, seeds: dict[str, Path]) -> None:
    assert findings_on(seeds[seed]) == golden_of(seeds[seed]).read_text("utf-8")


def test_the_golden_files_keep_no_long_text() -> None:
    for golden in FINDINGS.glob("*.txt"):
        words = re.split(r"  |→|, |: |fix |also ", golden.read_text("utf-8").replace("\n", "  "))
        assert [word for word in words if len(word.strip()) > LONGEST + 12] == []


def test_every_kind_of_finding_on_the_seeds_is_judged() -> None:
    found = {
        check.id
        for check in CATALOGUE
        for golden in FINDINGS.glob("*.txt")
        if f" {check.id} " in golden.read_text("utf-8")
    }
    judged = set(
        re.findall(r"^\| `([a-z_.]+)`", (FINDINGS / "README.md").read_text("utf-8"), re.MULTILINE)
    )
    assert found == judged


def test_the_specimens_of_both_papers_are_found(seeds: dict[str, Path]) -> None:
    """The defects that the papers list (domain §3.2, neighbours §0.2), each by its check."""
    lines = {seed: findings_on(path).splitlines() for seed, path in seeds.items()}
    for seed, check, said in SPECIMENS:
        assert [one for one in lines[seed] if f" {check} " in one and said in one], (seed, check)


SPECIMENS = (
    ("000", "direction.cost_floor", "项目运行总成本"),
    ("000", "direction.cost_floor", "办公用房租赁费"),
    ("000", "direction.cost_floor", "项目总成本"),
    ("000", "direction.quantity_ceiling", "租赁办公用房"),
    ("000", "cost.above_budget", "项目运行总成本"),
    ("000", "money.narrative", "-"),
    ("000", "cost.parts", "“追溯码”项目成本"),
    ("000", "value.cut_off", "合规医疗费用救助比例≥70%"),
    ("000", "value.cut_off", "2025年2月支付完成"),
    ("000", "value.no_baseline", "市域内一站式即时结算覆盖地区"),
    ("000", "value.text_after_sign", "劳务派遣人员定额标准"),
    ("000", "text.past_tense", "-"),
    ("000", "head.period", "-"),
    ("000", "text.medium_is_annual", "-"),
    ("002", "unit.contradicts_rate", "业务处理及时率"),
    ("002", "unit.contradicts_rate", "审批发放及时率"),
    ("002", "unit.contradicts_rate", "预算控制率"),
    ("002", "unit.percent_missing", "服务对象满意度"),
    ("002", "cost.total_below_budget", "预算控制数"),
    ("002", "cost.in_percent", "预算控制数"),
    ("002", "across.same_indicators", "-"),
    ("002", "category.misfit", "受益群众对医保政策了解度"),
    ("002", "across.differing_category", "社保费征缴率"),
    ("002", "department.project_weaker", "参保率"),
    ("002", "value.whole_year_limit", "支出及时性"),
    ("002", "structure.satisfaction_elsewhere", "受益群众幸福感"),
    ("002", "plan.boilerplate", "-"),
    ("003", "value.placeholder", "110001"),
    ("003", "value.placeholder", "保障单位正常运作"),
    ("003", "unit.percent_twice", "服务对象满意度"),
    ("003", "type.qualitative_with_number", "办公场地租赁费"),
    ("003", "type.qualitative_with_number", "专家评审费用"),
    ("003", "type.number_with_words", "长效管理机制健全性"),
    ("003", "unit.word", "长效管理机制健全"),
    ("003", "weight.sum", "weight: 15分 → 16.88分"),
    ("003", "scoring.contradicts_value", "学习培训宣传等"),
    ("003", "unit.of_a_date", "完成医保工作"),
    ("004", "value.two_values", "离休及二等乙级伤残革命军人"),
    ("004", "value.contradicts_name", "参保政策范围内住院报销比例63%"),
    ("004", "category.misfit", "县级财政补助标准每人每年"),
    ("004", "category.misfit", "服务对象满意度"),
    ("004", "structure.vague_values", "also"),
)
