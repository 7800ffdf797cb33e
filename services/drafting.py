"""Files are looked at, corrected, and then brought in or given up (数据导入：预览、更正、入库)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid4

from domain.approval import GivenApproval
from domain.errors import MonitoringError, NotOnRecordError
from domain.importing import Import, ImportKind
from domain.payment import VoucherKind
from services.clock import SHANGHAI
from services.helping import mapping_of
from services.importing_declarations import DeclaredTarget, FormFile, import_form, preview_form
from services.importing_payments import proposed_year
from services.intake.choice import ColumnChoice
from services.intake.drafts import Draft, DraftChangedError, DraftOptions, Drafts
from services.intake.file_name import shown_name
from services.intake.forms.correcting import Place, Replaced, printed_text
from services.intake.forms.declaration import FileReading
from services.intake.forms.document import FormDocument, read_document
from services.intake.forms.fields import HeadField, NotSuchAValueError, require_sayable
from services.intake.forms.places import locate
from services.intake.guessing import kind_of
from services.intake.mappings import Mappings
from services.intake.packing import pack
from services.intake.readers.grid import UnreadableFileError
from services.intake.sandbox.client import in_child
from services.intake.tables.packed import Packed
from services.intake.title_year import title_year
from services.log.application import Log
from services.log.meta import Meta
from services.readmodel.lookups import Lookups
from services.recording import Door, Progress, Upload, silent
from services.running import run_file

DRAFT_LIFE = timedelta(days=7)
MOST_DRAFTS = 200
MOST_CORRECTIONS = 2_000

NOT_KEPT = (
    "这份文件已作为数据表读取，原文件没有保留（其中可能有个人信息）。"
    "要作为绩效目标申报表读取，请重新上传，上传前在“文件类型”中选“绩效目标申报表”。"
)


class TooManyDraftsError(MonitoringError):
    """Too many files wait to be looked at."""

    code = "too_many_drafts"

    def __init__(self) -> None:
        super().__init__(
            f"待核对的文件已有{MOST_DRAFTS}份，不能再收。请先把已核对的入库，或放弃不要的。"
        )


@dataclass(frozen=True, slots=True)
class DraftDesk:
    """What drafts are worked on with: the record, who works, where, and when."""

    log: Log
    lookups: Lookups
    region: str
    meta: Meta
    now: datetime

    @property
    def drafts(self) -> Drafts:
        """The drafts of whoever works here."""
        return Drafts(self.lookups.pool, self.meta.actor)

    @property
    def today(self) -> date:
        """The calendar day in Shanghai."""
        return self.now.astimezone(SHANGHAI).date()


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it was sent; ``kind`` and ``fiscal_year`` None where nobody said."""

    name: str
    content: bytes = field(repr=False)
    kind: ImportKind | None = None
    fiscal_year: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A text to be put in place of a printed one; None is blank.

    ``check`` is the review's check that proposed it, None where the person wrote it.
    """

    place: Place
    text: str | None
    check: str | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """A file that waits to be looked at; ``known``: it did so before."""

    draft: Draft
    known: bool = False


def receive(desk: DraftDesk, sent: Sent) -> Received:
    """Keep a file to be looked at; the same file again is the draft that is there.

    Said to be of another kind, that draft is read anew. What is kept of a table are its tables,
    without what is about persons.

    Raises:
        UnreadableFileError: nothing can be made of it; the sentence says what to do.
        TooManyDraftsError: too many wait already.
    """
    digest = sha256(sent.content).hexdigest()
    known = desk.drafts.same(digest, desk.now)
    if known is not None:
        return Received(_sent_again(desk, desk.drafts.load(known, desk.now), sent), known=True)
    if len(desk.drafts.waiting(desk.now)) >= MOST_DRAFTS:
        raise TooManyDraftsError
    if not sent.content:
        raise UnreadableFileError("文件是空的。")
    kind = sent.kind or in_child(kind_of, sent.content)
    blank = Draft(
        draft_id=uuid4(),
        version=1,
        name=shown_name(sent.name),
        sha256=digest,
        size=len(sent.content),
        kind=kind,
        proposed=kind,
        options=DraftOptions(sent.fiscal_year or desk.today.year),
        notes=(),
        sent_by=desk.meta.actor,
        received_at=desk.now,
        expires_at=desk.now + DRAFT_LIFE,
        content=sent.content,
    )
    draft = _read(
        desk, blank, year_said=sent.fiscal_year is not None, kind_said=sent.kind is not None
    )
    desk.drafts.keep(draft)
    return Received(draft)


def _sent_again(desk: DraftDesk, known: Draft, sent: Sent) -> Draft:
    if sent.kind in {None, known.kind}:
        return known
    anew = replace(known, kind=sent.kind, content=sent.content, notes=(), document=None)
    read = _read(desk, anew, year_said=sent.fiscal_year is not None, kind_said=True)
    return replace(read, version=desk.drafts.read_anew(read))


def _read(desk: DraftDesk, draft: Draft, *, year_said: bool, kind_said: bool) -> Draft:
    """The draft with what its kind needs to be looked at; the year from the file, if unsaid.

    A table that is said to be of a kind may have headings that nobody knows yet.
    """
    if draft.kind is ImportKind.DECLARATIONS:
        if isinstance(draft.content, Packed):
            raise UnreadableFileError(NOT_KEPT)
        document = in_child(read_document, draft.content, draft.name)
        reading = document.reading
        if reading.is_empty and all(error.rule == "form.not_found" for error in reading.errors):
            raise UnreadableFileError(
                "没有认出这是什么文件：没有“项目名称”“一级指标”等栏目，也没有支付、完成值的表头。"
                "请核对是否选错了文件；没有错时，请先在“文件类型”中指定，再上传。"
            )
        draft, year = replace(draft, document=document), _year_of(reading)
    else:
        draft = replace(draft, content=_packed(desk, draft))
        year = _year_of_table(desk, draft, kind_said=kind_said)
    if year is None or year_said:
        return draft
    return replace(draft, options=replace(draft.options, fiscal_year=year))


def _packed(desk: DraftDesk, draft: Draft) -> Packed:
    choice = ColumnChoice({}, Mappings(desk.lookups.pool).of_kind(draft.kind))
    return Packed(in_child(pack, draft.content, draft.kind, choice))


_TITLED = frozenset({ImportKind.TARGETS, ImportKind.MONITORING, ImportKind.SELF_EVALUATIONS})
"""Kinds whose sheets print their year in the title."""


def _year_of_table(desk: DraftDesk, draft: Draft, *, kind_said: bool) -> int | None:
    if draft.kind in _TITLED:
        return in_child(title_year, draft.content)
    if draft.kind is not ImportKind.PAYMENTS:
        return None
    try:
        return proposed_year(desk.lookups, upload_of(desk, draft), desk.today)
    except UnreadableFileError:
        if not kind_said:
            raise
        return None


def _year_of(reading: FileReading) -> int | None:
    years = (declared.fiscal_year for declared in reading.declarations)
    return next((year for year in years if year is not None), None)


def upload_of(desk: DraftDesk, draft: Draft) -> Upload:
    """The draft as a file that is handed in."""
    options = draft.options
    return Upload(
        draft.content,
        draft.name,
        desk.region,
        options.fiscal_year,
        options.complete_to,
        accept_bad_lines=True,
        voucher_kind=VoucherKind.ALLOCATION if options.allocation else None,
        cut_off=options.cut_off,
        approval=_approval(options),
        mapping=mapping_of(draft.kind, options.columns),
        digest=draft.sha256,
    )


def _approval(options: DraftOptions) -> GivenApproval | None:
    """That finance approved a form already."""
    on = options.approved_on
    return None if on is None else GivenApproval(on, options.document_no)


def form_file(desk: DraftDesk, draft: Draft) -> FormFile:
    """A draft of a declaration form, read and corrected.

    Raises:
        NotOnRecordError: the draft is no form.
    """
    upload = upload_of(desk, draft)
    file = FormFile(upload, document_of(draft).reading, draft.notes, year_said=False)
    year = _year_of(file.corrected) or desk.today.year
    return replace(file, upload=replace(upload, fiscal_year=year))


def document_of(draft: Draft) -> FormDocument:
    """A form as it was read when it came; read again where another release read it.

    Raises:
        NotOnRecordError: the draft is no form.
    """
    require_form(draft)
    return draft.document or in_child(read_document, draft.content, draft.name)


def require_form(draft: Draft) -> None:
    """Refuse with NotOnRecordError what is read as a table: its file is not kept."""
    if draft.kind is not ImportKind.DECLARATIONS:
        raise NotOnRecordError(f"绩效目标申报表“{draft.name}”")


def choose(
    desk: DraftDesk, draft_id: UUID, version: int, kind: ImportKind, options: DraftOptions
) -> int:
    """Read a draft as another kind of file, or with other options; answers the new version.

    Raises:
        DraftGoneError, DraftChangedError: see there.
        UnreadableFileError: it cannot be read as that kind.
        FutureDateError and others: a form with these options would be refused.
    """
    draft = _at(desk, draft_id, version)
    changed = replace(draft, kind=kind, options=options)
    keep = desk.drafts.change
    if kind is not draft.kind:
        anew = replace(changed, notes=(), document=None)
        changed, keep = _read(desk, anew, year_said=True, kind_said=True), desk.drafts.read_anew
    if kind is ImportKind.DECLARATIONS:
        preview_form(desk.log, form_file(desk, changed), today=desk.today)
    return keep(changed)


def correct(desk: DraftDesk, draft_id: UUID, version: int, changes: Iterable[Change]) -> int:
    """Put texts in place of printed ones; the printed text again takes a correction back.

    Answers the new version.

    Raises:
        DraftGoneError, DraftChangedError: see there.
        NotOnRecordError: the form has no such place.
        NotSuchAValueError: a text is nothing that its field can say.
    """
    draft = _at(desk, draft_id, version)
    reading = form_file(desk, draft).reading
    notes = {note.place: note for note in draft.notes}
    for change in changes:
        printed = _printed(reading, change.place)
        text = (change.text or "").strip() or None
        require_sayable(change.place.name, text)
        _require_dated(reading, notes, change.place, text)
        notes.pop(change.place, None)
        if text != printed:
            notes[change.place] = Replaced(change.place, text, desk.meta.actor, check=change.check)
    if len(notes) > MOST_CORRECTIONS:
        raise NotSuchAValueError(f"更正超过{MOST_CORRECTIONS}处。请改好原文件后重新上传。")
    return desk.drafts.change(replace(draft, notes=_with_places(draft, reading, notes.values())))


def fill_year(desk: DraftDesk, draft_id: UUID, version: int, year: str) -> int:
    """Say the year of all forms that print none; answers the new version, errors as ``correct``."""
    file = form_file(desk, _at(desk, draft_id, version))
    places = (
        Place(number, None, HeadField.FISCAL_YEAR)
        for number, form in enumerate(file.forms)
        if form.declared.fiscal_year is None
    )
    return correct(desk, draft_id, version, [Change(place, year) for place in places])


def restore(desk: DraftDesk, draft_id: UUID, version: int, place: Place) -> int:
    """Take a correction back; answers the new version, errors as of ``correct``."""
    draft = _at(desk, draft_id, version)
    printed = _printed(form_file(desk, draft).reading, place)
    return correct(desk, draft_id, version, [Change(place, printed)])


def _printed(reading: FileReading, place: Place) -> str | None:
    try:
        return printed_text(reading, place)
    except (LookupError, ValueError):
        raise NotOnRecordError(f"第{place.sheet + 1}张申报表的这一处") from None


def _require_dated(
    reading: FileReading, notes: dict[Place, Replaced], place: Place, text: str | None
) -> None:
    """Refuse a plan that no year dates."""
    supplied = notes.get(replace(place, field=HeadField.FISCAL_YEAR))
    year = supplied.text if supplied else reading.declarations[place.sheet].fiscal_year
    if place.name is HeadField.PLAN and text is not None and not year:
        raise NotSuchAValueError("支出计划的日期要有年度才能确定。请先补填“预算年度”。")


def _with_places(
    draft: Draft, reading: FileReading, notes: Iterable[Replaced]
) -> tuple[Replaced, ...]:
    located = locate(document_of(draft).grid, reading)

    def where(place: Place) -> str:
        return located.where(place) or reading.declarations[place.sheet].where

    return tuple(replace(note, where=where(note.place)) for note in notes)


def discard(desk: DraftDesk, draft_id: UUID) -> None:
    """Give a draft up; nothing of it stays."""
    desk.drafts.discard(draft_id)


def commit_form(
    desk: DraftDesk, draft_id: UUID, version: int, expected: Sequence[DeclaredTarget]
) -> UUID:
    """Bring a form in, exactly as its preview showed; answers the import.

    Asked twice it is done once: what was brought in stays that import.

    Raises:
        DraftGoneError, DraftChangedError: see there.
        PreviewOutdatedError: it would come to something else than was expected.
    """
    draft = desk.drafts.load(draft_id, desk.now)
    if draft.import_id is not None:
        return draft.import_id
    file = form_file(desk, _require_version(draft, version))
    report = import_form(desk.log, file, meta=desk.meta, today=desk.today, expected=tuple(expected))
    import_id = report.summary.import_id
    desk.drafts.finish(draft_id, import_id)
    return import_id


def commit_table(
    desk: DraftDesk, draft_id: UUID, version: int, progress: Progress = silent
) -> UUID:
    """Store a table; rows that cannot be read are left out, as its preview said.

    Asked twice it is done once; errors as of ``commit_form``, and of the kind's own import.
    """
    draft = desk.drafts.load(draft_id, desk.now)
    if draft.import_id is not None:
        return draft.import_id
    upload = upload_of(desk, _require_version(draft, version))
    door = Door(desk.log, desk.lookups, desk.today, progress)
    report = run_file(door, upload, draft.kind, meta=desk.meta, draft_id=draft_id)
    return report.summary.import_id


def import_id_of(desk: DraftDesk, draft_id: UUID, version: int) -> UUID:
    """The import that a draft is, or will be once it is committed.

    Raises:
        DraftGoneError, DraftChangedError: see there.
    """
    draft = desk.drafts.load(draft_id, desk.now)
    if draft.import_id is not None:
        return draft.import_id
    draft = _require_version(draft, version)
    return Import.create_id(upload_of(desk, draft).key(draft.kind))


def _at(desk: DraftDesk, draft_id: UUID, version: int) -> Draft:
    return _require_version(desk.drafts.load(draft_id, desk.now), version)


def _require_version(draft: Draft, version: int) -> Draft:
    if draft.version != version or draft.import_id is not None:
        raise DraftChangedError
    return draft
