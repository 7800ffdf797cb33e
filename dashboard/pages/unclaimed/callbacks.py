"""Binding 未认领支付: trying a rule; all else goes the way of every act."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import Dash, Input, Output, no_update

from dashboard import ids
from dashboard.pages.unclaimed.acts import try_rule
from dashboard.seeing import seen
from services.bootstrap import Services


def register(app: Dash, services: Services) -> None:
    """Bind the trial of a rule to what it shows."""

    @app.callback(
        Output(ids.RULE_PREVIEW, "children"),
        Input(ids.RULE_TRIAL, "data"),
        prevent_initial_call=True,
    )
    async def _on_trial(said: Mapping[str, Any] | None) -> Any:  # noqa: ANN401  # or Dash's no
        return await seen(try_rule, services, said) if said else no_update
