"""The API from declaring to explaining, on a real database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.database.connect import Database
from tests.integration.api_service import Api, declaration, serving, voucher


@pytest.fixture
def api(database: Database, tmp_path: Path) -> Iterator[Api]:
    with serving(database, tmp_path) as served:
        yield served


def test_what_was_declared_and_paid_is_read_at_two_clocks(api: Api) -> None:
    body = declaration()
    declared = api.post("/api/v1/targets", body)
    assert declared["outcome"] == "declared"
    path = f"/api/v1/targets/{declared['target_id']}"
    paid = {
        "fiscal_year": 2025,
        "complete_to": "2025-08-31",
        "vouchers": [voucher("1", body["project_code"], "1500000.00", "2025-08-20")],
    }
    first = api.post("/api/v1/payments", paid)
    assert (first["stored"], first["known"]) == (1, 0)
    api.clock.pass_days(1)
    later = {
        "fiscal_year": 2025,
        "vouchers": [voucher("2", body["project_code"], "2000000.00", "2025-08-30")],
    }
    api.post("/api/v1/payments", later)

    then = api.get(path, as_of="2025-08-31", known_at=first["position"])
    now = api.get(path, as_of="2025-08-31")
    money = then["standing"]["money"]
    assert money["executed"] == {"amount": "1500000.00", "unit": "CNY"}
    assert (money["light"], money["light_label"], money["ratio"]) == ("red", "红灯", "0.5325")
    assert now["standing"]["money"]["light"] == "green"
    by_day = api.get(path, as_of="2025-08-31", known_at="2025-09-01")
    assert by_day["standing"] == then["standing"]
