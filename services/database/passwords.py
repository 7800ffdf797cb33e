"""Passwords of the embedded server: random, one a file, readable by the owner alone."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path

from services.database.ownership import belongs_to_folder

BYTES = 24


def password(folder: Path, name: str) -> str:
    """Return the password of that name, making it first if there is none.

    Of several processes that make it at once one wins, and all return the winner's.
    """
    file = folder / name
    if not file.exists():
        _write_once(file, secrets.token_urlsafe(BYTES))
    return file.read_text(encoding="ascii").strip()


def _write_once(file: Path, secret: str) -> None:
    """Write a file that either is not there or is whole; an existing one is left alone."""
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")  # 0600
    fresh = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as stream:
            stream.write(secret + "\n")
            stream.flush()
            os.fsync(stream.fileno())
            belongs_to_folder(stream.fileno(), file.parent)
        try:
            os.link(fresh, file)
        except FileExistsError:
            return
    finally:
        fresh.unlink()
