"""Unclaimed lines by the API: listed, proposed for, claimed, split, withdrawn, ruled upon."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.integration.api_service import Api, declaration

UNIT = "130730001"
NAME = "城乡医疗救助县级配套资金"


def line(amount: str, paid_on: str, **printed: object) -> dict[str, object]:
    return {"amount": {"amount": amount}, "paid_on": paid_on, "unit_code": UNIT} | printed


def pay(api: Api, **lines: Mapping[str, object]) -> None:
    """Record vouchers of one line each, by number."""
    vouchers = [
        {"budget_year": 2025, "voucher_no": number, "lines": [one]} for number, one in lines.items()
    ]
    body = {"fiscal_year": 2025, "vouchers": vouchers, "complete_to": "2025-08-31"}
    api.post("/api/v1/payments", body)


def unclaimed(api: Api, **wanted: object) -> Any:
    return api.get("/api/v1/payments/unclaimed", year=2025, **wanted)


def refs(api: Api) -> dict[str, dict[str, object]]:
    """How each unclaimed line is named, by its voucher's number."""
    items = unclaimed(api)["items"]
    return {
        one["voucher_no"]: {"voucher_id": one["voucher_id"], "line_key": one["line_key"]}
        for one in items
    }


@pytest.fixture
def target_id(api: Api) -> str:
    declared: dict[str, str] = api.post("/api/v1/targets", declaration(NAME))
    pay(
        api,
        V1=line("600.00", "2025-05-06", project_name=NAME, summary="救助金"),
        V2=line("-100.00", "2025-06-06", project_name=NAME),
        V3=line("30.00", "2025-06-07", economic_class="30101", summary="工资"),
    )
    return declared["target_id"]


def test_the_list_has_sums_filters_pages_and_proposals(api: Api, target_id: str) -> None:
    page = unclaimed(api, order="paid_on")
    assert [one["voucher_no"] for one in page["items"]] == ["V3", "V2", "V1"]
    assert (page["lines"], page["amount"]["amount"]) == (3, "530.00")
    [proposal] = page["items"][2]["proposals"]
    assert proposal == {
        "target_id": target_id,
        "project_name": NAME,
        "unit_name": "怀来县医疗保障局",
        "score": 90,
        "reasons": ["项目名称相同", "单位相同"],
    }
    assert page["items"][0]["proposals"] == []
    june = unclaimed(api, month="2025-06", least="50")
    assert [one["voucher_no"] for one in june["items"]] == ["V2"]
    assert unclaimed(api, text="工资", unit=UNIT)["lines"] == 1
    assert unclaimed(api, unit="")["lines"] == 0
    first = unclaimed(api, order="amount", limit=2)
    pay(api, V4=line("900.00", "2025-07-01"))
    second = unclaimed(api, order="amount", limit=2, cursor=first["next_cursor"])
    assert [one["voucher_no"] for one in second["items"]] == ["V3"]
    assert (second["next_cursor"], second["lines"]) == (None, 3)
    july = unclaimed(api, as_of="2025-06-30")
    assert july["lines"] == 3


def test_many_lines_are_claimed_at_once_and_the_claims_withdrawn(api: Api, target_id: str) -> None:
    known = refs(api)
    claim = {"lines": [known["V1"], known["V2"]], "target_id": target_id, "reason": "已核对合同"}
    key = str(uuid4())
    done = api.post("/api/v1/payments/claims", claim, key=key)
    assert (done["changed"], done["unchanged"]) == (2, 0)
    assert api.post("/api/v1/payments/claims", claim, key=key) == done
    assert unclaimed(api)["lines"] == 1
    [paid, reversal] = api.get(f"/api/v1/targets/{target_id}/payments")["items"]
    assert (paid["basis"], paid["rule"], reversal["standing"]) == ("hand", None, "matched")
    withdrawal = {"lines": [known["V1"]], "reason": "应归其他项目"}
    done = api.post("/api/v1/payments/claim-withdrawals", withdrawal)
    assert done["changed"] == 1
    at = f"/api/v1/payments/{known['V1']['voucher_id']}/claims"
    steps = api.get(at, line_key=known["V1"]["line_key"])["items"]
    assert [(len(one["shares"]), one["reason"]) for one in steps] == [
        (1, "已核对合同"),
        (0, "应归其他项目"),
    ]


def test_a_line_is_split_with_a_rest_that_stays_open(api: Api, target_id: str) -> None:
    known = refs(api)["V1"]
    path = f"/api/v1/payments/{known['voucher_id']}/claims"
    shares = [
        {"target_id": target_id, "amount": {"amount": "350.00"}},
        {"target_id": None, "amount": {"amount": "200.00"}},
        {"target_id": None, "amount": {"amount": "50.00"}, "unclaimed": True},
    ]
    api.post(path, {"line_key": known["line_key"], "shares": shares, "reason": "一笔两项"})
    [rest] = [one for one in unclaimed(api)["items"] if one["voucher_no"] == "V1"]
    assert (rest["amount"]["amount"], rest["line_amount"]["amount"], rest["basis"]) == (
        "50.00",
        "600.00",
        "hand",
    )
    assert [one["unclaimed"] for one in rest["shares"]] == [False, False, True]
    sums = api.get("/api/v1/payments/sums", year=2025)
    told = {name: sums[name]["amount"] for name in ("matched", "basic", "unclaimed", "entered")}
    assert told == {
        "matched": "350.00",
        "basic": "200.00",
        "unclaimed": "-20.00",
        "entered": "530.00",
    }
    assert [(one["month"], one["standing"]) for one in sums["items"]] == [
        ("2025-05-01", "basic"),
        ("2025-05-01", "matched"),
        ("2025-05-01", "unclaimed"),
        ("2025-06-01", "unclaimed"),
    ]
    year = api.get("/api/v1/standings", year=2025, as_of="2025-08-31")["figures"]
    assert year["unclaimed"]["amount"] == "-20.00"
    bad = {"line_key": known["line_key"], "shares": shares[:2], "reason": "少一块"}
    api.problem("POST", path, 422, "split_does_not_add_up", json=bad)
    both = [{"target_id": target_id, "amount": {"amount": "600.00"}, "unclaimed": True}]
    bad = {"line_key": known["line_key"], "shares": both, "reason": "自相矛盾"}
    api.problem("POST", path, 422, "unsound_part", json=bad)


def test_a_rule_is_tried_set_listed_and_ended(api: Api) -> None:
    pay(
        api,
        V1=line("10.00", "2025-05-06", economic_class="[30101]基本工资"),
        V2=line("20.00", "2025-06-06", economic_class="30102"),
        V3=line("30.00", "2025-06-07", economic_class="30201"),
    )
    unclaimed(api)
    rule = {
        "fiscal_year": 2025,
        "pattern": {"economic_class": "301"},
        "target_id": None,
        "from_on": "2025-01-01",
    }
    seen = api.client.post("/api/v1/claim-rules/preview", json=rule).json()
    assert (seen["lines"], seen["amount"]["amount"], seen["left"]) == (2, "30.00", 0)
    assert [one["voucher_no"] for one in seen["items"]] == ["V1", "V2"]
    assert seen["units"] == [
        {"unit": UNIT, "lines": 2, "amount": {"amount": "30.00", "unit": "CNY"}}
    ]
    done = api.post("/api/v1/claim-rules", rule | {"reason": "工资福利属基本支出"})
    assert (done["number"], done["changed"]) == (1, True)
    again = api.post("/api/v1/claim-rules", rule | {"reason": "工资福利属基本支出"})
    assert (again["number"], again["changed"]) == (1, False)
    assert set(refs(api)) == {"V3"}
    end = {"stops_on": "2025-06-01", "reason": "口径调整"}
    assert api.post("/api/v1/claim-rules/2025/1/end", end)["changed"] is True
    assert set(refs(api)) == {"V2", "V3"}
    [listed] = api.get("/api/v1/claim-rules", year=2025)["items"]
    assert (listed["lines"], listed["amount"]["amount"], listed["stops_on"]) == (
        1,
        "10.00",
        "2025-06-01",
    )
    assert (listed["reason"], listed["end_reason"]) == ("工资福利属基本支出", "口径调整")
    assert listed["pattern"]["economic_class"] == "301"


def test_what_makes_no_sense_is_refused_by_its_name(api: Api, target_id: str) -> None:
    known = refs(api)["V1"]
    claims = "/api/v1/payments/claims"
    nobody = {"lines": [known], "target_id": str(UUID(int=5)), "reason": "认领"}
    api.problem("POST", claims, 404, "not_on_record", json=nobody)
    lost = {"voucher_id": str(UUID(int=5)), "line_key": "1"}
    body = {"lines": [lost], "target_id": target_id, "reason": "认领"}
    api.problem("POST", claims, 404, "not_on_record", json=body)
    body = {"lines": [known], "target_id": target_id, "reason": " "}
    api.problem("POST", claims, 422, "reason_missing", json=body)
    body = {"lines": [known] * 5001, "target_id": target_id, "reason": "认领"}
    api.problem("POST", claims, 422, "invalid_request", json=body)
    next_year = api.post("/api/v1/targets", declaration("来年", fiscal_year=2026))["target_id"]
    body = {"lines": [known], "target_id": next_year, "reason": "认领"}
    api.problem("POST", claims, 422, "target_elsewhere", json=body)
    rules = "/api/v1/claim-rules"
    rule = {"fiscal_year": 2025, "target_id": None, "from_on": "2025-01-01", "reason": "规则"}
    api.problem("POST", rules, 422, "rule_asks_nothing", json=rule | {"pattern": {}})
    api.problem("POST", rules, 422, "invalid_request", json=rule | {"pattern": {"payee": "甲"}})
    of_unit = rule | {"pattern": {"unit": UNIT}}
    api.post(rules, of_unit)
    conflict = of_unit | {"target_id": target_id}
    api.problem("POST", rules, 409, "rule_conflict", json=conflict)
    end = {"stops_on": "2025-06-01", "reason": "停用"}
    api.problem("POST", f"{rules}/2025/9/end", 404, "not_on_record", json=end)
    for wanted in ("month=2025-13", "month=0000-01", "text=%00", "unit=%00", "least=1e5"):
        path = f"/api/v1/payments/unclaimed?year=2025&{wanted}"
        api.problem("GET", path, 422, "invalid_request")


def test_rules_of_the_year_before_go_on_when_asked_to(api: Api) -> None:
    rule = {
        "fiscal_year": 2025,
        "pattern": {"economic_class": "301"},
        "target_id": None,
        "from_on": "2025-01-01",
        "reason": "工资",
    }
    api.post("/api/v1/claim-rules", rule)
    seen = api.post("/api/v1/claim-rules/2026/carry", {"preview": True})
    assert (seen["carried"], seen["items"][0]["number"]) == (1, 1)
    done = api.post("/api/v1/claim-rules/2026/carry", {})
    assert (done["carried"], done["items"]) == (1, seen["items"])
    again = api.post("/api/v1/claim-rules/2026/carry", {})
    assert (again["carried"], again["items"][0]["known"]) == (0, True)
