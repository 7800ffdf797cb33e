"""The API on a real database with the projections running, for the tests of its routes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zlib import crc32

import psycopg
from starlette.testclient import TestClient

from services.api.app import create_api
from services.bootstrap import Services, open_services
from services.clock import SHANGHAI
from services.database.connect import Database
from services.projections.supervisor import Supervisor
from services.secret import Secret
from services.settings import Settings
from tests.accounts import token_for
from tests.servers import silent

REGION = "130730000"
OWN_ADDRESS = "http://127.0.0.1:8000"
START = datetime(2025, 9, 1, 9, 0, tzinfo=SHANGHAI)


@dataclass
class SteppedClock:
    """A clock that tests move."""

    now: datetime = field(default=START)

    def __call__(self) -> datetime:
        """The moment it stands at."""
        return self.now

    def pass_days(self, days: int) -> None:
        """Let days go by."""
        self.now += timedelta(days=days)


@dataclass(frozen=True)
class Api:
    """A client with what stands behind it."""

    client: TestClient
    services: Services
    clock: SteppedClock

    def post(self, path: str, body: object, *, key: str | None = None) -> Any:
        """Post JSON, expect success, answer the body."""
        headers = {"Idempotency-Key": key} if key else {}
        response = self.client.post(path, json=body, headers=headers)
        assert response.status_code == 200, response.text
        return response.json()

    def get(self, path: str, **parameters: object) -> Any:
        """Read at the log's head, expect success, answer the body."""
        asked: dict[str, str] = {"min_position": str(self.services.log.head())}
        asked |= {name: str(value) for name, value in parameters.items()}
        response = self.client.get(path, params=asked)
        assert response.status_code == 200, response.text
        return response.json()

    def services_connection(self) -> psycopg.Connection:
        """A connection with a web process's rights."""
        return psycopg.connect(self.services.database.web_url, autocommit=True)

    def problem(self, method: str, path: str, status: int, code: str, **sent: Any) -> Any:
        """Ask for what is refused, and answer the problem."""
        response = self.client.request(method, path, **sent)
        assert response.status_code == status, response.text
        assert response.headers["content-type"] == "application/problem+json"
        body = response.json()
        assert (body["status"], body["code"]) == (status, code), body
        assert body["request_id"] == response.headers["x-request-id"]
        return body


@contextmanager
def running(
    database: Database,
    folder: Path,
    clock: SteppedClock,
    region: str | None = REGION,
    **others: Any,
) -> Iterator[Services]:
    """The services on a database for a block, with the projections in a thread.

    ``others`` are further settings.
    """
    settings = Settings(
        data_dir=folder,
        region=region,
        database_url=Secret(database.web_url),
        worker_database_url=Secret(database.worker_url),
        **others,
    )
    with open_services(settings, silent, clock) as services:
        supervisor = Supervisor(services.projector, services.log.channel)
        supervisor.start()
        try:
            yield services
        finally:
            supervisor.stop()


@contextmanager
def serving(database: Database, folder: Path, region: str | None = REGION) -> Iterator[Api]:
    """Serve a database for a block, to somebody of the finance bureau who may do all."""
    clock = SteppedClock()
    with running(database, folder, clock, region) as services:
        app = create_api(services)
        with TestClient(
            app, OWN_ADDRESS, raise_server_exceptions=False, client=("127.0.0.1", 50_000)
        ) as client:
            key = token_for(services, region or REGION)
            client.headers["Authorization"] = f"Bearer {key}"
            yield Api(client, services, clock)


def declaration(name: str = "城乡医疗救助县级配套资金", **changes: object) -> dict[str, object]:
    """A declaration with a plan and three indicators, of 450 万元."""
    body: dict[str, object] = {
        "fiscal_year": 2025,
        "project_name": name,
        "unit_name": "怀来县医疗保障局",
        "unit_code": "130730001",
        "project_code": f"13073025{crc32(name.encode()) % 10**8:08d}",
        "fund_lines": [
            {
                "line_no": "1",
                "source": "current_year",
                "amount": {"amount": "4500000.00", "unit": "CNY"},
                "arrived_on": "2025-01-01",
            }
        ],
        "spending_plan": [
            {"on": "2025-03-31", "share": "0.25"},
            {"on": "2025-06-30", "share": "0.50"},
            {"on": "2025-10-31", "share": "0.75"},
            {"on": "2025-12-31", "share": "1"},
        ],
        "indicators": [
            {
                "indicator_class": "产出指标",
                "category": "数量指标",
                "name": "救助人次",
                "value": {"text": "≥10万人次"},
            },
            {
                "indicator_class": "产出指标",
                "category": "质量指标",
                "name": "参保率",
                "value": {
                    "text": "≥95%",
                    "comparator": "≥",
                    "number": "95",
                    "unit": "%",
                },
                "kind": "level",
                "measured": "round",
            },
        ],
    }
    return body | changes


def voucher(number: str, code: object, amount: str, paid_on: str) -> dict[str, object]:
    """A voucher of one line."""
    line = {"amount": {"amount": amount}, "paid_on": paid_on, "project_code": code}
    return {"budget_year": 2025, "voucher_no": number, "lines": [line]}
