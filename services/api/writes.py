"""Requests that change something: once each, however often they are sent."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Annotated, Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from fastapi import Depends, Header, Request
from starlette.datastructures import UploadFile
from starlette.responses import Response

from services.access.present import meta_of_present
from services.api.clocks import POSITION_HEADER
from services.api.parts import Parts, PartsNeeded
from services.api.shapes.values import Reply
from services.clock import today
from services.founding import opened
from services.log.appending import Appended, Command
from services.log.application import Log
from services.log.meta import Meta

_FORMS = ("multipart/", "application/x-www-form-urlencoded")
"""Bodies that are read as forms; what was read of them cannot be read again as bytes."""

Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=255,
        description="UUID或任意字符串；同一编号、同一内容重发，得到与首次相同的答复",
    ),
]


class Written(Reply):
    """Something was recorded; it can be read from ``position`` on."""

    position: int


def at(done: Appended) -> Written:
    """Say where it can be read from."""
    return Written(position=done.last_position)


@dataclass(frozen=True, slots=True)
class Write:
    """One request: its command, who sent it, and the answer it got before, if any."""

    parts: Parts
    command: Command
    keyed: bool
    source: str

    @property
    def log(self) -> Log:
        """Where it is recorded."""
        return self.parts.services.log

    @property
    def meta(self) -> Meta:
        """What is kept with its events."""
        return meta_of_present(self.command.command_id, self.source)

    @property
    def today(self) -> date:
        """The calendar day in Shanghai."""
        return today(self.parts.services.clock)

    @property
    def region(self) -> str:
        """The region of the store, which is founded by the first write.

        Raises:
            RegionNotSetError: there is no store yet, and no region is configured.
        """
        return opened(self.log, self.parts.services.settings.region, self.meta).region

    def once(
        self, act: Callable[[], Written], *, shown_once: frozenset[str] = frozenset()
    ) -> Response:
        """Act and keep the answer; the same request again is told the same.

        ``shown_once`` are the parts of the answer that are not kept, as a password is not.

        Raises:
            CommandReusedError: the key came before with another content.
        """
        body = self.parts.answers.claim(self.command) if self.keyed else None
        if body is None:
            done = act()
            body = done.model_dump_json()
            if self.keyed:
                kept = done.model_copy(update=dict.fromkeys(shown_once))
                self.parts.answers.keep(self.command.command_id, kept.model_dump_json())
        position = str(json.loads(body)["position"])
        return Response(body, media_type="application/json", headers={POSITION_HEADER: position})


async def write_of(request: Request, parts: PartsNeeded, key: Key = None) -> Write:
    """The write that a request asks for."""
    digest = await _digest_of(request)
    client = request.client.host if request.client else "unknown"
    command = Command(_id_of(key) if key else uuid4(), digest)
    return Write(parts, command, keyed=key is not None, source=f"API {client}")


WriteAsked = Annotated[Write, Depends(write_of)]


def _id_of(key: str) -> UUID:
    """A UUID as it is, any other text hashed to one."""
    try:
        return UUID(key)
    except ValueError:
        return uuid5(NAMESPACE_URL, f"jixiao:idempotency-key/{key}")


async def _digest_of(request: Request) -> bytes:
    """Tell two requests apart by place and content; white space and the order of names are none.

    FastAPI has read the body by now, so that this asks for what is there.
    """
    content = blake2b(digest_size=16)
    content.update(f"{request.method} {request.url.path}\n".encode())
    if request.headers.get("content-type", "").lower().startswith(_FORMS):
        form = await request.form()
        for name, value in sorted(form.multi_items(), key=lambda item: item[0]):
            content.update(f"{name}\n".encode())
            content.update(await _content_of(value))
    else:
        content.update(_canonical(await request.body()))
    return content.digest()


async def _content_of(value: UploadFile | str) -> bytes:
    if isinstance(value, str):
        return value.encode()
    data = await value.read()
    await value.seek(0)
    return (value.filename or "").encode() + b"\n" + data


def _canonical(body: bytes) -> bytes:
    if not body:
        return b""
    parsed: Any = json.loads(body)
    return json.dumps(parsed, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass")
