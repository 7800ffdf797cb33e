"""The auditors' page and its export: filters, order, who may, and what is said of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest

from domain.access.role import Role
from domain.store import StoreKind
from domain.unit import Unit, UnitEntry
from services.access.audit import Asked, Entry, Outcome
from services.auditing import PAGE, printed
from services.founding import found
from tests.accounts import META
from tests.integration.api_service import REGION
from tests.integration.test_doors import House, house_on
from tests.servers import RunningServer


@pytest.fixture(scope="module")
def shared(
    embedded_server: RunningServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("audit_page")
    with embedded_server.fresh() as database, house_on(database, folder) as house:
        found(house.services.log, StoreKind.REAL, REGION, "", META)
        first = date(2025, 1, 1)
        department = Unit(UnitEntry(REGION, "450", "主管局"), first)
        units = [
            Unit(UnitEntry(REGION, code, f"{code}局", department.id), first)
            for code in ("450001", "4500010")
        ]
        house.services.log.save(department, *units, meta=META)
        line = Entry(
            house.clock(),
            "<b>甲</b>",
            None,
            "target.declare",
            "=1+1",
            Outcome.DONE,
            "10.0.0.7",
            "r",
        )
        house.desk.audit.note_all(
            [
                replace(line, place=("450", "450001")),
                replace(line, place=("450", "4500010"), actor="乙", outcome=Outcome.REFUSED),
                replace(line, actor="丙", at=house.clock() - timedelta(days=1), what="export"),
            ]
        )
        house.services.projector.catch_up()
        yield house


@pytest.fixture
def house(shared: House) -> Iterator[House]:
    """The house with an auditor signed in."""
    if not shared.desk.audit.page(Asked(actor="shenji", what="sign_in")):
        shared.person("shenji", Role.AUDITOR)
    shared.client.cookies.clear()
    shared.sign_in("shenji")
    yield shared
    shared.client.cookies.clear()


def rows(house: House, query: str = "") -> list[list[str]]:
    """What the export says, without the auditor's own lines."""
    answer = house.client.get(f"/audit/export?as=csv&{query}")
    assert answer.status_code == 200, answer.text
    found = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    return [row for row in found[1:] if row[2] != "shenji"]


@pytest.mark.parametrize(
    ("query", "actors"),
    [
        ("", ["乙", "<b>甲</b>", "丙"]),
        ("actor=乙", ["乙"]),
        ("what=export", ["丙"]),
        ("what=target.", ["乙", "<b>甲</b>"]),
        ("outcome=refused", ["乙"]),
        ("unit=450001", ["<b>甲</b>"]),
        ("unit=4500010局", ["乙"]),
        ("unit=450", ["乙", "<b>甲</b>"]),
        ("since=2025-09-01", ["乙", "<b>甲</b>"]),
        ("until=2025-08-31", ["丙"]),
        ("since=2025-08-31&until=2025-08-31&unit=450", []),
        ("since=gestern&outcome=x", ["乙", "<b>甲</b>", "丙"]),
    ],
)
def test_lines_are_found_by_time_person_action_outcome_and_unit(
    house: House, query: str, actors: list[str]
) -> None:
    found = rows(house, query)
    assert sorted(row[2] for row in found) == sorted(actors)
    text = house.get(f"/audit?{query}").text
    for name in ("乙", "丙"):
        assert (f"<td>{name}</td>" in text) is (name in actors)


def test_the_page_escapes_names_units_and_says_what_happened(house: House) -> None:
    text = house.get("/audit").text
    assert "<b>甲" not in text
    assert "&lt;b&gt;甲&lt;/b&gt;" in text
    assert "450001 450001局" in text
    assert "被拒绝" in text
    assert 'href="/audit" aria-current="page"' in text


def test_an_unknown_unit_is_said_and_nothing_is_shown(house: House) -> None:
    answer = house.get("/audit?unit=999")
    assert answer.status_code == 404
    assert "单位“999”" in answer.text
    assert "<td>乙</td>" not in answer.text


def test_the_export_is_a_workbook_without_formulas_and_itself_on_record(house: House) -> None:
    answer = house.client.get("/audit/export?actor=乙&unit=450")
    assert answer.headers["cache-control"] == "no-store"
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    cells: Any = list(book.active.iter_rows(values_only=False))  # type: ignore[union-attr]
    assert len(cells) == 2
    assert [cell.value for cell in cells[1]][2:7] == [
        "乙",
        "申报绩效目标",
        "被拒绝",
        "=1+1",
        "4500010 4500010局",
    ]
    assert {cell.data_type for cell in cells[1]} == {"s"}
    export, read = house.desk.audit.page(Asked(actor="shenji", limit=2))
    assert (export.what, read.what) == ("export", "audit.read")
    assert export.request_id == answer.headers["x-request-id"]
    assert "actor=" in export.subject


def test_a_long_list_is_turned_page_by_page_without_gap_or_double(house: House) -> None:
    line = house.desk.audit.page(Asked(actor="丙"))[0]
    entry = Entry(line.at, "多", None, "read", "", Outcome.DONE, "10.0.0.7", "r")
    house.desk.audit.note_all([replace(entry, subject=f"n{n}.") for n in range(PAGE + 20)])
    first = house.get("/audit?actor=多").text
    assert "n119." in first
    assert "n19." not in first
    older = first.split('<a href="/audit?')[-1].split('"')[0].replace("&amp;", "&")
    second = house.get(f"/audit?{older}").text
    seen = [f"n{n}." in first for n in range(PAGE + 20)]
    assert [not one for one in seen] == [f"n{n}." in second for n in range(PAGE + 20)]
    assert len(rows(house, "actor=多")) == PAGE + 20


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in {Role.AUDITOR, Role.SERVICE}]
)
def test_nobody_else_reads_it_or_finds_it_in_the_menu(house: House, role: Role) -> None:
    house.client.cookies.clear()
    login = f"not-{role.value.replace('_', '-')}"
    house.person(login, role)
    house.sign_in(login)
    for path in ("/audit", "/audit/export", "/audit/export?as=csv"):
        answer = house.get(path)
        assert answer.status_code in {403, 404}, path
        assert "乙" not in answer.text
    assert [
        line.outcome for line in house.desk.audit.page(Asked(actor=login, what="audit.read"))
    ] == ["refused"] * 3


def test_what_is_printed_of_a_line_stands_under_its_heading(house: House) -> None:
    (line,) = house.desk.audit.page(Asked(actor="乙"))
    assert printed(line, {})[1] == "2025-09-01 09:00:00"
