"""What a click on 待核实 does: accept a proposal, or all of a list, or answer otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from dashboard.acting import Click, Doer, Done, NotDoneError
from dashboard.texts import confirmations as text
from dashboard.texts import frame
from services.clock import today
from services.confirming import Answer, ConfirmationDesk, confirm, key_of


def _confirm(click: Click) -> Done:
    """One question: the proposal as it was shown, another choice, or what was typed."""
    typed = click.field("typed")
    choice = None if typed else click.field("choice") or click.told.get("choice")
    if choice is None and typed is None:
        raise NotDoneError(text.NOTHING_CHOSEN)
    answer = _answer(click.told, choice)
    return _settle(click, [replace(answer, typed=typed, reason=click.field("reason"))])


def _confirm_all(click: Click) -> Done:
    """All proposals of a list, as they were shown."""
    return _settle(
        click, [_answer(one, one["proposal"]) for one in click.listed if one.get("proposal")]
    )


def _answer(told: Mapping[str, str], choice: str | None) -> Answer:
    try:
        return Answer(*key_of(told.get("question", "")), choice)
    except ValueError as problem:
        raise NotDoneError(frame.NO_SUCH_ACT) from problem


def _settle(click: Click, answers: Iterable[Answer]) -> Done:
    services = click.services
    desk = ConfirmationDesk(services.log, services.read_model, today(services.clock))
    done = confirm(desk, list(answers), confirmed_on=desk.today, meta=click.meta)
    return Done(text.settled(done.settled), done.position)


DOERS: Mapping[str, Doer] = {"confirm": _confirm, "confirm_all": _confirm_all}
