"""The review of a form on the wire: as ``jixiao form check --json`` answers it."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field

from domain.review.check import Scope
from domain.review.finding import Field as PrintedField
from domain.review.finding import Severity
from services.api.shapes.values import Reply
from services.api.writes import Written


class CheckReply(Reply):
    """One check of the catalogue; ``id`` never changes."""

    id: str
    severity: Severity
    scope: Scope
    title: str
    title_en: str
    why: str
    example: str
    numbers: Annotated[tuple[str, ...], Field(description="所据审核规则的编号")]


class ChecksReply(Reply):
    """The catalogue."""

    items: tuple[CheckReply, ...]
    position: int


class ChangeReply(Reply):
    """A printed text that would read better: from what, to what, and where it stands."""

    model_config = ConfigDict(serialize_by_alias=True, frozen=True)

    field: PrintedField
    old: Annotated[str, Field(alias="from")]
    new: Annotated[str, Field(alias="to")]
    where: str | None


class FormFindingReply(Reply):
    """One thing that is wrong with a form; the changes of ``fix`` belong together."""

    id: str
    severity: Severity
    where: Annotated[str | None, Field(description="在文件中的位置，如 L212、Sheet1!C7")]
    also: Annotated[tuple[str, ...], Field(description="同一问题的其他位置")]
    project: str | None
    indicator: str | None
    message: str
    message_en: str
    why: str
    fix: tuple[ChangeReply, ...]


class CountsReply(Reply):
    """How many of each severity."""

    error: int
    warning: int
    note: int


class FormReviewReply(Written):
    """What a file holds, and what is wrong with it; nothing is stored."""

    file: str
    projects: int
    indicators: int
    counts: CountsReply
    findings: tuple[FormFindingReply, ...]
