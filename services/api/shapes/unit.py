"""Units on the wire."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.unit import Post
from services.api.shapes.values import Body, ByCode, Code, Day, Name, Reply
from services.api.writes import Written

PostCode = Annotated[Post, ByCode()]

_ON = Field(description="自哪一天起；缺省为今天")
_DOCUMENT = Field(description="文号")


class UnitReply(Reply):
    """A unit on a day; ``place`` are the segments from the region down, without the region's."""

    unit_id: UUID
    code: str
    codes: tuple[str, ...]
    name: str
    parent: UUID | None
    place: tuple[str, ...]
    is_local: bool
    since: Day
    merged_into: UUID | None
    merged_on: Day | None


class UnitsReply(Reply):
    """The list of units, from the top down; ``position`` is how far the tables have read."""

    items: tuple[UnitReply, ...]
    position: int


class ContactReply(Reply):
    """Who holds a post of a unit, from a day on."""

    post: PostCode
    person: str | None
    telephone: str | None
    from_day: Day


class UnitWhole(UnitReply):
    """A unit with the people it names."""

    contacts: tuple[ContactReply, ...]


class NewUnitShape(Body):
    """A unit to be put on the list; ``parent`` is the code of the unit it stands under."""

    name: Name
    code: Annotated[Code | None, Field(description="缺省由系统编县编号")] = None
    parent: Annotated[Code | None, Field(description="上级单位编码；主管部门不填")] = None
    on: Annotated[Day | None, _ON] = None


class RegisteredReply(Written):
    """A unit that was put on the list."""

    unit_id: UUID
    code: str


class ChangedReply(Written):
    """Whether anything was recorded now."""

    changed: bool


class RenameShape(Body):
    """Another name from a day on."""

    name: Name
    on: Annotated[Day | None, _ON] = None
    document_no: Annotated[Name | None, _DOCUMENT] = None


class MoveShape(Body):
    """Under another unit from a day on; without ``parent`` directly under the region."""

    parent: Annotated[Code | None, Field(description="新的上级单位编码")]
    on: Annotated[Day | None, _ON] = None
    document_no: Annotated[Name | None, _DOCUMENT] = None


class MergeShape(Body):
    """Into another unit from a day on."""

    into: Annotated[Code, Field(description="并入的单位编码")]
    on: Annotated[Day | None, _ON] = None
    document_no: Annotated[Name | None, _DOCUMENT] = None


class TakeCodeShape(Body):
    """The code that came later."""

    code: Code
    on: Annotated[Day | None, _ON] = None


class ContactShape(Body):
    """Who holds a post from a day on; without ``person`` it is vacant."""

    post: PostCode
    person: Name | None = None
    telephone: Annotated[Code | None, Field(description="联系电话")] = None
    on: Annotated[Day | None, _ON] = None
