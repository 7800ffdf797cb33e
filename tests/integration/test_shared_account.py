"""A unit's account that several people use: who fills in is asked, remembered and kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote
from uuid import UUID

import psycopg
import pytest

from domain.access.account import Account, AccountKind
from domain.access.grant import Grant
from domain.access.role import Role
from domain.store import StoreKind
from services.access.audit import Asked
from services.access.signing_in import holder_of
from services.access.tokens import Issue
from services.founding import found
from tests.accounts import FIRST_DAY, META
from tests.integration.api_service import REGION, declaration
from tests.integration.test_audited import page_of
from tests.integration.test_doors import GOOD, House, house_on
from tests.servers import RunningServer

WHO = {"name": "孙小美", "telephone": "0313-6221001"}
HEADERS = {"X-Filler": quote("李四"), "X-Filler-Telephone": "13900001111"}


@pytest.fixture(scope="module")
def shared(
    embedded_server: RunningServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("shared")
    with embedded_server.fresh() as database, house_on(database, folder) as house:
        found(house.services.log, StoreKind.REAL, REGION, "", META)
        yield house


@pytest.fixture
def house(shared: House) -> House:
    """The house with nobody in it."""
    shared.client.cookies.clear()
    return shared


def of_several(house: House, login: str) -> UUID:
    """Open an account that several people use, with all the desk's rights."""
    account = Account.open(REGION, login, login, AccountKind.SHARED)
    account.give(Grant(UUID(int=7), Role.FINANCE_DESK, (), FIRST_DAY), reason="tests")
    house.services.log.save(account, meta=META)
    holder = holder_of(account)
    house.desk.credentials.set(holder, GOOD, now=house.clock(), must_change=False)
    return account.id


def token_of(house: House, account_id: UUID) -> dict[str, str]:
    issue = Issue(account_id, "x", house.clock().replace(year=2026, month=1))
    return {"Authorization": f"Bearer {house.desk.tokens.issue(issue, now=house.clock())[1]}"}


def send(house: House, name: str, headers: dict[str, str] | None = None) -> Any:
    return house.client.post("/api/v1/targets", json=declaration(name), headers=headers)


def test_who_signs_in_is_asked_before_the_first_page_and_led_on(house: House) -> None:
    of_several(house, "gongyong1")
    house.sign_in("gongyong1")
    asked = house.get("/imports?year=2025")
    assert asked.status_code == 303
    assert asked.headers["location"] == "/filler?next=/imports%3Fyear%3D2025"
    assert "填报人" in house.get(asked.headers["location"]).text
    form = WHO | {"next": "/imports?year=2025"}
    assert house.client.post("/filler", data=form).headers["location"] == "/imports?year=2025"
    assert house.get("/imports").status_code == 200
    assert "填报人：孙小美" in json.dumps(page_of(house, "/imports", {}).json(), ensure_ascii=False)


def test_nothing_is_submitted_while_nobody_said_who_it_is(house: House) -> None:
    of_several(house, "gongyong2")
    house.sign_in("gongyong2")
    head = house.services.log.head()
    refused = send(house, "无人填报")
    assert refused.status_code == 403
    assert refused.json()["code"] == "filler_needed"
    assert house.services.log.head() == head
    assert house.client.get("/api/v1/targets").status_code == 200, "reading needs no filler"
    (line,) = house.desk.audit.page(Asked(actor="gongyong2", what="target.declare"))
    assert line.outcome == "refused"


def test_every_event_holds_who_filled_in_by_an_id_and_no_name_or_telephone(house: House) -> None:
    account_id = of_several(house, "gongyong3")
    house.sign_in("gongyong3")
    house.client.post("/filler", data=WHO)
    head = house.services.log.head()
    sent = send(house, "有人填报")
    assert sent.status_code == 200
    (filler,) = house.desk.fillers.of_account(account_id)
    logged = house.services.log.read(head, 100)
    assert logged
    assert {one.meta.filler for one in logged} == {filler.filler_id}
    assert (filler.name, filler.telephone) == ("孙小美", "0313-6221001")
    with psycopg.connect(house.services.database.web_url) as connection:
        rows = connection.execute("SELECT state::text FROM log.events").fetchall()
    whole = "".join(bytes.fromhex(text[2:]).decode() for (text,) in rows)
    assert str(filler.filler_id) in whole
    assert "孙小美" not in whole
    assert "6221001" not in whole
    house.services.projector.catch_up()
    target = sent.json()["target_id"]
    (step, *_) = house.client.get(f"/api/v1/targets/{target}/history").json()["items"]
    assert (step["actor"], step["filler"]) == ("gongyong3", "孙小美 0313-6221001")
    shown = page_of(house, f"/targets/{target}", {}).json()
    assert "填报人 孙小美 0313-6221001" in json.dumps(shown, ensure_ascii=False)
    line, *_ = house.desk.audit.page(Asked(actor="gongyong3", what="target.declare"))
    assert line.detail == "POST /api/v1/targets 填报人：孙小美"


def test_the_next_sign_in_asks_again_and_remembers_who_it_was(house: House) -> None:
    account_id = of_several(house, "gongyong4")
    house.sign_in("gongyong4")
    house.client.post("/filler", data=WHO)
    house.client.post("/filler", data=WHO | {"name": " 赵  六 ", "telephone": "13812345678"})
    house.clock.now = house.clock.now.replace(minute=5)
    house.client.post("/filler", data=WHO)
    assert [one.name for one in house.desk.fillers.of_account(account_id)] == ["孙小美", "赵 六"]
    house.client.cookies.clear()
    house.sign_in("gongyong4")
    page = house.get("/filler").text
    assert 'name="name" value="孙小美" required' in page
    assert "赵 六 13812345678" in page
    assert house.get("/").status_code == 303


@pytest.mark.parametrize(
    ("name", "telephone"),
    [("", "13812345678"), ("x" * 61, "13812345678"), ("甲", ""), ("甲", "<b>"), ("甲\x07", "123")],
)
def test_what_is_no_name_or_telephone_is_said_and_nobody_is_kept(
    house: House, name: str, telephone: str
) -> None:
    account_id = Account.create_id(REGION, "gongyong5")
    if account_id not in house.services.log.exists([account_id]):
        of_several(house, "gongyong5")
    house.sign_in("gongyong5")
    answer = house.client.post("/filler", data={"name": name, "telephone": telephone})
    assert answer.status_code == 422
    assert house.desk.fillers.of_account(account_id) == []
    said = {"X-Filler": quote(name), "X-Filler-Telephone": quote(telephone)}
    refused = send(house, "不成", token_of(house, account_id) | said)
    assert refused.json()["code"] == "filler_unsound"
    assert house.desk.fillers.of_account(account_id) == []


def test_a_program_says_it_in_headers(house: House) -> None:
    account_id = of_several(house, "gongyong6")
    token = token_of(house, account_id)
    assert send(house, "程序无人", token).json()["code"] == "filler_needed"
    head = house.services.log.head()
    assert send(house, "程序有人", token | HEADERS).status_code == 200
    (filler,) = house.desk.fillers.of_account(account_id)
    assert filler.name == "李四"
    assert {one.meta.filler for one in house.services.log.read(head, 100)} == {filler.filler_id}


def test_somebody_elses_account_and_a_persons_own_know_nothing_of_it(house: House) -> None:
    first, second = of_several(house, "gongyong7"), of_several(house, "gongyong8")
    known = house.desk.fillers.keep(first, "甲", "13812345678", now=house.clock())
    assert house.desk.fillers.one(known.filler_id, second) is None
    house.person("geren")
    house.sign_in("geren")
    assert "个人账户不用填写" in house.get("/filler").text
    assert house.get("/").status_code == 200
    head = house.services.log.head()
    assert send(house, "个人项目").status_code == 200
    assert {one.meta.filler for one in house.services.log.read(head, 100)} == {None}


def test_a_token_cannot_say_it_for_a_browser(house: House) -> None:
    token = token_of(house, of_several(house, "gongyong9"))
    answer = house.client.post("/filler", data=WHO, headers=token)
    assert answer.status_code == 403
