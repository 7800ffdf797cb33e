"""What needs a person, answered in the browser; and a declaration walked to its approval."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from playwright.sync_api import Browser, Locator, expect

from domain.declaration import Declaration
from domain.identity import indicator_id
from domain.store import StoreKind
from domain.target import Target
from services.declaring import declare
from services.founding import found
from tests.asking import cost, printed
from tests.browser.conftest import Guarded, guarded, serving
from tests.county import META, REGION, YEAR, VirtualClock, services_on
from tests.declaring import declaration
from tests.servers import RunningServer

ROWS = (
    cost("项目运行总成本", "≥450万元"),
    cost("印刷费", "≥12万元"),
    printed("重点救助对象住院自付费用救助比例", "≥", category="质量指标", medium_text="≥70%"),
    printed("市域内一站式结算覆盖地区", "不低于上年", category="质量指标"),
    printed("参保人数", "20 人; 2.8 万人"),
    printed("住院报销比例63%", "≥98%", category="质量指标"),
    printed("业务处理及时率", "≤30天", category="时效指标"),
    printed("项目完成时限", "12月前", category="时效指标"),
    printed("救助人次", "≥10万人次"),
)
OBJECTIVE = "减轻困难群众的医疗费用负担，救助及时足额。"


def project(code: str, name: str, unit: tuple[str, str], count: int) -> Declaration:
    bare = declaration(
        code,
        name,
        region=REGION,
        unit_code=unit[0],
        unit_name=unit[1],
        annual_objective=OBJECTIVE,
        indicators=(),
    )
    target = Target.create_id(bare)
    rows = tuple(
        replace(
            row, indicator_id=indicator_id(target, (row.indicator_class, row.category, row.name), 0)
        )
        for row in ROWS[:count]
    )
    return replace(bare, indicators=rows)


PROJECTS = (
    project("2001", "城乡医疗救助", ("450001", "清河县医疗保障局"), 9),
    project("2002", "办公用房租赁费", ("450001", "清河县医疗保障局"), 1),
    project("2003", "困难学生资助", ("360001", "清河县教育局"), 2),
)
FIRST, RENT, SCHOOL = (Target.create_id(one) for one in PROJECTS)


@pytest.fixture
def asking_url(embedded_server: RunningServer) -> Iterator[str]:
    """A server over three drafts with open questions."""
    with embedded_server.fresh() as database:
        with services_on(database, VirtualClock()) as services:
            found(services.log, StoreKind.DEMO, REGION, "清河县（虚构）", META)
            for one in PROJECTS:
                declare(services.log, one, on=date(YEAR, 1, 2), meta=META)
        with serving(database) as url:
            yield url


@pytest.fixture
def asking(browser: Browser, asking_url: str) -> Iterator[Guarded]:
    with guarded(browser, asking_url) as page:
        yield page


def questions_of(asking: Guarded) -> Locator:
    """The rows of what blocks a light."""
    return asking.page.locator(".table--questions").first.locator("tbody tr")


def test_from_the_units_to_one_and_its_proposals_accepted(asking: Guarded) -> None:
    page, rows, said = asking.page, questions_of(asking), asking.page.locator("#said")
    asking.open("/")
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="待核实").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2025年度待核实")
    asking.settle()
    asking.shoot("confirmations-units")
    expect(page.get_by_role("row", name="清河县医疗保障局")).to_contain_text("成本方向3")

    page.get_by_role("link", name="清河县医疗保障局").click()
    expect(rows).to_have_count(9)
    asking.settle()
    asking.shoot("confirmations-unit")

    page.get_by_role("button", name="采纳：项目运行总成本").first.click()
    expect(said).to_have_text("已核实1项。")
    expect(said).to_be_focused()
    expect(rows).to_have_count(8)
    page.get_by_role("button", name="全部采纳建议（7项）").click()
    expect(said).to_have_text("已核实7项。")
    expect(rows).to_have_count(1)
    page.get_by_text("已按建议评判、可改的（4）").click()
    asking.shoot("confirmations-proposals")
    rent = page.get_by_role("row", name="办公用房租赁费").first
    expect(rent).to_contain_text("到计划节点一次支出")

    asking.open(f"/targets/{FIRST}")
    goals = page.locator(".table--goals")
    expect(goals.get_by_role("row", name="住院报销比例63%")).to_contain_text("按≥63%")
    asking.shoot("target-settled")
    page.get_by_role("link", name="去核实").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2025年度待核实")


def test_another_answer_needs_its_reason_and_keeps_what_was_typed(asking: Guarded) -> None:
    rows, said = questions_of(asking), asking.page.locator("#said")
    asking.open("/confirmations?unit=450001")
    change = rows.filter(has_text="市域内一站式结算覆盖地区")
    change.get_by_label("改：").click()
    change.get_by_role("button", name="确定").click()
    expect(said).to_contain_text("没有选择也没有填写")
    change.get_by_label("另行填写").fill("98.5%")
    asking.shoot("confirmations-change")
    change.get_by_role("button", name="确定").click()
    expect(said).to_contain_text("没有写明理由")
    expect(change.get_by_label("另行填写")).to_have_value("98.5%")
    change.get_by_label("理由").fill("2024年自评表")
    change.get_by_label("理由").press("Enter")
    expect(said).to_have_text("已核实1项。")
    expect(rows).to_have_count(8)

    change = rows.filter(has_text="住院报销比例63%")
    change.get_by_label("改：").click()
    change.get_by_label("改为").select_option("value")
    change.get_by_label("理由").fill("以指标值为准")
    change.get_by_role("button", name="确定").click()
    expect(said).to_have_text("已核实1项。")
    expect(rows).to_have_count(7)


def test_the_last_question_leaves_an_empty_page_that_says_so(asking: Guarded) -> None:
    page = asking.page
    asking.open("/confirmations?unit=360001")
    page.get_by_role("button", name="全部采纳建议（2项）").click()
    expect(page.locator("#said")).to_have_text("已核实2项。")
    asking.open("/confirmations?unit=450001")
    page.get_by_role("button", name="全部采纳建议（8项）").click()
    expect(page.locator("#said")).to_have_text("已核实8项。")
    asking.open("/confirmations?unit=450001")
    change = page.locator(".table--questions tbody tr").filter(has_text="一站式结算")
    change.get_by_label("改：").click()
    change.get_by_label("另行填写").fill("97%")
    change.get_by_label("理由").fill("2024年决算")
    change.get_by_role("button", name="确定").click()
    expect(page.locator("#said")).to_have_text("已核实1项。")
    asking.open("/confirmations")
    expect(page.get_by_role("heading", name="没有待核实的问题")).to_be_visible()
    asking.shoot("confirmations-empty")


def test_a_question_is_answered_by_keyboard_alone(asking: Guarded) -> None:
    page = asking.page
    asking.open("/confirmations?unit=360001")
    accept = page.get_by_role("button", name="采纳：印刷费")
    accept.focus()
    page.keyboard.press("Tab")
    expect(page.get_by_label("改：印刷费")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_be_focused()
    expect(questions_of(asking)).to_have_count(1)


def approval_card(asking: Guarded) -> Locator:
    """Where a declaration stands."""
    page = asking.page
    return page.locator(".card", has=page.get_by_role("heading", name="申报审批"))


def test_a_draft_is_marked_submitted_and_returned(asking: Guarded) -> None:
    page, card, said = asking.page, approval_card(asking), asking.page.locator("#said")
    asking.open("/")
    expect(page.get_by_role("row", name="困难学生资助")).to_contain_text("未批复（草稿）")
    asking.shoot("overview-drafts")
    asking.open(f"/targets/{SCHOOL}")
    expect(card).to_contain_text("错误")
    asking.shoot("approval-draft")
    card.get_by_role("button", name="送审").click()
    expect(said).to_have_text("已送审。")
    card.get_by_role("button", name="批复", exact=True).click()
    expect(said).to_contain_text("不能批复")
    asking.shoot("approval-refused")
    card.get_by_label("退回理由").fill("请改正成本方向")
    card.get_by_role("button", name="退回").click()
    expect(said).to_have_text("已退回。")
    expect(card).to_contain_text("退回理由：请改正成本方向")
    asking.shoot("approval-returned")


def test_what_a_person_settled_counts_as_mended_and_is_approved(asking: Guarded) -> None:
    page, card, said = asking.page, approval_card(asking), asking.page.locator("#said")
    asking.open(f"/targets/{SCHOOL}")
    card.get_by_role("button", name="送审").click()
    expect(said).to_have_text("已送审。")
    asking.open("/confirmations?unit=360001")
    page.get_by_role("button", name="全部采纳建议（2项）").click()
    expect(said).to_have_text("已核实2项。")
    asking.open(f"/targets/{SCHOOL}")
    card.get_by_label("批复文号").first.fill("财预〔2025〕3号")
    card.get_by_role("button", name="批复", exact=True).click()
    expect(said).to_have_text("已批复。")
    expect(card).to_contain_text("批复文号：财预〔2025〕3号")
    expect(page.get_by_text("未批复")).to_have_count(0)
    asking.shoot("approval-approved")


def test_what_finance_approved_elsewhere_is_registered(asking: Guarded) -> None:
    page = asking.page
    asking.open(f"/targets/{RENT}")
    card = approval_card(asking)
    card.get_by_text("登记已批复").first.click()
    day = card.get_by_label("日期").last
    day.fill("去年")
    card.get_by_role("button", name="登记已批复").click()
    expect(page.locator("#said")).to_contain_text("“去年”不是日期")
    day.fill("2025-01-02")
    card.get_by_role("button", name="登记已批复").click()
    expect(page.locator("#said")).to_have_text("已批复。")


def test_how_an_indicator_is_judged_is_changed_later_with_a_reason(asking: Guarded) -> None:
    page, said = asking.page, asking.page.locator("#said")
    asking.open(f"/targets/{FIRST}")
    page.get_by_text("改指标的评判方式").click()
    form = page.locator("[data-form=kind]")
    form.get_by_role("button", name="改").click()
    expect(said).to_contain_text("请先选指标")
    form.get_by_label("指标（现在的评判方式）").select_option(
        label="救助人次（逐月累计，按时间进度；每轮填报）"
    )
    form.get_by_label("改为").select_option("level.year_end")
    form.get_by_role("button", name="改").click()
    expect(said).to_contain_text("没有写明理由")
    form.get_by_label("理由").fill("年末一次统计")
    asking.shoot("kind-form")
    form.get_by_role("button", name="改").click()
    expect(said).to_have_text("已改评判方式。")
    row = page.locator(".table--goals").get_by_role("row", name="救助人次")
    expect(row).to_contain_text("年末测量")
    expect(page.get_by_text("（年末一次统计）")).to_be_visible()


@pytest.mark.parametrize("width", [1024, 1440])
def test_nothing_runs_out_of_the_window(asking: Guarded, width: int) -> None:
    asking.page.set_viewport_size({"width": width, "height": 800})
    for path, name in (
        ("/confirmations", "confirmations"),
        ("/confirmations?unit=450001", "confirmations-unit"),
        (f"/targets/{FIRST}", "approval"),
    ):
        asking.open(path)
        asking.shoot(f"{name}-{width}")
        assert asking.page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_empty_store_has_nothing_to_ask(empty: Guarded) -> None:
    empty.open("/confirmations")
    expect(empty.page.get_by_role("heading", level=1)).to_have_text("尚无绩效目标")
