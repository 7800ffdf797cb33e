"""What every command of ``jixiao`` needs: the services, and a way to say what goes wrong."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import uuid4

from typer._click.globals import get_current_context  # typer hands it on in no other way

from services.access.on_record import on_record
from services.access.present import NotSignedInError, being
from services.access.samples import is_sample
from services.access.signing_in import Person, who_by_token
from services.access.visitor import HOUSE, Visitor
from services.access.within import MACHINE, within
from services.bootstrap import Services
from services.bootstrap import open_services as open_all
from services.clock import Clock, wall_clock
from services.settings import Settings

FINDINGS, USAGE, UNREACHABLE = 1, 2, 3
"""Exit codes (architecture §8); 0 is fine."""


def say(text: str, done: int = 0, total: int = 0) -> None:  # noqa: ARG001  # told in the text
    """Progress goes to standard error, so that ``--json`` stays clean."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201  # this is the terminal


@contextmanager
def open_services(clock: Clock = wall_clock, *, web_only: bool = False) -> Iterator[Services]:
    """The services, as the environment sets them."""
    with open_all(Settings.from_env(), say, clock, web_only=web_only) as services:
        person = who_is_at_the_console(services)
        visitor = Visitor(HOUSE, "", uuid4().hex, clock())
        trail = services.sign_in_desk.audit
        with being(person), on_record(trail, person, visitor, _command()):
            yield services.seen_by(person)


def _command() -> str:
    """The command's name without what was typed behind it, which may be anything."""
    context = get_current_context(silent=True)
    words = context.command_path.split()[1:] if context else ()
    return " ".join(("jixiao", *words))


@contextmanager
def open_machine(clock: Clock = wall_clock, *, web_only: bool = False) -> Iterator[Services]:
    """The services as the machine itself runs them: for serving and for background work."""
    with (
        open_all(Settings.from_env(), say, clock, web_only=web_only) as services,
        being(within("console")),
    ):
        yield services


def who_is_at_the_console(services: Services) -> Person:
    """Whose rights a command has: those of the token in JIXIAO_TOKEN, else the machine's own.

    A store of made-up data, and one that has no accounts yet, is open to its console; in any
    other it runs the machine and sees no content.

    Raises:
        NotSignedInError: the token is good for nothing.
    """
    token = services.settings.token
    if token is not None:
        person = who_by_token(services.log, services.sign_in_desk, token.reveal(), services.clock())
        if person is None:
            raise NotSignedInError
        return replace(person, tree=services.units_today)
    is_open = is_sample(services.log) or not services.sign_in_desk.credentials.any()
    return within("console") if is_open else within("console", MACHINE)
