"""What goes wrong is said as RFC 9457 problems, in Chinese, with a stable code and a place."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest

from services.readmodel import readmodel
from tests.integration.api_service import Api, declaration, serving

NOWHERE = f"/api/v1/targets/{UUID(int=404)}"


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/v1/nothing", 404, "no_such_path"),
        ("POST", "/api/nothing", 404, "no_such_path"),
        ("DELETE", "/api/v1/targets", 405, "method_not_allowed"),
        ("PUT", NOWHERE, 405, "method_not_allowed"),
        ("GET", NOWHERE, 404, "not_on_record"),
        ("GET", f"{NOWHERE}/curve", 404, "not_on_record"),
        ("GET", f"/api/v1/alerts/{UUID(int=404)}", 404, "not_on_record"),
        ("GET", "/api/v1/targets/seven", 422, "invalid_request"),
        ("GET", "/api/v1/standings", 422, "invalid_request"),
        ("GET", "/api/v1/targets?limit=501", 422, "invalid_request"),
        ("GET", "/api/v1/targets?cursor=x", 422, "invalid_request"),
        ("GET", "/api/v1/targets?known_at=yesterday", 422, "invalid_request"),
        ("GET", "/api/v1/targets?as_of=30.6.2025", 422, "invalid_request"),
        ("POST", "/api/v1/evaluations", 422, "invalid_request"),
        ("GET", "/api/problems/none", 404, "no_such_path"),
    ],
)
def test_a_problem_has_a_code_words_and_the_request(
    kept_api: Api, method: str, path: str, status: int, code: str
) -> None:
    body = kept_api.problem(method, path, status, code)
    assert body["instance"] == path.partition("?")[0]
    assert any("\u4e00" <= c <= "\u9fff" for c in body["title"] + body["detail"])
    kind = kept_api.client.get(body["type"])
    assert (kind.status_code, kind.json()["status"]) == (200, status)


def test_a_method_that_is_not_allowed_is_told_which_are(kept_api: Api) -> None:
    response = kept_api.client.delete("/api/v1/targets")
    assert response.headers["allow"] == "GET, POST"


def changed(**changes: object) -> dict[str, object]:
    return declaration() | changes


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (changed(fiscal_year="2025x"), "#/fiscal_year"),
        (changed(project_name=" "), "#/project_name"),
        (changed(project_name="a\x00b"), "#/project_name"),
        (changed(color="red"), "#/color"),
        (changed(fund_lines=[]), "#/fund_lines"),
        (changed(spending_plan=[{"on": "2025-03-31", "share": 0.25}]), "#/spending_plan/0/share"),
        (
            changed(
                fund_lines=[
                    {
                        "line_no": "1",
                        "source": "loan",
                        "amount": {"amount": 4500000},
                        "arrived_on": "2025-1-1",
                    }
                ]
            ),
            "#/fund_lines/0/source",
        ),
    ],
)
def test_what_is_wrong_with_a_body_is_pointed_at(
    kept_api: Api, body: dict[str, object], pointer: str
) -> None:
    problem = kept_api.problem("POST", "/api/v1/targets", 422, "invalid_request", json=body)
    assert pointer in [one["pointer"] for one in problem["errors"]]
    assert pointer in problem["detail"]


def test_every_wrong_field_is_named_at_once(kept_api: Api) -> None:
    problem = kept_api.problem("POST", "/api/v1/targets", 422, "invalid_request", json={})
    assert {one["pointer"] for one in problem["errors"]} == {
        "#/fiscal_year",
        "#/project_name",
        "#/unit_name",
        "#/fund_lines",
    }
    assert {one["message"] for one in problem["errors"]} == {"缺少此项"}


def test_a_field_that_nobody_asks_for_is_refused(kept_api: Api) -> None:
    """Nobody gives himself a unit, a role or an approval on the way (mass assignment)."""
    for field in ("role", "status", "unit_id", "position", "approved"):
        body = declaration() | {field: "1"}
        problem = kept_api.problem("POST", "/api/v1/targets", 422, "invalid_request", json=body)
        assert [one["pointer"] for one in problem["errors"]] == [f"#/{field}"]


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"null", b'"text"', b"[1]", b""])
def test_a_body_that_is_no_object_is_refused(kept_api: Api, content: bytes) -> None:
    headers = {"content-type": "application/json"}
    kept_api.problem(
        "POST", "/api/v1/targets", 422, "invalid_request", content=content, headers=headers
    )


def test_the_domain_refuses_with_its_own_codes(kept_api: Api) -> None:
    backwards = [{"on": "2025-06-30", "share": "0.5"}, {"on": "2025-12-31", "share": "0.4"}]
    kept_api.problem(
        "POST",
        "/api/v1/targets",
        422,
        "plan_not_cumulative",
        json=changed(spending_plan=backwards),
    )
    kept_api.problem(
        "POST", "/api/v1/evaluations", 422, "future_date", json={"as_of": "2025-09-02"}
    )
    path = f"/api/v1/targets/{kept_api.post('/api/v1/targets', declaration())['target_id']}"
    _, level = kept_api.get(path)["indicators"]
    said = {"indicator_id": level["indicator_id"], "reported_on": "2025-08-31"}
    wrong = said | {"text": "30天"}
    problem = kept_api.problem(
        "POST", f"{path}/achievements", 422, "unit_does_not_convert", json=wrong
    )
    assert "单位不符" in problem["detail"]
    kept_api.problem("POST", f"{path}/achievements", 422, "invalid_request", json=said)


def test_a_position_that_is_not_there_yet_is_asked_for_again_later(
    kept_api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readmodel, "WAIT_S", 0.1)
    for asked in ("min_position=1000000", "known_at=1000000"):
        response = kept_api.client.get(f"/api/v1/targets?{asked}")
        assert (response.status_code, response.json()["code"]) == (503, "not_read_yet")
        assert response.headers["retry-after"] == "1"


def test_what_nobody_expected_is_a_plain_500_that_leaks_nothing(
    kept_api: Api, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("password=hunter2 in /srv/secret.py")

    monkeypatch.setattr(readmodel.ReadModel, "targets", broken)
    body = kept_api.problem("GET", "/api/v1/targets", 500, "internal_error")
    assert "hunter2" not in json.dumps(body)
    assert "secret" not in json.dumps(body)
    [record] = [r for r in caplog.records if r.name == "services.api.tracing"]
    assert record.__dict__["request_id"] == body["request_id"]


def test_a_request_keeps_the_id_it_brings_unless_it_is_no_id(kept_api: Api) -> None:
    given = kept_api.client.get("/-/healthy", headers={"X-Request-Id": "trace-0001"})
    assert given.headers["x-request-id"] == "trace-0001"
    forged = kept_api.client.get("/-/healthy", headers={"X-Request-Id": "a b\tc"})
    assert forged.headers["x-request-id"] != "a b\tc"


def test_a_store_without_region_takes_no_write(database: Any, tmp_path: Any) -> None:
    with serving(database, tmp_path, region=None) as api:
        problem = api.problem("POST", "/api/v1/targets", 503, "region_not_set", json=declaration())
        assert "JIXIAO_REGION" in problem["detail"]
