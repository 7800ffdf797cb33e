"""The screen as an application: what it answers, refuses, and says about security."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zipfile import ZipFile

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from dashboard.asgi import create_app
from dashboard.components.graph import CONFIG
from services.api.app import create_api
from services.api.door.cookie import COOKIE
from services.database.connect import Database
from services.intake.forms.file import read_form_file
from services.readmodel.readmodel import ReadModel
from tests.accounts import session_for
from tests.county import LAGGING, REGION, VirtualClock, id_of, services_on, tell_the_year
from tests.frame import ask_for_frame
from tests.servers import RunningServer

DASHBOARD = Path(__file__).resolve().parents[2] / "dashboard"


@pytest.fixture(scope="module")
def county(embedded_server: RunningServer) -> Iterator[Database]:
    """A county's year from January to August."""
    with embedded_server.fresh() as database:
        clock = VirtualClock()
        with services_on(database, clock) as services:
            tell_the_year(services, clock)
        yield database


@pytest.fixture(scope="module")
def key(county: Database) -> str:
    """Of a session that outlasts the tests."""
    with services_on(county, VirtualClock()) as services:
        return session_for(services, REGION)


@pytest.fixture(scope="module")
def app(county: Database) -> Iterator[FastAPI]:
    with services_on(county, VirtualClock()) as services:
        yield create_app(services, create_api(services))


@pytest.fixture(scope="module")
def client(app: FastAPI, key: str) -> Iterator[TestClient]:
    with TestClient(app, "http://127.0.0.1:8000", cookies={COOKIE: key}) as client:
        yield client


def look(client: TestClient, path: str, search: str = "") -> str:
    """What the browser is told to show at an address, as JSON text."""
    answer = ask_for_frame(client, path, search)
    assert answer.status_code == 200
    return json.dumps(answer.json(), ensure_ascii=False)


def test_pages_answer_200_and_all_else_404(client: TestClient) -> None:
    assert client.get("/").status_code == 200
    assert client.get(f"/targets/{id_of(LAGGING)}").status_code == 200
    for path in ("/nowhere", "/targets/123", "/api/nowhere", "/api/v1/nowhere"):
        assert client.get(path).status_code == 404, path


def test_the_api_refuses_in_its_own_words(client: TestClient) -> None:
    answer = client.get("/api/v1/nowhere")
    assert answer.headers["content-type"].startswith("application/problem+json")


def test_health_and_documents_are_not_hidden_by_the_pages(client: TestClient) -> None:
    assert client.get("/-/healthy").status_code == 200
    assert client.get("/api/openapi.json").json()["openapi"]


def test_every_answer_carries_the_security_headers(client: TestClient) -> None:
    for path in ("/", "/nowhere", "/api/v1/targets", "/assets/screen.css"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["referrer-policy"] == "same-origin", path
        policy = headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "unsafe-eval" not in policy
        script = next(rule for rule in policy.split("; ") if rule.startswith("script-src"))
        assert "unsafe-inline" not in script
        assert "sha256-" in script
        assert {"base-uri 'none'", "object-src 'none'", "frame-ancestors 'none'"} <= set(
            policy.split("; ")
        )
        assert "strict-transport-security" not in headers, "this machine has no TLS"


def test_a_request_is_never_echoed(client: TestClient) -> None:
    for path in ("/", "/login", "/api/v1/targets"):
        assert client.request("TRACE", path).status_code == 405, path


def test_what_a_page_shows_is_kept_by_no_cache(client: TestClient) -> None:
    for path in ("/", "/_dash-layout", "/api/v1/targets", "/nowhere", "/metrics", "/version"):
        assert client.get(path).headers["cache-control"] == "no-store", path
    assert "no-store" not in client.get("/assets/screen.css").headers.get("cache-control", "")


def test_a_websocket_is_refused_before_it_is_accepted(client: TestClient) -> None:
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect("/_dash-ws-callback", headers={"origin": "http://127.0.0.1:8000"}),
    ):
        pass


def test_no_callback_runs_on_the_event_loop(app: FastAPI) -> None:
    callbacks = app.state.screen.callback_map
    served = [one["callback"] for one in callbacks.values() if "callback" in one]
    assert served
    assert all(inspect.iscoroutinefunction(inspect.unwrap(one)) for one in served)


def test_pages_are_served_from_here_alone(client: TestClient) -> None:
    page = client.get("/").text
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)
    assert 'lang="zh-CN"' in page
    assert "Loading..." not in page


def test_every_chart_comes_from_one_place_and_uploads_nothing() -> None:
    makers = [path for path in DASHBOARD.rglob("*.py") if "dcc.Graph(" in path.read_text("utf-8")]
    assert [path.name for path in makers] == ["graph.py"]
    assert CONFIG["showSendToCloud"] is False
    assert CONFIG["plotlyServerURL"] == ""


def test_the_overview_counts_and_sorts(client: TestClient) -> None:
    said = look(client, "/")
    assert "2025年度监控总览" in said
    assert "支付数据截至2025年8月31日" in said
    assert "14,298.41" in said  # 450 + 60 + 1400 + 22.74 + 20.00 + 12345.67
    assert "演示数据（虚构）" in said


def test_the_address_chooses_day_unit_and_light(client: TestClient) -> None:
    said = look(client, "/", "?as_of=2025-03-31&unit=101001&light=red")
    assert "数据截至2025年3月31日" in said
    assert "城乡困难群众救助配套资金" in said
    assert "乡镇污水处理站提标改造" not in said


def test_what_was_known_then_is_shown_as_it_was_then(client: TestClient) -> None:
    said = look(client, "/", "?as_of=2025-08-31&known_at=2025-07-10")
    assert "按当时已录显示" in said
    assert "支付数据截至2025年6月30日" in said


def test_a_target_shows_its_sentence_with_the_arithmetic(client: TestClient) -> None:
    said = look(client, f"/targets/{id_of(LAGGING)}", "?as_of=2025-06-30")
    assert "截至6月30日支出150.00万元，占全年预算450.00万元的33.3%" in said
    assert "当时画面" in said


def test_a_target_is_downloaded_as_a_form_from_its_page(client: TestClient) -> None:
    said = look(client, f"/targets/{id_of(LAGGING)}", "?as_of=2025-06-30")
    links = re.findall(r'"(/api/v1/targets/[^"]+/form\?[^"]+)"', said)

    assert len(links) == 4
    for link in links:
        answered = client.get(link)
        assert answered.status_code == 200, link
        ending = parse_qs(urlsplit(link).query)["as"][0]
        [read] = read_form_file(answered.content, f"form.{ending}").declarations
        assert read.project_name == "城乡困难群众救助配套资金"
        assert "按2025-06-30的绩效目标打印" in "".join(_parts(answered.content))


def _parts(content: bytes) -> Iterator[str]:
    """What stands in the files of an office file."""
    with ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith(".xml"):
                yield unescape(archive.read(name).decode())


@pytest.mark.parametrize(
    ("path", "search", "words"),
    [
        ("/targets/00000000-0000-0000-0000-000000000000", "", "查不到"),
        ("/nowhere", "", "没有这个页面"),
        ("/", "?year=2031", "没有2031年度的绩效目标"),
        ("/", "?as_of=2024-06-30", "这一天还没有项目"),
        (f"/targets/{id_of(LAGGING)}", "?as_of=2024-06-30", "这一天还没有这个项目"),
    ],
)
def test_where_there_is_nothing_the_page_says_what_to_do(
    client: TestClient, path: str, search: str, words: str
) -> None:
    said = look(client, path, search)
    assert words in said
    assert '"Ol"' in said


def test_an_empty_store_says_how_to_begin(database: Database) -> None:
    with services_on(database, VirtualClock()) as services:
        app = create_app(services, create_api(services))
        cookies = {COOKIE: session_for(services, REGION)}
        with TestClient(app, "http://127.0.0.1:8000", cookies=cookies) as client:
            said = look(client, "/")
    assert "尚无绩效目标" in said
    assert "jixiao form import" in said


def test_a_database_that_is_away_is_said_in_a_sentence(database: Database) -> None:
    with services_on(database, VirtualClock()) as services:
        gone = ReadModel("postgresql://nobody@127.0.0.1:1/nothing")
        away: Any = type(services)(
            services.settings,
            services.database,
            services.clock,
            services.log,
            services.projector,
            gone,
            services.lookups,
        )
        app = create_app(away, create_api(services))
        cookies = {COOKIE: session_for(services, REGION)}
        with TestClient(app, "http://127.0.0.1:8000", cookies=cookies) as client:
            said = look(client, "/")
    assert "数据库连不上" in said
