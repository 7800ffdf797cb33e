"""A request that changes something is carried out once, however often it is sent."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

from tests.integration.api_service import Api, declaration, voucher

PLAN = {"spending_plan": None, "effective_on": "2025-07-01", "reason": "改按默认进度"}


def target(api: Api) -> str:
    """Declare a target; answer its path."""
    return f"/api/v1/targets/{api.post('/api/v1/targets', declaration())['target_id']}"


def vouchers(*numbers: str) -> dict[str, object]:
    """A request with vouchers."""
    return {
        "fiscal_year": 2025,
        "vouchers": [voucher(number, "NOBODY", "500.00", "2025-08-20") for number in numbers],
    }


def test_the_same_key_and_content_answers_as_the_first_time(api: Api) -> None:
    path, key = f"{target(api)}/plan", str(uuid4())
    first = api.client.post(path, json=PLAN, headers={"Idempotency-Key": key})
    head = api.services.log.head()
    reordered = dict(reversed(PLAN.items()))
    again = api.client.post(path, json=reordered, headers={"Idempotency-Key": key})
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again.headers["x-log-position"] == first.headers["x-log-position"] == str(head)
    assert api.services.log.head() == head


def test_without_a_key_a_request_is_another_one_each_time(api: Api) -> None:
    path = f"{target(api)}/plan"
    assert api.post(path, PLAN)["position"] < api.post(path, PLAN)["position"]


def test_a_key_may_be_any_text_and_is_kept_with_the_events(api: Api) -> None:
    body = declaration()
    first = api.post("/api/v1/targets", body, key="导入批次-1".encode().hex())
    assert api.post("/api/v1/targets", body, key="导入批次-1".encode().hex()) == first
    [*_, event] = api.get("/api/v1/events")["items"]
    assert event["command_id"] is not None
    assert first["outcome"] == "declared"


def test_a_key_with_other_content_is_refused(api: Api) -> None:
    path, key = target(api), str(uuid4())
    api.post(f"{path}/plan", PLAN, key=key)
    sent = {"headers": {"Idempotency-Key": key}}
    other = PLAN | {"reason": "另一个原因"}
    code = "idempotency_key_reused"
    api.problem("POST", f"{path}/plan", 422, code, json=other, **sent)
    api.problem("POST", "/api/v1/payments", 422, code, json=vouchers("1"), **sent)


def test_a_repeated_batch_of_vouchers_answers_what_it_stored_the_first_time(api: Api) -> None:
    target(api)
    first = api.post("/api/v1/payments", vouchers("1", "2"), key="batch")
    assert (first["stored"], first["known"]) == (2, 0)
    assert api.post("/api/v1/payments", vouchers("1", "2"), key="batch") == first
    another = api.post("/api/v1/payments", vouchers("1", "2"), key="another")
    assert (another["stored"], another["known"]) == (0, 2)


def test_a_repeated_evaluation_answers_what_it_changed_the_first_time(api: Api) -> None:
    target(api)
    first = api.post("/api/v1/evaluations", {"as_of": "2025-08-31"}, key="august")
    assert first["recorded"]
    assert api.post("/api/v1/evaluations", {"as_of": "2025-08-31"}, key="august") == first
    assert not api.post("/api/v1/evaluations", {"as_of": "2025-08-31"}, key="again")["recorded"]


def test_ten_of_the_same_request_at_once_are_one(api: Api) -> None:
    path = f"{target(api)}/plan"

    def send(_: int) -> Any:
        return api.post(path, PLAN, key="at once")

    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(send, range(10)))
    assert all(answer == answers[0] for answer in answers)
    plans = [
        e for e in api.get("/api/v1/events", limit=500)["items"] if e["topic"] == "target.plan_set"
    ]
    assert len(plans) == 1


def test_a_request_whose_answer_got_lost_after_the_append_is_told_the_same(api: Api) -> None:
    path = f"{target(api)}/plan"
    first = api.post(path, PLAN, key="lost")
    with api.services_connection() as connection:
        connection.execute("UPDATE operational.api_requests SET body = NULL")
    assert api.post(path, PLAN, key="lost") == first
    assert api.services.log.head() == first["position"]


def test_a_refusal_is_not_kept_and_can_be_tried_again(api: Api) -> None:
    path = target(api)
    approval: dict[str, object] = {"approved_on": "2025-08-15"}
    sent = {"headers": {"Idempotency-Key": "approval"}}
    number = 2  # of the target's own events
    api.problem(
        "POST",
        f"{path}/revisions/{number}/approval",
        409,
        "revision_not_open",
        json=approval,
        **sent,
    )
    changed = declaration() | {"purpose": "另一用途"}
    proposal = {"declaration": changed, "reason": "调整"}
    assert api.post(f"{path}/revisions", proposal)["number"] == number
    api.post(f"{path}/revisions/{number}/approval", approval, key="approval")


def test_declaring_twice_is_unchanged_and_declaring_otherwise_a_proposed_revision(
    api: Api,
) -> None:
    first = api.post("/api/v1/targets", declaration())
    same = api.post("/api/v1/targets", declaration())
    other = api.post("/api/v1/targets", declaration(purpose="另一用途"))
    assert [one["outcome"] for one in (first, same, other)] == [
        "declared",
        "unchanged",
        "revision_proposed",
    ]
    assert first["target_id"] == same["target_id"] == other["target_id"]


def test_the_first_write_founds_a_real_store_of_the_configured_region(api: Api) -> None:
    target(api)
    events = api.get("/api/v1/events")["items"]
    (founded,) = (one for one in events if one["topic"] == "store.founded")
    assert founded["data"]["kind"] == "real"
    assert founded["data"]["region"] == api.services.settings.region
