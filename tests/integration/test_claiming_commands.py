"""``jixiao payment unclaimed|claim|basic|split|withdraw|rule`` at the terminal."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from domain.errors import NotOnRecordError
from domain.target import Target
from services.clock import wall_clock
from services.database.connect import Database
from services.log.application import Log
from tests.declaring import declared
from tests.integration.incoming import META
from tests.integration.terminal import answer, run
from tests.payment_files import REGION, csv_of

HEADING = (
    *("支付凭证号", "行号", "实际支付金额(元)", "实际支付日期"),
    *("单位代码", "项目名称", "支出经济分类", "用途"),
)
ROWS = (
    ("P1", "1", "600", "2025-05-06", "450001", "城乡医疗救助", "30305", "救助金"),
    ("P2", "1", "-100", "2025-06-06", "450001", "", "30101", "工资"),
    ("P2", "2", "30", "2025-06-06", "450001", "", "30102", "津贴"),
)
YEAR = ("--year", "2025")


@pytest.fixture
def target_id(terminal: Path, database: Database) -> UUID:
    """A target on record, and three lines that find none."""
    file = terminal / "支付.csv"
    file.write_bytes(csv_of(ROWS, HEADING))
    run("payment", "import", file, *YEAR)
    target: Target = declared(region=REGION)
    with Log(database.web_url, clock=wall_clock) as log:
        log.save(target, meta=META)
    return UUID(str(target.id))


def open_lines() -> list[str]:
    """The unclaimed lines, by voucher and line number."""
    items = answer("payment", "unclaimed", *YEAR)[1]["items"]
    return [f"{one['voucher_no']}:{one['line_key']}" for one in items]


@pytest.mark.usefixtures("target_id")
def test_unclaimed_lines_are_listed_with_sums_and_proposals() -> None:
    _, text = run("payment", "unclaimed", *YEAR, "--limit", "2", "--order", "amount")
    assert text.splitlines()[0] == "未认领3行，合计530.00元。"
    assert "P1:1  600.00元  450001  城乡医疗救助  救助金" in text
    assert "建议（90）城乡医疗救助：项目名称相同、单位相同" in text
    assert "……另有1行，用 --start 2 接着看" in text
    _, june = answer("payment", "unclaimed", *YEAR, "--month", "2025-06", "--least", "50")
    assert (june["lines"], june["amount"]) == (1, "-100.00")
    assert run("payment", "unclaimed", "--least", "十元")[0] == 2


def test_lines_are_claimed_by_name_marked_and_withdrawn(target_id: UUID) -> None:
    code, text = run("payment", "claim", "城乡医疗救助", "P1", *YEAR, "--reason", "核对合同")
    assert (code, text.startswith("已办理1行（")) == (0, True)
    again = answer("payment", "claim", str(target_id), "P1", *YEAR, "--reason", "再来")[1]
    assert (again["changed"], again["unchanged"]) == (0, 1)
    assert answer("payment", "basic", "P2:1", "P2:2", *YEAR, "--reason", "工资")[1]["changed"] == 2
    assert open_lines() == []
    _, text = run("payment", "withdraw", "P2:1", "P1", *YEAR, "--reason", "有误")
    assert text.startswith("已办理2行")
    assert open_lines() == ["P2:1", "P1:1"]


def test_a_line_is_split_among_a_target_basic_expenditure_and_a_rest(target_id: UUID) -> None:
    parts = ("--part", "P1=350", "--part", "基本支出=200", "--part", "未认领=50")
    assert answer("payment", "split", "P1", *parts, *YEAR, "--reason", "一笔两项")[1]["changed"]
    [rest] = [one for one in answer("payment", "unclaimed", *YEAR)[1]["items"] if one["shares"]]
    assert (rest["amount"], rest["shares"][0]["target_id"]) == ("50.00", str(target_id))
    for bad in ("P1", "P1=十", "P1=5.005"):
        assert run("payment", "split", "P1", "--part", bad, *YEAR, "--reason", "x")[0] != 0


@pytest.mark.usefixtures("target_id")
def test_what_is_not_there_or_not_clear_is_said() -> None:
    code, _ = run("payment", "basic", "P2", *YEAR, "--reason", "工资")
    assert code == 2
    for words in (("claim", "没有的项目", "P1"), ("basic", "P9")):
        with pytest.raises(NotOnRecordError):
            run("payment", *words, *YEAR, "--reason", "x")


@pytest.mark.usefixtures("target_id")
def test_a_rule_is_tried_set_listed_and_ended() -> None:
    assert run("payment", "rule", "list", *YEAR)[1] == ""
    told = ("--class", "301", *YEAR)
    _, text = run("payment", "rule", "preview", *told)
    assert text.splitlines()[:2] == [
        "会归集2行，合计-70.00元。",
        "  450001：2行-70.00元",
    ]
    assert run("payment", "rule", "add", *told, "--reason", "工资")[1] == "已设立规则1。\n"
    assert run("payment", "rule", "add", *told, "--reason", "工资")[1] == "已有同样的规则1。\n"
    assert open_lines() == ["P1:1"]
    by_name = ("--name", "城乡医疗救助", "--target", "P1", "--from", "2025-05-01", *YEAR)
    assert answer("payment", "rule", "add", *by_name, "--reason", "同名")[1]["number"] == 2
    assert open_lines() == []
    _, text = run("payment", "rule", "list", *YEAR)
    assert (
        "规则2  项目名称=城乡医疗救助 → 归入“城乡医疗救助”（自2025-05-01起）  1行600.00元" in text
    )
    assert "规则1  经济分类=301 → 基本支出（自2025-01-01起）  2行-70.00元  工资  [operator]" in text
    ended = ("payment", "rule", "end", "1", "2025-01-01", *YEAR, "--reason", "作废")
    assert run(*ended)[1] == "规则1已停用。\n"
    assert run(*ended)[1] == "规则1本来如此，未作改动。\n"
    assert open_lines() == ["P2:1", "P2:2"]


@pytest.mark.usefixtures("target_id")
def test_rules_of_the_year_before_are_carried_over_when_somebody_asks() -> None:
    told = ("payment", "rule", "add", *YEAR, "--reason", "规则")
    run(*told, "--class", "301")
    run(*told, "--name", "城乡医疗救助", "--target", "P1")
    carry = ("payment", "rule", "carry", "--year", "2026")
    _, text = run(*carry, "--preview")
    assert text.splitlines() == [
        "2025年在用的规则2条，沿用到2026年1条。",
        "  规则1：2026年规则1",
        "  规则2未沿用：本年度没有项目“城乡医疗救助”。请核对，或先导入其绩效目标。",
    ]
    assert run("payment", "rule", "list", "--year", "2026")[1] == ""
    assert answer(*carry)[1]["rules"][0]["number"] == 1
    assert run(*carry)[1].splitlines()[1] == "  规则1：已有，2026年规则1"
