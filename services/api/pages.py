"""Lists come in pages; a cursor is opaque and keeps the place, and the moment, of its list."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

import msgspec
from fastapi import Depends, Query
from pydantic import BaseModel

from services.api.problems import BadInputError

Item = TypeVar("Item")
Place = TypeVar("Place")


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page is asked for."""

    limit: int
    cursor: str | None

    def place(self, kind: type[Place]) -> Place | None:
        """Where it begins, None for the first page.

        Raises:
            BadInputError: the cursor is not one of this list.
        """
        if self.cursor is None:
            return None
        try:
            padded = self.cursor + "=" * (-len(self.cursor) % 4)
            return msgspec.json.decode(base64.urlsafe_b64decode(padded), type=kind)
        except (binascii.Error, UnicodeError, msgspec.MsgspecError, ValueError):
            raise BadInputError.of_parameter("cursor", "不是本列表给出的页码标记") from None


def paging(
    limit: Annotated[int, Query(ge=1, le=500, description="每页条数")] = 50,
    cursor: Annotated[
        str | None, Query(max_length=400, description="上一页给出的 next_cursor")
    ] = None,
) -> Paging:
    """Take the page from the address."""
    return Paging(limit, cursor)


PagingAsked = Annotated[Paging, Depends(paging)]


class Page(BaseModel, Generic[Item]):
    """Some of a list; ``next_cursor`` is null on the last page."""

    items: list[Item]
    next_cursor: str | None
    position: int


def cursor_of(place: msgspec.Struct) -> str:
    """Write a place."""
    return base64.urlsafe_b64encode(msgspec.json.encode(place)).decode().rstrip("=")


def cut(found: Sequence[Item], limit: int) -> tuple[Sequence[Item], Item | None]:
    """Cut what was asked for with one more: the page, and its last item where more follows."""
    page = found[:limit]
    return page, page[-1] if len(found) > limit else None
