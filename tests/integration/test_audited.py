"""What is done and read over the doors is on record, and nothing goes out where it cannot be."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from dashboard import ids
from domain.access.authorize import NotAllowedError
from domain.access.role import Role
from ops.logs import JsonLines
from scheduler.clockwork import Clockwork
from scheduler.jobs import forget_audit_due
from scheduler.timetable import Job
from services.access.audit import KEPT, Asked, Numbered, Outcome
from services.bootstrap import open_services
from services.database.connect import Database
from services.settings import Settings
from tests.accounts import token_for
from tests.frame import ask_for_frame
from tests.integration.api_service import REGION, declaration
from tests.integration.terminal import run
from tests.integration.test_doors import House, house_on
from tests.servers import RunningServer, silent


@pytest.fixture(scope="module")
def shared(
    embedded_server: RunningServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("audited")
    with embedded_server.fresh() as database, house_on(database, folder) as house:
        yield house


@pytest.fixture
def house(shared: House) -> House:
    """The house with nobody in it."""
    shared.client.cookies.clear()
    return shared


def key_of(house: House, login: str, role: Role) -> dict[str, str]:
    return {"Authorization": f"Bearer {token_for(house.services, REGION, login, [role])}"}


def lines(house: House, actor: str) -> list[Numbered]:
    """What stands there of somebody, oldest first."""
    return house.desk.audit.page(Asked(actor=actor))[::-1]


def told(house: House, actor: str) -> list[tuple[str, str, str]]:
    return [(line.what, line.subject, line.outcome) for line in lines(house, actor)]


def page_of(house: House, path: str, headers: dict[str, str]) -> Any:
    """Ask for what the screen shows at an address."""
    return ask_for_frame(house.client, path, headers=headers)


@contextmanager
def record_away(house: House) -> Iterator[None]:
    """Take the right to write the audit from the web's role, for a block."""

    def say(statement: str) -> None:
        with psycopg.connect(house.services.database.worker_url, autocommit=True) as connection:
            connection.execute("SET ROLE app_owner")
            connection.execute(statement)

    say("REVOKE INSERT ON log.audit FROM app_rw")
    try:
        yield
    finally:
        say("GRANT INSERT ON log.audit TO app_rw")


def test_a_command_over_the_api_is_on_record_done_failed_and_refused(house: House) -> None:
    desk, auditor = (
        key_of(house, "desk1", Role.FINANCE_DESK),
        key_of(house, "auditor1", Role.AUDITOR),
    )
    body = declaration("审计记录项目")
    done = house.client.post("/api/v1/targets", json=body, headers=desk)
    assert done.status_code == 200, done.text
    (line,) = lines(house, "desk1")
    assert (line.what, line.outcome) == ("target.declare", Outcome.DONE)
    assert line.request_id == done.headers["x-request-id"]
    assert line.address == "testclient"
    assert line.at == house.clock()
    house.client.post("/api/v1/targets", json=body | {"fiscal_year": "x"}, headers=desk)
    assert told(house, "desk1")[-1] == ("command", "POST /api/v1/targets", "failed")
    assert house.client.post("/api/v1/targets", json=body, headers=auditor).status_code in {
        403,
        404,
    }
    assert [line[::2] for line in told(house, "auditor1")] == [("target.declare", "refused")]


def test_who_works_with_the_content_is_not_watched_while_reading(house: House) -> None:
    desk = key_of(house, "desk2", Role.FINANCE_DESK)
    assert house.client.get("/api/v1/targets", headers=desk).status_code == 200
    assert page_of(house, "/", desk).status_code == 200
    assert told(house, "desk2") == []


def test_each_read_of_an_auditor_is_on_record_over_the_api_and_on_the_screen(house: House) -> None:
    auditor = key_of(house, "auditor3", Role.AUDITOR)
    assert house.client.get("/api/v1/targets?year=2025", headers=auditor).status_code == 200
    assert house.client.get("/", headers=auditor | {"Accept": "text/html"}).status_code == 200
    assert house.client.get("/assets/page.js", headers=auditor).status_code == 200
    assert page_of(house, "/imports", auditor).status_code == 200
    assert told(house, "auditor3") == [
        ("read", "GET /api/v1/targets?year=2025", "done"),
        ("read", "/imports", "done"),
    ]


def test_an_auditor_reads_nothing_that_cannot_be_put_on_record(house: House) -> None:
    auditor = key_of(house, "auditor4", Role.AUDITOR)
    house.client.post(
        "/api/v1/targets",
        json=declaration("不得外泄的项目"),
        headers=key_of(house, "desk4", Role.FINANCE_DESK),
    )
    house.services.projector.catch_up()
    assert "不得外泄的项目" in house.client.get("/api/v1/targets", headers=auditor).text
    with record_away(house):
        for answer in (
            house.client.get("/api/v1/targets", headers=auditor),
            house.client.get("/api/v1/events", headers=auditor),
            page_of(house, "/", auditor),
        ):
            assert answer.status_code == 503
            assert "不得外泄的项目" not in answer.text
            assert answer.json()["code"] == "audit_away"
        shown = house.client.get("/account", headers=auditor | {"Accept": "text/html"})
        assert "审计记录暂时写不进去" in shown.text
    assert house.client.get("/api/v1/targets", headers=auditor).status_code == 200


def test_no_sign_that_a_table_cannot_hold_keeps_a_line_from_record(house: House) -> None:
    auditor = key_of(house, "auditor9", Role.AUDITOR)
    answer = house.client.get("/api/v1/targets?x=%00%ff%ED%A0%80", headers=auditor)
    assert answer.status_code == 200, answer.text
    body = declaration("甲乙") | {"project_name": "甲\ud800\x00乙"}
    sent = json.dumps(body).encode()
    headers = key_of(house, "desk9", Role.FINANCE_DESK) | {"Content-Type": "application/json"}
    assert house.client.post("/api/v1/targets", content=sent, headers=headers).status_code < 500
    assert len(lines(house, "auditor9")) == len(lines(house, "desk9")) == 1


def test_the_log_is_handed_out_to_nobody_unrecorded(house: House) -> None:
    administrator = key_of(house, "admin5", Role.FINANCE_ADMINISTRATOR)
    with record_away(house):
        refused = house.client.get("/api/v1/events", headers=administrator)
        assert refused.json()["code"] == "audit_away"
    assert house.client.get("/api/v1/events", headers=administrator).status_code == 200
    assert [line[0] for line in told(house, "admin5")] == ["log.read"]


def test_a_click_on_the_screen_that_is_refused_is_on_record(house: House) -> None:
    auditor = key_of(house, "auditor6", Role.AUDITOR)
    target = house.client.post(
        "/api/v1/targets",
        json=declaration("点击项目"),
        headers=key_of(house, "desk6", Role.FINANCE_DESK),
    ).json()["target_id"]
    asked = {
        "output": (f"..{ids.FRAME}.children@x...{ids.SAYING}.children...{ids.ACTED}.data.."),
        "outputs": [],
        "inputs": [{"id": ids.ACT, "property": "data", "value": None}],
        "changedPropIds": [f"{ids.ACT}.data"],
        "state": [],
    }
    app: Any = house.client.app
    name = next(name for name in app.state.screen.callback_map if f"{ids.ACTED}.data" in name)
    outputs = [
        {"id": part.rsplit(".", 1)[0], "property": part.rsplit(".", 1)[1]}
        for part in name.strip(".").split("...")
    ]
    asked |= {"output": name, "outputs": outputs}
    asked["inputs"] = [
        {
            "id": ids.ACT,
            "property": "data",
            "value": {"told": {"do": "submit", "target": target}, "fields": {}, "nonce": 1},
        }
    ]
    asked["state"] = [
        {"id": ids.LOCATION, "property": "pathname", "value": f"/targets/{target}"},
        {"id": ids.LOCATION, "property": "search", "value": ""},
    ]
    answer = house.client.post("/_dash-update-component", json=asked, headers=auditor)
    assert answer.status_code == 200, answer.text
    assert ("target.submit", f"绩效目标 {target}", "refused") in told(house, "auditor6")


def test_the_timetable_is_on_record_and_old_lines_go_by_it(house: House) -> None:
    job = Job("audit", "15 3 * * *", forget_audit_due)
    works = Clockwork(house.services, (job,))
    try:
        works.wake(job)
        assert "没有到期" in works.last_runs["audit"].outcome
        house.sign_in("nobody", "x")
        first = len(house.desk.audit.page(Asked()))
        assert first
        house.clock.now += KEPT + timedelta(days=1)
        works.wake(job)
        assert f"清除{first}行" in works.last_runs["audit"].outcome
    finally:
        works.stop()
        house.clock.now -= KEPT + timedelta(days=1)
    (line,) = house.desk.audit.page(Asked())
    assert (line.what, line.actor) == ("audit.forget", "定时任务")


def audited_at(terminal: Path, database: Database) -> list[tuple[str, str, str, str]]:
    assert terminal.exists()
    with psycopg.connect(database.web_url) as connection:
        return connection.execute(
            "SELECT actor, what, outcome, detail FROM log.audit ORDER BY number"
        ).fetchall()


def test_a_command_at_the_terminal_is_on_record_without_what_was_typed(
    terminal: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("account", "open", "shenji", "--name", "张三丰", "--json")[0] == 0
    assert audited_at(terminal, database) == [
        ("console", "account.manage", "done", "jixiao account open")
    ]
    with open_services(Settings.from_env(), silent) as services:
        key = token_for(services, REGION, "jiancha", [Role.AUDITOR])
    monkeypatch.setenv("JIXIAO_TOKEN", key)
    assert run("account", "list")[0] == 0
    with pytest.raises(NotAllowedError):
        run("account", "disable", "shenji", "--reason", "试")
    assert audited_at(terminal, database)[1:] == [
        ("jiancha", "read", "done", "jixiao account list"),
        ("jiancha", "account.read", "done", "jixiao account list"),
        ("jiancha", "read", "done", "jixiao account disable"),
        ("jiancha", "account.manage", "refused", "jixiao account disable"),
    ]


class Heard(logging.Handler):
    """Everything that goes to the logs, as it would be written."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(JsonLines())
        self.text = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line."""
        self.text += self.format(record)


@pytest.fixture
def heard() -> Iterator[Heard]:
    """All that is logged, of all loggers."""
    handler, root = Heard(), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield handler
    root.setLevel(level)
    root.removeHandler(handler)


def test_nothing_of_persons_and_no_key_is_in_the_logs(house: House, heard: Heard) -> None:
    person = "诸葛小亮"
    house.person("logged")
    house.sign_in("logged")
    house.sign_in("logged", "Falsch-Wort77")
    desk = key_of(house, "desk8", Role.FINANCE_DESK)
    voucher = {
        "voucher_no": "1",
        "lines": [{"amount": {"amount": "1.00"}, "paid_on": "2025-03-01", "payee": person}],
    }
    sent = {"fiscal_year": 2025, "vouchers": [voucher, {"voucher_no": person}]}
    assert house.client.post("/api/v1/payments", json=sent, headers=desk).status_code == 422
    with record_away(house):
        house.client.post("/account/tokens", data={"label": person, "expires_on": "2025-12-31"})
    assert "the audit could not be written" in heard.text or "a request failed" in heard.text
    for secret in (person, "Falsch-Wort77", "Xiang-mu2025", desk["Authorization"][7:]):
        assert secret not in heard.text
