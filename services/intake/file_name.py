"""The name of a file as its sender calls it: to be shown, never to be opened."""

from __future__ import annotations

LONGEST_NAME = 200


def shown_name(given: str | None) -> str:
    """The last part of a name, of which only what can be shown; long names keep their ending.

    Marks that turn the direction of writing are no part of it: with them a program can look
    like a workbook.
    """
    last = (given or "").replace("\\", "/").rpartition("/")[2]
    name = "".join(character for character in last if character.isprintable()).strip()
    if len(name) <= LONGEST_NAME:
        return name or "未命名文件"
    return f"{name[: LONGEST_NAME - 11]}…{name[-10:]}"
