"""Accounts and the audit over the API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import psycopg
import pytest

from domain.access.role import Role
from tests.accounts import token_for
from tests.integration.api_service import REGION, Api

ACCOUNTS = "/api/v1/accounts"
UNIT = "450001"


@pytest.fixture
def office(kept_api: Api) -> Api:
    """The API with two units on the list, asked by who governs."""
    for code, parent in (("450", None), (UNIT, "450")):
        body = {"name": f"{code}局", "code": code, "parent": parent, "on": "2025-01-01"}
        kept_api.client.post("/api/v1/units", json=body)
    kept_api.services.read_model.wait_for(kept_api.services.log.head())
    return kept_api


def opened(office: Api, login: str, **more: object) -> str:
    body = {"login": login, "name": f"{login}的姓名"} | more
    return str(office.post(ACCOUNTS, body)["account_id"])


def shown(office: Api, account_id: str) -> Any:
    return office.client.get(f"{ACCOUNTS}/{account_id}").json()


def test_an_account_is_opened_once_and_its_password_is_kept_nowhere(office: Api) -> None:
    body = {"login": "kaihu", "name": "开户的人"}
    first = office.post(ACCOUNTS, body, key="open-1")
    again = office.post(ACCOUNTS, body, key="open-1")
    assert len(first["temporary_password"]) >= 14
    assert again == first | {"temporary_password": None}
    office.problem("POST", ACCOUNTS, 409, "account_exists", json=body)
    path = f"{ACCOUNTS}/{first['account_id']}/password"
    reset = office.post(path, None, key="reset-1")
    assert reset["temporary_password"] not in {None, first["temporary_password"]}
    assert office.post(path, None, key="reset-1")["temporary_password"] is None
    with psycopg.connect(office.services.database.web_url) as connection:
        kept = connection.execute("SELECT r::text FROM operational.api_requests r").fetchall()
    assert kept
    for (text,) in kept:
        assert first["temporary_password"] not in text
        assert reset["temporary_password"] not in text
    program = office.post(ACCOUNTS, {"login": "chengxu", "name": "程序", "kind": "program"})
    assert program["temporary_password"] is None


def test_rights_are_given_ended_lent_and_handed_over(office: Api) -> None:
    giver, taker = opened(office, "api-yijiao"), opened(office, "api-jieshou")
    grants = f"{ACCOUNTS}/{giver}/grants"
    clerk = {"role": "clerk", "unit": UNIT, "reason": "任命"}
    office.post(grants, clerk)
    head = office.post(grants, clerk | {"role": "head", "ends_on": "2025-12-31"})
    office.problem("POST", grants, 422, "unit_needed", json=clerk | {"unit": None})
    office.problem("POST", grants, 404, "not_on_record", json=clerk | {"unit": "999"})
    ended = {"ends_on": "2025-09-30", "reason": "调岗"}
    office.post(f"{grants}/{head['grant_id']}/end", ended)
    office.problem("POST", f"{grants}/{UUID(int=1)}/end", 409, "grant_not_in_force", json=ended)
    deputy = opened(office, "api-daiban")
    lending = {"to": "api-daiban", "ends_on": "2025-09-10", "reason": "出差"}
    office.post(f"{ACCOUNTS}/{giver}/delegations", lending)
    assert {grant["lent_by"] for grant in shown(office, deputy)["grants"]} == {giver}
    office.services.read_model.wait_for(office.services.log.head())
    sections = office.client.get(f"{ACCOUNTS}/{giver}/handover").json()["sections"]
    assert [row[0] for row in sections[0]["rows"]] == ["单位填报人", "单位负责人"]
    handing = {"to": "api-jieshou", "reason": "调岗"}
    done = office.post(f"{ACCOUNTS}/{giver}/handover", handing)
    assert done["sections"] == sections
    roles = {grant["role"]: grant["ends_on"] for grant in shown(office, taker)["grants"]}
    assert roles == {"clerk": None, "head": "2025-09-30"}
    for other in (giver, deputy):
        assert {grant["ends_on"] for grant in shown(office, other)["grants"]} == {"2025-08-31"}


def test_accounts_are_listed_page_by_page_and_found(office: Api) -> None:
    ids = [opened(office, f"liebiao{n}") for n in range(5)]
    office.post(f"{ACCOUNTS}/{ids[0]}/disable", {"reason": "离职"})
    clerk = {"role": "clerk", "unit": UNIT, "reason": "任命"}
    office.post(f"{ACCOUNTS}/{ids[1]}/grants", clerk)
    office.services.read_model.wait_for(office.services.log.head())
    found, cursor = [], None
    while True:
        asked: Any = {"words": "liebiao", "limit": 2} | ({"cursor": cursor} if cursor else {})
        page = office.client.get(ACCOUNTS, params=asked).json()
        found += [one["account_id"] for one in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert found == ids
    shut = office.client.get(ACCOUNTS, params={"words": "liebiao", "disabled": True}).json()
    assert [one["login"] for one in shut["items"]] == ["liebiao0"]
    clerks: Any = {"unit": "450", "role": "clerk", "words": "liebiao"}
    listed = office.client.get(ACCOUNTS, params=clerks).json()["items"]
    assert [one["login"] for one in listed] == ["liebiao1"]
    office.post(f"{ACCOUNTS}/{ids[0]}/enable", {"reason": "返岗"})
    assert not shown(office, ids[0])["is_disabled"]


def test_an_auditor_reads_the_audit_and_nobody_else_does(office: Api) -> None:
    account_id = opened(office, "api-shenji")
    key = token_for(office.services, REGION, "shenjiyuan", [Role.AUDITOR])
    auditor = {"Authorization": f"Bearer {key}"}
    asked: Any = {"actor": "caizheng", "what": "account.", "limit": 1}
    page = office.client.get("/api/v1/audit", params=asked, headers=auditor).json()
    (line,) = page["items"]
    assert (line["what"], line["subject"], line["outcome"]) == (
        "account.manage",
        "账户 api-shenji",
        "done",
    )
    asked |= {"cursor": page["next_cursor"]}
    older = office.client.get("/api/v1/audit", params=asked, headers=auditor).json()["items"]
    assert older[0]["number"] < line["number"]
    office.problem("GET", "/api/v1/audit", 404, "not_on_record")
    refused = office.client.post(f"{ACCOUNTS}/{account_id}/password", headers=auditor)
    assert refused.status_code == 403
    assert office.client.get(ACCOUNTS, headers=auditor).status_code == 200
    clerk = token_for(office.services, REGION, "jingbanren", [Role.CLERK], (UNIT,))
    for path in ("", f"/{account_id}", f"/{account_id}/handover", f"/{UUID(int=5)}/handover"):
        answer = office.client.get(
            f"{ACCOUNTS}{path}", headers={"Authorization": f"Bearer {clerk}"}
        )
        assert answer.status_code == 404
        assert "shenji" not in answer.text
