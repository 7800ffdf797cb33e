"""A long import is watched, stopped, gone on with; what is remembered of columns is forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FilePayload, expect

from tests.browser.conftest import Guarded, county_served, guarded
from tests.payment_files import HEADING, csv_of, voucher_row
from tests.servers import RunningServer

VOUCHERS = 60_000


@pytest.fixture(scope="module")
def county_url(embedded_server: RunningServer) -> Iterator[str]:
    """A county of its own."""
    with county_served(embedded_server) as url:
        yield url


@pytest.fixture
def desk(browser: Browser, county_url: str) -> Iterator[Guarded]:
    """The list of files, on the county."""
    with guarded(browser, county_url) as page:
        page.open("/imports")
        yield page


def whole_year() -> bytes:
    """Many vouchers, all of January: the county's own day is in September."""
    day = HEADING.index("实际支付日期")
    rows = (list(voucher_row(number)) for number in range(VOUCHERS))
    return csv_of([*row[:day], "2025-01-02", *row[day + 1 :]] for row in rows)


def choose(desk: Guarded, name: str, content: bytes, kind: str = "") -> None:
    """Send a file."""
    if kind:
        desk.page.get_by_label("文件类型").select_option(label=kind)
    with desk.page.expect_file_chooser() as chooser:
        desk.page.get_by_role("button", name="选择文件").click()
    file: FilePayload = {"name": name, "mimeType": "text/csv", "buffer": content}
    chooser.value.set_files([file])


def test_a_long_import_is_watched_stopped_and_gone_on_with(desk: Guarded) -> None:
    page = desk.page
    page.on("dialog", lambda dialog: dialog.accept())
    choose(desk, "全年支付.csv", whole_year())
    expect(page.get_by_role("heading", name="正在预览")).to_be_visible(timeout=60_000)
    expect(page.locator(".run__said")).to_contain_text("核对", timeout=60_000)
    desk.shoot("import-looking")
    expect(page.locator(".commit__says")).to_have_text("入库将：新增60,000行", timeout=60_000)
    expect(page.locator(".look")).to_be_hidden()
    page.get_by_role("button", name="入库", exact=True).click()
    expect(page.locator(".run__rows")).to_have_text(re.compile("共 60,000 行"), timeout=60_000)
    desk.shoot("import-run")
    page.get_by_role("button", name="取消", exact=True).click()
    expect(page.get_by_role("button", name="继续", exact=True)).to_be_visible(timeout=60_000)
    expect(page.locator(".run__said")).to_contain_text("已入库的行保留")
    expect(page.locator(".run__rows")).not_to_have_text(re.compile("^已处理 60,000 行"))
    desk.shoot("import-run-cancelled")

    page.get_by_role("link", name="数据导入").first.click()
    under_way = page.get_by_role("table", name="入库进度")
    expect(under_way.get_by_role("row").nth(1)).to_contain_text("已取消")
    expect(page.get_by_text("没有待核对的文件。")).to_be_visible()
    desk.settle()
    desk.shoot("import-runs-listed")
    under_way.get_by_role("link", name="全年支付.csv").click()
    page.get_by_role("button", name="继续", exact=True).click()
    stored = page.locator(".kpi", has_text="新增").locator(".kpi__figure")
    expect(stored).to_have_text("60,000", timeout=120_000)
    expect(page.locator(".subtitle")).to_contain_text("已完成")
    desk.shoot("import-run-done")


def test_what_is_remembered_of_columns_is_listed_and_forgotten(desk: Guarded) -> None:
    page = desk.page
    page.on("dialog", lambda dialog: dialog.accept())
    odd = "支付凭证号,花了多少,支付日期\n77001,12.50,2025-01-02\n".encode()
    choose(desk, "怪表头.csv", odd, "支付明细")
    expect(page.get_by_role("heading", level=1)).to_have_text("怪表头.csv")
    desk.settle()
    page.get_by_label("“花了多少”列改为").select_option(label="实际支付金额")
    page.get_by_role("button", name="按改动重读").click()
    page.get_by_role("button", name="入库", exact=True).click()
    expect(page.locator(".subtitle")).to_contain_text("已完成")
    desk.open("/imports")
    remembered = page.get_by_role("table", name="记住的列")
    expect(remembered).to_contain_text("花了多少＝实际支付金额")
    desk.shoot("import-mappings")
    remembered.get_by_role("button", name="忘记").click()
    expect(page.get_by_text("还没有指定过列。")).to_be_visible()
