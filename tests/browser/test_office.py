"""The plain pages of the office in the browser: audit, accounts, one's own account."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid5

import pytest
from playwright.sync_api import Browser, expect

from domain.access.account import Account, AccountKind
from domain.access.grant import Grant
from domain.access.role import Role
from domain.store import StoreKind
from domain.unit import Unit, UnitEntry
from services.access.audit import Entry, Outcome
from services.access.signing_in import holder_of
from services.founding import found
from tests.accounts import META, account_for
from tests.browser.conftest import SCREENS, UNNAMED, Guarded, guarded, serving
from tests.county import REGION, VirtualClock, services_on
from tests.servers import RunningServer

GOOD = "Xiang-mu2025"


@pytest.fixture(scope="module")
def office_url(embedded_server: RunningServer) -> Iterator[str]:
    """A server over a store with people in it."""
    with embedded_server.fresh() as database:
        clock, listed_on = VirtualClock(), date(2025, 1, 1)
        with services_on(database, clock) as services:
            found(services.log, StoreKind.REAL, REGION, "清河县（虚构）", META)
            for login, role in (("审计王", Role.AUDITOR), ("管理员", Role.FINANCE_ADMINISTRATOR)):
                account_id = account_for(services, REGION, login, [role])
                holder = holder_of(services.log.get(Account, account_id))
                services.sign_in_desk.credentials.set(holder, GOOD, now=clock(), must_change=False)
            listed = Unit(UnitEntry(REGION, "450", "清河县医疗保障局（部门）"), listed_on)
            below = [
                Unit(UnitEntry(REGION, f"4500{n:02d}", f"第{n}医保服务中心", listed.id), listed_on)
                for n in range(1, 8)
            ]
            services.log.save(listed, *below, meta=META)
            people = [
                Account.open(REGION, f"经办{n:02d}", f"第{n}位经办", AccountKind.PERSON)
                for n in range(60)
            ]
            for number, person in enumerate(people[:7], 1):
                place = ("450", f"4500{number:02d}")
                right = Grant(uuid5(person.id, "x"), Role.CLERK, place, listed_on)
                person.give(right, reason="任命")
            several = Account.open(REGION, "医保共用", "医保局共用", AccountKind.SHARED)
            several.give(
                Grant(uuid5(several.id, "x"), Role.CLERK, ("450", "450001"), listed_on),
                reason="任命",
            )
            services.log.save(*people, several, meta=META)
            services.sign_in_desk.credentials.set(
                holder_of(several), GOOD, now=clock(), must_change=False
            )
            line = Entry(
                clock(),
                "450001经办",
                None,
                "achievement.report",
                "绩效目标 5f0c0a3e-6a51-5d0e-9d4b-6b8f1a2c3d4e",
                Outcome.DONE,
                "2001:db8:85a3::8a2e:370:7334",
                "0123456789abcdef0123456789abcdef",
                "POST /api/v1/targets/5f0c0a3e-6a51-5d0e-9d4b-6b8f1a2c3d4e/achievements",
                ("450", "450001"),
            )
            lines = [replace(line, outcome=list(Outcome)[n % 3]) for n in range(130)]
            lines.append(replace(line, subject="很长的内容" * 90, actor="名字也很长的填报人" * 3))
            services.sign_in_desk.audit.note_all(lines)
        with serving(database) as url:
            yield url


@contextmanager
def signed_in(browser: Browser, url: str, login: str, leads_to: str = "/") -> Iterator[Guarded]:
    """Somebody with a browser of his own."""
    with guarded(browser, url, strict=True) as one:
        one.page.context.clear_cookies()
        one.page.goto(f"{url}/login")
        one.page.get_by_label("登录名").fill(login)
        one.page.get_by_label("密码").fill(GOOD)
        one.page.get_by_role("button", name="登录").click()
        one.page.wait_for_url(f"{url}{leads_to}")
        yield one


def fits(one: Guarded) -> None:
    """Nothing stands out of the page, and every control has a name."""
    wide = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert one.page.evaluate(wide)
    assert one.page.evaluate(UNNAMED) == []


def test_an_auditor_finds_looks_through_and_takes_the_record(
    browser: Browser, office_url: str
) -> None:
    with signed_in(browser, office_url, "审计王") as one:
        expect(one.page.get_by_role("link", name="审计记录")).to_be_visible()
        one.shoot("office-header")
        one.page.get_by_role("link", name="审计记录").click()
        expect(one.page.get_by_role("heading", level=1)).to_have_text("审计记录")
        fits(one)
        one.shoot("audit")
        one.page.screenshot(path=SCREENS / "audit-top.png")
        one.page.get_by_role("link", name="更早的").click()
        expect(one.page.get_by_role("link", name="最近的")).to_be_visible()
        one.page.get_by_label("结果").select_option("被拒绝")
        one.page.get_by_label("人员").fill("450001经办")
        one.page.get_by_role("button", name="查询").click()
        expect(one.page.locator("tbody tr")).to_have_count(43)
        with one.page.expect_download() as taken:
            one.page.get_by_role("link", name="Excel").click()
        assert Path(taken.value.path()).read_bytes().startswith(b"PK")
        one.page.get_by_label("人员").fill("没有这个人")
        one.page.get_by_role("button", name="查询").click()
        expect(one.page.get_by_text("没有符合条件的记录")).to_be_visible()
        one.shoot("audit-empty")
        one.page.set_viewport_size({"width": 390, "height": 844})
        fits(one)
        one.shoot("audit-narrow")
        one.page.get_by_role("button", name="退出登录").click()
        expect(one.page.get_by_role("button", name="登录")).to_be_visible()


def test_ones_own_account_is_kept_by_oneself(browser: Browser, office_url: str) -> None:
    with signed_in(browser, office_url, "管理员") as one:
        one.page.get_by_title("我的账户").click()
        expect(one.page.get_by_role("heading", level=1)).to_have_text("我的账户")
        one.page.get_by_label("用途").fill("报表程序")
        one.page.get_by_role("button", name="签发令牌").click()
        expect(one.page.get_by_text("新令牌：")).to_be_visible()
        fits(one)
        one.shoot("account")
        one.page.get_by_role("button", name="吊销").click()
        expect(one.page.get_by_text("已吊销")).to_be_visible()
        expect(one.page.get_by_text("新令牌：")).to_have_count(0)


def test_people_are_opened_given_rights_and_handed_over(browser: Browser, office_url: str) -> None:
    with signed_in(browser, office_url, "管理员") as one:
        page = one.page
        page.get_by_role("link", name="账户与人员").click()
        expect(page.get_by_role("link", name="经办00")).to_be_visible()
        page.get_by_text("开立账户").click()
        fits(one)
        one.shoot("people")
        page.get_by_label("登录名", exact=True).fill("新来的")
        page.get_by_label("姓名或系统名称").fill("新来的人")
        page.get_by_role("button", name="开立").click()
        expect(page.get_by_text("临时密码：")).to_be_visible()
        page.get_by_label("单位", exact=True).fill("450003 第3医保服务中心")
        page.get_by_label("岗位").select_option("单位填报人")
        page.get_by_label("事由").nth(0).fill("任命")
        page.get_by_role("button", name="授权").click()
        expect(page.get_by_text("已授权：单位填报人。")).to_be_visible()
        expect(page.get_by_text("临时密码：")).to_have_count(0)
        fits(one)
        one.shoot("person")
        page.set_viewport_size({"width": 390, "height": 844})
        fits(one)
        one.shoot("person-narrow")
        page.set_viewport_size({"width": 1440, "height": 900})
        hand_over(one)


def hand_over(one: Guarded) -> None:
    """Hand on what is open of the account that is shown, and print the list."""
    page = one.page
    page.get_by_role("link", name="查看在办事项并交接").click()
    page.get_by_label("接手人").fill("经办09")
    page.get_by_label("事由").fill("调岗")
    one.shoot("handover")
    page.get_by_role("button", name="全部交接").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("人员交接清单")
    fits(one)
    one.shoot("handed-over")
    page.evaluate("window.print = () => { window.printed = true; }")
    page.get_by_role("button", name="打印").click()
    assert page.evaluate("window.printed") is True
    page.emulate_media(media="print")
    one.shoot("handed-over-paper")


def test_contacts_are_kept_with_telephone(browser: Browser, office_url: str) -> None:
    with signed_in(browser, office_url, "管理员") as one:
        page = one.page
        page.get_by_role("link", name="单位联系人").click()
        page.get_by_label("单位", exact=True).fill("450001 第1医保服务中心")
        page.get_by_label("姓名").fill("赵钱孙")
        page.get_by_label("电话").fill("0319-6221001")
        page.get_by_role("button", name="变更").click()
        expect(page.get_by_role("status")).to_contain_text("赵钱孙")
        page.goto(f"{office_url}/contacts")
        expect(page.get_by_role("cell", name="0319-6221001")).to_be_visible()
        fits(one)
        one.shoot("contacts")


def test_who_uses_a_shared_account_says_who_it_is_and_sees_it_on_every_page(
    browser: Browser, office_url: str
) -> None:
    with signed_in(browser, office_url, "医保共用", "/filler?next=/") as one:
        page = one.page
        one.shoot("filler")
        page.get_by_label("填报人").fill("孙小美")
        page.get_by_label("电话").fill("0319-6221001")
        page.get_by_role("button", name="继续").click()
        page.wait_for_url(f"{office_url}/")
        expect(page.get_by_role("link", name="填报人：孙小美")).to_be_visible()
        one.shoot("filler-header")
        page.get_by_role("link", name="填报人：孙小美").click()
        fits(one)
        one.shoot("filler-again")
        expect(page.get_by_role("button", name="孙小美 0319-6221001")).to_be_visible()


def test_the_way_out_is_on_every_page_of_the_screen(browser: Browser, office_url: str) -> None:
    with signed_in(browser, office_url, "管理员") as one:
        for path in ("/imports", "/confirmations", "/unclaimed", "/"):
            one.page.goto(office_url + path)
            expect(one.page.get_by_role("button", name="退出登录")).to_be_visible()
        expect(one.page.get_by_role("link", name="审计记录")).to_have_count(0)
        one.page.get_by_role("button", name="退出登录").click()
        one.page.wait_for_url(f"{office_url}/login")
