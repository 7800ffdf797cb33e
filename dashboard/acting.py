"""What somebody clicked is done, and the page shown anew with a sentence about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.components.aria import data
from dashboard.texts import frame as text
from domain.errors import MonitoringError
from services.access.acts import note_failure
from services.access.present import meta_of_present
from services.bootstrap import Services
from services.log.meta import Meta
from services.readmodel.readmodel import NotReadYetError

SOURCE = "screen"


@dataclass(frozen=True, slots=True)
class Click:
    """What was clicked: what the button says, what its form says, and what is listed with it."""

    services: Services
    told: Mapping[str, str]
    fields: Mapping[str, str]
    listed: tuple[Mapping[str, str], ...]

    @classmethod
    def read(cls, services: Services, said: Mapping[str, Any]) -> Click:
        """Take what the browser sent; it is nobody's friend."""
        return cls(
            services,
            _texts(said.get("told")),
            _texts(said.get("fields")),
            tuple(map(_texts, said.get("listed") or ())),
        )

    @property
    def meta(self) -> Meta:
        """Who clicked.

        Raises:
            NotSignedInError: nobody is signed in.
        """
        return meta_of_present(None, SOURCE)

    def field(self, name: str) -> str | None:
        """What was typed or chosen; None where nothing was."""
        return self.fields.get(name, "").strip() or None


def _texts(said: Any) -> dict[str, str]:  # noqa: ANN401  # whatever the browser sent
    if not isinstance(said, Mapping):
        return {}
    return {str(name): value for name, value in said.items() if isinstance(value, str)}


@dataclass(frozen=True, slots=True)
class Done:
    """What an act did, in a sentence, and from where it can be read.

    ``undo`` is what a button says that takes it back; None where nothing can.
    """

    sentence: str
    position: int
    undo: Mapping[str, str] | None = None


class NotDoneError(Exception):
    """A click that cannot be taken as it is; its text says what to do."""


Doer = Callable[[Click], Done]


@dataclass(frozen=True, slots=True)
class Acted:
    """What is said about a click, and whether it changed anything."""

    sentence: str
    changed: bool = False
    undo: Mapping[str, str] | None = None

    @property
    def shown(self) -> Component:
        """The sentence; it takes the focus, so that it is heard."""
        return html.P(
            [self.sentence, self._undo()],
            id=ids.SAID,
            className="banner banner--done" if self.changed else "banner banner--warning",
            role="status" if self.changed else "alert",
            tabIndex="-1",
        )

    def _undo(self) -> Component | None:
        if self.undo is None:
            return None
        return html.Button(text.UNDO, type="button", className="link beside", **data(**self.undo))


def act(services: Services, doers: Mapping[str, Doer], said: Mapping[str, Any]) -> Acted:
    """Do what was clicked."""
    click = Click.read(services, said)
    doer = doers.get(click.told.get("do", ""))
    if doer is None:
        return Acted(text.NO_SUCH_ACT)
    try:
        done = doer(click)
    except (MonitoringError, NotDoneError) as refused:
        note_failure(getattr(refused, "code", "not_done"))
        return Acted(str(refused))
    try:
        services.read_model.wait_for(done.position)
    except NotReadYetError:
        return Acted(f"{done.sentence}{text.SHOWN_SOON}", changed=True, undo=done.undo)
    return Acted(done.sentence, changed=True, undo=done.undo)
