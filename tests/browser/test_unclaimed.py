"""未认领支付: proposals adopted, lines chosen and claimed, split, put under a rule, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from domain.claim import Share
from domain.payment import Payment, PaymentLine, VoucherKey, VoucherKind
from services.bootstrap import Services
from tests.browser.conftest import UNNAMED, Guarded, guarded, serving
from tests.county import META, REGION, YEAR, VirtualClock, id_of, services_on, tell_the_year
from tests.servers import RunningServer

CIVIL, WATER = ("101001", "清河县民政局"), ("102001", "清河县生态环境局")
RELIEF = "城乡困难群众救助配套资金"
JULY = date(YEAR, 7, 8)


def paid(number: str, amount: str, unit: tuple[str, str], **printed: object) -> Payment:
    """A voucher that prints no known code."""
    line = PaymentLine(
        "1",
        Decimal(amount),
        JULY,
        unit_code=unit[0],
        unit_name=unit[1],
        **printed,  # type: ignore[arg-type]
    )
    return Payment(VoucherKey(REGION, YEAR, VoucherKind.PAYMENT, number), (line,), None)


def pay_for_nobody(services: Services) -> None:
    """July's vouchers that find no project."""
    broken = paid("B-005", "10000.00", CIVIL, summary="救助和办公各半")
    vouchers = [
        paid("B-001", "60000.00", CIVIL, project_name=RELIEF, summary="7月救助金"),
        paid("B-002", "-1200.50", CIVIL, project_name="困难群众救助", summary="退回"),
        paid("B-003", "8600.00", WATER, economic_class="30101", summary="7月工资"),
        paid("B-004", "2400.00", WATER, economic_class="30102", summary="7月津贴"),
        paid("B-006", "90000.00", WATER, summary="一笔两项：改造和监测"),
        broken,
    ]
    services.log.append_facts(vouchers, META, uuid4())
    known = services.log.get(Payment, broken.id)
    parts = (Share(id_of("1001"), Decimal(5000)), Share(None, Decimal(5000)))
    known.claim("1", parts, "各半")
    known.correct(
        PaymentLine("1", Decimal(9000), JULY, unit_code=CIVIL[0], unit_name=CIVIL[1]), "更正"
    )
    services.log.save(known, meta=META)
    services.projector.catch_up()


@pytest.fixture(scope="module")
def desk_url(embedded_server: RunningServer) -> Iterator[str]:
    """A server of the module's own, since its tests change what is on record."""
    with embedded_server.fresh() as database:
        clock = VirtualClock()
        with services_on(database, clock) as services:
            tell_the_year(services, clock)
            pay_for_nobody(services)
        with serving(database) as url:
            yield url


@pytest.fixture
def desk(browser: Browser, desk_url: str) -> Iterator[Guarded]:
    with guarded(browser, desk_url) as page:
        yield page


def line(page: Page, number: str) -> Locator:
    return page.locator(".table--lines tbody tr", has_text=number)


def said(page: Page) -> Locator:
    """What is said about the last act."""
    return page.locator("#said")


def window(page: Page, title: str) -> Locator:
    return page.get_by_role("dialog", name=title)


def test_a_proposal_is_adopted_with_one_click_and_taken_back_with_another(desk: Guarded) -> None:
    page = desk.page
    desk.open("/unclaimed")
    expect(page.get_by_role("heading", level=1)).to_have_text("2025年度未认领支付")
    expect(page.get_by_role("heading", name="共7笔，合计543,799.50元")).to_be_visible()
    expect(page.locator(".table--lines tbody tr").first).to_contain_text("原拆分不符")
    assert page.evaluate(UNNAMED) == []
    desk.shoot("unclaimed-1440")
    relief = line(page, "B-001")
    expect(relief).to_contain_text("90分　项目名称相同、单位相同")
    relief.get_by_role("button", name=f"采纳：归入{RELIEF}").click()
    expect(said(page)).to_contain_text("已认领1笔。")
    expect(relief).to_have_count(0)
    said(page).get_by_role("button", name="撤销").click()
    expect(said(page)).to_contain_text("已撤销1笔认领。")
    expect(relief).to_have_count(1)


def test_several_lines_are_chosen_by_keyboard_and_marked_as_basic_expenditure(
    desk: Guarded,
) -> None:
    page = desk.page
    desk.open("/unclaimed")
    line(page, "B-003").get_by_role("checkbox").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    bar = page.get_by_role("group", name="已选")
    expect(bar).to_contain_text("已选2笔，合计11,000.00元")
    desk.shoot("unclaimed-chosen")
    bar.get_by_role("button", name="标为基本支出…").click()
    dialog = window(page, "认领支付")
    expect(dialog).to_contain_text("已选2笔，合计11,000.00元")
    expect(dialog.get_by_label("归属")).to_have_value("基本支出")
    dialog.get_by_label("理由").fill("")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_have_text("请写明理由")
    dialog.get_by_label("理由").fill("7月工资和津贴")
    desk.shoot("unclaimed-claim")
    page.keyboard.press("Enter")
    expect(said(page)).to_contain_text("已标为基本支出2笔。")
    expect(dialog).to_be_hidden()
    expect(bar).to_be_hidden()
    expect(page.locator(".kpi", has_text="基本支出").first).to_contain_text("1.10")
    said(page).get_by_role("button", name="撤销").click()
    expect(line(page, "B-003")).to_have_count(1)


def test_a_split_is_possible_once_nothing_is_left_over(desk: Guarded) -> None:
    page = desk.page
    desk.open("/unclaimed")
    line(page, "B-006").get_by_role("button", name="拆分…").click()
    dialog = window(page, "拆分支付")
    do = dialog.get_by_role("button", name="按此拆分")
    first, second = (dialog.locator(".part").nth(number) for number in (0, 1))
    first.get_by_label("归属").fill("追溯码")
    first.get_by_label("金额（元）").fill("30,000.5")
    expect(first.get_by_label("归属")).to_have_value("追溯码系统接口改造｜清河县生态环境局｜2002")
    expect(dialog.locator(".remainder")).to_have_text("还差 59,999.50")
    expect(do).to_be_disabled()
    dialog.get_by_role("button", name="余额仍未认领").click()
    expect(second.get_by_label("归属")).to_have_value("仍未认领")
    expect(second.get_by_label("金额（元）")).to_have_value("59999.50")
    expect(dialog.locator(".remainder")).to_have_text("正好")
    dialog.get_by_label("理由").fill("合同分两项")
    assert page.evaluate(UNNAMED) == []
    desk.shoot("unclaimed-split")
    do.click()
    expect(said(page)).to_contain_text("已拆分。")
    row = line(page, "B-006")
    expect(row).to_contain_text("59,999.50")
    expect(row).to_contain_text("该行90,000.00元，其余已认领")
    row.get_by_role("button", name="撤销…").click()
    window(page, "撤销认领").get_by_label("理由").fill("分错了")
    page.keyboard.press("Enter")
    expect(said(page)).to_contain_text("已撤销1笔认领。")
    expect(row).to_contain_text("90,000.00")


def test_a_rule_is_tried_before_it_is_set(desk: Guarded) -> None:
    page = desk.page
    desk.open("/unclaimed")
    line(page, "B-003").get_by_role("button", name="设规则…").click()
    dialog = window(page, "设认领规则")
    expect(dialog.get_by_label("单位")).to_have_value(WATER[0])
    dialog.get_by_label("经济分类").fill("301")
    dialog.get_by_label("归属").fill("基本支出")
    do = dialog.get_by_role("button", name="设立规则")
    expect(do).to_be_disabled()
    dialog.get_by_role("button", name="试算").click()
    expect(dialog).to_contain_text("会归集现有2笔，合计11,000.00元")
    expect(do).to_be_enabled()
    desk.shoot("unclaimed-rule")
    dialog.get_by_label("经济分类").fill("3010")
    expect(do).to_be_disabled()
    expect(dialog.get_by_text("会归集现有2笔")).to_be_hidden()
    dialog.get_by_role("button", name="试算").click()
    dialog.get_by_label("理由").fill("工资福利属基本支出")
    do.click()
    expect(said(page)).to_contain_text("已设立规则1")
    expect(line(page, "B-003")).to_have_count(0)
    ask(desk, "claim-rules/2025/1/end", {"stops_on": "2025-01-01", "reason": "试完"})


def ask(desk: Guarded, path: str, body: dict[str, object]) -> None:
    """Do something by the API."""
    answer = desk.page.request.post(f"{desk.url}/api/v1/{path}", data=body)
    assert answer.status == 200, answer.text()


def test_a_rule_is_ended_from_the_list_of_rules(desk: Guarded) -> None:
    page = desk.page
    pattern = {"unit": WATER[0], "summary": "津贴"}
    rule = {"fiscal_year": YEAR, "pattern": pattern, "target_id": None, "from_on": "2025-01-01"}
    ask(desk, "claim-rules", rule | {"reason": "津贴属基本支出"})
    desk.open("/unclaimed")
    expect(line(page, "B-004")).to_have_count(0)
    page.get_by_role("link", name="认领规则").click()
    desk.settle()
    row = page.locator("tbody tr", has_text="摘要含有：津贴")
    expect(row).to_contain_text("1笔")
    desk.shoot("unclaimed-rules")
    row.get_by_role("button", name="停用…").click()
    dialog = window(page, "停用认领规则")
    dialog.get_by_label("停用自").fill("一月一日")
    dialog.get_by_label("理由").fill("从头作废")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("“一月一日”不是日期")
    dialog.get_by_label("停用自").fill("2025-01-01")
    page.keyboard.press("Enter")
    expect(row).to_contain_text("已从头作废")
    page.get_by_role("link", name="未认领", exact=True).click()
    expect(line(page, "B-004")).to_have_count(1)


def test_what_was_claimed_is_listed_with_its_reason_and_taken_back(desk: Guarded) -> None:
    page = desk.page
    desk.open("/unclaimed")
    line(page, "B-004").get_by_role("button", name="认领…").click()
    dialog = window(page, "认领支付")
    dialog.get_by_label("归属").fill("没有这样的项目")
    dialog.get_by_label("理由").fill("试")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_have_text("请从列表中选择项目")
    dialog.get_by_label("归属").fill("追溯码")
    page.keyboard.press("Enter")
    expect(said(page)).to_contain_text("已认领1笔。")
    page.get_by_role("link", name="人工认领").click()
    desk.settle()
    row = line(page, "B-004")
    expect(row).to_contain_text("追溯码系统接口改造")
    expect(row).to_contain_text("试")
    desk.shoot("unclaimed-claimed")
    row.get_by_role("checkbox").check()
    page.get_by_role("button", name="撤销认领…").click()
    window(page, "撤销认领").get_by_label("理由").fill("认错了")
    page.keyboard.press("Enter")
    expect(row).to_have_count(0)


def test_filters_write_the_address_and_lead_back(desk: Guarded) -> None:
    page = desk.page
    desk.open("/unclaimed")
    page.get_by_label("查找").fill("救助")
    page.keyboard.press("Enter")
    expect(page.locator(".table--lines tbody tr")).to_have_count(2)
    desk.settle()
    assert "words=" in desk.at()
    page.get_by_label("金额从").fill("5000")
    page.keyboard.press("Enter")
    expect(page.locator(".table--lines tbody tr")).to_have_count(1)
    page.get_by_label("查找").fill("没有这样的")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="清除条件").click()
    expect(page.locator(".table--lines tbody tr")).to_have_count(7)


def test_the_overview_leads_to_what_is_unclaimed(desk: Guarded) -> None:
    page = desk.page
    desk.open("/")
    page.locator(".kpi", has_text="未认领支付").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2025年度未认领支付")


def test_what_was_known_once_is_looked_at_and_nothing_is_done_about_it(desk: Guarded) -> None:
    desk.open("/unclaimed?known_at=60")
    expect(desk.page.get_by_text("按当时已录显示")).to_be_visible()
    expect(desk.page.get_by_role("checkbox")).to_have_count(0)
    expect(desk.page.get_by_role("button", name="采纳")).to_have_count(0)


def test_without_payments_the_page_says_how_to_bring_them(empty: Guarded) -> None:
    empty.open("/unclaimed")
    expect(empty.page.get_by_role("heading", level=1)).to_have_text("尚无支付数据")
    empty.shoot("unclaimed-empty")
    empty.page.get_by_role("main").get_by_role("link", name="数据导入").click()
    expect(empty.page.get_by_role("heading", level=1)).to_have_text("数据导入")
