"""A file that proves something (佐证材料): what it is of, and what became of it.

The file itself lies outside the log, encrypted under a key of its own, so that personal data in
it can be made unreadable while what was proved, when and by whom stays on record (neighbours
N21). The log holds two digests: of the file as it was sent, and of what lies in the store. The
file's name may name a person, and is kept beside its key.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from eventsourcing.domain import event

from domain.errors import FutureDateError, MonitoringError, said_reason
from domain.event import DomainAggregate
from domain.identity import derived_id


@dataclass(frozen=True, slots=True)
class Proves:
    """What a file is attached to: a target, or the value of one of its indicators for a day.

    ``part`` as of :class:`domain.indicator.Achievement`.
    """

    target_id: UUID
    indicator_id: UUID | None = None
    part: int = 0
    reported_on: date | None = None


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A file, by what it is and not by what it says.

    ``media_type`` is told by its content; ``size`` in bytes; ``sha256`` of the file as sent,
    ``sealed_sha256`` of it as stored, both in hexadecimal digits.
    """

    media_type: str
    size: int
    sha256: str
    sealed_sha256: str


class EvidenceStage(StrEnum):
    """Whether a file still counts, and whether it can still be read."""

    ATTACHED = "attached"
    WITHDRAWN = "withdrawn"
    REDACTED = "redacted"

    @property
    def label(self) -> str:
        """How people call it."""
        return {"attached": "有效", "withdrawn": "已撤回", "redacted": "已销毁"}[self.value]


class EvidenceWithdrawnError(MonitoringError):
    """The file was taken back."""

    code = "evidence_withdrawn"

    def __init__(self, since: date) -> None:
        super().__init__(f"这份佐证材料已于{since}撤回。要重新使用，请再上传一次同一文件。")


class EvidenceRedactedError(MonitoringError):
    """The file was made unreadable."""

    code = "evidence_redacted"

    def __init__(self, since: date) -> None:
        super().__init__(
            f"这份佐证材料含不宜留存的内容，已于{since}销毁，只留校验值。请上传已隐去个人信息的文件。"
        )


def evidence_id(proves: Proves, sha256: str) -> UUID:
    """Id of a file: what it is attached to, and its content; the same one twice is one."""
    return derived_id(
        "evidence",
        proves.target_id,
        proves.indicator_id,
        proves.part,
        proves.reported_on,
        sha256,
    )


class EvidenceFile(DomainAggregate):
    """One file attached to one thing."""

    TOPIC = "evidence"

    class Event(DomainAggregate.Event):
        """Anything recorded about a file."""

    class Attached(Event, DomainAggregate.Created):
        """佐证材料已上传."""

        TOPIC = "evidence.attached"
        proves: Proves
        file: FileFacts
        attached_on: date

    Created = Attached

    class AttachedAgain(Event):
        """撤回的佐证材料已重新上传."""

        TOPIC = "evidence.attached_again"
        file: FileFacts
        attached_on: date

    class Withdrawn(Event):
        """佐证材料已撤回."""

        TOPIC = "evidence.withdrawn"
        withdrawn_on: date
        reason: str

    class Redacted(Event):
        """佐证材料已销毁."""

        TOPIC = "evidence.redacted"
        redacted_on: date
        reason: str

    @event(Attached)
    def __init__(self, proves: Proves, file: FileFacts, attached_on: date) -> None:
        self.proves = proves
        self.file = file
        self.stage = EvidenceStage.ATTACHED
        self.since = attached_on

    @staticmethod
    def create_id(proves: Proves, file: FileFacts) -> UUID:
        """Derive the id, so that attaching twice collides in the log itself."""
        return evidence_id(proves, file.sha256)

    def attach_again(self, file: FileFacts, attached_on: date) -> bool:
        """Let a file that was taken back count again; answer whether that says anything new.

        Raises:
            EvidenceRedactedError: it was made unreadable, and stays so.
        """
        if self.stage is EvidenceStage.REDACTED:
            raise EvidenceRedactedError(self.since)
        if self.stage is EvidenceStage.ATTACHED:
            return False
        self._attach_again(file, attached_on)
        return True

    @event(AttachedAgain)
    def _attach_again(self, file: FileFacts, attached_on: date) -> None:
        self.file = file
        self.stage = EvidenceStage.ATTACHED
        self.since = attached_on

    def withdraw(self, withdrawn_on: date, reason: str, *, today: date) -> None:
        """Take a file back that does not prove it; it can still be read by who checks.

        Raises:
            EvidenceWithdrawnError, EvidenceRedactedError: that is so already.
            FutureDateError: the day lies after today.
            ReasonMissingError: nobody says why.
        """
        said = said_reason(reason)
        if self.stage is EvidenceStage.WITHDRAWN:
            raise EvidenceWithdrawnError(self.since)
        self.require_readable()
        _require_past(withdrawn_on, today)
        self._withdraw(withdrawn_on, said)

    @event(Withdrawn)
    def _withdraw(self, withdrawn_on: date, reason: str) -> None:  # noqa: ARG002
        self.stage = EvidenceStage.WITHDRAWN
        self.since = withdrawn_on

    def redact(self, redacted_on: date, reason: str, *, today: date) -> None:
        """Record that the file can no longer be read by anybody.

        Raises:
            EvidenceRedactedError: that is so already.
            FutureDateError: the day lies after today.
            ReasonMissingError: nobody says why.
        """
        said = said_reason(reason)
        self.require_readable()
        _require_past(redacted_on, today)
        self._redact(redacted_on, said)

    @event(Redacted)
    def _redact(self, redacted_on: date, reason: str) -> None:  # noqa: ARG002
        self.stage = EvidenceStage.REDACTED
        self.since = redacted_on

    def require_readable(self) -> None:
        """Refuse what needs the content of a file that has none; EvidenceRedactedError."""
        if self.stage is EvidenceStage.REDACTED:
            raise EvidenceRedactedError(self.since)


def _require_past(given: date, today: date) -> None:
    if given > today:
        raise FutureDateError(given, today)
