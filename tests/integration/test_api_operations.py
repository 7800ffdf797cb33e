"""Health, readiness, metrics, version: what operators and machines see."""

from __future__ import annotations

from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict

from services.api.routes import operations
from services.database.connect import Database
from tests.integration.api_service import Api, declaration, serving, voucher
from tests.servers import RunningServer, wait_until


def name_of(database: Database) -> str:
    """The database's name."""
    return str(conninfo_to_dict(database.web_url)["dbname"])


def metric(api: Api, line: str) -> float:
    """The value of one line of the metrics."""
    text = api.client.get("/metrics").text
    [value] = [row.rpartition(" ")[2] for row in text.splitlines() if row.startswith(f"{line} ")]
    return float(value)


def test_a_fresh_service_is_healthy_ready_and_says_its_version(api: Api) -> None:
    assert api.client.get("/-/healthy").json() == {"status": "ok"}
    assert api.client.get("/-/ready").json() == {"ready": True, "reasons": []}
    assert api.client.get("/version").json()["api"] == "v1"


def test_metrics_tell_where_log_read_tables_and_alerts_stand(api: Api) -> None:
    body = declaration()
    path = f"/api/v1/targets/{api.post('/api/v1/targets', body)['target_id']}"
    paid = {
        "fiscal_year": 2025,
        "complete_to": "2025-08-31",
        "vouchers": [voucher("1", body["project_code"], "1.00", "2025-08-20")],
    }
    api.post("/api/v1/payments", paid)
    api.post("/api/v1/evaluations", {"as_of": "2025-08-31"})
    api.get(path)
    assert metric(api, "jixiao_database_up") == 1
    assert metric(api, "jixiao_log_position") == api.services.log.head()
    assert metric(api, "jixiao_projection_lag_events") == 0
    assert metric(api, "jixiao_projection_halted") == 0
    assert metric(api, "jixiao_parked_events") == 0
    assert metric(api, 'jixiao_alerts{severity="red",state="firing"}') == 1


def test_requests_are_counted_by_route_and_not_by_address(api: Api) -> None:
    for _ in range(2):
        api.client.get("/api/v1/targets/00000000-0000-0000-0000-000000000000")
    api.client.get("/api/v1/nothing")
    name = "jixiao_http_request_duration_seconds_count"
    route = "/api/v1/targets/{target_id}"
    assert metric(api, f'{name}{{method="GET",route="{route}",status="404"}}') == 2
    assert metric(api, f'{name}{{method="GET",route="/api/{{rest:path}}",status="404"}}') == 1


def test_a_service_whose_readings_stand_still_is_not_ready_and_says_why(
    database: Database, embedded_server: RunningServer, tmp_path: Path
) -> None:
    with serving(database, tmp_path) as api:
        with embedded_server.admin(name_of(database)) as connection:
            connection.execute("UPDATE read.tracking SET halted_by = 'x' WHERE family = 'payments'")
        response = api.client.get("/-/ready")
        assert response.status_code == 503
        assert response.json()["reasons"] == ["读数“payments”停在一条不能处理的记录上。"]
        assert metric(api, "jixiao_projection_halted") == 1


def test_before_the_read_tables_are_made_the_service_is_not_ready_and_asks_for_patience(
    database: Database, embedded_server: RunningServer, tmp_path: Path
) -> None:
    with serving(database, tmp_path) as api:
        with embedded_server.admin(name_of(database)) as connection:
            connection.execute("ALTER SCHEMA read RENAME TO somewhere_else")
        reasons = api.client.get("/-/ready").json()["reasons"]
        assert reasons == ["读数表尚未建立，请等后台进程完成首次投影。"]
        response = api.client.get("/api/v1/targets")
        assert (response.status_code, response.json()["code"]) == (503, "not_read_yet")
        with embedded_server.admin(name_of(database)) as connection:
            connection.execute("ALTER SCHEMA somewhere_else RENAME TO read")
        assert api.client.get("/-/ready").status_code == 200


def test_a_service_far_behind_is_not_ready(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    api.post("/api/v1/targets", declaration())
    api.get("/api/v1/targets")
    monkeypatch.setattr(operations, "MAX_BEHIND", -1)
    response = api.client.get("/-/ready")
    assert response.status_code == 503
    assert response.json()["reasons"] == ["读数落后0条记录，超过-1条。"]


def test_without_its_database_the_service_is_healthy_not_ready_and_answers_503(
    embedded_server: RunningServer, tmp_path: Path
) -> None:
    dbname = "t_goes_away"
    embedded_server.clone(dbname)
    with serving(embedded_server.database(dbname), tmp_path) as api:
        assert api.client.get("/-/ready").status_code == 200
        with embedded_server.admin() as connection:
            connection.execute(f"ALTER DATABASE {dbname} ALLOW_CONNECTIONS false")
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                (dbname,),
            )
        assert api.client.get("/-/healthy").status_code == 200
        assert api.client.get("/-/ready").json() == {
            "ready": False,
            "reasons": ["数据库连不上。"],
        }
        problem = api.problem("GET", "/api/v1/targets", 503, "log_unreachable")
        assert "连不上" in problem["detail"]
        api.problem("POST", "/api/v1/targets", 503, "log_unreachable", json=declaration())
        assert metric(api, "jixiao_database_up") == 0
        with embedded_server.admin() as connection:
            connection.execute(f"ALTER DATABASE {dbname} ALLOW_CONNECTIONS true")
        wait_until(lambda: api.client.get("/-/ready").status_code == 200, "it is ready again")
        api.post("/api/v1/targets", declaration())
    embedded_server.drop(dbname)
