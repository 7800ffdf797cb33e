"""What was said of the columns of a source: listed, and forgotten."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path

from domain.importing import ImportKind
from services.api.parts import PartsNeeded
from services.api.problems import documented
from services.api.shapes.values import Reply
from services.intake.mappings import Remembered
from services.remembering import forget, remembered, said_of

router = APIRouter(
    prefix="/api/v1/imports/mappings",
    tags=["数据导入"],
    responses=documented(HTTPStatus.NOT_FOUND),
)


class SaidOfColumnReply(Reply):
    """One column: ``field`` is null where it is left out."""

    heading: str
    field: str | None


class MappingReply(Reply):
    """A source is known by its headings, in whatever order they stand."""

    kind: ImportKind
    fingerprint: str
    headings: tuple[str, ...]
    columns: tuple[SaidOfColumnReply, ...]
    file_name: str
    actor: str
    remembered_at: datetime

    @classmethod
    def of(cls, one: Remembered) -> MappingReply:
        """Read it from what is remembered."""
        return cls(
            kind=ImportKind(one.kind),
            fingerprint=one.fingerprint,
            headings=tuple(one.headings),
            columns=tuple(
                SaidOfColumnReply(heading=heading, field=name) for heading, name in said_of(one)
            ),
            file_name=one.file_name,
            actor=one.actor,
            remembered_at=one.remembered_at,
        )


class MappingsReply(Reply):
    """All there are."""

    items: tuple[MappingReply, ...]


@router.get("", summary="记住的列对应关系")
def list_mappings(parts: PartsNeeded) -> MappingsReply:
    """最近的在前；同样表头的文件照此读取。"""
    return MappingsReply(items=tuple(map(MappingReply.of, remembered(parts.lookups))))


@router.delete("/{kind}/{fingerprint}", summary="忘记一条对应关系")
def forget_mapping(
    kind: ImportKind,
    fingerprint: Annotated[str, Path(min_length=1, max_length=128)],
    parts: PartsNeeded,
) -> MappingsReply:
    """此后同样表头的文件只按表头读取；已入库的不变。答复剩下的。"""
    forget(parts.lookups, kind, fingerprint)
    return list_mappings(parts)
