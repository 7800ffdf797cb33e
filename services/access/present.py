"""Who is asking, for the length of one request: set at the door, read where it is needed.

A context variable, so that callbacks of the screen, which get no request, see it too; threads
started with ``asyncio.to_thread`` inherit it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from domain.errors import MonitoringError
from services.access.signing_in import Person
from services.log.meta import Meta

_present: ContextVar[Person | None] = ContextVar("present", default=None)


class NotSignedInError(MonitoringError):
    """Nobody is signed in."""

    code = "not_signed_in"

    def __init__(self) -> None:
        super().__init__("请先登录。程序请在请求头 Authorization 中带上令牌（Bearer …）。")


class PasswordDueError(MonitoringError):
    """The password has to be changed before anything else."""

    code = "password_due"

    def __init__(self) -> None:
        super().__init__("请先在“我的账户”中更改密码，再继续。")


class SessionNeededError(MonitoringError):
    """A token would change how its account signs in: one with a narrow scope would widen it."""

    code = "session_needed"

    def __init__(self) -> None:
        super().__init__("令牌不能办理此事。请用浏览器登录后，在“我的账户”中办理。")


@contextmanager
def being(person: Person) -> Iterator[None]:
    """Let somebody be the one who asks, for the length of a block."""
    token = _present.set(person)
    try:
        yield
    finally:
        _present.reset(token)


def present() -> Person:
    """Who asks.

    Raises:
        NotSignedInError: nobody does.
    """
    person = _present.get()
    if person is None:
        raise NotSignedInError
    return person


def present_in_session() -> Person:
    """Who asks, signed in with a browser.

    Raises:
        NotSignedInError: nobody asks.
        SessionNeededError: a token asks.
    """
    person = present()
    if person.session is None:
        raise SessionNeededError
    return person


def meta_of_present(command_id: UUID | None, source: str) -> Meta:
    """Metadata of what whoever is present does; NotSignedInError."""
    person = present()
    filler = person.filler.filler_id if person.filler else None
    return Meta(person.actor.login, command_id, source, filler)
