"""Texts that must not be shown: a type of their own, so that no log and no page prints one."""

from __future__ import annotations

import hmac
import stat
from pathlib import Path
from typing import NoReturn

HIDDEN = "（已设置，不显示）"
OPEN = stat.S_IRWXO | stat.S_IWGRP
"""Rights that a secret's file must not give: anything to everybody, changing it to a group."""


class Secret:
    """A secret text. Whatever prints, formats, logs or copies it out gets :data:`HIDDEN`.

    It is read by :meth:`reveal` alone, where it is used.
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself; for whoever hands it to a server or a library."""
        return self._text

    def __str__(self) -> str:
        return HIDDEN

    __repr__ = __str__

    def __format__(self, spec: str) -> str:
        return format(HIDDEN, spec)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self._text.encode(), other.reveal().encode())

    def __hash__(self) -> int:
        return hash((Secret, self._text))

    def __reduce__(self) -> NoReturn:
        raise TypeError("A secret is not written down")


def revealed(secret: Secret | None) -> str | None:
    """The text of a secret that need not be set."""
    return None if secret is None else secret.reveal()


def open_rights(file: Path) -> int:
    """Which rights of a secret's file are too wide; 0 where it is closed.

    Raises:
        OSError: there is no such file, or it may not be looked at.
    """
    return stat.S_IMODE(file.stat().st_mode) & OPEN
