"""Two units side by side: neither sees the other's, by the statements or by the database alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from starlette.testclient import TestClient

from dashboard.asgi import create_app
from domain.access.role import Role
from domain.unit import Unit, UnitEntry
from services.api.app import create_api
from services.database.connect import Database
from services.readmodel.sight import Sight
from tests.accounts import META, token_for
from tests.frame import ask_for_frame
from tests.integration.api_service import (
    OWN_ADDRESS,
    REGION,
    Api,
    SteppedClock,
    declaration,
    running,
    voucher,
)
from tests.servers import RunningServer

FIRST_DAY = date(2025, 1, 1)
DEPARTMENT = "450"
UNITS = {"450001": "喜鹊", "4500010": "麻雀"}
"""By code the word that all its texts hold, and nobody else's; one code begins like the other."""

OTHER = {"450001": "4500010", "4500010": "450001"}


class Neighbours:
    """Two units with a target, a voucher, an unclaimed one, a report and an alert each."""

    def __init__(self, api: Api) -> None:
        self.api = api
        department = Unit(UnitEntry(REGION, DEPARTMENT, "主管局"), FIRST_DAY)
        listed = [
            Unit(UnitEntry(REGION, code, f"{word}局", department.id), FIRST_DAY)
            for code, word in UNITS.items()
        ]
        api.services.log.save(department, *listed, meta=META)
        self.targets = {code: self._tell(code, word) for code, word in UNITS.items()}
        api.post("/api/v1/evaluations", {"year": 2025, "as_of": "2025-08-31"})
        self.keys = {
            code: self._key(f"jingban{code}", Role.CLERK, (DEPARTMENT, code)) for code in UNITS
        }
        self.keys |= {
            DEPARTMENT: self._key("zhuguan", Role.DEPARTMENT, (DEPARTMENT,)),
            "审计": self._key("shenji", Role.AUDITOR),
            "运维": self._key("yunwei", Role.OPERATOR),
        }

    def _key(self, login: str, role: Role, place: tuple[str, ...] = ()) -> str:
        return token_for(self.api.services, REGION, login, [role], place)

    def _tell(self, code: str, word: str) -> str:
        body = declaration(f"{word}项目", unit_code=code, unit_name=f"{word}局")
        body |= {"annual_objective": f"{word}目标", "purpose": f"{word}用途"}
        body["indicators"] = [
            {
                "indicator_class": "产出指标",
                "category": "数量指标",
                "name": f"{word}次数",
                "value": {"text": "≥10次", "comparator": "≥", "number": "10", "unit": "次"},
            }
        ]
        target = str(self.api.post("/api/v1/targets", body)["target_id"])
        paid = voucher(f"{word}1", body["project_code"], "10.00", "2025-02-20")
        lost = voucher(f"{word}2", None, "7.00", "2025-02-21")
        line: Any = lost["lines"]
        line[0] |= {"unit_code": code, "summary": f"{word}摘要"}
        sent = {"fiscal_year": 2025, "vouchers": [paid, lost], "complete_to": "2025-08-31"}
        self.api.post("/api/v1/payments", sent)
        return target

    def ask(self, who: str, path: str, **parameters: object) -> Any:
        """Ask as one of the accounts."""
        asked = {"min_position": self.api.services.log.head()} | parameters
        headers = {"Authorization": f"Bearer {self.keys[who]}"}
        return self.api.client.get(path, params=asked, headers=headers)  # type: ignore[arg-type]

    def look(self, who: str, path: str, search: str = "") -> str:
        """What the screen shows to one of the accounts."""
        headers = {"Authorization": f"Bearer {self.keys[who]}"}
        answer = ask_for_frame(self.api.client, path, search, headers)
        assert answer.status_code == 200, answer.text
        return json.dumps(answer.json(), ensure_ascii=False)


@pytest.fixture(scope="module")
def neighbours(
    embedded_server: RunningServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Neighbours]:
    folder = tmp_path_factory.mktemp("units")
    with embedded_server.fresh() as database, both(database, folder) as found:
        yield found


@contextmanager
def both(database: Database, folder: Path) -> Iterator[Neighbours]:
    """The whole application with the two units on it, for a block."""
    clock = SteppedClock()
    with running(database, folder, clock) as services:
        app = create_app(services, create_api(services))
        with TestClient(app, OWN_ADDRESS) as client:
            client.headers["Authorization"] = f"Bearer {token_for(services, REGION)}"
            yield Neighbours(Api(client, services, clock))


def readable(neighbours: Neighbours) -> list[str]:
    """Every address that is read, with each target's, alert's and voucher's id in turn."""
    app: Any = neighbours.api.client.app
    neighbours.api.services.projector.catch_up()
    with psycopg.connect(neighbours.api.services.database.web_url) as connection:
        Sight(None).impose(connection)
        known = {
            "target_id": "SELECT target_id FROM read.targets",
            "alert_id": "SELECT alert_id FROM read.alerts",
            "voucher_id": "SELECT voucher_id FROM read.payment_lines",
            "import_id": "SELECT import_id FROM read.imports",
        }
        values = {
            name: [str(row[0]) for row in connection.execute(asked)]
            for name, asked in known.items()
        }
    assert len(values["target_id"]) == 2
    assert len(values["alert_id"]) == 2
    paths = [path for path, ways in app.openapi()["paths"].items() if "get" in ways]
    return [filled for path in paths for filled in _filled(path, values)]


def _filled(path: str, values: dict[str, list[str]]) -> Iterator[str]:
    found = re.search(r"{(\w+)}", path)
    if found is None:
        yield path
        return
    for value in values.get(found[1], [str(UUID(int=1)), "450001", "4500010"]):
        yield from _filled(path.replace(found[0], value), values)


@pytest.fixture(params=["both fences", "the database alone"])
def fences(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """With the first fence as it is, and switched off: then all depends on row security."""
    if request.param == "the database alone":
        monkeypatch.setattr(Sight, "sees", lambda *_: True)
        monkeypatch.setattr(Sight, "parameters", {"keys": None, "login": ""})
    return str(request.param)


NAMES = "/api/v1/units"
"""The list of units: whom it names is cut by the first fence alone, the tree is needed whole."""


@pytest.mark.parametrize("code", UNITS)
def test_nothing_of_the_neighbour_is_found_wherever_one_looks(
    neighbours: Neighbours, fences: str, code: str
) -> None:
    canary, own = UNITS[OTHER[code]], UNITS[code]
    seen = 0
    for path in readable(neighbours):
        if fences == "the database alone" and path.startswith(NAMES):
            continue
        for parameters in ({}, {"year": 2025}, {"year": 2025, "standing": "unclaimed"}):
            answer = neighbours.ask(code, path, **parameters)
            assert canary not in answer.text, (path, parameters)
            said = answer.text.replace(f"/{OTHER[code]}", "")
            assert not re.search(rf"\b{OTHER[code]}\b", said), (path, parameters)
            seen += own in answer.text
    assert seen > 5, "of its own there is much to see"


@pytest.mark.usefixtures("fences")
@pytest.mark.parametrize("code", UNITS)
def test_the_screen_shows_ones_own_and_nothing_of_the_neighbour(
    neighbours: Neighbours, code: str
) -> None:
    theirs = neighbours.targets[OTHER[code]]
    for path, search in (
        ("/", ""),
        ("/", f"?unit={OTHER[code]}"),
        ("/", f"?q={UNITS[OTHER[code]]}"),
        (f"/targets/{theirs}", ""),
        (f"/targets/{neighbours.targets[code]}", ""),
    ):
        said = neighbours.look(code, path, search).replace(f"q={UNITS[OTHER[code]]}", "")
        assert UNITS[OTHER[code]] not in said, (path, search)
    assert UNITS[code] in neighbours.look(code, "/")
    assert "查不到" in neighbours.look(code, f"/targets/{theirs}")


def test_what_must_not_be_known_is_404_and_told_as_if_it_were_not(neighbours: Neighbours) -> None:
    theirs = neighbours.ask("450001", f"/api/v1/targets/{neighbours.targets['4500010']}")
    nobodys = neighbours.ask("450001", f"/api/v1/targets/{UUID(int=9)}")
    assert theirs.status_code == nobodys.status_code == 404
    assert theirs.json()["code"] == nobodys.json()["code"] == "not_on_record"
    form = neighbours.ask("450001", f"/api/v1/targets/{neighbours.targets['4500010']}/form")
    assert (form.status_code, form.json()["code"]) == (404, "not_on_record")


def test_counts_and_totals_are_ones_own(neighbours: Neighbours) -> None:
    whole = neighbours.ask("审计", "/api/v1/overview", year=2025).json()
    own = neighbours.ask("450001", "/api/v1/overview", year=2025).json()
    above = neighbours.ask(DEPARTMENT, "/api/v1/overview", year=2025).json()
    assert json.dumps(own, ensure_ascii=False) != json.dumps(whole, ensure_ascii=False)
    assert len(neighbours.ask("450001", "/api/v1/targets").json()["items"]) == 1
    assert len(neighbours.ask(DEPARTMENT, "/api/v1/targets").json()["items"]) == 2
    assert {k: v for k, v in above.items() if k != "units"}.keys() == whole.keys() - {"units"}


def test_who_runs_the_machine_sees_no_content(neighbours: Neighbours) -> None:
    for path in readable(neighbours):
        answer = neighbours.ask("运维", path, year=2025)
        for word in UNITS.values():
            assert word not in answer.text, path


def test_without_a_word_the_database_shows_nothing(neighbours: Neighbours) -> None:
    with psycopg.connect(neighbours.api.services.database.web_url) as connection:
        guarded = connection.execute(
            "SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace "
            "WHERE nspname = 'read' AND relkind = 'r' AND relrowsecurity"
        ).fetchall()
        assert len(guarded) >= 20
        for (table,) in guarded:
            rows = connection.execute(f"SELECT count(*) FROM read.{table}").fetchone()
            assert rows == (0,), table


OPEN_TABLES = {
    "made_from",
    "tracking",
    "policies",
    "rounds",
    "evaluations",
    "unit_changes",
    "accounts",
    "account_grants",
}
"""Read tables without row security: nothing in them is a unit's own secret, or no route shows
them but to who governs (accounts). Another one has to be added here, or guarded."""


def test_every_read_table_is_guarded_or_on_the_list(neighbours: Neighbours) -> None:
    with psycopg.connect(neighbours.api.services.database.web_url) as connection:
        bare = connection.execute(
            "SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace "
            "WHERE nspname = 'read' AND relkind = 'r' AND NOT relrowsecurity"
        ).fetchall()
        role = connection.execute(
            "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    assert {table for (table,) in bare} == OPEN_TABLES
    assert role == (False, False)
