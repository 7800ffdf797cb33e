"""Without accounts, a page of another site reaches nothing here through somebody's browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.api.origins import own_names
from services.settings import Settings
from tests.integration.api_service import OWN_ADDRESS, Api, declaration

PLACE = "/api/v1/targets"


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "LOCALHOST", "[::1]:8000"])
def test_the_service_answers_to_the_names_of_this_machine(kept_api: Api, host: str) -> None:
    assert kept_api.client.get(PLACE, headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example:8000", "127.0.0.1.evil.example", "", "[::1", "a@b:c"]
)
def test_a_name_that_somebody_gave_our_address_is_refused(kept_api: Api, host: str) -> None:
    for path in (PLACE, "/metrics", "/api/docs"):
        kept_api.problem("GET", path, 421, "foreign_host", headers={"host": host})


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_change_asked_for_by_another_sites_page_is_refused(
    kept_api: Api, headers: dict[str, str]
) -> None:
    sent = {"data": {"kind": "payments", "year": "2025"}, "files": {"file": ("a.csv", b"x")}}
    kept_api.problem("POST", "/api/v1/imports", 403, "foreign_page", headers=headers, **sent)
    kept_api.problem("POST", PLACE, 403, "foreign_page", headers=headers, json=declaration())
    assert kept_api.client.get(PLACE, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [{}, {"origin": OWN_ADDRESS, "sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}],
)
def test_our_own_pages_and_programs_are_let_through(kept_api: Api, headers: dict[str, str]) -> None:
    response = kept_api.client.post(PLACE, json=declaration(), headers=headers)
    assert response.status_code == 200


def test_json_is_read_only_where_the_request_says_that_it_is_json(kept_api: Api) -> None:
    kept_api.problem(
        "POST",
        PLACE,
        422,
        "invalid_request",
        content=b"{}",
        headers={"content-type": "text/plain"},
    )


def test_the_settings_name_the_service_too(tmp_path: Path) -> None:
    settings = Settings(tmp_path, base_url="https://Jixiao.example.gov.cn:8443/x", host="127.0.0.2")
    assert own_names(settings) >= {"jixiao.example.gov.cn", "127.0.0.2", "localhost"}
