"""Overview, target page, another day, and back: as a person at the desk walks."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import SCREENS, UNNAMED, Guarded, guarded
from tests.county import LAGGING, LONG, LONG_NAMED, id_of

LAGGING_NAME = "城乡困难群众救助配套资金"
TARGET = f"/targets/{id_of(LAGGING)}"


def choose_day(page: Page, label: str, day: str) -> None:
    """Type a day into a control, as the desk does."""
    control = page.get_by_label(label, exact=True)
    control.fill(day)
    control.press("Enter")


def test_from_the_overview_to_a_target_to_another_day_and_back(county: Guarded) -> None:
    page = county.page
    county.open("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("2025年度监控总览")
    county.shoot("overview-1440")

    page.get_by_role("link", name=LAGGING_NAME).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(LAGGING_NAME)
    county.settle()
    assert county.at() == TARGET
    expect(page).to_have_title(re.compile(LAGGING_NAME))
    expect(
        page.get_by_role("img", name=re.compile("截至8月31日实际支出270.00万元"))
    ).to_be_visible()
    county.shoot("target-1440")

    choose_day(page, "数据截至", "2025-06-30")
    expect(
        page.get_by_role("img", name=re.compile("截至6月30日实际支出150.00万元"))
    ).to_be_visible()
    county.settle()
    assert county.at() == f"{TARGET}?as_of=2025-06-30"
    expect(page.locator(".annotation-text").first).to_have_text("数据截至6月30日")

    page.go_back()
    expect(page.get_by_role("img", name=re.compile("截至8月31日"))).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("2025年度监控总览")
    county.settle()
    assert county.at() == "/"


def test_a_link_opens_the_same_picture(county: Guarded) -> None:
    county.open("/?as_of=2025-06-30&unit=101001&light=red")
    page = county.page
    expect(page.get_by_label("数据截至")).to_have_value("2025-06-30")
    expect(page.locator("#control-unit")).to_contain_text("清河县民政局")
    rows = page.locator(".table--targets tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(LAGGING_NAME)
    assert county.at() == "/?as_of=2025-06-30&unit=101001&light=red"


def test_filters_write_the_address_and_nothing_else_does(county: Guarded) -> None:
    page = county.page
    county.open("/")
    assert county.at() == "/"
    page.get_by_role("link", name=re.compile("^黄灯")).click()
    expect(page.locator(".table--targets tbody tr")).to_have_count(2)
    assert county.at() == "/?light=yellow"

    page.locator("#control-unit").click()
    page.get_by_role("option", name="清河县民政局").click()
    expect(page.locator(".table--targets tbody tr")).to_have_count(1)
    assert county.at() == "/?light=yellow&unit=101001"

    page.get_by_role("link", name=re.compile("^全部")).click()
    expect(page.locator(".table--targets tbody tr")).to_have_count(2)
    assert county.at() == "/?unit=101001"


def test_a_control_keeps_the_focus_over_its_own_change(county: Guarded) -> None:
    county.open("/")
    choose_day(county.page, "数据截至", "2025-03-31")
    expect(county.page.get_by_text("数据截至2025年3月31日")).to_be_visible()
    expect(county.page.get_by_label("数据截至")).to_be_focused()


def test_an_alert_leads_to_the_very_picture_it_was_raised_on(county: Guarded) -> None:
    page = county.page
    county.open(TARGET)
    alert = page.locator(".alert", has_text="预算执行预警")
    alert.get_by_text(re.compile("^经过")).click()
    first = alert.get_by_role("link", name="当时画面").first
    expect(first).to_be_visible()
    county.shoot("target-alert-steps")
    first.click()
    expect(page.get_by_text("按当时已录显示")).to_be_visible()
    expect(page.get_by_label("数据截至")).to_have_value("2025-03-31")
    county.settle()
    assert "known_at=" in county.at()


def test_the_day_known_is_chosen_and_cleared(county: Guarded) -> None:
    page = county.page
    county.open("/?as_of=2025-08-31")
    choose_day(page, "当时已录（不填为最新）", "2025-07-10")
    expect(page.get_by_text("支付数据截至2025年6月30日").first).to_be_visible()
    assert county.at() == "/?as_of=2025-08-31&known_at=2025-07-10"
    page.get_by_label("清除日期").click()
    expect(page.get_by_text("按当时已录显示")).to_have_count(0)
    assert county.at() == "/?as_of=2025-08-31"


def test_under_our_own_policy_the_console_stays_empty(browser: Browser, county_url: str) -> None:
    with guarded(browser, county_url, strict=True) as strict:
        for path in ("/", TARGET):
            strict.page.goto(strict.url + path)
            expect(strict.page.locator("h1")).to_be_visible()
            expect(strict.page.get_by_role("contentinfo")).to_contain_text("演示数据（虚构）")
        expect(strict.page.locator(".js-plotly-plot .main-svg").first).to_be_visible()


@pytest.mark.parametrize("width", [1024, 1440, 1920])
def test_nothing_runs_out_of_the_window(county: Guarded, width: int) -> None:
    county.page.set_viewport_size({"width": width, "height": 800})
    for path, name in (("/", "overview"), (f"/targets/{id_of(LONG_NAMED)}", "long-name")):
        county.open(path)
        county.shoot(f"{name}-{width}")
        assert county.page.evaluate("document.documentElement.scrollWidth") <= width
        hidden = county.page.evaluate(
            "[...document.querySelectorAll('.table-scroll')]"
            ".filter((one) => one.scrollWidth > one.clientWidth + 1).length"
        )
        assert hidden == 0
    expect(county.page.get_by_role("heading", level=1)).to_have_text(LONG)


def test_paper_gets_a_chart_of_its_width_and_the_screen_its_own_back(county: Guarded) -> None:
    county.open(TARGET)
    chart = "document.querySelector('.js-plotly-plot')"
    before = county.page.evaluate(f"{chart}._fullLayout.width")
    SCREENS.mkdir(parents=True, exist_ok=True)
    county.page.pdf(path=SCREENS / "target.pdf", prefer_css_page_size=True)
    county.settle()
    county.page.wait_for_function(f"Math.abs({chart}._fullLayout.width - {before}) < 2")
    county.open("/")
    county.page.pdf(path=SCREENS / "overview.pdf", prefer_css_page_size=True)


def test_the_pages_can_be_walked_by_keyboard(county: Guarded) -> None:
    county.open("/")
    county.page.keyboard.press("Tab")
    expect(county.page.get_by_role("link", name="跳到正文")).to_be_focused()
    unnamed = county.page.evaluate(UNNAMED)
    assert unnamed == []


def test_an_empty_store_says_how_to_begin(empty: Guarded) -> None:
    empty.open("/")
    expect(empty.page.get_by_role("heading", level=1)).to_have_text("尚无绩效目标")
    empty.shoot("empty")


def test_an_unknown_target_leads_back(county: Guarded) -> None:
    county.open("/targets/00000000-0000-0000-0000-000000000000")
    expect(county.page.get_by_role("alert").last).to_contain_text("查不到")
    county.shoot("unknown-target")
    county.page.get_by_role("main").get_by_role("link", name="监控总览").click()
    expect(county.page.get_by_role("heading", level=1)).to_have_text("2025年度监控总览")
