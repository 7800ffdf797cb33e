"""What the type of a problem stands for: the address that each problem carries."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter
from pydantic import BaseModel

from domain.errors import MonitoringError
from services.api.handlers import HTTP_CODES
from services.api.problems import (
    STATUS,
    TITLES,
    NoSuchPlaceError,
    code_of_class,
    documented,
)

router = APIRouter(
    prefix="/api/problems", tags=["问题"], responses=documented(HTTPStatus.NOT_FOUND)
)


class ProblemKind(BaseModel):
    """A kind of problem; ``code`` and ``status`` never change."""

    code: str
    status: int
    title: str


KINDS = {
    code: status
    for code, status in [
        *((code_of_class(kind), status) for kind, status in STATUS.items()),
        *((code, status) for status, (code, _) in HTTP_CODES.items()),
        ("internal_error", HTTPStatus.INTERNAL_SERVER_ERROR),
    ]
    if code != MonitoringError.code
}


@router.get("/{code}", summary="一种问题")
def show_kind(code: str) -> ProblemKind:
    """问题的 code 及其HTTP状态。"""
    if code not in KINDS:
        raise NoSuchPlaceError
    return ProblemKind(code=code, status=KINDS[code], title=TITLES[KINDS[code]])
