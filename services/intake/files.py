"""Files that are being brought in, kept until their import is done (architecture §3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import TupleRow
from psycopg.types.json import Jsonb
from psycopg_pool import ConnectionPool

from domain.errors import NotOnRecordError
from services.sql import named_statements

SQL = named_statements("services.intake", "files.sql")


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file with what its import was told."""

    import_id: UUID
    sha256: str
    name: str
    content: bytes = field(repr=False)
    options: Mapping[str, Any]


class ImportFiles:
    """The table ``operational.import_files``; it holds what people sent, never the log."""

    def __init__(self, pool: ConnectionPool[Connection[TupleRow]]) -> None:
        self._pool = pool

    def keep(self, file: KeptFile) -> None:
        """Keep a file; one that is kept already stays with what it was told first."""
        values = {
            "import_id": file.import_id,
            "sha256": file.sha256,
            "name": file.name,
            "content": file.content,
            "options": Jsonb(dict(file.options)),
        }
        with self._pool.connection() as connection:
            connection.execute(SQL["keep"], values)

    def load(self, import_id: UUID) -> KeptFile:
        """Load a file that is not done; NotOnRecordError."""
        with self._pool.connection() as connection:
            row = connection.execute(SQL["load"], {"import_id": import_id}).fetchone()
        if row is None:
            raise NotOnRecordError(f"未完成的导入 {import_id}")
        return KeptFile(*row)

    def finish(self, import_id: UUID) -> None:
        """Forget the content; that the file was here stays."""
        with self._pool.connection() as connection:
            connection.execute(SQL["finish"], {"import_id": import_id})

    def unfinished(self) -> list[UUID]:
        """Imports that were begun and not finished, oldest first."""
        with self._pool.connection() as connection:
            return [row[0] for row in connection.execute(SQL["unfinished"])]
