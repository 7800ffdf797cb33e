"""Colours and fonts, for the pages and the charts; a colour never speaks alone."""

from __future__ import annotations

from typing import Any

from domain.light import Light

FONT = '"Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei","PingFang SC",sans-serif'

INK = "#1c2733"
MUTED = "#55616e"
LINE = "#dbe1e8"
SURFACE = "#ffffff"
GROUND = "#f4f6f8"
ACCENT = "#1a5490"

LIGHT_INK = {
    Light.RED: "#a3221b",
    Light.YELLOW: "#7a4a00",
    Light.GREEN: "#1e6134",
    Light.BLUE: "#1a5490",
    Light.NONE: "#4d5864",
}
"""Text in a light's colour, at least 4.5:1 on its own ground and on white."""

LIGHT_GROUND = {
    Light.RED: "#fdecea",
    Light.YELLOW: "#fff3d4",
    Light.GREEN: "#e5f3e9",
    Light.BLUE: "#e5eef8",
    Light.NONE: "#edf0f3",
}
LIGHT_DOT = {
    Light.RED: "#c8281f",
    Light.YELLOW: "#e09a00",
    Light.GREEN: "#2c8a4a",
    Light.BLUE: "#2a73bd",
    Light.NONE: "#8a96a3",
}

PLANNED = "#6b7a8a"
ACTUAL = "#1a5490"
BEHIND = "rgba(200, 40, 31, 0.16)"
AHEAD = "rgba(44, 138, 74, 0.14)"
BUDGET = "#9aa5b1"
AS_OF = "#1c2733"


def css_variables() -> str:
    """The colours as the style sheet names them."""
    names = {
        "ink": INK,
        "muted": MUTED,
        "line": LINE,
        "surface": SURFACE,
        "ground": GROUND,
        "accent": ACCENT,
        "planned": PLANNED,
        "actual": ACTUAL,
    }
    for light in Light:
        names[f"{light}-ink"] = LIGHT_INK[light]
        names[f"{light}-ground"] = LIGHT_GROUND[light]
        names[f"{light}-dot"] = LIGHT_DOT[light]
    rules = ";".join(f"--{name}:{value}" for name, value in names.items())
    return f":root{{{rules};--font:{FONT}}}"


def template() -> dict[str, Any]:
    """What all charts share: font, ground, grid, hover."""
    axis = {
        "gridcolor": "#e8ecf0",
        "linecolor": LINE,
        "zerolinecolor": LINE,
        "tickfont": {"color": MUTED, "size": 13},
        "automargin": True,
    }
    return {
        "layout": {
            "font": {"family": FONT, "color": INK, "size": 14},
            "paper_bgcolor": SURFACE,
            "plot_bgcolor": SURFACE,
            "xaxis": axis,
            "yaxis": axis,
            "hoverlabel": {
                "bgcolor": SURFACE,
                "bordercolor": LINE,
                "font": {"family": FONT, "color": INK, "size": 13},
            },
            "separators": ".,",
        }
    }
