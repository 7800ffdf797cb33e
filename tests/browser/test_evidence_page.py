"""Evidence files on the target's page: chosen, sent, fetched, withdrawn."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser, FilePayload, expect

from tests.browser.conftest import county_served, guarded
from tests.county import LAGGING, id_of
from tests.servers import RunningServer

TARGET = f"/targets/{id_of(LAGGING)}"


def sent(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def test_files_are_sent_together_fetched_as_they_were_and_withdrawn(
    browser: Browser, embedded_server: RunningServer
) -> None:
    minutes = sent("会议纪要.txt", "县医疗救助工作会议纪要".encode())
    photo = sent("现场照片.pdf", b"\xff\xd8\xff\xe0\x00\x10JFIF")
    with county_served(embedded_server) as url, guarded(browser, url) as county:
        page = county.page
        county.open(TARGET)
        page.get_by_role("button", name="上传佐证材料").click()
        expect(page.get_by_text("请先选择文件。")).to_be_visible()

        section = page.locator("section", has=page.get_by_role("heading", name="佐证材料"))
        section.get_by_label("证明什么").select_option(index=1)
        with page.expect_file_chooser() as chooser:
            section.get_by_label(re.compile("选择文件")).click()
        chooser.value.set_files([minutes, photo])
        page.get_by_role("button", name="上传佐证材料").click()
        expect(page.locator("#said")).to_have_text(re.compile("已上传2份佐证材料。.*内容却是图片"))
        county.settle()
        expect(section.get_by_role("heading")).to_have_text("佐证材料（2份）")
        county.shoot("evidence-1440")

        with page.expect_download() as fetched:
            section.get_by_role("link", name="会议纪要.txt").click()
        assert Path(fetched.value.path()).read_bytes() == minutes["buffer"]

        row = section.get_by_role("row", name=re.compile("现场照片"))
        row.get_by_text("撤回或销毁").click()
        row.get_by_label("理由（必填）").fill("传错了照片")
        county.shoot("evidence-open-1440")
        row.get_by_role("button", name="撤回").click()
        expect(page.locator("#said")).to_have_text("已撤回。再上传同一文件即恢复。")
        county.settle()
        expect(section.get_by_role("heading")).to_have_text("佐证材料（1份）")
        expect(section.get_by_text("已撤回：传错了照片")).to_be_visible()
