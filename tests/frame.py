"""Asking for what the screen shows, as the browser does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi.testclient import TestClient

from dashboard import ids


def ask_for_frame(
    client: TestClient, path: str, search: str = "", headers: Mapping[str, str] | None = None
) -> Any:
    """Ask for the frame and the title at an address; ``headers`` say who asks."""
    asked = {
        "output": f"..{ids.FRAME}.children...{ids.TITLE}.data..",
        "outputs": [
            {"id": ids.FRAME, "property": "children"},
            {"id": ids.TITLE, "property": "data"},
        ],
        "inputs": [
            {"id": ids.LOCATION, "property": "pathname", "value": path},
            {"id": ids.LOCATION, "property": "search", "value": search},
        ],
        "changedPropIds": [f"{ids.LOCATION}.pathname"],
        "state": [],
    }
    return client.post("/_dash-update-component", json=asked, headers=headers)
