"""A clerk brings files in: sends, looks, corrects, adopts, and finds it on the target's page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx.document import Document
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.browser.conftest import Guarded, county_served, guarded
from tests.files import word, workbook
from tests.servers import RunningServer

FORM = (Path(__file__).parents[1] / "data" / "hebei_form.txt").read_text("utf-8")
HEAD = (
    ("项目支出绩效目标申报表",),
    ("（2025年度）",),
    ("项目名称", "%s"),
    ("主管部门", "清河县教育局", "实施单位", "清河县教育局"),
    ("年度资金总额（万元）", "%s"),
    ("年度绩效目标", "改善乡村学校供暖。"),
    ("一级指标", "二级指标", "三级指标", "指标值"),
)
ROWS = (
    ("产出指标", "数量指标", "改造教室间数", "≥40间"),
    ("产出指标", "质量指标", "验收合格率", "≤95%"),
    ("效益指标", "社会效益指标", "受益学生人数", "≥1800人"),
    ("满意度指标", "服务对象满意度指标", "师生满意度", "≥90%"),
)
PAYMENTS = "支付凭证号\t实际支付金额\t实际支付日期\t项目编码\n88001\t1200.50\t2025-01-02\t1001\n"


@pytest.fixture(scope="module")
def county_url(embedded_server: RunningServer) -> Iterator[str]:
    """A county of its own: what is brought in here is none of the other tests'."""
    with county_served(embedded_server) as url:
        yield url


def rows(name: str, amount: str) -> list[tuple[str, ...]]:
    said = iter((name, amount))
    return [tuple(next(said) if text == "%s" else text for text in row) for row in (*HEAD, *ROWS)]


def as_word(name: str, amount: str) -> FilePayload:
    def fill(document: Document) -> None:
        found = rows(name, amount)
        table = document.add_table(len(found), 4)
        for line, texts in zip(table.rows, found, strict=True):
            for cell, text in zip(line.cells, texts, strict=False):
                cell.text = text

    return {"name": f"{name}.docx", "mimeType": "application/msword", "buffer": word(fill)}


def as_workbook(name: str, amount: str) -> FilePayload:
    def fill(sheet: Any) -> None:
        for texts in rows(name, amount):
            sheet.append(texts)

    return {"name": f"{name}.xlsx", "mimeType": "application/xlsx", "buffer": workbook(fill)}


def as_text(name: str, text: str) -> FilePayload:
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode()}


def send(page: Page, *files: FilePayload) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="选择文件").click()
    chooser.value.set_files(list(files))


@pytest.fixture
def desk(browser: Browser, county_url: str) -> Iterator[Guarded]:
    """The list of files, on the county."""
    with guarded(browser, county_url) as page:
        page.open("/imports")
        yield page


def test_from_a_word_file_to_the_targets_page(desk: Guarded) -> None:
    page = desk.page
    send(page, as_word("乡村学校供暖改造", "120.00"))
    expect(page.get_by_role("heading", level=1)).to_have_text("乡村学校供暖改造.docx")
    desk.settle()
    page.locator("#value-0-0-value_text").click()
    expect(page.locator(".is-source")).to_have_text("≥40间")
    page.locator("#edit-text").fill("≥45间")
    page.keyboard.press("Enter")
    corrected = page.locator("#value-0-0-value_text")
    expect(corrected).to_contain_text("≥45间")
    expect(corrected).to_contain_text("≥40间")
    expect(corrected).to_be_focused()
    expect(page.locator(".source ins")).to_have_text("≥45间")

    finding = page.locator(".finding", has_text="验收合格率").filter(has_text="采纳").first
    finding.get_by_role("button", name="采纳").click()
    expect(page.locator("#value-0-1-value_text")).to_contain_text("≥95%")
    expect(page.locator(".commit__says")).to_have_text("入库将：新申报1个、更正2处")
    desk.shoot("import-form")

    page.get_by_role("button", name="入库", exact=True).click()
    expect(page.get_by_text("入库前的更正（2处）")).to_be_visible()
    table = page.get_by_role("table", name="入库前的更正")
    expect(table.get_by_role("row").nth(1)).to_contain_text("≥40间")
    expect(table.get_by_role("row").nth(1)).to_contain_text("手工更正")
    expect(table.get_by_role("row").nth(2)).to_contain_text("采纳建议")
    desk.shoot("import-record")
    page.get_by_role("link", name="乡村学校供暖改造").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("乡村学校供暖改造")
    expect(page.get_by_role("cell", name="≥45间")).to_be_visible()


def test_a_cell_leads_to_its_value_and_the_arrows_walk_on(desk: Guarded) -> None:
    page = desk.page
    send(page, as_workbook("校车安全护航", "36.00"))
    expect(page.get_by_role("heading", level=1)).to_have_text("校车安全护航.xlsx")
    desk.settle()
    page.get_by_role("button", name="师生满意度").first.click()
    expect(page.locator(".is-chosen")).to_have_text("师生满意度")
    expect(page.locator(".edit__label")).to_have_text("三级指标")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".is-chosen")).to_have_text("≥90%")
    page.locator(".is-chosen").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#edit-text")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".is-chosen")).to_be_focused()


def test_two_windows_do_not_undo_each_others_work(desk: Guarded, browser: Browser) -> None:
    send(desk.page, as_workbook("营养餐补助", "88.00"))
    expect(desk.page.get_by_role("heading", level=1)).to_have_text("营养餐补助.xlsx")
    desk.settle()
    with guarded(browser, desk.url) as other:
        other.open(desk.at())
        for window, text in ((desk, "≥41间"), (other, "≥42间")):
            window.page.locator("#value-0-0-value_text").click()
            window.page.locator("#edit-text").fill(text)
            window.page.keyboard.press("Enter")
            window.page.wait_for_timeout(0)
            expect(window.page.locator("#value-0-0-value_text")).to_contain_text("≥41间")
        refused = other.page.get_by_role("alert").filter(has_text="另一个窗口改动过")
        expect(refused).to_contain_text("≥42间")


def test_what_cannot_be_read_is_refused_and_the_others_are_kept(desk: Guarded) -> None:
    page = desk.page
    send(
        page,
        as_text("说明.txt", "今天天气很好。"),
        as_text("空.txt", ""),
        as_text("申报表.txt", FORM),
        as_workbook("图书更新", "12.00"),
    )
    shown = page.locator("#upload-list li")
    expect(shown).to_have_count(4)
    expect(shown.nth(0)).to_contain_text("没有认出这是什么文件")
    expect(shown.nth(1)).to_contain_text("文件是空的")
    expect(shown.nth(2)).to_contain_text("绩效目标申报表")
    expect(shown.nth(3).get_by_role("link", name="去核对")).to_be_visible()
    waiting = page.locator("#imports-waiting")
    expect(waiting.get_by_role("link", name="申报表.txt", exact=True)).to_be_visible()
    desk.settle()
    desk.shoot("import-list")
    page.on("dialog", lambda dialog: dialog.accept())
    row = waiting.get_by_role("row", name=re.compile("图书更新"))
    row.get_by_role("button", name="放弃").click()
    expect(row).to_have_count(0)


def test_a_table_from_the_clipboard_is_a_file(desk: Guarded) -> None:
    page = desk.page
    page.evaluate(
        """(text) => {
          const held = new DataTransfer();
          held.setData("text/plain", text);
          document.body.dispatchEvent(
            new ClipboardEvent("paste", { clipboardData: held, bubbles: true, cancelable: true }));
        }""",
        PAYMENTS,
    )
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^粘贴的表格"))
    expect(page.locator(".subtitle")).to_contain_text("支付明细")
    desk.settle()
    page.get_by_role("button", name=re.compile("采用文件里最晚的支付日")).click()
    expect(page.get_by_label("支付数据截至")).to_have_value("2025-01-02")
    expect(page.locator(".commit__says")).to_have_text("入库将：新增1行")
    desk.shoot("import-table")
    page.get_by_role("button", name="入库", exact=True).click()
    expect(page.locator(".subtitle")).to_contain_text("已完成")
    expect(page.locator(".kpi", has_text="新增").locator(".kpi__figure")).to_have_text("1")


def test_an_empty_store_has_no_files_and_says_so(empty: Guarded) -> None:
    empty.open("/imports")
    expect(empty.page.get_by_text("还没有导入过文件。")).to_be_visible()
    expect(empty.page.get_by_text("没有待核对的文件。")).to_be_visible()
    expect(empty.page.get_by_text("涉密项目不得录入。")).to_be_visible()
    empty.shoot("import-empty")


def test_under_our_own_policy_files_come_in_with_an_empty_console(
    browser: Browser, county_url: str
) -> None:
    with guarded(browser, county_url, strict=True) as strict:
        page = strict.page
        page.goto(f"{strict.url}/imports")
        send(page, as_workbook("操场改造", "45.00"))
        expect(page.locator(".panes")).to_be_visible()
        page.locator("#value-0-0-value_text").click()
        expect(page.locator(".is-source")).to_be_visible()


@pytest.mark.parametrize("width", [1024, 1440])
def test_nothing_of_a_file_runs_out_of_the_window(desk: Guarded, width: int) -> None:
    desk.page.set_viewport_size({"width": width, "height": 800})
    name = "县级义务教育薄弱环节改善与能力提升及校舍安全保障长效机制补助资金（含上年结转）" + str(
        width
    )
    send(desk.page, as_workbook(name, "1,234.56"))
    expect(desk.page.locator(".panes")).to_be_visible()
    desk.settle()
    desk.shoot(f"import-form-{width}")
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= width
