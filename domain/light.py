"""The lights (rules §4): their order, their words, and the worst of several."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Light(StrEnum):
    """A colour, or none; declared from the worst to the mildest."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    NONE = "none"

    @property
    def rank(self) -> int:
        """0 is the worst, as lists sort."""
        return tuple(Light).index(self)

    @property
    def label(self) -> str:
        """The word on the screen."""
        return _LABELS[self]


_LABELS = {
    Light.RED: "红灯",
    Light.YELLOW: "黄灯",
    Light.GREEN: "绿灯",
    Light.BLUE: "蓝灯",
    Light.NONE: "未亮灯",
}


def worst(lights: Iterable[Light]) -> Light:
    """The worst of several; none of none."""
    return min(lights, key=_rank, default=Light.NONE)


def mildest(lights: Iterable[Light]) -> Light:
    """The mildest colour of several; none of none."""
    return max(lights, key=_rank, default=Light.NONE)


def _rank(light: Light) -> int:
    return light.rank
