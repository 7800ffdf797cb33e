"""Health, readiness, metrics and version: what operators and machines ask."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

import psycopg
from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST
from psycopg_pool import PoolTimeout
from pydantic import BaseModel
from starlette.responses import PlainTextResponse

from services.api.parts import PartsNeeded
from services.readmodel.operations import Operations, StateOfReading

MAX_BEHIND = 10_000
"""Events; a service further behind shows figures nobody should act on."""

router = APIRouter(tags=["运行"])


class Healthy(BaseModel):
    """The process answers."""

    status: str = "ok"


class Ready(BaseModel):
    """Whether the service can be worked with, and why not."""

    ready: bool
    reasons: list[str]


class Version(BaseModel):
    """Which release this is."""

    version: str
    api: str = "v1"


@router.get("/-/healthy", summary="进程存活")
def healthy() -> Healthy:
    """进程在运行；不查数据库。"""
    return Healthy()


@router.get("/-/ready", summary="是否就绪", responses={503: {"model": Ready}})
def ready(parts: PartsNeeded, response: Response) -> Ready:
    """数据库可用、读数跟得上、没有停住；不就绪时为503并列出原因。"""
    reasons = reasons_against(parts.operations)
    response.status_code = 503 if reasons else 200
    return Ready(ready=not reasons, reasons=reasons)


@router.get("/metrics", response_class=PlainTextResponse, summary="Prometheus指标")
def metrics(request: Request) -> Response:
    """Prometheus文本格式。"""
    return Response(request.app.state.metrics.text(), media_type=CONTENT_TYPE_LATEST)


@router.get("/version", summary="版本")
def show_version() -> Version:
    """程序版本。"""
    return Version(version=release())


def release() -> str:
    """The installed release; a checkout that is not installed has none."""
    try:
        return version("jixiao")
    except PackageNotFoundError:
        return "0+unknown"


def reasons_against(operations: Operations) -> list[str]:
    """Why the service is not ready, in words; empty when it is."""
    try:
        state = operations.state()
    except psycopg.errors.UndefinedTable:
        return ["读数表尚未建立，请等后台进程完成首次投影。"]
    except (psycopg.Error, PoolTimeout):
        return ["数据库连不上。"]
    return _reasons(state)


def _reasons(state: StateOfReading) -> list[str]:
    reasons = [f"读数“{family}”停在一条不能处理的记录上。" for family in state.halted]
    if state.behind > MAX_BEHIND:
        reasons.append(f"读数落后{state.behind}条记录，超过{MAX_BEHIND}条。")
    return reasons
