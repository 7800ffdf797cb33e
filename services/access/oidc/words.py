"""Words that come from outside, before they are shown or logged."""

from __future__ import annotations

import re

_ERROR = re.compile(r"[a-z][a-z_]{0,39}")


def error_word(said: object) -> str:
    """An error's code as OAuth has them, else a word of ours: nobody writes on our pages."""
    return said if isinstance(said, str) and _ERROR.fullmatch(said) else "unknown_error"
