"""The review by the API: its catalogue, and a form checked without being stored."""

from __future__ import annotations

from pathlib import Path

from domain.review.catalogue import CATALOGUE
from tests.integration.api_service import Api

FORM = Path(__file__).parents[1] / "data" / "hebei_form.txt"


def test_the_catalogue_is_answered_as_the_command_lists_it(kept_api: Api) -> None:
    answer = kept_api.get("/api/v1/review/checks")
    assert [one["id"] for one in answer["items"]] == [check.id for check in CATALOGUE]
    first = answer["items"][0]
    assert (first["id"], first["severity"], first["scope"]) == ("head.missing", "error", "project")


def test_a_form_is_checked_with_places_and_fixes_and_nothing_is_stored(kept_api: Api) -> None:
    before = kept_api.get("/api/v1/targets")["items"]
    content = FORM.read_bytes().replace("≤".encode(), "≥".encode())
    response = kept_api.client.post("/api/v1/review/forms", files={"file": ("申报表.txt", content)})
    assert response.status_code == 200, response.text
    answer = response.json()
    assert (answer["file"], answer["projects"], answer["indicators"]) == ("申报表.txt", 3, 16)
    assert sum(answer["counts"].values()) == len(answer["findings"])
    cost = next(one for one in answer["findings"] if one["id"] == "direction.cost_floor")
    (change,) = cost["fix"]
    assert set(change) == {"field", "from", "to", "where"}
    assert (change["field"], change["where"]) == ("value_text", cost["where"])
    assert kept_api.get("/api/v1/targets")["items"] == before


def test_a_file_that_cannot_be_read_is_a_finding(kept_api: Api) -> None:
    response = kept_api.client.post("/api/v1/review/forms", files={"file": ("x.png", b"\x89PNG")})
    answer = response.json()
    assert response.status_code == 200
    assert [one["severity"] for one in answer["findings"]] == ["error"]
    assert answer["counts"] == {"error": 1, "warning": 0, "note": 0}


def test_pasted_text_is_checked_as_the_file_would_be(kept_api: Api) -> None:
    address, text = "/api/v1/review/forms", FORM.read_text(encoding="utf-8")
    pasted = kept_api.client.post(address, data={"text": text}).json()
    sent = kept_api.client.post(address, files={"file": ("表.txt", FORM.read_bytes())}).json()
    assert pasted["file"] == "粘贴的文字"
    assert [one["id"] for one in pasted["findings"]] == [one["id"] for one in sent["findings"]]
    kept_api.problem("POST", address, 422, "unreadable_file", data={})
