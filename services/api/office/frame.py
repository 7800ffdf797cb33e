"""What stands around the plain pages: the menu, who is signed in, and the way out."""

from __future__ import annotations

from starlette.responses import HTMLResponse

from services.access.offices import offices_of
from services.access.present import present
from services.api.door.templates import page


def office_page(
    name: str, title: str, *, status: int = 200, script: bool = False, **values: object
) -> HTMLResponse:
    """Fill a page of the office for whoever is present."""
    person = present()
    menu = [] if person.must_change else offices_of(person.actor)
    around = {"menu": menu, "filler": person.filler, "me": person.account.name}
    return page(name, title, status=status, script=script, **around, **values)
