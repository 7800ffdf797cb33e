"""A target written out as a declaration form (绩效目标申报表)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from services.access.samples import is_sample
from services.api.clocks import ClocksAsked
from services.api.downloads import download
from services.api.parts import ReadModelNeeded, ServicesNeeded
from services.api.problems import documented
from services.sheets.declaration_form.forms import FileFormat, TemplateKey
from services.writing_forms import file_name, imprint_of, write_forms

router = APIRouter(
    prefix="/api/v1/targets",
    tags=["绩效目标"],
    responses=documented(HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY),
)

AskedForm = Annotated[
    TemplateKey, Query(description="表样：standard 财政部统一表样，hebei 河北省表样")
]
AskedFormat = Annotated[FileFormat, Query(alias="as", description="文件格式")]


@router.get(
    "/{target_id}/form",
    summary="下载申报表",
    response_class=Response,
    responses={
        200: {
            "content": {
                each.media_type: {"schema": {"type": "string", "format": "binary"}}
                for each in FileFormat
            },
            "description": "填好的绩效目标申报表",
        }
    },
)
def download_form(
    target_id: UUID,
    services: ServicesNeeded,
    read_model: ReadModelNeeded,
    clocks: ClocksAsked,
    form: AskedForm = TemplateKey.STANDARD,
    format_: AskedFormat = FileFormat.XLSX,
) -> Response:
    """按申报内容填好，可再导入；表样装不下的内容在表下注明。"""
    row = read_model.target(target_id)
    moment = clocks.of_year(row.fiscal_year)
    declared = read_model.detail(target_id, moment).declaration
    imprint = imprint_of(moment, synthetic=is_sample(services.log))
    found = write_forms([declared], form, format_, imprint)
    return download(found.content, file_name(declared, format_), format_.media_type)
