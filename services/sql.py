"""Named statements: SQL lives in `.sql` files under ``-- name --`` lines."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import LiteralString, cast

_NAME = re.compile(r"^-- (\w+) --$", re.MULTILINE)


def named_statements(package: str, file: str) -> dict[str, LiteralString]:
    """Read a file of named statements from a package of ours.

    The cast to LiteralString is owned here: the statements ship with the code and take values
    only as parameters.
    """
    text = (files(package) / file).read_text(encoding="utf-8")
    parts = _NAME.split(text)[1:]
    return {
        name: cast(LiteralString, body.strip())
        for name, body in zip(parts[::2], parts[1::2], strict=True)
    }
