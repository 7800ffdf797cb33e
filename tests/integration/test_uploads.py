"""The page's door for files: what it takes, what it refuses, and in which words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from dashboard import ids
from dashboard.address import SAMPLES
from dashboard.asgi import create_app
from dashboard.uploads import FILES, PLAIN
from services.api.app import create_api
from services.api.door.cookie import COOKIE
from services.api.limits import UPLOAD_BYTES
from services.bootstrap import Services
from services.drafting import DRAFT_LIFE
from services.intake.guessing import kind_of
from services.sampling import SAMPLED, sample_name
from tests.accounts import session_for
from tests.county import REGION, VirtualClock, services_on, tell_the_year
from tests.integration.test_screen import look
from tests.servers import RunningServer

FORM = (Path(__file__).parents[1] / "data" / "hebei_form.txt").read_bytes()
HERE = "http://127.0.0.1:8000"
JSON = {"accept": "application/json"}
HOSTILE = '<img src=x onerror=alert(1)>"\u202egnp.txt'


@pytest.fixture(scope="module")
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture(scope="module")
def services(embedded_server: RunningServer, clock: VirtualClock) -> Iterator[Services]:
    with embedded_server.fresh() as database, services_on(database, clock) as opened:
        tell_the_year(opened, clock)
        yield opened


@pytest.fixture(scope="module")
def client(services: Services) -> Iterator[TestClient]:
    app = create_app(services, create_api(services))
    with TestClient(app, HERE, cookies={COOKIE: session_for(services, REGION)}) as client:
        yield client


def form(number: int) -> bytes:
    """A form that no other test has sent."""
    return FORM.replace("办好送戏下乡".encode(), f"办好送戏下乡{number}".encode())


def send(client: TestClient, content: bytes, name: str = "申报表.txt", **more: Any) -> Any:
    files = {"file": (name, content)}
    return client.post(FILES, files=files, headers=JSON, **more)


def test_a_form_is_taken_and_leads_to_its_page(client: TestClient) -> None:
    answer = send(client, form(1))
    assert answer.status_code == 201
    (file,) = answer.json()["files"]
    assert (file["name"], file["kind"], file["known"]) == ("申报表.txt", "绩效目标申报表", False)
    page = look(client, file["href"])
    assert "送戏下乡县级配套资金" in page
    assert "读出3个项目" in page


def test_several_files_of_one_form_stand_each_for_itself(client: TestClient) -> None:
    files = [
        ("file", ("一.txt", form(2))),
        ("file", ("二.txt", b"")),
        ("file", ("三.txt", form(3))),
    ]
    answer = client.post(FILES, files=files, headers=JSON)
    assert answer.status_code == 201
    assert [bool(one["href"]) for one in answer.json()["files"]] == [True, False, True]


def test_the_same_file_again_is_known(client: TestClient) -> None:
    first = send(client, form(4)).json()["files"][0]
    again = send(client, form(4), "改了名.txt").json()["files"][0]
    assert (again["known"], again["href"]) == (True, first["href"])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空的"),
        ("今天天气很好。".encode(), "没有认出"),
        (b"PK\x03\x04" + b"\x00" * 200, "损坏"),
        (b"MZ\x90\x00" + b"\x00\xff" * 400, "。"),
    ],
)
def test_what_nothing_can_be_made_of_is_refused_in_a_sentence(
    client: TestClient, content: bytes, said: str
) -> None:
    answer = send(client, content)
    assert answer.status_code == 200
    (file,) = answer.json()["files"]
    assert file["href"] is None
    assert said in file["refused"]


def test_a_file_over_the_limit_is_refused_as_a_problem(client: TestClient) -> None:
    answer = send(client, b"x" * (UPLOAD_BYTES + 1))
    assert answer.status_code == 413
    assert answer.json()["code"] == "body_too_large"
    assert "20MB" in answer.json()["detail"]


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"host": "evil.example"},
    ],
)
def test_a_page_of_another_site_cannot_send_files(
    client: TestClient, headers: dict[str, str]
) -> None:
    answer = client.post(FILES, files={"file": ("a.txt", form(5))}, headers=JSON | headers)
    assert answer.status_code in {403, 421}
    assert "待核对" not in answer.text


def test_nobody_unknown_sends_or_sees_a_file(client: TestClient, services: Services) -> None:
    with TestClient(create_app(services, create_api(services)), HERE) as stranger:
        refused = stranger.post(FILES, files={"file": ("a.txt", form(6))}, headers=JSON)
        assert refused.status_code in {303, 401}
        assert stranger.get(PLAIN, follow_redirects=False).status_code in {303, 401}
    assert client.get(PLAIN).status_code == 200


def test_what_one_sent_no_other_sees(client: TestClient, services: Services) -> None:
    href = send(client, form(7)).json()["files"][0]["href"]
    key = session_for(services, REGION, "另一人")
    with TestClient(
        create_app(services, create_api(services)), HERE, cookies={COOKIE: key}
    ) as other:
        assert "查不到这份文件" in look(other, href)
        assert href not in look(other, "/imports")
    assert href in look(client, "/imports")


def test_without_a_script_a_plain_form_does_it(client: TestClient) -> None:
    page = client.get(PLAIN)
    assert "涉密项目不得录入" in page.text
    assert "<script" not in page.text
    action = re.search(
        r'<form action="([^"]+)" method="post" enctype="multipart/form-data"', page.text
    )
    assert action
    sent = client.post(
        action[1],
        files={"file": ("表.txt", form(8))},
        data={"kind": ""},
        headers={"accept": "text/html,application/xhtml+xml"},
    )
    assert sent.headers["content-type"].startswith("text/html")
    assert "已收到，识别为绩效目标申报表" in sent.text
    assert re.search(r'<a href="/imports/[0-9a-f-]{36}">表.txt</a>', sent.text)


def test_a_hostile_name_is_text_wherever_it_stands(client: TestClient) -> None:
    sent = client.post(
        FILES,
        files={"file": (HOSTILE, form(9)), "kind": (None, "")},
        headers={"accept": "text/html"},
    )
    assert "<img" not in sent.text
    assert "&lt;img src=x onerror=alert(1)&gt;" in sent.text
    assert "\u202e" not in sent.text
    name = send(client, form(10), "长" * 300 + ".txt").json()["files"][0]["name"]
    assert (len(name), name[-4:]) == (200, ".txt")
    listed = json.loads(look(client, "/imports"))
    assert listed


def test_a_kind_that_is_said_is_how_it_is_read(client: TestClient) -> None:
    answer = send(client, form(11), data={"kind": "payments"})
    (sent,) = answer.json()["files"]
    assert (sent["kind"], sent["known"]) == ("支付明细", False)
    assert "没有找到表头。支付数据至少需要" in look(client, sent["href"])


def test_a_table_shown_again_is_a_form_only_if_it_is_sent_again(client: TestClient) -> None:
    href = send(client, form(12), data={"kind": "payments"}).json()["files"][0]["href"]
    assert client.get(f"{href}/annotated.xlsx").status_code == 404
    (again,) = send(client, form(12), data={"kind": "declarations"}).json()["files"]
    assert (again["href"], again["kind"], again["known"]) == (href, "绩效目标申报表", True)
    assert "读出3个项目" in look(client, href)


def test_each_kind_of_table_has_a_template_to_be_downloaded(client: TestClient) -> None:
    page = look(client, "/imports")
    for kind in SAMPLED:
        address = f"{SAMPLES}{kind}"
        assert address in page
        answer = client.get(address)
        assert kind_of(answer.content) is kind
        assert quote(sample_name(kind)) in answer.headers["content-disposition"]
    assert client.get(f"{SAMPLES}declarations").status_code == 404


def test_nothing_of_the_pages_of_files_is_kept_by_a_cache(client: TestClient) -> None:
    assert client.get(PLAIN).headers["cache-control"] == "no-store"
    assert client.get("/imports").status_code == 200
    assert client.get("/imports/not-an-id").status_code == 404
    assert ids.UPLOAD_ZONE in look(client, "/imports")


def test_after_its_last_day_a_draft_is_no_more(  # and this the last test: a week passes
    client: TestClient, services: Services, clock: VirtualClock
) -> None:
    href = send(client, form(12)).json()["files"][0]["href"]
    clock.now += DRAFT_LIFE + timedelta(minutes=1)
    key = session_for(services, REGION, "值班员")
    with TestClient(
        create_app(services, create_api(services)), HERE, cookies={COOKIE: key}
    ) as later:
        assert "查不到这份文件" in look(later, href)
