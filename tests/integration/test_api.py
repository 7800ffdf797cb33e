"""The API from declaring to explaining, on a real database."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.integration.api_service import Api, declaration, voucher


def declared(api: Api, **changes: object) -> tuple[str, dict[str, Any]]:
    """Declare a target; answer its path and what was declared."""
    body = declaration(**changes)  # type: ignore[arg-type]
    done = api.post("/api/v1/targets", body)
    assert done["outcome"] == "declared"
    return f"/api/v1/targets/{done['target_id']}", body


def pay(api: Api, *vouchers: dict[str, object], complete_to: str | None = None) -> Any:
    """Record vouchers."""
    body = {"fiscal_year": 2025, "vouchers": vouchers, "complete_to": complete_to}
    return api.post("/api/v1/payments", body)


def test_what_was_declared_and_paid_is_read_at_two_clocks(api: Api) -> None:
    path, body = declared(api)
    code = body["project_code"]
    first = pay(api, voucher("1", code, "1500000.00", "2025-08-20"), complete_to="2025-08-31")
    assert (first["stored"], first["known"]) == (1, 0)
    api.clock.pass_days(1)
    pay(api, voucher("2", code, "2000000.00", "2025-08-30"))

    then = api.get(path, as_of="2025-08-31", known_at=first["position"])
    now = api.get(path, as_of="2025-08-31")
    money = then["standing"]["money"]
    assert money["executed"] == {"amount": "1500000.00", "unit": "CNY"}
    assert (money["light"], money["light_label"], money["ratio"]) == ("red", "红灯", "0.5325")
    assert now["standing"]["money"]["light"] == "green"
    for moment in ("2025-09-01", "2025-09-01T23:00:00+08:00"):
        again = api.get(path, as_of="2025-08-31", known_at=moment)
        assert again["standing"] == then["standing"]


def test_a_lag_is_reported_evaluated_and_explained(api: Api) -> None:
    path, body = declared(api)
    code = body["project_code"]
    pay(api, voucher("1", code, "1500000.00", "2025-08-20"), complete_to="2025-08-31")
    visits, _ = api.get(path)["indicators"]
    report = {"indicator_id": visits["indicator_id"], "reported_on": "2025-08-31"}
    api.post(f"{path}/achievements", report | {"text": "2.8万人次"})
    evaluated = api.post("/api/v1/evaluations", {"as_of": "2025-08-31"})
    assert evaluated["recorded"]
    assert evaluated["changes"] == {"raised": 2}
    assert not api.post("/api/v1/evaluations", {"as_of": "2025-08-31"})["recorded"]

    alerts = api.get("/api/v1/alerts", year=2025, as_of="2025-08-31")["items"]
    assert {one["rule"] for one in alerts} == {"money_behind_plan", "indicator_behind"}
    assert {(one["state"], one["state_label"]) for one in alerts} == {("firing", "待说明")}
    money = next(one for one in alerts if one["rule"] == "money_behind_plan")
    told = {"cause": "funding", "text": "上级资金下达晚", "promised_on": "2025-09-30"}
    api.post(f"/api/v1/alerts/{money['alert_id']}/explanations", told)
    whole = api.get(f"/api/v1/alerts/{money['alert_id']}")
    assert whole["alert"]["state"] == "explained"
    assert [step["what"] for step in whole["history"]] == ["raised", "explained"]
    assert whole["history"][0]["sentence"].startswith("【执行预警·红】")


def test_the_overview_sums_a_year_and_lists_the_worst_first(api: Api) -> None:
    _, lagging = declared(api)
    _, fine = declared(api, name="购买服务项目", unit_name="医保中心", unit_code="130730002")
    pay(
        api,
        voucher("1", lagging["project_code"], "1500000.00", "2025-08-20"),
        voucher("2", fine["project_code"], "3000000.00", "2025-08-20"),
        voucher("3", "NOBODY", "100.00", "2025-08-20"),
        complete_to="2025-08-31",
    )
    year = api.get("/api/v1/standings", year=2025, as_of="2025-08-31")
    assert [row["project_name"] for row in year["items"]] == [
        lagging["project_name"],
        fine["project_name"],
    ]
    figures = year["figures"]
    assert figures["executed"]["amount"] == "4500000.00"
    assert figures["execution_rate"] == "0.5000"
    assert figures["unclaimed"]["amount"] == "100.00"
    assert (figures["money"]["red"], figures["money"]["green"]) == (1, 1)
    red = api.get("/api/v1/standings", year=2025, as_of="2025-08-31", light="red")
    assert len(red["items"]) == 1
    unit = api.get("/api/v1/standings", year=2025, as_of="2025-08-31", unit="130730002")
    assert unit["figures"]["targets"] == 1


def test_the_curve_shows_plan_and_spending(api: Api) -> None:
    path, body = declared(api)
    pay(
        api,
        voucher("1", body["project_code"], "1000000.00", "2025-02-10"),
        voucher("2", body["project_code"], "-200000.00", "2025-03-05"),
        complete_to="2025-08-31",
    )
    curve = api.get(f"{path}/curve", as_of="2025-08-31")
    assert [(p["on"], p["amount"]["amount"]) for p in curve["executed"]] == [
        ("2025-02-10", "1000000.00"),
        ("2025-03-05", "800000.00"),
    ]
    assert [p["amount"]["amount"] for p in curve["checkpoints"]] == [
        "1125000.00",
        "2250000.00",
        "3375000.00",
        "4500000.00",
    ]


def test_an_unclaimed_line_is_listed_corrected_and_claimed(api: Api) -> None:
    path, _ = declared(api)
    pay(api, voucher("9", "NOBODY", "500.00", "2025-08-20"), complete_to="2025-08-31")
    [line] = api.get("/api/v1/payments", year=2025, standing="unclaimed")["items"]
    at = f"/api/v1/payments/{line['voucher_id']}"
    mended = {"line_key": line["line_key"], "amount": {"amount": "600.00"}, "reason": "录错"}
    api.post(f"{at}/corrections", mended)
    target_id = path.rpartition("/")[2]
    share = {"target_id": target_id, "amount": {"amount": "600.00"}}
    claim = {"line_key": line["line_key"], "shares": [share], "reason": "已核对合同"}
    api.post(f"{at}/claims", claim)
    assert api.get("/api/v1/payments", year=2025, standing="unclaimed")["items"] == []
    [claimed] = api.get(f"{path}/payments")["items"]
    assert (claimed["amount"]["amount"], claimed["target_id"]) == ("600.00", target_id)


def test_a_revision_counts_from_its_approval(api: Api) -> None:
    path, body = declared(api)
    changed = body | {"annual_objective": "改后的目标"}
    proposal = {"declaration": changed, "reason": "预算追减", "document_no": "怀财〔2025〕9号"}
    number = api.post(f"{path}/revisions", proposal)["number"]
    assert api.get(path)["declaration"]["annual_objective"] is None
    api.post(f"{path}/revisions/{number}/approval", {"approved_on": "2025-08-15"})
    assert api.get(path)["declaration"]["annual_objective"] == "改后的目标"
    assert api.get(path, as_of="2025-08-14")["declaration"]["annual_objective"] is None
    api.problem("POST", f"{path}/revisions/{number}/approval", 409, "revision_not_open", json={})
    other = proposal | {"declaration": body | {"fiscal_year": 2026}}
    api.problem("POST", f"{path}/revisions", 422, "other_fiscal_year", json=other)


def test_a_target_is_funded_planned_confirmed_and_ended(api: Api) -> None:
    path, _ = declared(api)
    line = {
        "line_no": "追减1",
        "source": "current_year",
        "amount": {"amount": "-500000.00"},
        "arrived_on": "2025-07-01",
        "original": False,
    }
    api.post(f"{path}/fund-lines", line)
    plan = {"spending_plan": None, "effective_on": "2025-07-01", "reason": "改按默认进度"}
    api.post(f"{path}/plan", plan)
    _, level = api.get(path)["indicators"]
    reading = {
        "value": {"text": "≥96%", "comparator": "≥", "number": "96", "unit": "%"},
        "kind": "level",
    }
    settled = {"indicator_id": level["indicator_id"], "reading": reading, "reason": "以批复为准"}
    api.post(f"{path}/confirmations", settled)
    whole = api.get(path)
    assert [one["amount"]["amount"] for one in whole["fund_lines"]] == ["4500000.00", "-500000.00"]
    assert whole["plan"] is None
    assert whole["indicators"][1]["value"]["number"] == "96"
    ending = {"life": "terminated", "ended_on": "2025-08-31", "document_no": "怀财〔2025〕10号"}
    api.post(f"{path}/end", ending)
    assert api.get(path, as_of="2025-08-31")["life"] == "terminated"
    api.problem("POST", f"{path}/end", 409, "target_ended", json=ending)
    lines = [one["line"] for one in api.get(f"{path}/history")["items"]]
    assert lines[0] == "项目终止（怀财〔2025〕10号）"
    assert len(lines) == 5


def test_rounds_and_policies_are_set_and_read_back(api: Api) -> None:
    opened = {
        "year": 2025,
        "name": "1—7月",
        "period_start": "2025-01-01",
        "cut_off": "2025-07-31",
        "opening": "2025-08-01",
        "deadline": "2025-08-15",
    }
    api.post("/api/v1/rounds", opened)
    assert api.get("/api/v1/rounds", year=2025)["items"] == [opened]
    api.problem(
        "POST", "/api/v1/rounds", 409, "round_conflict", json=opened | {"deadline": "2025-08-20"}
    )
    assert api.get("/api/v1/policies")["version"] == 0
    terms = {"money": {"bands": {"red": "0.50", "yellow": "0.75"}}}
    api.post(
        "/api/v1/policies", {"terms": terms, "in_force_from": "2025-01-01", "reason": "局务会议定"}
    )
    policy = api.get("/api/v1/policies")
    assert (policy["version"], policy["terms"]["money"]["bands"]["red"]) == (1, "0.50")
    api.post(
        "/api/v1/policies",
        {"terms": policy["terms"], "in_force_from": "2025-06-01", "reason": "照旧"},
    )


@pytest.mark.parametrize(
    ("terms", "pointer"),
    [
        ({"money": {"bands": {"red": 0.5, "yellow": "0.75"}}}, "#/terms/money/bands/red"),
        ({"money": {"gracedays": 3}}, "#/terms/money/gracedays"),
        ({"money": {"grace_days": "soon"}}, "#/terms/money/grace_days"),
    ],
)
def test_terms_that_cannot_be_understood_are_pointed_at(
    api: Api, terms: dict[str, object], pointer: str
) -> None:
    body = {"terms": terms, "in_force_from": "2025-01-01", "reason": "试"}
    problem = api.problem("POST", "/api/v1/policies", 422, "invalid_request", json=body)
    assert problem["errors"][0]["pointer"] == pointer


def test_the_feed_tells_every_event_once_and_in_order(api: Api) -> None:
    _, body = declared(api)
    pay(api, voucher("1", body["project_code"], "500.00", "2025-08-20"))
    seen = []
    after = 0
    while page := api.client.get("/api/v1/events", params={"after": after, "limit": 2}).json():
        seen += page["items"]
        after = page["next_after"]
        if not page["items"]:
            break
    assert [one["position"] for one in seen] == sorted(one["position"] for one in seen)
    seen = [one for one in seen if not one["topic"].startswith("account.")]
    assert [one["topic"] for one in seen] == [
        "store.founded",
        "target.declared",
        "payment.recorded",
    ]
    assert seen[2]["data"]["lines"][0]["amount"] == "500.00"
    assert {(one["actor"], one["source"]) for one in seen} == {("caizheng", "API 127.0.0.1")}


def test_lists_come_in_pages_without_gap_or_overlap(api: Api) -> None:
    names = [f"项目{number}" for number in range(5)]
    codes = [declared(api, name=name)[1]["project_code"] for name in names]
    pay(
        api,
        *(voucher(str(n), codes[0], f"{n + 1}.00", "2025-08-01") for n in range(5)),
        complete_to="2025-08-31",
    )
    assert [row["project_name"] for row in pages(api, "/api/v1/targets")] == names
    paid = pages(api, "/api/v1/payments", year=2025)
    assert sorted(row["voucher_no"] for row in paid) == list("01234")
    standing = pages(api, "/api/v1/standings", year=2025, as_of="2025-08-31")
    assert sorted(row["project_name"] for row in standing) == names


def pages(api: Api, path: str, **parameters: object) -> list[Any]:
    """Follow the cursors of a list, two items a page."""
    items: list[Any] = []
    cursor: str | None = None
    while True:
        asked = parameters | ({"cursor": cursor} if cursor else {})
        page = api.get(path, limit=2, **asked)
        items += page["items"]
        cursor = page["next_cursor"]
        assert len(page["items"]) <= 2
        if cursor is None:
            return items


def test_a_list_keeps_its_moment_from_page_to_page(api: Api) -> None:
    for number in range(3):
        declared(api, name=f"项目{number}")
    first = api.get("/api/v1/standings", year=2025, limit=2)
    declared(api, name="后来的项目")
    second = api.get("/api/v1/standings", year=2025, limit=2, cursor=first["next_cursor"])
    assert second["known_at"] == first["known_at"]
    assert len(second["items"]) == 1


def test_the_clock_of_the_service_says_what_today_is(api: Api) -> None:
    path, _ = declared(api)
    assert api.get(path)["standing"]["as_of"] == "2025-09-01"
    api.clock.now += timedelta(hours=15)  # midnight in Shanghai
    assert api.get(path)["standing"]["as_of"] == "2025-09-02"
