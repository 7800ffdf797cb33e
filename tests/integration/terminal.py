"""The ``jixiao`` command as somebody types it, for the tests of its nouns."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from ops.cli.main import app


def run(*words: str | Path, typed: str | bytes | None = None) -> tuple[int, str]:
    """Run a command with something on its standard input; its exit code and what it printed."""
    result = CliRunner().invoke(app, [str(word) for word in words], input=typed)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout


def answer(*words: str | Path, typed: str | bytes | None = None) -> tuple[int, dict[str, Any]]:
    """The same with ``--json``."""
    code, text = run(*words, "--json", typed=typed)
    return code, json.loads(text)
