"""Whatever goes wrong in a route is answered as a problem; FastAPI's own words never are."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import psycopg
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from psycopg_pool import PoolTimeout
from starlette.exceptions import HTTPException
from starlette.responses import Response

from domain.errors import MonitoringError
from services.api.limits import TooLong
from services.api.problems import Fault, FieldProblem, answer, fault_of
from services.log.errors import LogUnreachableError
from services.readmodel.readmodel import NotReadYetError

logger = logging.getLogger(__name__)

HTTP_CODES: Mapping[HTTPStatus, tuple[str, str]] = {
    HTTPStatus.BAD_REQUEST: ("unreadable_request", "请求内容读不出来。请核对格式。"),
    HTTPStatus.NOT_FOUND: ("no_such_path", "没有这个接口地址。接口清单见 /api/docs。"),
    HTTPStatus.METHOD_NOT_ALLOWED: ("method_not_allowed", "这个地址不支持该请求方法。"),
}
"""What the framework refuses by itself, in our words."""

_WORDS = {
    "missing": "缺少此项",
    "extra_forbidden": "没有这一项，请核对名称",
    "json_invalid": "不是有效的JSON",
    "uuid_parsing": "须为UUID",
    "int_parsing": "须为整数",
    "int_type": "须为整数",
    "bool_parsing": "须为 true 或 false",
    "string_type": "须为字符串",
    "string_too_short": "不能为空",
    "string_too_long": "过长",
    "date_parsing": "须为日期，如 2025-06-30",
    "date_from_datetime_parsing": "须为日期，如 2025-06-30",
    "list_type": "须为数组",
    "too_short": "至少要有一项",
    "too_long": "项数过多",
    "model_attributes_type": "须为JSON对象",
    "greater_than_equal": "超出允许范围",
    "less_than_equal": "超出允许范围",
    "enum": "不是允许的取值",
    "literal_error": "不是允许的取值",
}
_OUTSIDE_BODY = ("query", "path", "header", "cookie")


def install(app: FastAPI) -> None:
    """Let an application answer problems."""
    app.add_exception_handler(MonitoringError, _refused)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(psycopg.OperationalError, _database_away)
    app.add_exception_handler(PoolTimeout, _database_away)
    app.add_exception_handler(psycopg.DataError, _not_askable)
    app.add_exception_handler(psycopg.errors.UndefinedTable, _nothing_read_yet)


def problem(request: Request, fault: Fault) -> Response:
    """Answer a request with a problem."""
    return answer(fault, request.url.path, getattr(request.state, "request_id", None))


def _refused(request: Request, error: Exception) -> Response:
    if not isinstance(error, MonitoringError):
        raise error
    fault = fault_of(error)
    if fault.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        logger.error("a request could not be served", extra={"code": fault.code}, exc_info=error)
    return problem(request, fault)


def _database_away(request: Request, error: Exception) -> Response:
    logger.warning("the database did not answer", exc_info=error)
    return problem(request, fault_of(LogUnreachableError()))


def _nothing_read_yet(request: Request, error: Exception) -> Response:
    """A web process that is up before its worker has made the read tables."""
    logger.warning("there are no read tables", exc_info=error)
    text = "读数表尚未建立，请稍后重试；仍不行时请确认后台进程已启动。"
    return problem(request, Fault(HTTPStatus.SERVICE_UNAVAILABLE, NotReadYetError.code, text))


def _not_askable(request: Request, error: Exception) -> Response:
    """What a parameter of a read says has no place in the database: NUL, a number too large."""
    logger.warning("a question could not be asked", exc_info=error)
    text = "请求参数含有不能查询的字符，或数字过大。"
    return problem(request, Fault(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid_request", text))


def _http(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    status = HTTPStatus(error.status_code)
    if isinstance(error, TooLong):
        return problem(request, Fault(status, "body_too_large", error.detail))
    code, detail = HTTP_CODES.get(status, ("http_error", status.phrase))
    response = problem(request, Fault(status, code, detail))
    response.headers.update(error.headers or {})
    return response


def _not_understood(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    problems = list(_field_problems(error.errors()))
    first = problems[0]
    where = first.pointer or first.parameter
    detail = f"请求内容有误，共{len(problems)}处；首处 {where}：{first.message}。"
    return problem(
        request, Fault(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid_request", detail, problems)
    )


def _field_problems(errors: Sequence[dict[str, Any]]) -> Iterator[FieldProblem]:
    for error in errors:
        place, *steps = error["loc"]
        outside = place in _OUTSIDE_BODY
        yield FieldProblem(
            parameter=str(steps[0]) if outside and steps else None,
            pointer=None if outside else pointer_of(steps),
            message=_message(error),
            code=error["type"],
        )


def pointer_of(steps: Sequence[object]) -> str:
    """Write a place in a body as a JSON Pointer in a URI fragment (RFC 6901 §6)."""
    escaped = (str(step).replace("~", "~0").replace("/", "~1") for step in steps)
    return "#" + "".join(f"/{step}" for step in escaped)


def _message(error: dict[str, Any]) -> str:
    kind = error["type"]
    if kind == "value_error":
        return str(error["ctx"]["error"])
    return _WORDS.get(kind, "内容不合要求")
