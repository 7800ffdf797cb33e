"""How much of a body is read: counted, whatever the request says about its length."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.api.limits import JSON_BYTES, UPLOAD_BYTES
from services.file_size import MOST_BYTES
from tests.integration.api_service import Api

JSON = {"content-type": "application/json"}


def chunks(total: int) -> Iterator[bytes]:
    """A body sent in pieces, without a length."""
    sent = 0
    while sent < total:
        yield b" " * 100_000
        sent += 100_000


def test_a_body_that_says_it_is_too_long_is_refused(kept_api: Api) -> None:
    problem = kept_api.problem(
        "POST",
        "/api/v1/targets",
        413,
        "body_too_large",
        content=b" " * (JSON_BYTES + 1),
        headers=JSON,
    )
    assert "1MB" in problem["detail"]


def test_a_body_that_grows_too_long_is_stopped(kept_api: Api) -> None:
    kept_api.problem(
        "POST",
        "/api/v1/targets",
        413,
        "body_too_large",
        content=chunks(JSON_BYTES + 200_000),
        headers=JSON,
    )


def test_a_body_of_just_the_limit_is_read(kept_api: Api) -> None:
    content = b"{}" + b" " * (JSON_BYTES - 2)
    kept_api.problem(
        "POST", "/api/v1/targets", 422, "invalid_request", content=content, headers=JSON
    )


def test_an_upload_may_be_longer_but_not_without_end(kept_api: Api) -> None:
    fields = {"kind": "payments", "year": "2025"}
    for size in (JSON_BYTES + 1, MOST_BYTES):  # what surrounds a file does not count against it
        fine = {"file": ("a.csv", b" " * size)}
        kept_api.problem("POST", "/api/v1/imports", 422, "unreadable_file", data=fields, files=fine)
    huge = {"file": ("a.csv", b" " * (UPLOAD_BYTES + 1))}
    problem = kept_api.problem(
        "POST", "/api/v1/imports", 413, "body_too_large", data=fields, files=huge
    )
    assert "20MB" in problem["detail"]


@pytest.mark.parametrize("said", ["multipart/mixed", "text/plain", ""])
def test_what_is_no_upload_has_the_small_limit(kept_api: Api, said: str) -> None:
    kept_api.problem(
        "POST",
        "/api/v1/imports",
        413,
        "body_too_large",
        content=b" " * (JSON_BYTES + 1),
        headers={"content-type": said},
    )
