"""The log as a feed: every event, in order of position."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import Field, JsonValue

from services.api.clocks import POSITION_HEADER
from services.api.parts import ServicesNeeded
from services.api.problems import documented
from services.api.shapes.values import Reply, as_json
from services.log.reading import LoggedEvent
from services.log.shapes import fields_of
from services.reading_log import read_page

router = APIRouter(
    prefix="/api/v1/events",
    tags=["记录"],
    responses=documented(HTTPStatus.UNPROCESSABLE_ENTITY),
)


class EventReply(Reply):
    """One event; ``data`` is plain JSON, as it is stored."""

    position: int
    recorded_at: datetime
    topic: str
    stream_id: UUID
    version: int
    actor: str
    source: str
    command_id: UUID | None
    filler: UUID | None = Field(description="单位共用账户的填报人编号，姓名不在记录中")
    data: dict[str, JsonValue]

    @classmethod
    def of(cls, logged: LoggedEvent) -> EventReply:
        """Read it from the log's row."""
        event = logged.event
        return cls(
            position=logged.position,
            recorded_at=logged.recorded_at,
            topic=type(event).TOPIC,
            stream_id=event.originator_id,
            version=event.originator_version,
            actor=logged.meta.actor,
            source=logged.meta.source,
            command_id=logged.meta.command_id,
            filler=logged.meta.filler,
            data={name: as_json(getattr(event, name)) for name in fields_of(type(event))},
        )


class EventsReply(Reply):
    """Events behind a position; ask again from ``next_after``. ``position`` is the log's head."""

    items: list[EventReply]
    next_after: int
    position: int


@router.get("", summary="事件流")
def read_events(
    services: ServicesNeeded,
    response: Response,
    after: Annotated[int, Query(ge=0, le=2**62, description="此位置之后")] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> EventsReply:
    """按位置先后；没有新事件时 items 为空，next_after 不变。"""
    head = services.log.head()
    entries = read_page(services.log, after, limit)
    response.headers[POSITION_HEADER] = str(head)
    return EventsReply(
        items=[EventReply.of(entry) for entry in entries],
        next_after=entries[-1].position if entries else after,
        position=max([head, *(entry.position for entry in entries)]),
    )
