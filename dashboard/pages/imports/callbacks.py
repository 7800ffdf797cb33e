"""Binding 数据导入: what was uploaded, and what was clicked."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, State, no_update

from dashboard import ids
from dashboard.pages.imports.acts import (
    Act,
    Acted,
    act_on_draft,
    act_on_list,
    shown_waiting,
)
from dashboard.pages.imports.run_callbacks import register_runs
from dashboard.seeing import seen
from services.bootstrap import Services

NOTHING = Acted(no_update)
"""A store that has just come onto the page says nothing yet."""


def register(app: Dash, services: Services) -> None:
    """Bind the list of files, and the page of one."""
    register_runs(app, services)

    @app.callback(
        Output(ids.WAITING, "children"),
        Input(ids.UPLOADED, "data"),
        prevent_initial_call=True,
    )
    async def _on_uploaded(said: Act | None) -> Any:  # noqa: ANN401  # components, or Dash's no
        return await seen(shown_waiting, services) if said else no_update

    @app.callback(
        Output(ids.WAITING, "children", allow_duplicate=True),
        Output(ids.MAPPINGS, "children"),
        Input(ids.LIST_ACT, "data"),
        prevent_initial_call=True,
    )
    async def _on_list(act: Act | None) -> Any:  # noqa: ANN401
        return await seen(act_on_list, services, act) if act else (no_update, no_update)

    @app.callback(
        Output(ids.DRAFT, "children"),
        Output(ids.LOCATION, "pathname", allow_duplicate=True),
        Input(ids.DRAFT_ACT, "data"),
        State(ids.DRAFT_STATE, "data"),
        State(ids.LOCATION, "search"),
        prevent_initial_call=True,
        running=[(Output(ids.DRAFT, "className"), "draft draft--busy", "draft")],
    )
    async def _on_draft(act: Act | None, state: Act, search: str) -> tuple[Any, Any]:
        work = seen(act_on_draft, services, act, state, search) if act else None
        acted = await work if work else NOTHING
        return acted.body, acted.path
