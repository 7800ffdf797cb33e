"""Monitoring rounds and the region's policy."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field, JsonValue, model_validator

from domain.monitoring_round import MonitoringRound
from services.api.clocks import ClocksAsked
from services.api.pages import Page
from services.api.parts import ReadModelNeeded
from services.api.problems import documented
from services.api.shapes.policy import PolicyShape
from services.api.shapes.values import Body, Day, Name, Reply, Year, as_json
from services.api.writes import WriteAsked, Written, at
from services.declaring import open_round, set_policy

router = APIRouter(
    prefix="/api/v1",
    responses=documented(HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY),
)


class RoundShape(Body, Reply):
    """A monitoring round (监控任务)."""

    year: Year
    name: Annotated[Name, Field(examples=["1—7月"])]
    period_start: Annotated[Day, Field(description="首个有效的截至日期：上一任务截至日的次日")]
    cut_off: Annotated[Day, Field(description="数据截至日")]
    opening: Annotated[Day, Field(description="开始填报日")]
    deadline: Annotated[Day, Field(description="最后填报日")]

    @model_validator(mode="after")
    def _in_order(self) -> RoundShape:
        if not self.period_start <= self.cut_off <= self.deadline or self.opening > self.deadline:
            raise ValueError("四个日期前后不合：起始≤截至≤最后填报日，开始填报≤最后填报日")
        return self

    def to_domain(self) -> MonitoringRound:
        """The domain's round."""
        return MonitoringRound(
            self.year, self.name, self.period_start, self.cut_off, self.opening, self.deadline
        )


class PolicyReply(BaseModel):
    """The terms in force on a day; version 0 are the defaults."""

    version: int
    as_of: Day
    terms: dict[str, JsonValue]
    position: int


@router.post("/rounds", response_model=Written, tags=["监控任务"], summary="下达监控任务")
def open_(body: RoundShape, write: WriteAsked) -> Response:
    """同名同日期再来不重复；同名不同日期为冲突。"""
    return write.once(
        lambda: at(
            open_round(
                write.log,
                write.region,
                body.to_domain(),
                meta=write.meta,
                command=write.command,
            )
        )
    )


@router.get("/rounds", tags=["监控任务"], summary="监控任务")
def list_rounds(read_model: ReadModelNeeded, clocks: ClocksAsked, year: Year) -> Page[RoundShape]:
    """一年的监控任务，按下达先后；一页即全部。"""
    rounds = read_model.rounds(clocks.of_year(year))
    return Page(
        items=[RoundShape.model_validate(one) for one in rounds],
        next_cursor=None,
        position=clocks.position,
    )


@router.post("/policies", response_model=Written, tags=["预警参数"], summary="设定预警参数")
def set_(body: PolicyShape, write: WriteAsked) -> Response:
    """自某日起生效；已评判的不重评。"""
    terms = body.to_domain()
    return write.once(
        lambda: at(
            set_policy(
                write.log,
                write.region,
                terms,
                in_force_from=body.in_force_from,
                reason=body.reason,
                meta=write.meta,
                command=write.command,
            )
        )
    )


@router.get("/policies", tags=["预警参数"], summary="预警参数")
def show_policy(read_model: ReadModelNeeded, clocks: ClocksAsked) -> PolicyReply:
    """某日生效、按当时所知的参数。"""
    policy = read_model.policy(clocks.as_of, clocks.known_at)
    return PolicyReply(
        version=policy.version,
        as_of=clocks.as_of,
        terms=as_json(policy.terms),
        position=clocks.position,
    )
