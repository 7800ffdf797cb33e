"""Files brought in by the API: looked at first, stored, listed; the same twice adds nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from services.drafting import DraftDesk, receive
from services.drafting import Sent as Given
from tests.integration.api_service import REGION, Api, declaration

HEADINGS = "支付凭证号,实际支付金额,实际支付日期,项目编码,项目名称"


def payments_file(code: object, *rows: str) -> bytes:
    """A treasury export."""
    lines = [HEADINGS, *(row.format(code=code) for row in rows)]
    return "\n".join(lines).encode("utf-8-sig")


def send(api: Api, content: bytes, key: str | None = None, **fields: str) -> Any:
    """Send a file, expect success, answer the report."""
    response = api.client.post(
        "/api/v1/imports",
        data={"year": "2025"} | fields,
        files={"file": ("文件.csv", content)},
        headers={"Idempotency-Key": key} if key else {},
    )
    assert response.status_code == 200, response.text
    return response.json()


def test_a_payment_file_is_looked_at_stored_and_known_again(api: Api) -> None:
    body = declaration()
    path = f"/api/v1/targets/{api.post('/api/v1/targets', body)['target_id']}"
    content = payments_file(
        body["project_code"],
        "1,1500000.00,2025-08-20,{code},甲",
        "2,-500.00,2025-08-21,{code},甲",
        "3,70.00,2025-08-21,,无此项目",
    )
    api.get("/api/v1/targets")
    seen = send(api, content, kind="payments", mode="preview")
    assert (seen["outcome"], seen["stored"], seen["unclaimed"]) == ("preview", 3, 1)
    assert seen["proposed_complete_to"] == "2025-08-21"
    assert api.get("/api/v1/payments", year=2025)["items"] == []

    commit = {"kind": "payments", "mode": "commit", "complete_to": "2025-08-31"}
    stored = send(api, content, **commit)
    assert (stored["outcome"], stored["stored"]) == ("completed", 3)
    again = send(api, content, **commit)
    assert (again["outcome"], again["import_id"]) == ("already_imported", stored["import_id"])
    money = api.get(path, as_of="2025-08-31")["standing"]["money"]
    assert money["executed"]["amount"] == "1499500.00"
    [row] = api.get("/api/v1/imports", year=2025)["items"]
    assert (row["name"], row["stored"], row["complete_to"]) == ("文件.csv", 3, "2025-08-31")
    assert row["completed_position"] is not None


def test_the_same_upload_under_a_key_answers_as_the_first_time(api: Api) -> None:
    content = payments_file("X", "1,10.00,2025-08-20,{code},甲")
    commit = {"kind": "payments", "mode": "commit"}
    first = send(api, content, key="upload", **commit)
    assert send(api, content, key="upload", **commit) == first
    other = payments_file("X", "1,11.00,2025-08-20,{code},甲")
    api.problem(
        "POST",
        "/api/v1/imports",
        422,
        "idempotency_key_reused",
        data={"year": "2025"} | commit,
        files={"file": ("文件.csv", other)},
        headers={"Idempotency-Key": "upload"},
    )


def test_bad_lines_are_listed_and_nothing_is_stored_until_somebody_says_so(api: Api) -> None:
    content = payments_file(
        "X", "1,10.00,2025-08-20,{code},甲", "2,ten,2025-08-20,{code},甲", "3,5.00,,{code},甲"
    )
    commit = {"kind": "payments", "mode": "commit", "year": "2025"}
    problem = api.problem(
        "POST",
        "/api/v1/imports",
        422,
        "bad_lines",
        data=commit,
        files={"file": ("文件.csv", content)},
    )
    assert [one["parameter"] for one in problem["errors"]] == ["file", "file"]
    assert "实际支付金额" in problem["errors"][0]["message"]
    accepted = send(api, content, kind="payments", mode="commit", accept_bad_lines="true")
    assert (accepted["stored"], accepted["refused"]) == (1, 2)


def test_an_achievement_file_reports_by_names(api: Api) -> None:
    body = declaration()
    path = f"/api/v1/targets/{api.post('/api/v1/targets', body)['target_id']}"
    api.get("/api/v1/targets")
    rows = f"项目编码,三级指标,截至日期,完成值\n{body['project_code']},参保率,2025-08-31,94.1%"
    seen = send(api, rows.encode(), mode="preview")
    assert (seen["kind"], seen["kind_guessed"]) == ("achievements", True)
    assert (seen["stored"], seen["refused"]) == (1, 0)
    send(api, rows.encode(), kind="achievements", mode="commit")
    _, level = api.get(path, as_of="2025-08-31")["standing"]["goals"]["indicators"]
    assert (level["light"], level["read_on"]) == ("yellow", "2025-08-31")


def test_pasted_text_stands_for_a_file_and_columns_are_what_the_sender_says(api: Api) -> None:
    rows = "凭证\t花了多少\t支付日期\n1\t10.00\t2025-08-20\n"
    said = {"凭证": "支付凭证号", "花了多少": "支付金额"}
    sent = {"year": "2025", "kind": "payments", "mode": "commit", "text": rows}
    told = sent | {"columns": json.dumps(said)}
    response = api.client.post("/api/v1/imports", data=told)
    assert response.status_code == 200, response.text
    assert response.json()["stored"] == 1
    [row] = api.get("/api/v1/imports", year=2025)["items"]
    assert row["name"] == "粘贴的文字"
    later = api.client.post("/api/v1/imports", data=sent | {"text": rows.replace("1\t10", "2\t20")})
    assert later.json()["stored"] == 1, later.text


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({}, "unreadable_file"),
        ({"text": "甲", "columns": '{"甲": "乙"}'}, "unreadable_file"),
        ({"text": "甲", "columns": '{"甲": "乙"}', "kind": "declarations"}, "unreadable_file"),
        ({"text": "甲", "columns": '{"甲": "乙"}', "kind": "payments"}, "no_such_column"),
        (
            {
                "text": "支付凭证号\t支付金额\t支付日期\n1\t1\t2025-01-02",
                "columns": '{"甲": "支付金额"}',
                "kind": "payments",
            },
            "no_such_heading",
        ),
        ({"text": "甲", "columns": "[]"}, "invalid_request"),
    ],
)
def test_what_is_missing_or_wrongly_said_is_a_problem(
    api: Api, sent: dict[str, str], code: str
) -> None:
    api.problem("POST", "/api/v1/imports", 422, code, data={"year": "2025"} | sent)


@pytest.mark.seeds
def test_a_declaration_form_becomes_targets(api: Api, seeds_dir: Path) -> None:
    content = next(seeds_dir.glob("002_*.txt")).read_bytes()
    seen = send(api, content, kind="declarations", mode="preview")
    assert (seen["rows"], seen["stored"], len(seen["targets"])) == (7, 7, 7)
    assert api.get("/api/v1/targets")["items"] == []
    stored = send(api, content, kind="declarations", mode="commit")
    assert {one["outcome"] for one in stored["targets"]} == {"declared"}
    assert len(api.get("/api/v1/targets", year=2025)["items"]) == 7
    again = send(api, content, kind="declarations", mode="commit")
    assert again["outcome"] == "already_imported"
    assert {one["outcome"] for one in again["targets"]} == {"unchanged"}
    assert len(api.get("/api/v1/imports")["items"]) == 1


def test_a_file_that_holds_no_form_is_refused(api: Api) -> None:
    data = {"kind": "declarations", "mode": "commit", "year": "2025"}
    sent = {"data": data, "files": {"file": ("a.txt", "只有一句话。".encode())}}
    api.problem("POST", "/api/v1/imports", 422, "unreadable_file", **sent)


def test_a_table_that_was_looked_at_is_stored_and_its_run_is_there_to_see(api: Api) -> None:
    content = payments_file("X", "1,10.00,2025-08-20,{code},甲", "2,5.00,2025-08-21,{code},甲")
    services = api.services
    meta = services.meta("test", "caizheng")
    desk = DraftDesk(services.log, services.lookups, REGION, meta, services.clock())
    draft = receive(desk, Given("支付.csv", content)).draft
    path = f"/api/v1/imports/{draft.draft_id}/commit"
    api.problem("POST", path, 409, "draft_changed", json={"version": 2})
    done = api.post(path, {"version": 1})
    assert (done["state"], done["rows_done"], done["rows"]) == ("done", 2, 2)
    assert api.post(path, {"version": 1})["import_id"] == done["import_id"]
    run = f"/api/v1/imports/{done['import_id']}"
    assert api.get(run) == done
    assert api.get("/api/v1/imports/runs")["items"] == [done]
    assert api.get("/api/v1/imports/runs", unfinished=True)["items"] == []
    for act in ("cancel", "resume"):
        api.problem("POST", f"{run}/{act}", 409, "import_not_under_way")
    elsewhere = f"/api/v1/imports/{uuid4()}"
    for method, where in (("GET", ""), ("POST", "/cancel"), ("POST", "/resume")):
        api.problem(method, elsewhere + where, 404, "not_on_record")


def test_what_is_remembered_of_columns_is_listed_and_forgotten_by_the_api(api: Api) -> None:
    said = json.dumps({"花了多少": "支付金额", "凭证": "支付凭证号", "备考": "-"})
    rows = "凭证\t花了多少\t支付日期\t备考\n1\t10.00\t2025-08-20\t\n"
    sent = {"year": "2025", "kind": "payments", "mode": "commit", "text": rows, "columns": said}
    assert api.client.post("/api/v1/imports", data=sent).status_code == 200
    [one] = api.get("/api/v1/imports/mappings")["items"]
    assert one["headings"] == ["凭证", "花了多少", "支付日期", "备考"]
    assert {"heading": "备考", "field": None} in one["columns"]
    path = f"/api/v1/imports/mappings/{one['kind']}/{one['fingerprint']}"
    gone = api.client.delete(path)
    assert (gone.status_code, gone.json()) == (200, {"items": []})
    api.problem("DELETE", path, 404, "not_on_record")
