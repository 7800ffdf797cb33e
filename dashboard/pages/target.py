"""项目监控详情: one target's year."""

from __future__ import annotations

from uuid import UUID

from dash import html

from dashboard.address import Address
from dashboard.clocks import clocks_of_year
from dashboard.components.view import View
from services.bootstrap import Services


def show_target(services: Services, address: Address, target_id: UUID) -> View:
    """Answer an address with the page of a target."""
    known = services.read_model.target(target_id)
    clocks = clocks_of_year(services, address, known.fiscal_year)
    detail = services.read_model.detail(target_id, clocks.moment)
    return View(detail.declaration.project_name, [html.H1(detail.declaration.project_name)])
