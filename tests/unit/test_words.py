"""What people read is written in one place, so that a word is said one way."""

from __future__ import annotations

import ast
import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dashboard import formats
from dashboard.texts import overview, target, terms
from domain.alert import AlertState, Rule, Severity
from domain.money_light import MoneyCause
from services.projections.payment_line import Standing

DASHBOARD = Path(__file__).resolve().parents[2] / "dashboard"
MODULES = sorted(DASHBOARD.rglob("*.py"))
WORDS = [
    path
    for path in MODULES
    if path.parent.name == "texts" or path.name in {"words.py", "formats.py"}
]
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def spoken(path: Path) -> list[str]:
    """The Chinese literals of a module, without its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in silent
        and CHINESE.search(node.value)
    ]


@pytest.mark.parametrize(
    "path", [path for path in MODULES if path not in WORDS], ids=lambda p: p.stem
)
def test_no_page_has_words_of_its_own(path: Path) -> None:
    assert spoken(path) == []


def test_the_desk_says_percentage_points_in_full() -> None:
    everything = " ".join(word for path in WORDS for word in spoken(path))
    assert not re.search(r"[低高差]\S{0,4}点(?!击)", everything.replace("百分点", ""))


@pytest.mark.parametrize(
    ("yuan", "wan"),
    [("12345678.9", "1,234.57"), ("0", "0.00"), ("-100500", "-10.05"), ("50", "0.01")],
)
def test_amounts_are_in_wan_with_two_decimals_and_thousands(yuan: str, wan: str) -> None:
    assert formats.wan(Decimal(yuan)) == wan


@pytest.mark.parametrize(
    ("share", "points"), [("0.1371", "+13.7"), ("-0.2534", "-25.3"), ("0.0004", "0.0")]
)
def test_differences_carry_their_sign(share: str, points: str) -> None:
    assert formats.points(Decimal(share)) == points


def test_what_is_not_there_is_a_dash() -> None:
    assert [
        formats.wan(None),
        formats.points(None),
        formats.share(None),
        formats.short_day(None),
        formats.day(None),
    ] == ["—"] * 5


def test_recorded_times_are_shanghais() -> None:
    at = datetime(2025, 7, 5, 23, 30, tzinfo=ZoneInfo("UTC"))
    assert formats.moment(at) == "2025-07-06 07:30"


def test_every_state_rule_and_colour_of_an_alert_has_its_word() -> None:
    assert set(terms.ALERT_STATES) >= set(AlertState)
    assert set(terms.ALERT_RULES) >= set(Rule)
    assert set(terms.SEVERITIES) >= set(Severity)
    assert set(terms.ALERT_CAUSES) >= set(MoneyCause)
    assert set(terms.PAYMENT_STANDINGS) >= set(Standing)


def test_the_rate_is_said_against_the_plan() -> None:
    behind = overview.against_plan(Decimal("0.5331"), Decimal("0.021"), Decimal(1_163_400))
    assert behind == "计划进度53.3%，低2.1个百分点、差116.34万元"
    ahead = overview.against_plan(Decimal("0.5"), Decimal("-0.1"), Decimal(-100))
    assert ahead == "计划进度50.0%，高10.0个百分点"
    assert overview.against_plan(None, None, Decimal(0)) == "无法判定"


def test_an_alert_says_since_when_and_when_it_changed() -> None:
    june, july = date(2025, 6, 30), date(2025, 7, 31)
    assert target.since(june, june) == "6月30日发出"
    assert target.since(june, july) == "6月30日发出，7月31日最近变化"
