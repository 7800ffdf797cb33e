"""What changes where browsers come over TLS: cookies of our own host alone, and no way back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from dashboard.asgi import create_app
from domain.access.account import Account
from services.access.signing_in import holder_of
from services.api.app import create_api
from services.api.door.cookie import COOKIE
from tests.accounts import account_for
from tests.integration.api_service import REGION, SteppedClock, running
from tests.servers import RunningServer

PUBLIC = "https://jixiao.example.gov.cn"
GOOD = "Xiang-mu2025"
HTML = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def client(
    embedded_server: RunningServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TestClient]:
    clock, folder = SteppedClock(), tmp_path_factory.mktemp("encrypted")
    with (
        embedded_server.fresh() as database,
        running(database, folder, clock, base_url=PUBLIC) as services,
        TestClient(
            create_app(services, create_api(services)), PUBLIC, follow_redirects=False
        ) as client,
    ):
        account = services.log.get(Account, account_for(services, REGION, "caizheng", []))
        services.sign_in_desk.credentials.set(
            holder_of(account), GOOD, now=clock(), must_change=False
        )
        yield client


def test_a_session_is_kept_in_a_cookie_that_only_this_host_can_set(client: TestClient) -> None:
    answer = client.post("/login", data={"login": "caizheng", "password": GOOD})
    given = answer.headers["set-cookie"]
    assert given.startswith(f"__Host-{COOKIE}=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=lax"} <= set(given.split("; "))
    assert "Domain" not in given
    key = client.cookies[f"__Host-{COOKIE}"]
    assert client.get("/account", headers=HTML).status_code == 200
    client.cookies.clear()
    plain = HTML | {"Cookie": f"{COOKIE}={key}"}
    assert client.get("/account", headers=plain).status_code == 303
    left = client.post("/logout", headers={"Cookie": f"__Host-{COOKIE}={key}"})
    assert left.headers["set-cookie"].startswith(f'__Host-{COOKIE}=""')
    assert "Secure" in left.headers["set-cookie"]


@pytest.mark.parametrize("path", ["/", "/login", "/api/v1/targets", "/-/healthy", "/nowhere"])
def test_every_answer_holds_the_browser_to_tls_for_a_year(client: TestClient, path: str) -> None:
    said = client.get(path, headers=HTML).headers["strict-transport-security"]
    assert said == "max-age=31536000; includeSubDomains"
