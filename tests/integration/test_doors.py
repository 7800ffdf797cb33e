"""Every door there is: nobody comes in without being known, on whatever route."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from dashboard.asgi import create_app
from domain.access.account import Account
from domain.access.action import Action
from domain.access.role import Role
from services.access.accounts import NewAccount, disable, open_account
from services.access.desk import SignInDesk
from services.access.first_start import invite_first_administrator
from services.access.sessions import IDLE
from services.access.signing_in import holder_of
from services.access.tokens import Issue
from services.api.app import create_api
from services.api.door.cookie import COOKIE
from services.api.door.entrance import OPEN
from services.bootstrap import Services
from services.database.connect import Database
from tests.accounts import META, account_for, token_for
from tests.integration.api_service import OWN_ADDRESS, REGION, SteppedClock, running
from tests.servers import RunningServer

GOOD = "Xiang-mu2025"
HTML = {"Accept": "text/html"}
OPEN_ANSWERS = {
    "/login": 200,
    "/first": 410,
    "/oidc/start": 404,  # no identity provider is set up here
    "/oidc/callback": 404,
    "/oidc/link": 404,
    "/oidc/leave": 404,
    "/door/door.css": 200,
    "/door/icon.svg": 200,
    "/-/healthy": 200,
    "/-/ready": 200,
    "/version": 200,
}
"""What is served to anybody, with what it says; another one has to be added here."""


@dataclass(frozen=True)
class House:
    """The whole application, pages and all, with its desk."""

    client: TestClient
    desk: SignInDesk
    services: Services
    clock: SteppedClock

    def person(self, login: str, role: Role = Role.FINANCE_DESK) -> UUID:
        """Open an account with a password."""
        account_id = account_for(self.services, REGION, login, [role])
        holder = holder_of(self.services.log.get(Account, account_id))
        self.desk.credentials.set(holder, GOOD, now=self.clock(), must_change=False)
        return account_id

    def sign_in(self, login: str, password: str = GOOD, wanted: str = "/") -> Any:
        """Post the form."""
        form = {"login": login, "password": password, "next": wanted}
        return self.client.post("/login", data=form)

    def get(self, path: str, **headers: str) -> Any:
        """Ask for a page."""
        return self.client.get(path, headers=HTML | headers)


@contextmanager
def house_on(database: Database, folder: Path) -> Iterator[House]:
    clock = SteppedClock()
    with (
        running(database, folder, clock) as services,
        TestClient(
            create_app(services, create_api(services)),
            OWN_ADDRESS,
            raise_server_exceptions=False,
            follow_redirects=False,
        ) as client,
    ):
        yield House(client, services.sign_in_desk, services, clock)


@pytest.fixture(scope="module")
def shared(
    embedded_server: RunningServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("doors")
    with embedded_server.fresh() as database, house_on(database, folder) as house:
        yield house


@pytest.fixture
def house(shared: House) -> House:
    """The house with nobody in it."""
    shared.client.cookies.clear()
    return shared


def routes_of(house: House) -> set[tuple[str, str]]:
    """Every method and address the application answers, with something in each parameter."""
    app: Any = house.client.app
    found = {
        (method.upper(), path)
        for path, operations in app.openapi()["paths"].items()
        for method in operations
    }
    for route in _flat(app.routes):
        methods = getattr(route, "methods", None) or {"GET"}
        found |= {(method, route.path) for method in methods}
    return {(method, re.sub(r"{(\w+)(:\w+)?}", _some, path)) for method, path in found}


def _flat(routes: Iterable[Any]) -> Iterator[Any]:
    """Routes, and those of routers among them."""
    for route in routes:
        if hasattr(route, "original_router"):
            yield from _flat(route.original_router.routes)
        else:
            yield route


def _some(parameter: re.Match[str]) -> str:
    return str(UUID(int=1)) if "id" in parameter[1] else "1"


def test_without_a_key_no_route_answers_but_those_on_the_list(house: House) -> None:
    answered = {}
    for method, path in routes_of(house):
        status = house.client.request(method, path).status_code
        if status not in {401, 303}:
            answered[path] = status
    assert len(routes_of(house)) > 60
    assert ("POST", "/_dash-update-component") in routes_of(house)
    assert set(answered) <= set(OPEN_ANSWERS), answered
    assert set(OPEN_ANSWERS) == OPEN


@pytest.mark.parametrize(("path", "status"), OPEN_ANSWERS.items())
def test_what_is_open_says_nothing_of_the_content(house: House, path: str, status: int) -> None:
    assert house.client.get(path).status_code == status


def test_dash_and_its_callbacks_are_behind_the_door(house: House) -> None:
    app: Any = house.client.app
    assert app.state.screen.callback_map
    for path in ("/_dash-layout", "/_dash-dependencies", "/_reload-hash", "/assets/page.js"):
        assert house.client.get(path).status_code == 401, path
    asked = house.client.post("/_dash-update-component", json={"output": "x", "inputs": []})
    assert asked.status_code == 401
    assert house.client.get("/_dash-component-suites/dash/deps/x.js").status_code == 401


@pytest.mark.parametrize("path", ["/_dash-ws-callback", "/", "/login", "/api/v1/targets"])
def test_a_websocket_is_refused_before_it_is_accepted(house: House, path: str) -> None:
    key = token_for(house.services, REGION, f"ws{abs(hash(path)) % 10**6}")
    for headers in ({}, {"Authorization": f"Bearer {key}"}):
        with (
            pytest.raises(WebSocketDisconnect),
            house.client.websocket_connect(path, headers=headers),
        ):
            pass


@pytest.mark.parametrize(
    "path",
    [
        "//",
        "/%5fdash-layout",
        "/login/",
        "/login/..%2f_dash-layout",
        "/LOGIN",
        "/login;x",
        "/x/../y",
    ],
)
def test_an_address_that_only_looks_open_is_not(house: House, path: str) -> None:
    assert house.client.get(path).status_code in {401, 303}


def test_a_page_leads_to_the_sign_in_page_and_back_to_where_one_wanted(house: House) -> None:
    house.person("hui")
    asked = house.get("/targets/00000000-0000-0000-0000-000000000001?year=2025")
    assert asked.status_code == 303
    assert asked.headers["location"].startswith("/login?next=/targets/")
    wanted = "/targets/1?year=2025"
    assert house.sign_in("hui", wanted=wanted).headers["location"] == wanted


@pytest.mark.parametrize(
    "wanted", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:x", "/a\nb"]
)
def test_nobody_is_led_to_another_site(house: House, wanted: str) -> None:
    login = f"led{abs(hash(wanted)) % 10**8}"
    house.person(login)
    assert house.sign_in(login, wanted=wanted).headers["location"] == "/"
    assert wanted not in house.get("/login", x="y").text


def test_who_signed_in_is_known_until_the_session_ends(house: House) -> None:
    house.person("zhang")
    answer = house.sign_in("zhang")
    set_cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in set_cookie
    assert "samesite=lax" in set_cookie
    assert house.get("/").status_code == 200
    assert house.client.get("/api/v1/targets").status_code == 200
    assert house.client.post("/logout").headers["location"] == "/login"
    assert house.get("/").status_code == 303


def test_an_idle_session_is_over(house: House) -> None:
    house.person("idle")
    house.sign_in("idle")
    house.clock.now += IDLE
    try:
        assert house.get("/").status_code == 303
    finally:
        house.clock.now -= IDLE


def test_a_made_up_or_old_key_opens_nothing(house: House) -> None:
    house.person("old")
    house.sign_in("old")
    key = house.client.cookies[COOKIE]
    house.client.post("/logout")
    for given in (key, key[:-1] + "x", "", "x" * 5_000, "'; DROP TABLE accounts; --"):
        house.client.cookies.clear()
        assert house.get("/", Cookie=f"{COOKIE}={given}").status_code == 303
    for given in ("jx_x", "x", ""):
        headers = {"Authorization": f"Bearer {given}"}
        assert house.client.get("/api/v1/targets", headers=headers).status_code == 401


def test_who_signs_in_again_has_one_session_with_a_new_key(house: House) -> None:
    account_id = house.person("again")
    house.sign_in("again")
    former = house.client.cookies[COOKIE]
    house.sign_in("again")
    assert house.client.cookies[COOKIE] != former
    assert len(house.desk.sessions.of_account(account_id, house.clock())) == 1
    house.client.cookies.clear()
    assert house.get("/", Cookie=f"{COOKIE}={former}").status_code == 303


def test_what_a_browser_kept_is_cleared_when_one_leaves(house: House) -> None:
    house.person("cleared")
    house.sign_in("cleared")
    left = house.client.post("/logout")
    assert left.headers["clear-site-data"] == '"storage"'
    assert COOKIE not in house.client.cookies


def test_a_token_opens_the_api_and_says_how_it_wants_to_be_shown(house: House) -> None:
    key = token_for(house.services, REGION, "machine", [Role.SERVICE])
    headers = {"Authorization": f"Bearer {key}"}
    assert house.client.get("/api/v1/targets", headers=headers).status_code == 200
    refused = house.client.get("/api/v1/targets")
    assert refused.headers["www-authenticate"] == "Bearer"
    assert refused.json()["code"] == "not_signed_in"


def test_a_shut_account_is_out_at_once(house: House) -> None:
    account_id = house.person("leaver")
    house.sign_in("leaver")
    assert house.get("/").status_code == 200
    disable(house.services.log, house.desk, account_id, reason="离职", meta=META)
    assert house.get("/").status_code == 303


def test_a_first_password_is_changed_before_anything_else(house: House) -> None:
    asked = NewAccount(REGION, "newcomer", "新人")
    opened = open_account(house.services.log, house.desk, asked, now=house.clock(), meta=META)
    first = opened.temporary_password or ""
    assert house.sign_in("newcomer", first).headers["location"] == "/account?must=1"
    assert house.get("/").headers["location"] == "/account?must=1"
    assert house.client.get("/api/v1/targets").json()["code"] == "password_due"
    assert "密码须先更改" in house.get("/account?must=1").text
    form = {"present": first, "new": GOOD, "again": "Andere-2025"}
    assert "两次输入的密码不一样" in house.client.post("/account/password", data=form).text
    form["again"] = GOOD
    assert house.client.post("/account/password", data=form).headers["location"] == "/"
    assert house.get("/").status_code == 200


def test_ones_own_sessions_and_tokens_are_seen_and_ended_on_ones_page(house: House) -> None:
    house.person("keeper")
    house.sign_in("keeper")
    other = house.client.cookies[COOKIE]
    house.client.cookies.clear()
    house.sign_in("keeper")
    page = house.get("/account").text
    (ending,) = re.findall(r"/account/sessions/[0-9a-f-]+/end", page)
    house.client.post(ending)
    assert house.get("/account", Cookie=f"{COOKIE}={other}").status_code == 303
    assert "/account/sessions/" not in house.get("/account").text
    form = {"label": "excel <b>", "expires_on": "2025-12-31"}
    issued = house.client.post("/account/tokens", data=form).text
    (key,) = re.findall(r"jx_[\w-]+", issued)
    assert "excel &lt;b&gt;" in issued
    assert key not in house.get("/account").text
    headers = {"Authorization": f"Bearer {key}"}
    (revoking,) = re.findall(r"/account/tokens/[0-9a-f-]+/revoke", issued)
    house.client.post(revoking)
    house.client.cookies.clear()
    assert house.client.get("/api/v1/targets", headers=headers).status_code == 401
    late = {"label": "x", "expires_on": "2035-12-31"}
    house.sign_in("keeper")
    assert "有效期须在今后366天以内" in house.client.post("/account/tokens", data=late).text


def test_all_other_sessions_of_ones_own_end_at_once(house: House) -> None:
    house.person("many")
    keys = []
    for _ in range(3):
        house.client.cookies.clear()
        house.sign_in("many")
        keys.append(house.client.cookies[COOKIE])
    house.client.post("/account/sessions/end")
    assert house.get("/account").status_code == 200
    house.client.cookies.clear()
    for key in keys[:2]:
        assert house.get("/account", Cookie=f"{COOKIE}={key}").status_code == 303


def test_a_token_makes_no_other_token_and_changes_nothing_of_how_one_signs_in(house: House) -> None:
    account_id = house.person("narrow")
    scope = frozenset({Action.READ_TARGET})
    issue = Issue(account_id, "narrow", house.clock() + timedelta(days=9), scope)
    key = house.desk.tokens.issue(issue, now=house.clock())[1]
    headers = {"Authorization": f"Bearer {key}"}
    form = {"label": "wide", "expires_on": "2025-12-31", "present": GOOD, "new": "Neu-2025x"}
    form["again"] = form["new"]
    for path in (
        "/account/tokens",
        "/account/password",
        "/account/sessions/end",
        f"/account/sessions/{UUID(int=1)}/end",
        f"/account/tokens/{UUID(int=1)}/revoke",
    ):
        refused = house.client.post(path, data=form, headers=headers)
        assert refused.status_code in {403, 422}, path
        assert "令牌不能办理此事" in refused.text
    assert len(house.desk.tokens.of_account(account_id)) == 1


def test_a_wrong_password_is_told_on_the_page_and_nothing_is_given(house: House) -> None:
    answer = house.sign_in("nobody", "wrong")
    assert answer.status_code == 401
    assert "登录名或密码不对" in answer.text
    assert "set-cookie" not in answer.headers


def test_the_first_administrator_opens_the_account_by_the_link(house: House) -> None:
    key = invite_first_administrator(house.desk, now=house.clock())
    assert "开立财政管理员账户" in house.get(f"/first?key={key}").text
    form = {"key": key, "login": "guanli", "name": "管理员", "password": GOOD, "again": GOOD}
    weak = form | {"password": "x", "again": "x"}
    assert "不足8位" in house.client.post("/first", data=weak).text
    assert house.client.post("/first", data=form).headers["location"] == "/"
    assert house.get("/").status_code == 200
    assert house.get(f"/first?key={key}").status_code == 410


def test_pages_of_the_door_have_a_policy_without_scripts(house: House) -> None:
    headers = house.get("/login").headers
    assert "script-src" not in headers["content-security-policy"]
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/login", "/logout", "/account/password", "/first"])
def test_a_form_of_another_sites_page_is_refused(house: House, path: str) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        assert house.client.post(path, headers=headers).status_code == 403
