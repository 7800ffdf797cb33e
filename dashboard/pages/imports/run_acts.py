"""What a second or a click does to an import under way: look again, stop it, go on with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dashboard.pages.imports.desk import desk_of
from dashboard.pages.imports.one import import_view
from dashboard.pages.imports.run import run_panel
from domain.errors import MonitoringError
from services.bootstrap import Services
from services.running import cancel_run, standing_of
from services.storing_beside import start_resuming

Act = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows then; ``at_rest``: it need not ask again."""

    body: Any
    at_rest: bool


def look_at_run(services: Services, act: Act | None, state: Act) -> Shown:
    """Do what was clicked, if anything was, and show how the import stands then."""
    import_id = UUID(str(state["import"]))
    refused = None
    if act is not None:
        try:
            _ACTS[str(act["do"])](services, import_id)
        except MonitoringError as problem:
            refused = str(problem)
    standing = standing_of(services.log, services.lookups, import_id)
    if standing.under_way or standing.stopped:
        return Shown(run_panel(standing, refused), at_rest=not standing.under_way)
    return Shown(import_view(services, import_id).children, at_rest=True)


def _cancel(services: Services, import_id: UUID) -> None:
    cancel_run(services.log, services.lookups, import_id)


def _resume(services: Services, import_id: UUID) -> None:
    start_resuming(services.background, desk_of(services), import_id)


_ACTS: Mapping[str, Callable[[Services, UUID], None]] = {"cancel": _cancel, "resume": _resume}
