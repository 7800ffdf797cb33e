"""Whose a new file is: root at work in somebody else's folder must not lock its owner out."""

from __future__ import annotations

import os
from pathlib import Path


def belongs_to_folder(descriptor: int, folder: Path) -> None:
    """Give an open file to the owner of the folder it lies in; as root only."""
    if os.geteuid() != 0:
        return
    owner = folder.stat()
    if os.fstat(descriptor).st_uid != owner.st_uid:
        os.fchown(descriptor, owner.st_uid, owner.st_gid)


def make_folder(folder: Path, mode: int) -> None:
    """Make a folder with exactly these rights; one that is there already keeps its own."""
    try:
        folder.mkdir()
    except FileExistsError:
        return
    folder.chmod(mode)
