"""Where a year stands: its figures, and its targets worst first."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Annotated

import msgspec
from fastapi import APIRouter, Query

from domain.light import Light
from domain.money import ZERO
from services.api.clocks import ClocksAsked
from services.api.pages import PagingAsked, cursor_of
from services.api.parts import ReadModelNeeded
from services.api.problems import documented
from services.api.shapes.overview import Figures, StandingRow, YearReply
from services.api.shapes.values import Year
from services.readmodel.judged import JudgedTarget
from services.readmodel.moment import Moment

router = APIRouter(
    prefix="/api/v1/standings",
    tags=["监控"],
    responses=documented(HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.SERVICE_UNAVAILABLE),
)


class StandingPlace(msgspec.Struct):
    """Where the list goes on, at the moment at which it began."""

    as_of: date
    known_at: int
    start: int


@router.get("", summary="监控总览")
def overview(
    read_model: ReadModelNeeded,
    clocks: ClocksAsked,
    paging: PagingAsked,
    year: Year,
    unit: Annotated[str | None, Query(max_length=300, description="单位编码或名称")] = None,
    light: Annotated[Light | None, Query(description="两盏灯之一为此色")] = None,
) -> YearReply:
    """合计数和项目清单，最差的在前；翻页时保持首页的时点。"""
    place = paging.place(StandingPlace) or StandingPlace(clocks.as_of, clocks.known_at, 0)
    judged = read_model.judged_year(Moment(year, place.as_of, place.known_at))
    chosen = [one for one in judged.targets if _is_of(one, unit) and _shows(one, light)]
    unclaimed = read_model.unclaimed(judged.moment)
    end = place.start + paging.limit
    return YearReply(
        fiscal_year=year,
        as_of=place.as_of,
        known_at=place.known_at,
        complete_to=judged.complete_to,
        judged_on=judged.judged_on,
        policy_version=judged.policy.version,
        figures=Figures.of(
            [one for one in judged.targets if _is_of(one, unit)],
            sum(unclaimed.values(), ZERO) if unit is None else unclaimed.get(unit, ZERO),
        ),
        items=[StandingRow.of(one) for one in chosen[place.start : end]],
        next_cursor=(
            cursor_of(StandingPlace(place.as_of, place.known_at, end))
            if end < len(chosen)
            else None
        ),
        position=clocks.position,
    )


def _is_of(one: JudgedTarget, unit: str | None) -> bool:
    return unit is None or unit in (one.picture.unit_code, one.picture.unit_name)


def _shows(one: JudgedTarget, light: Light | None) -> bool:
    return light is None or light in (one.standing.money.light, one.standing.goals.light)
