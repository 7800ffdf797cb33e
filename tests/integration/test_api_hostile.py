"""Whatever is sent, the service answers below 500, and its read tables take what it took."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.api.pages import cursor_of
from services.api.routes.payments import PaymentPlace
from services.api.routes.standings import StandingPlace
from tests.integration.api_service import Api, declaration, voucher

JSON = {"content-type": "application/json"}

QUERIES = [
    "/api/v1/targets?unit=%00",
    "/api/v1/targets?unit=%ED%A0%80",
    "/api/v1/targets?year=99999999999999999999",
    "/api/v1/targets?min_position=99999999999999999999",
    "/api/v1/targets?known_at=999999999999999999",
    "/api/v1/targets?known_at=0001-01-01T00:00:00%2B14:00",
    "/api/v1/targets?known_at=9999-12-31T23:59:59-12:00",
    "/api/v1/targets?known_at=9999-12-31",
    "/api/v1/targets?known_at=0001-01-01",
    "/api/v1/standings?year=2025&as_of=0001-01-01",
    "/api/v1/standings?year=2100&as_of=9999-12-31",
    "/api/v1/standings?year=2000&as_of=2000-01-01",
    "/api/v1/alerts?year=2025&as_of=9999-12-31&target_id=0",
    "/api/v1/policies?as_of=9999-12-31",
    "/api/v1/events?after=4611686018427387904",
    "/api/v1/payments?standing=%27%3B%20DROP%20TABLE%20payments",
    "/api/v1/targets?unit=%27%20OR%201%3D1%20--",
    f"/api/v1/payments?cursor={cursor_of(PaymentPlace((2**63, 'x')))}",
    f"/api/v1/payments?cursor={cursor_of(PaymentPlace((-1, chr(0))))}",
]


@pytest.fixture
def quick(kept_api: Api, monkeypatch: pytest.MonkeyPatch) -> Api:
    """The API, waiting little for positions that never come."""
    monkeypatch.setattr("services.readmodel.readmodel.WAIT_S", 0.01)
    return kept_api


def not_a_fault(response: Any) -> None:
    """Refused or served, or asked to come again; never failed."""
    assert response.status_code < 500 or response.json()["code"] == "not_read_yet", response.text


@pytest.mark.parametrize("query", QUERIES)
def test_no_question_makes_the_service_fail(quick: Api, query: str) -> None:
    not_a_fault(quick.client.get(query))


def test_a_cursor_made_by_hand_makes_nothing_fail(quick: Api) -> None:
    day = quick.clock().date()
    for known_at, start in ((2**63, 0), (-5, 0), (0, -7), (0, 2**62)):
        cursor = cursor_of(StandingPlace(day, known_at, start))
        not_a_fault(quick.client.get("/api/v1/standings", params={"year": 2025, "cursor": cursor}))


BODIES = [
    b'{"fiscal_year": ' + b"9" * 5000 + b"}",
    b'{"project_name": "\\ud800"}',
    b'{"a": NaN, "b": Infinity, "c": -Infinity}',
    b"[" * 20_000,
    b'{"a":' * 20_000,
    b'{"terms": ' + b'{"a":' * 400 + b"1" + b"}" * 400 + b', "reason": "x"}',
    b'{"fiscal_year": 2025, "fiscal_year": 2026}',
    "\ufeff{}".encode(),
    b"\x00",
]


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_no_body_makes_the_service_fail(quick: Api, body: bytes) -> None:
    for path in ("/api/v1/targets", "/api/v1/payments", "/api/v1/policies", "/api/v1/rounds"):
        not_a_fault(quick.client.post(path, content=body, headers=JSON))
        headers = JSON | {"Idempotency-Key": str(uuid4())}
        not_a_fault(quick.client.post(path, content=body, headers=headers))


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a JSON value."""
    yield path
    steps: list[tuple[Any, Any]] = []
    if isinstance(value, dict | list):
        steps += value.items() if isinstance(value, dict) else enumerate(value)
    for step, part in steps:
        yield from places(part, (*path, step))


def replaced(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    """A copy with one place replaced."""
    copy = json.loads(json.dumps(value))
    if not path:
        return new
    part = copy
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = new
    return copy


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=40),
    st.sampled_from(
        [
            "0001-01-01",
            "9999-12-31",
            "2025-02-30",
            "999999999999999999",
            "-0",
            "0.0000000001",
            "1e9",
        ]
    ),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)
SOUND = {
    "/api/v1/targets": declaration(),
    "/api/v1/payments": {
        "fiscal_year": 2025,
        "vouchers": [voucher("1", "NOBODY", "5.00", "2025-08-20")],
        "complete_to": "2025-08-31",
    },
    "/api/v1/policies": {
        "terms": {"money": {"grace_days": 20, "low_execution": []}},
        "in_force_from": "2025-01-01",
        "reason": "x",
    },
}


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_a_sound_request_with_one_odd_part_is_served_or_refused(
    quick: Api, data: st.DataObject
) -> None:
    path = data.draw(st.sampled_from(sorted(SOUND)))
    place = data.draw(st.sampled_from(list(places(SOUND[path]))))
    body = replaced(SOUND[path], place, data.draw(ODD))
    not_a_fault(quick.client.post(path, json=body))


def test_whatever_was_taken_can_be_read(kept_api: Api) -> None:
    kept_api.services.projector.catch_up()
    assert kept_api.services.projector.parked() == []
    for year in kept_api.services.read_model.fiscal_years():
        for as_of in ("2025-08-31", "9999-12-31", "0001-01-01"):
            response = kept_api.client.get(
                "/api/v1/standings", params={"year": year, "as_of": as_of, "limit": 500}
            )
            assert response.status_code in (200, 422), response.text
    rows = kept_api.client.get("/api/v1/targets", params={"limit": 500}).json()["items"]
    assert rows
    for row in rows:
        for view in ("", "/curve", "/history", "/payments", "/form"):
            response = kept_api.client.get(f"/api/v1/targets/{row['target_id']}{view}")
            assert response.status_code in (200, 404), response.text
