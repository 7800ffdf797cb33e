"""Files that are being looked at before they are brought in, with what was corrected in them.

A row is kept until it is brought in, given up, or too old; it is never part of the log. Each
change names the version it was made on: two windows do not undo each other's work. What
somebody sent is seen by nobody else before it is brought in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from psycopg import Connection
from psycopg.rows import TupleRow, dict_row
from psycopg.types.json import Jsonb
from psycopg_pool import ConnectionPool

from domain.errors import MonitoringError
from domain.importing import ImportKind
from services.intake.forms.correcting import Replaced
from services.intake.forms.document import FormDocument
from services.intake.tables.packed import Packed, is_packed
from services.sql import named_statements

SQL = named_statements("services.intake", "drafts.sql")


class DraftGoneError(MonitoringError):
    """The draft was brought in, given up, or is too old."""

    code = "draft_gone"

    def __init__(self) -> None:
        super().__init__(
            "这份待核对的文件已经入库、放弃或过期。请在“数据导入”中查看，需要时重新上传。"
        )


class DraftChangedError(MonitoringError):
    """Somebody else, or another window, changed the draft first."""

    code = "draft_changed"

    def __init__(self) -> None:
        super().__init__(
            "这份文件刚在另一个窗口改动过，您这一步没有保存。页面已更新为最新内容，请核对后再做。"
        )


@dataclass(frozen=True, slots=True)
class DraftOptions:
    """What the sender says about a file, as of ``Upload``.

    ``columns`` says what columns are, by their headings as printed and the names people use.
    """

    fiscal_year: int
    complete_to: date | None = None
    cut_off: date | None = None
    allocation: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)
    approved_on: date | None = None
    document_no: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A file that is being looked at.

    ``proposed`` is the kind that was recognised, ``kind`` the one it is read as. ``document`` is
    what was read of a form when it came, None for tables and where another release read it.
    ``content`` is the file of a form; of a table only its packed tables (``packing``), so that no
    data about persons are kept. ``import_id``: it was brought in as that.
    """

    draft_id: UUID
    version: int
    name: str
    sha256: str
    size: int
    kind: ImportKind
    proposed: ImportKind
    options: DraftOptions
    notes: tuple[Replaced, ...]
    sent_by: str
    received_at: datetime
    expires_at: datetime
    import_id: UUID | None = None
    content: bytes = field(default=b"", repr=False)
    document: FormDocument | None = field(default=None, repr=False)


class Drafts:
    """The table ``operational.import_drafts``, as far as it is one account's."""

    def __init__(self, pool: ConnectionPool[Connection[TupleRow]], owner: str) -> None:
        self._pool = pool
        self._owner = owner

    def keep(self, draft: Draft) -> None:
        """Keep a new draft, and forget those that are too old."""
        with self._connection() as connection:
            connection.execute(SQL["forget_old"], {"now": draft.received_at})
            connection.execute(SQL["keep"], _values(draft))

    def load(self, draft_id: UUID, now: datetime) -> Draft:
        """Load a draft, or what is left of one that was brought in; DraftGoneError."""
        values = {"draft_id": draft_id, "sent_by": self._owner, "now": now}
        with self._connection() as connection, connection.cursor(row_factory=dict_row) as cursor:
            row = cursor.execute(SQL["load"], values).fetchone()
        if row is None:
            raise DraftGoneError
        return _draft(row)

    def hand_on(self, to: str, now: datetime) -> int:
        """Let everything that waits be another account's; how many files."""
        values = {"sent_by": self._owner, "to": to, "now": now}
        with self._connection() as connection:
            return int(connection.execute(SQL["hand_on"], values).rowcount)

    def waiting(self, now: datetime) -> list[Draft]:
        """What waits to be brought in, newest first; without the files themselves."""
        values = {"sent_by": self._owner, "now": now}
        with self._connection() as connection, connection.cursor(row_factory=dict_row) as cursor:
            return [_draft(row) for row in cursor.execute(SQL["waiting"], values)]

    def same(self, sha256: str, now: datetime) -> UUID | None:
        """The draft that holds the same file, None where there is none."""
        with self._connection() as connection:
            values = {"sha256": sha256, "sent_by": self._owner, "now": now}
            row = connection.execute(SQL["same"], values).fetchone()
        return row[0] if row else None

    def change(self, draft: Draft) -> int:
        """Put the draft's kind, options, notes and reading in place of those of its version.

        Answers the new version.

        Raises:
            DraftChangedError: the version is not the last one any more.
        """
        return self._changed("change", draft)

    def read_anew(self, draft: Draft) -> int:
        """As ``change``, and keep what the draft is read from now; answers the new version."""
        return self._changed("read_anew", draft)

    def _changed(self, statement: str, draft: Draft) -> int:
        with self._connection() as connection:
            row = connection.execute(SQL[statement], _values(draft)).fetchone()
        if row is None:
            raise DraftChangedError
        return int(row[0])

    def finish(self, draft_id: UUID, import_id: UUID) -> None:
        """Forget the content of what was brought in; that it was here stays until it is old."""
        with self._connection() as connection:
            connection.execute(SQL["finish"], {"draft_id": draft_id, "import_id": import_id})

    def discard(self, draft_id: UUID) -> None:
        """Forget a draft altogether."""
        values = {"draft_id": draft_id, "sent_by": self._owner}
        with self._connection() as connection:
            connection.execute(SQL["discard"], values)

    def _connection(self) -> Any:  # noqa: ANN401  # the pool's own context manager
        self._pool.open()
        return self._pool.connection()


def _values(draft: Draft) -> dict[str, Any]:
    return {
        "draft_id": draft.draft_id,
        "version": draft.version,
        "name": draft.name,
        "sha256": draft.sha256,
        "size": draft.size,
        "content": draft.content,
        "document": None if draft.document is None else msgspec.json.encode(draft.document),
        "kind": draft.kind,
        "options": Jsonb(msgspec.to_builtins(draft.options)),
        "corrections": Jsonb(msgspec.to_builtins(draft.notes)),
        "sent_by": draft.sent_by,
        "received_at": draft.received_at,
        "expires_at": draft.expires_at,
    }


def _document(kept: bytes) -> FormDocument | None:
    """What was kept; None where this release would keep it in another shape."""
    try:
        return msgspec.json.decode(kept, type=FormDocument)
    except msgspec.ValidationError:
        return None


def _content(kind: ImportKind, kept: bytes) -> bytes:
    """What a draft is read from; of a table that an earlier release kept, the file."""
    is_table = kind is not ImportKind.DECLARATIONS
    return Packed(kept) if is_table and is_packed(kept) else kept


def _draft(row: dict[str, Any]) -> Draft:
    document = row.pop("document")
    kind = ImportKind(row.pop("kind"))
    return Draft(
        kind=kind,
        content=_content(kind, row.pop("content")),
        proposed=ImportKind(row.pop("proposed")),
        options=msgspec.convert(row.pop("options"), DraftOptions),
        notes=msgspec.convert(row.pop("corrections"), tuple[Replaced, ...]),
        document=None if document is None else _document(document),
        **row,
    )
