"""The list of units over the API: one tree, changed from a day on, people outside the log."""

from __future__ import annotations

from typing import Any

import msgspec

from tests.integration.api_service import Api

UNITS = "/api/v1/units"


def add(api: Api, name: str, code: str | None, parent: str | None = None) -> Any:
    body = {"name": name, "code": code, "parent": parent, "on": "2025-01-01"}
    return api.post(UNITS, body)


def county(api: Api) -> None:
    add(api, "医疗保障局", "450")
    add(api, "医保中心", "450001", "450")
    add(api, "医保稽核所", "4500010", "450")
    add(api, "财政局", "451")


def places(api: Api, **clocks: object) -> dict[str, str]:
    return {one["code"]: "/".join(one["place"]) for one in api.get(UNITS, **clocks)["items"]}


def test_units_are_registered_moved_renamed_and_merged_from_a_day_on(api: Api) -> None:
    county(api)
    moved = {"parent": "451", "on": "2025-07-01", "document_no": "编办2号"}
    assert api.post(f"{UNITS}/450001/move", moved)["changed"]
    assert not api.post(f"{UNITS}/450001/move", moved)["changed"]
    api.post(f"{UNITS}/450001/name", {"name": "医疗保障服务中心", "on": "2025-08-01"})
    api.post(f"{UNITS}/4500010/merger", {"into": "450001", "on": "2025-08-15"})
    assert places(api, as_of="2025-06-30") == {
        "450": "450",
        "450001": "450/450001",
        "4500010": "450/4500010",
        "451": "451",
    }
    assert places(api)["450001"] == "451/450001"
    assert places(api)["4500010"] == "451/450001"
    assert api.get(f"{UNITS}/450001", as_of="2025-07-31")["name"] == "医保中心"
    assert api.get(f"{UNITS}/450001")["name"] == "医疗保障服务中心"


def test_what_contradicts_the_tree_is_refused(api: Api) -> None:
    county(api)
    again = {"name": "另一个", "code": "450001"}
    api.problem("POST", UNITS, 409, "unit_code_taken", json=again)
    under = {"parent": "450001"}
    api.problem("POST", f"{UNITS}/450/move", 409, "unit_under_itself", json=under)
    api.problem("POST", f"{UNITS}/45/move", 404, "not_on_record", json={"parent": None})
    taken = {"code": "451"}
    api.problem("POST", f"{UNITS}/450001/codes", 409, "unit_code_taken", json=taken)
    api.post(f"{UNITS}/4500010/merger", {"into": "450001", "on": "2025-03-01"})
    renamed = {"name": "新名", "on": "2025-04-01"}
    api.problem("POST", f"{UNITS}/4500010/name", 409, "unit_merged", json=renamed)


def test_a_unit_without_a_code_gets_a_local_one_and_its_own_later(api: Api) -> None:
    county(api)
    first = api.post(UNITS, {"name": "甲镇卫生院", "parent": "450"}, key="once")
    assert api.post(UNITS, {"name": "甲镇卫生院", "parent": "450"}, key="once") == first
    second = api.post(UNITS, {"name": "乙镇卫生院", "parent": "450"})
    assert (first["code"], second["code"]) == ("县0001", "县0002")
    assert api.post(f"{UNITS}/县0001/codes", {"code": "450009"})["changed"]
    whole = api.get(f"{UNITS}/450009")
    assert (whole["codes"], whole["is_local"]) == (["县0001", "450009"], False)
    assert api.get(f"{UNITS}/县0001")["unit_id"] == whole["unit_id"] == first["unit_id"]


def test_people_are_named_from_a_day_on_and_stand_nowhere_in_the_log(api: Api) -> None:
    county(api)
    head = {"post": "head", "person": "欧阳某某", "telephone": "13812345678", "on": "2025-03-01"}
    assert api.post(f"{UNITS}/450001/contacts", head)["changed"]
    assert not api.post(f"{UNITS}/450001/contacts", head)["changed"]
    api.post(f"{UNITS}/450001/contacts", {"post": "head", "on": "2025-09-01"})
    (known,) = api.get(f"{UNITS}/450001", as_of="2025-08-31")["contacts"]
    assert (known["person"], known["telephone"]) == ("欧阳某某", "13812345678")
    assert api.get(f"{UNITS}/450001")["contacts"] == []
    told = msgspec.json.encode([entry.event.__dict__ for entry in api.services.log.read(0, 1000)])
    assert "欧阳某某" not in told.decode()
    assert "13812345678" not in told.decode()


def test_a_person_at_no_unit_is_not_kept(api: Api) -> None:
    county(api)
    body = {"post": "head", "person": "欧阳某某"}
    api.problem("POST", f"{UNITS}/999/contacts", 404, "not_on_record", json=body)
    with api.services_connection() as connection:
        rows = connection.execute("SELECT count(*) FROM operational.unit_contacts").fetchone()
    assert rows == (0,)
