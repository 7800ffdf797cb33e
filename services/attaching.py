"""Files that prove what was reported (佐证材料): attached, withdrawn, handed out, destroyed."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol
from uuid import UUID

from domain.access.action import Action
from domain.access.authorize import Actor
from domain.errors import MonitoringError, NotOnRecordError
from domain.evidence import EvidenceFile, EvidenceStage, FileFacts, Proves, evidence_id
from domain.target import Target
from services.access.audit import AuditTrail
from services.access.permitting import permit_target
from services.access.present import present
from services.access.visitor import Visitor
from services.evidence.keys import EvidenceKey, EvidenceKeys
from services.evidence.media import media_type_of, name_contradicts
from services.evidence.vault import EvidenceDamagedError, Vault
from services.file_size import MOST_BYTES
from services.intake.file_name import shown_name
from services.log.appending import Appended, Command
from services.log.application import Log
from services.log.errors import LogUnreachableError
from services.log.meta import Meta
from services.retrying import decide_again, once


class EvidenceEmptyError(MonitoringError):
    """There is nothing in the file."""

    code = "evidence_empty"

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}”是空文件，没有上传。请检查后重新选择文件。")


class EvidenceTooLargeError(MonitoringError):
    """The file is larger than is kept."""

    code = "evidence_too_large"

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}”超过{MOST_BYTES // 1_000_000}MB，没有上传。请压缩或拆分后再传。")


@dataclass(frozen=True, slots=True)
class EvidenceDesk:
    """What is worked on with: the record, the store, the keys, the audit, and the day."""

    log: Log
    vault: Vault
    keys: EvidenceKeys
    audit: AuditTrail
    today: date


@dataclass(frozen=True, slots=True)
class EvidenceUpload:
    """A file as it was handed in, what it proves, and from which day on it is there."""

    proves: Proves
    name: str
    content: bytes = field(repr=False)
    attached_on: date


@dataclass(frozen=True, slots=True)
class AttachedEvidence:
    """A file on record; ``known``: it was there before. ``remark`` is what to look at again."""

    evidence_id: UUID
    position: int
    known: bool
    remark: str | None


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A file as it was sent: to be saved by who asked, never to be shown."""

    name: str
    media_type: str
    content: bytes


def attach(desk: EvidenceDesk, upload: EvidenceUpload, *, meta: Meta) -> AttachedEvidence:
    """Keep a file with what it proves; the same one again is known.

    It is encrypted and on the disk before it is on record, and removed again where it does not
    come onto it: where the record, asked again, knows nothing of it.

    Raises:
        EvidenceEmptyError, EvidenceTooLargeError: it cannot be kept.
        NotOnRecordError: there is no such target, indicator, or reported value.
        EvidenceRedactedError: that very file was destroyed before, for good reason.
    """
    name = shown_name(upload.name)
    _require_size(name, upload.content)
    target = desk.log.get(Target, upload.proves.target_id)
    permit_target(Action.REPORT_ACHIEVEMENT, target)
    require_proven(target, upload.proves)
    media_type = media_type_of(upload.content)
    remark = name_contradicts(name, media_type)
    digest = desk.vault.digest(upload.content)
    file_id = evidence_id(upload.proves, digest)
    if _stands(desk.log, file_id):
        return AttachedEvidence(file_id, desk.log.head(), known=True, remark=remark)
    sealed = desk.vault.seal(upload.content)
    facts = FileFacts(media_type, len(upload.content), digest, sealed.digest)
    try:
        desk.keys.keep(EvidenceKey(file_id, sealed, name))
        position = _record(desk.log, file_id, upload, facts, meta)
    finally:
        is_ours = _settle(desk, file_id, sealed.digest)
    return AttachedEvidence(file_id, position, known=not is_ours, remark=remark)


def _settle(desk: EvidenceDesk, file_id: UUID, digest: str) -> bool:
    """Remove what was stored unless it is on record; answer whether it is.

    The record is asked, whatever the append said: an acknowledgement can be lost, and the file
    with it if this trusted the failure. Where nobody answers, all stays until the night.
    """
    with suppress(LogUnreachableError):
        known = _known(desk.log, file_id)
        if known is None or known.file.sealed_sha256 != digest:
            desk.keys.forget(digest)
            desk.vault.discard(digest)
            return False
    return True


def _require_size(name: str, content: bytes) -> None:
    if not content:
        raise EvidenceEmptyError(name)
    if len(content) > MOST_BYTES:
        raise EvidenceTooLargeError(name)


def require_proven(target: Target, proves: Proves) -> None:
    """Refuse to prove what is not there; NotOnRecordError."""
    if proves.indicator_id is None:
        return
    if proves.indicator_id not in target.indicators:
        raise NotOnRecordError(f"绩效指标 {proves.indicator_id}")
    key = (proves.indicator_id, proves.part, proves.reported_on)
    if proves.reported_on is not None and key not in target.reports:
        name = target.indicators[proves.indicator_id].name
        raise NotOnRecordError(f"指标“{name}”截至{proves.reported_on}的完成值")


def _known(log: Log, file_id: UUID) -> EvidenceFile | None:
    return log.get_many(EvidenceFile, [file_id]).get(file_id)


def _stands(log: Log, file_id: UUID) -> bool:
    """Whether the file is on record and counts; EvidenceRedactedError."""
    known = _known(log, file_id)
    if known is None:
        return False
    known.require_readable()
    return known.stage is EvidenceStage.ATTACHED


def _record(log: Log, file_id: UUID, upload: EvidenceUpload, facts: FileFacts, meta: Meta) -> int:
    """The position; another upload of the same file may have been first."""

    def decide() -> int:
        known = _known(log, file_id)
        if known is None:
            file = EvidenceFile(upload.proves, facts, upload.attached_on)
        elif known.attach_again(facts, upload.attached_on):
            file = known
        else:
            return log.head()
        return log.save(file, meta=meta).last_position

    return decide_again(decide)


class End(Protocol):
    """What ends a file: :func:`withdraw`, :func:`redact`."""

    def __call__(  # the parameters of both
        self,
        desk: EvidenceDesk,
        file_id: UUID,
        reason: str,
        /,
        *,
        on: date | None = None,
        meta: Meta,
        command: Command | None = None,
    ) -> Appended:
        """End it, for a reason, from a day on."""


def withdraw(  # what is taken back, and who asked by which command
    desk: EvidenceDesk,
    file_id: UUID,
    reason: str,
    *,
    on: date | None = None,
    meta: Meta,
    command: Command | None = None,
) -> Appended:
    """Let a file count no more; undone by attaching it again.

    Raises:
        NotOnRecordError: there is no such file.
        EvidenceWithdrawnError, EvidenceRedactedError: that is so already.
        FutureDateError: the day lies after today.
        ReasonMissingError: nobody says why.
    """

    def decide() -> Appended:
        file = _permitted(desk, file_id, Action.REPORT_ACHIEVEMENT)
        file.withdraw(on or desk.today, reason, today=desk.today)
        return desk.log.save(file, meta=meta, command=command)

    return once(desk.log, command, decide)


def redact(  # what is destroyed, and who asked by which command
    desk: EvidenceDesk,
    file_id: UUID,
    reason: str,
    *,
    on: date | None = None,
    meta: Meta,
    command: Command | None = None,
) -> Appended:
    """Destroy the key of a file, so that nobody can read it any more.

    It is on record before the key is gone: a key that is left by a crash between the two is
    destroyed by the next try, or at night (:mod:`services.tidying_evidence`).

    Raises:
        NotOnRecordError, EvidenceRedactedError, FutureDateError, ReasonMissingError: as of
            ``withdraw``.
    """

    def decide() -> Appended:
        file = _permitted(desk, file_id, Action.REDACT_EVIDENCE)
        if file.stage is EvidenceStage.REDACTED:
            desk.keys.destroy(file_id)
        file.redact(on or desk.today, reason, today=desk.today)
        return desk.log.save(file, meta=meta, command=command)

    done = once(desk.log, command, decide)
    desk.keys.destroy(file_id)
    return done


def may_redact(actor: Actor) -> bool:
    """Whether somebody may anywhere destroy files; of each it is asked again."""
    return bool(actor.grants_for(Action.REDACT_EVIDENCE))


def hand_out(desk: EvidenceDesk, file_id: UUID, visitor: Visitor) -> HandedOut:
    """A file as it was sent; who got it is on record before it goes out.

    Raises:
        NotOnRecordError: there is no such file, or nobody may know that there is.
        EvidenceRedactedError: it was destroyed.
        EvidenceDamagedError: the store does not hold what the record says.
    """
    file = _permitted(desk, file_id, Action.READ_TARGET)
    file.require_readable()
    key = desk.keys.find(file_id, file.file.sealed_sha256)
    if key is None:
        raise EvidenceDamagedError(file.file.sealed_sha256)
    content = desk.vault.unseal(key.sealed)
    if desk.vault.digest(content) != file.file.sha256:
        raise EvidenceDamagedError(file.file.sealed_sha256)
    person = present()
    entry = visitor.entry(
        person.actor.login,
        DOWNLOADED,
        account_id=person.account.id,
        subject=f"evidence/{file_id}",
    )
    desk.audit.note(entry)
    return HandedOut(key.name, file.file.media_type, content)


DOWNLOADED = "evidence.download"
"""How the audit calls it."""


def _permitted(desk: EvidenceDesk, file_id: UUID, action: Action) -> EvidenceFile:
    """A file that whoever is present may do this to; others are told there is none."""
    file = desk.log.get(EvidenceFile, file_id)
    permit_target(action, desk.log.get(Target, file.proves.target_id))
    return file
