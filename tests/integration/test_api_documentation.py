"""The documentation works on a machine without internet, under a strict policy."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest

from services.api import documentation
from tests.integration.api_service import Api

A_FORM = "/api/v1/targets/{target_id}/form"
"""Goes out as a file, too, but of a day."""
A_FILE = "/api/v1/evidence/{evidence_id}/content"
"""Goes out as it came in, whatever the day."""
OF_THIS_MOMENT = {
    "/api/v1/accounts",
    "/api/v1/accounts/{account_id}",
    "/api/v1/accounts/{account_id}/handover",
    "/api/v1/audit",
    "/api/v1/imports/runs",
    "/api/v1/imports/{import_id}",
    "/api/v1/imports/mappings",
    "/api/v1/imports/mappings/{kind}/{fingerprint}",
}
"""What is no fact on record and has no earlier state to be asked for."""


class Page(HTMLParser):
    """What a page loads, and what it would run inline."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.inline: list[str] = []
        self._open = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note addresses, handlers and styles."""
        said = dict(attrs)
        self._open = tag
        self.loads += [value for name in ("src", "href") if (value := said.get(name))]
        self.inline += [name for name in said if name.startswith("on") or name == "style"]

    def handle_data(self, data: str) -> None:
        """Note what stands inside scripts and styles."""
        if self._open in ("script", "style") and data.strip():
            self.inline.append(data)


@pytest.fixture
def schema(kept_api: Api) -> Any:
    """The OpenAPI document."""
    return kept_api.client.get("/api/openapi.json").json()


def test_the_page_loads_from_this_host_alone_and_runs_nothing_inline(kept_api: Api) -> None:
    response = kept_api.client.get("/api/docs")
    page = Page(response.text)
    assert page.inline == []
    assert len(page.loads) == 4
    for address in page.loads:
        assert address.startswith("/api/docs/")
        assert kept_api.client.get(address).status_code == 200
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_what_the_page_runs_asks_this_host_alone(kept_api: Api) -> None:
    script = kept_api.client.get("/api/docs/start.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert re.findall(r"https?:", script.text) == []
    assert '"/api/openapi.json"' in script.text
    assert "validatorUrl: null" in script.text


def test_the_files_are_those_of_the_installed_package(kept_api: Api) -> None:
    for name in documentation.ASSETS:
        response = kept_api.client.get(f"/api/docs/{name}")
        assert response.status_code == 200
        assert len(response.content) > 500
    for other in ("LICENSE", "..%2f__init__.py", "swagger-ui.js"):
        kept_api.problem("GET", f"/api/docs/{other}", 404, "no_such_path")


def test_the_document_is_openapi_3_1_and_names_every_route_once(schema: Any) -> None:
    assert schema["openapi"].startswith("3.1")
    operations = [
        operation["operationId"] for path in schema["paths"].values() for operation in path.values()
    ]
    assert len(operations) == len(set(operations)) > 30
    assert "/api/{rest}" not in schema["paths"]


def test_every_route_documents_what_it_answers(schema: Any) -> None:
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            answer = operation["responses"]["200"]["content"]
            shown = next(iter(answer.values()))["schema"]
            assert shown.get("$ref") or path in {"/metrics", A_FILE, A_FORM}, (method, path)
            assert operation["summary"], (method, path)


def test_every_route_of_the_api_documents_its_problems(schema: Any) -> None:
    for path, operations in schema["paths"].items():
        if path.startswith("/api/"):
            for method, operation in operations.items():
                problems = {k: v for k, v in operation["responses"].items() if k >= "400"}
                assert problems, (method, path)
                for status, said in problems.items():
                    assert list(said["content"]) == ["application/problem+json"], (path, status)


def test_every_write_takes_a_key_and_every_read_both_clocks(schema: Any) -> None:
    for path, operations in schema["paths"].items():
        if not path.startswith("/api/v1/"):
            continue
        for method, operation in operations.items():
            names = {one["name"] for one in operation.get("parameters", [])}
            if method == "post":
                assert "Idempotency-Key" in names, path
            elif path not in {"/api/v1/events", A_FILE, *OF_THIS_MOMENT}:
                assert {"as_of", "known_at", "min_position"} <= names, path


def test_money_and_shares_are_documented_as_strings(schema: Any) -> None:
    parts = schema["components"]["schemas"]
    assert parts["Money"]["properties"]["amount"]["type"] == "string"
    assert parts["CheckpointShape"]["properties"]["share"]["type"] == "string"
    numbers = [
        (name, field)
        for name, part in parts.items()
        for field, said in part.get("properties", {}).items()
        if said.get("type") == "number"
    ]
    assert numbers == []
