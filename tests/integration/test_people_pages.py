"""The office's pages about people: accounts, rights, delegation, handing on, contacts."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import openpyxl
import pytest

from domain.access.account import Account, AccountKind
from domain.access.role import Role
from domain.store import StoreKind
from domain.unit import Unit, UnitEntry
from services.access.audit import Asked, Outcome
from services.api.door.cookie import COOKIE
from services.founding import found
from services.people import list_people
from services.readmodel.accounts import AccountList, Wanted
from tests.accounts import META
from tests.integration.api_service import REGION, declaration
from tests.integration.test_doors import House, house_on
from tests.servers import RunningServer

HTML = {"Accept": "text/html"}
DAY = date(2025, 9, 1)
CLERK = {"role": "clerk", "unit": "450001 某局", "reason": "任命"}


@pytest.fixture(scope="module")
def shared(
    embedded_server: RunningServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("people")
    with embedded_server.fresh() as database, house_on(database, folder) as house:
        found(house.services.log, StoreKind.REAL, REGION, "", META)
        department = Unit(UnitEntry(REGION, "450", "主管局"), date(2025, 1, 1))
        unit = Unit(UnitEntry(REGION, "450001", "某局", department.id), date(2025, 1, 1))
        house.services.log.save(department, unit, meta=META)
        house.services.projector.catch_up()
        house.person("guanli", Role.FINANCE_ADMINISTRATOR)
        yield house


@pytest.fixture
def house(shared: House) -> Iterator[House]:
    """The house with the administrator signed in."""
    shared.client.cookies.clear()
    shared.sign_in("guanli")
    yield shared
    shared.client.cookies.clear()


def post(house: House, path: str, **form: str) -> Any:
    return house.client.post(path, data=form, headers=HTML)


def opened(house: House, login: str, kind: str = "person", **more: str) -> tuple[UUID, str]:
    """Open an account on the page: its id, and the password that is shown once."""
    answer = post(house, "/people", login=login, name=f"{login}的姓名", kind=kind, **more)
    assert answer.status_code == 200, answer.text
    password = re.search(r"临时密码：<code>([^<]+)", answer.text)
    house.services.projector.catch_up()
    return Account.create_id(REGION, login), password[1].replace("&amp;", "&") if password else ""


def account(house: House, account_id: UUID) -> Account:
    return house.services.log.get(Account, account_id)


def roles(house: House, account_id: UUID, day: date = DAY) -> set[Role]:
    return {grant.role for grant in account(house, account_id).in_force(day)}


def test_an_account_is_opened_with_a_right_and_its_password_is_shown_once(house: House) -> None:
    account_id, password = opened(house, "jingban", role="clerk", unit="450001")
    assert roles(house, account_id) == {Role.CLERK}
    page = house.get(f"/people/{account_id}").text
    assert password not in page
    assert "450001 某局" in page
    house.client.cookies.clear()
    assert house.sign_in("jingban", password).headers["location"] == "/account?must=1"


def test_what_is_filled_in_wrongly_is_said_and_stays_filled_in(house: House) -> None:
    for form, sentence in (
        ({"login": "guanli", "name": "又一个"}, "已有账户"),
        ({"login": "<b>", "name": "坏"}, "不能用"),
        ({"login": "xin", "name": " "}, "请填写姓名或系统名称"),
        ({"login": "xin", "name": "新", "role": "clerk"}, "须指定单位"),
        ({"login": "xin", "name": "新", "role": "clerk", "unit": "999"}, "999"),
    ):
        answer = post(house, "/people", kind="person", **form)
        assert answer.status_code >= 400
        assert sentence in answer.text
        assert f'value="{form["name"]}"' in answer.text
    assert house.services.log.exists([Account.create_id(REGION, "xin")]) == set()


def test_accounts_are_found_by_words_role_unit_and_state(house: House) -> None:
    first, _ = opened(house, "chazhao-a", role="head", unit="450001")
    second, _ = opened(house, "chazhao-b")
    post(house, f"/people/{second}/disable", reason="离职")
    house.services.projector.catch_up()

    def logins(query: str) -> list[str]:
        return re.findall(r">(chazhao-[ab])</a>", house.get(f"/people?{query}").text)

    assert logins("words=CHAZHAO") == ["chazhao-a", "chazhao-b"]
    assert logins("words=chazhao-a的姓") == ["chazhao-a"]
    assert logins("words=chazhao&state=shut") == ["chazhao-b"]
    assert logins("words=chazhao&state=open") == ["chazhao-a"]
    assert logins("role=head&unit=450") == ["chazhao-a"]
    assert logins("role=head&unit=某局") == ["chazhao-a"]
    assert logins("role=clerk&words=chazhao") == []
    assert house.get("/people?unit=999").status_code == 404
    assert str(first) in house.get("/people?words=chazhao").text


def test_a_long_list_of_accounts_is_turned_page_by_page(house: House) -> None:
    accounts = [
        Account.open(REGION, f"many{n:03d}", f"第{n}人", AccountKind.PERSON) for n in range(60)
    ]
    house.services.log.save(*accounts, meta=META)
    house.services.projector.catch_up()
    first = house.get("/people?words=many").text
    assert "many049" in first
    assert "many050" not in first
    following = re.search(r'href="(/people\?[^"]+after=[^"]+)"', first)
    assert following
    second = house.get(following[1].replace("&amp;", "&")).text
    assert "many049<" not in second
    assert "many059" in second


def test_a_right_is_given_and_ended_with_days(house: House) -> None:
    account_id, _ = opened(house, "gangwei")
    given = post(
        house, f"/people/{account_id}/grants", **CLERK, starts_on="2025-09-10", ends_on="2025-09-20"
    )
    assert "已授权：单位填报人" in given.text
    assert roles(house, account_id) == set()
    assert roles(house, account_id, date(2025, 9, 20)) == {Role.CLERK}
    ending = re.search(r"/people/[^/]+/grants/[^/]+/end", given.text)
    assert ending
    ended = post(house, ending[0], ends_on="2025-09-12", reason="调岗")
    assert "授权到2025-09-12为止" in ended.text
    assert roles(house, account_id, date(2025, 9, 13)) == set()
    wrong = post(house, f"/people/{account_id}/grants", role="auditor", reason="x", ends_on="明天")
    assert wrong.status_code == 422
    assert "终止日（年-月-日）" in wrong.text
    backwards = post(house, f"/people/{account_id}/grants", **CLERK, ends_on="2025-01-01")
    assert backwards.status_code == 422


def test_an_account_that_is_shut_is_out_at_once_and_can_be_opened_again(house: House) -> None:
    account_id, _ = opened(house, "likai")
    admin = house.client.cookies[COOKIE]
    key = house.desk.sessions.open(
        account_id, address="10.0.0.7", agent="Firefox", now=house.clock()
    )
    assert post(house, f"/people/{account_id}/disable", reason="").status_code == 422
    assert "已停用" in post(house, f"/people/{account_id}/disable", reason="离职").text
    house.client.cookies.clear()
    assert house.get("/account", Cookie=f"{COOKIE}={key}").status_code == 303
    house.client.cookies.set(COOKIE, admin)
    assert "账户已恢复" in post(house, f"/people/{account_id}/enable", reason="返岗").text
    assert not account(house, account_id).is_disabled


def test_a_password_is_reset_by_the_desk_without_any_mail(house: House) -> None:
    account_id, first = opened(house, "wangji")
    answer = post(house, f"/people/{account_id}/password")
    password = re.search(r"临时密码：<code>([^<]+)", answer.text)
    assert password
    assert password[1] != first
    house.client.cookies.clear()
    assert house.sign_in("wangji", first).status_code == 401
    again = password[1].replace("&amp;", "&").replace("&#43;", "+")
    assert house.sign_in("wangji", again).status_code == 303


def test_somebody_stands_in_until_a_day(house: House) -> None:
    absent, _ = opened(house, "chuchai", role="clerk", unit="450001")
    there, _ = opened(house, "daiban")
    path = f"/people/{absent}/delegation"
    form = {"to": "daiban", "ends_on": "2025-09-05", "reason": "出差"}
    answer = post(house, path, **form)
    assert "已委托daiban的姓名代办" in answer.text
    assert "daiban的姓名（daiban）" in answer.text
    assert roles(house, there, date(2025, 9, 5)) == {Role.CLERK}
    assert roles(house, there, date(2025, 9, 6)) == set()
    assert "chuchai的姓名（chuchai）" in house.get(f"/people/{there}").text
    assert post(house, path, **form | {"to": "chuchai"}).status_code == 422
    assert post(house, path, **form | {"to": "没有这人"}).status_code == 404


def with_much_open(house: House, login: str) -> UUID:
    """Somebody with a right now and one to come, a deputy, a unit's post and a project."""
    giver, _ = opened(house, login, role="clerk", unit="450001")
    post(house, f"/people/{giver}/grants", **CLERK | {"role": "head"}, starts_on="2025-10-01")
    lending = {"to": "daili", "ends_on": "2025-12-31", "reason": "休假"}
    post(house, f"/people/{giver}/delegation", **lending)
    named = {"unit": "450001", "post": "填报人", "person": f"{login}的姓名", "telephone": "6221001"}
    assert f"{login}的姓名" in post(house, "/contacts", **named).text
    desk = declaration("待移交的项目", unit_code="450001", unit_name="某局")
    house.person("gu", Role.FINANCE_DESK)
    house.client.cookies.clear()
    house.sign_in("gu")
    assert house.client.post("/api/v1/targets", json=desk).status_code == 200
    house.client.cookies.clear()
    house.sign_in("guanli")
    house.services.projector.catch_up()
    return giver


def test_all_that_is_open_of_a_person_goes_to_another_with_a_list(house: House) -> None:
    taker, _ = opened(house, "jieshou")
    deputy, _ = opened(house, "daili")
    giver = with_much_open(house, "yijiao")
    before = house.get(f"/people/{giver}/handover").text
    for word in ("单位填报人", "单位负责人", "daili的姓名", "某局", "待移交的项目"):
        assert word in before
    form = {"to": "jieshou", "reason": "调岗", "telephone": "6221002"}
    done = post(house, f"/people/{giver}/handover", **form)
    assert done.status_code == 303, done.text
    house.services.projector.catch_up()
    assert roles(house, giver) == roles(house, deputy) == set()
    assert roles(house, taker) == {Role.CLERK}
    assert roles(house, taker, date(2025, 10, 1)) == {Role.CLERK, Role.HEAD}
    contacts = house.get("/contacts").text
    assert "jieshou的姓名" in contacts
    assert "6221002" in contacts
    assert "yijiao的姓名" not in contacts
    require_printed(house, done.headers["location"])
    assert done.headers["location"] in house.get(f"/people/{taker}").text
    assert "待移交的项目" not in house.get(f"/people/{giver}/handover").text


def require_printed(house: House, where: str) -> None:
    """The list can be printed and taken as a file, and that it was taken is on record."""
    printed = house.get(where)
    for word in ("yijiao的姓名（yijiao）", "待移交的项目", "监交人签字", "调岗", "450001 某局"):
        assert word in printed.text
    assert "script-src 'self'" in printed.headers["content-security-policy"]
    file = house.client.get(f"{where}/list.xlsx")
    sheet: Any = openpyxl.load_workbook(io.BytesIO(file.content)).active
    cells = {cell for row in sheet.iter_rows(values_only=True) for cell in row if cell}
    assert {"yijiao的姓名（yijiao）", "待移交的项目", "监交人签字"} <= cells
    export, *_ = house.desk.audit.page(Asked(actor="guanli", what="export"))
    assert "list.xlsx" in export.subject


def test_a_handover_that_cannot_be_is_said_and_changes_nothing(house: House) -> None:
    giver, _ = opened(house, "shenji1", role="auditor")
    opened(house, "guanli2", role="finance_administrator")
    head = house.services.log.head()
    for to, sentence in (("guanli2", "不同的人"), ("shenji1", "不能"), ("谁也不是", "谁也不是")):
        answer = post(house, f"/people/{giver}/handover", to=to, reason="调岗")
        assert answer.status_code in {404, 409, 422}
        assert sentence in answer.text
    assert house.services.log.head() == head
    assert roles(house, giver) == {Role.AUDITOR}


def test_a_programs_token_is_issued_and_ended_and_a_persons_is_not(house: House) -> None:
    program, password = opened(house, "jiekou", kind="program", role="service")
    assert password == ""
    form = {"label": "国库", "expires_on": "2025-12-31"}
    answer = post(house, f"/people/{program}/tokens", **form)
    key = re.search(r"jx_[\w-]+", answer.text)
    assert key
    headers = {"Authorization": f"Bearer {key[0]}"}
    revoking = re.search(r"/people/[^/]+/tokens/[^/]+/revoke", answer.text)
    assert revoking
    cookies = house.client.cookies[COOKIE]
    house.client.cookies.clear()
    assert house.client.get("/api/v1/targets", headers=headers).status_code == 200
    house.client.cookies.set(COOKIE, cookies)
    assert "已吊销" in post(house, revoking[0]).text
    house.client.cookies.clear()
    assert house.client.get("/api/v1/targets", headers=headers).status_code == 401
    house.client.cookies.set(COOKIE, cookies)
    person, _ = opened(house, "benren")
    refused = post(house, f"/people/{person}/tokens", **form)
    assert "只能为接口账户签发令牌" in refused.text
    assert house.desk.tokens.of_account(person) == []


def test_contacts_are_found_by_unit_name_and_telephone_and_can_be_vacant(house: House) -> None:
    form = {"unit": "主管局", "post": "负责人", "person": "钱多多", "telephone": "6229999"}
    assert "钱多多" in post(house, "/contacts", **form).text
    for words in ("钱多", "6229999", "主管局", "450"):
        assert "6229999" in house.get(f"/contacts?words={words}").text
    assert "6229999" not in house.get("/contacts?words=某局").text
    assert "空缺" in post(house, "/contacts", **form | {"person": "", "telephone": ""}).text
    assert "6229999" not in house.get("/contacts").text
    assert post(house, "/contacts", **form | {"post": "局长"}).status_code == 422
    assert post(house, "/contacts", **form | {"unit": "没有"}).status_code == 404


WRITES = (
    "/people",
    "/people/{id}/disable",
    "/people/{id}/enable",
    "/people/{id}/password",
    "/people/{id}/grants",
    "/people/{id}/grants/{id}/end",
    "/people/{id}/delegation",
    "/people/{id}/tokens",
    "/people/{id}/tokens/{id}/revoke",
    "/people/{id}/handover",
    "/contacts",
)
FORM = {
    **CLERK,
    "login": "neu",
    "name": "neu",
    "kind": "person",
    "to": "guanli",
    "ends_on": "2025-12-31",
    "label": "x",
    "expires_on": "2025-12-31",
    "post": "负责人",
    "person": "x",
}


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in {Role.FINANCE_ADMINISTRATOR, Role.SERVICE}]
)
def test_nobody_but_who_governs_changes_anything(house: House, role: Role) -> None:
    victim = str(Account.create_id(REGION, "guanli"))
    login = f"kein-{role.value.replace('_', '-')}"
    house.person(login, role)
    house.client.cookies.clear()
    house.sign_in(login)
    head = house.services.log.head()
    for path in WRITES:
        answer = post(house, path.replace("{id}", victim), **FORM)
        assert answer.status_code in {403, 404}, path
        assert "临时密码" not in answer.text
        assert "jx_" not in answer.text
    assert house.services.log.head() == head
    reads = {
        path: house.get(path).status_code
        for path in ("/people", f"/people/{victim}", f"/people/{victim}/handover")
    }
    assert set(reads.values()) == ({200} if role is Role.AUDITOR else {404}), reads
    assert (house.get("/contacts").status_code == 200) is (role is not Role.OPERATOR)
    told = house.desk.audit.page(Asked(actor=login, outcome=Outcome.REFUSED, limit=100))
    refused = [line for line in told if line.detail.startswith("POST /people")]
    assert len(refused) >= len(WRITES) - 1


def test_what_is_done_to_an_account_is_on_record_with_its_login(house: House) -> None:
    account_id, _ = opened(house, "jilu")
    post(house, f"/people/{account_id}/disable", reason="离职")
    line = house.desk.audit.page(Asked(actor="guanli", what="account.manage"))[0]
    assert (line.subject, line.outcome) == ("账户 jilu", "done")
    wanted = Wanted(DAY + timedelta(days=1), words="jilu")
    assert list_people(AccountList(house.services.lookups.pool), wanted)
