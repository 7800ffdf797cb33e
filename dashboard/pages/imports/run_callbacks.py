"""Binding what goes on for a while: an import under way, and the preview of a large table."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, State, ctx, no_update

from dashboard import ids
from dashboard.pages.imports.acts import Act, look_at_draft, progress_of_look
from dashboard.pages.imports.run_acts import look_at_run
from dashboard.seeing import seen
from services.bootstrap import Services


def register_runs(app: Dash, services: Services) -> None:
    """Bind the page of an import under way, and that of a preview that is made."""

    @app.callback(
        Output(ids.LOOKED, "children"),
        Output(ids.LOOK_TICK, "disabled"),
        Input(ids.DRAFT_LOOK, "data"),
        State(ids.LOCATION, "search"),
    )
    async def _on_look(state: Act | None, search: str) -> tuple[Any, bool | Any]:
        if not state:
            return no_update, no_update
        return await seen(look_at_draft, services, state, search), True

    @app.callback(
        Output(ids.LOOK, "children"),
        Input(ids.LOOK_TICK, "n_intervals"),
        State(ids.DRAFT_LOOK, "data"),
        prevent_initial_call=True,
    )
    async def _on_look_tick(ticks: int | None, state: Act) -> Any:  # noqa: ANN401
        return await seen(progress_of_look, services, state) if ticks else no_update

    @app.callback(
        Output(ids.RUN, "children"),
        Output(ids.RUN_TICK, "disabled"),
        Input(ids.RUN_TICK, "n_intervals"),
        Input(ids.RUN_ACT, "data"),
        State(ids.RUN_STATE, "data"),
        prevent_initial_call=True,
    )
    async def _on_run(ticks: int | None, act: Act | None, state: Act) -> tuple[Any, bool | Any]:
        clicked = act if ctx.triggered_id == ids.RUN_ACT else None
        if clicked is None and not ticks:
            return no_update, no_update
        shown = await seen(look_at_run, services, clicked, state)
        return shown.body, shown.at_rest
