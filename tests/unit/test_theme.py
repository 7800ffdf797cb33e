"""Colours that people can read: text at least 4.5 to 1, marks at least 3 to 1 (WCAG 2 AA)."""

from __future__ import annotations

import pytest

from dashboard import theme
from domain.light import Light

TEXTS = [
    *((theme.LIGHT_INK[light], theme.LIGHT_GROUND[light]) for light in Light),
    *((theme.LIGHT_INK[light], theme.SURFACE) for light in Light),
    (theme.INK, theme.SURFACE),
    (theme.INK, theme.GROUND),
    (theme.MUTED, theme.SURFACE),
    (theme.MUTED, theme.GROUND),
    (theme.ACCENT, theme.SURFACE),
    (theme.ACCENT, theme.GROUND),
    (theme.SURFACE, theme.ACCENT),
]
MARKS = [theme.PLANNED, theme.ACTUAL, theme.LIGHT_DOT[Light.RED], theme.LIGHT_DOT[Light.GREEN]]


@pytest.mark.parametrize(("ink", "ground"), TEXTS)
def test_text_stands_out_from_its_ground(ink: str, ground: str) -> None:
    assert contrast(ink, ground) >= 4.5


@pytest.mark.parametrize("mark", MARKS)
def test_lines_and_marks_stand_out_from_the_page(mark: str) -> None:
    assert contrast(mark, theme.SURFACE) >= 3


def test_every_light_has_its_colours_in_the_style_sheet() -> None:
    css = theme.css_variables()
    for light in Light:
        for part in ("ink", "ground", "dot"):
            assert f"--{light}-{part}:#" in css


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
