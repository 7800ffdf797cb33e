"""A log entry is one line of JSON, whatever is in it: nobody forges a second one."""

from __future__ import annotations

import json
import logging
from datetime import datetime

import pytest

from ops.logs import JsonLines


def entry(message: str, *arguments: object, **fields: object) -> str:
    """A line as it is written."""
    record = logging.LogRecord("tests", logging.WARNING, __file__, 1, message, arguments, None)
    vars(record).update(fields)
    return JsonLines().format(record)


@pytest.mark.parametrize(
    "said",
    [
        '\n{"at": "2025-06-30T08:00:00+0000", "level": "INFO", "message": "signed in"}',
        "\r\nforged",
        "\x00\x1b[31m\x7f",
        "\u2028\u2029\x85",
        '", "level": "INFO',
    ],
)
def test_what_somebody_sends_stays_in_its_field(said: str) -> None:
    line = entry("a name was refused: %s", said, login=said)
    assert len(line.splitlines()) == 1
    found = json.loads(line)
    assert found["level"] == "WARNING"
    assert found["message"] == f"a name was refused: {said}"
    assert found["login"] == said


def test_an_entry_says_when_in_which_zone_how_grave_and_where() -> None:
    found = json.loads(entry("it happened", request_id="r-1"))
    assert datetime.strptime(found["at"], "%Y-%m-%dT%H:%M:%S%z").tzinfo is not None
    assert (found["level"], found["logger"], found["request_id"]) == ("WARNING", "tests", "r-1")
