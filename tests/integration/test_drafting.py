"""A file waits to be looked at: corrected in any window, brought in once, or forgotten in time."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from domain.approval import Stage
from domain.errors import FutureDateError, NotOnRecordError
from domain.importing import Import, ImportKind
from domain.target import Target
from services import drafting
from services.database.connect import Database
from services.drafting import (
    Change,
    DraftDesk,
    Sent,
    TooManyDraftsError,
    choose,
    commit_form,
    commit_table,
    correct,
    discard,
    fill_year,
    form_file,
    receive,
)
from services.importing_declarations import PreviewOutdatedError
from services.importing_payments import import_payments
from services.intake.choice import NoSuchHeadingError
from services.intake.drafts import Draft, DraftChangedError, DraftGoneError, DraftOptions
from services.intake.forms.correcting import Place
from services.intake.forms.fields import NotSuchAValueError
from services.intake.readers.grid import UnreadableFileError
from services.previewing import FormView, look_at_form, look_at_table, proposals
from tests.declaring import REGION
from tests.integration.incoming import META, MORNING, desk_on
from tests.payment_files import csv_of, upload

FORM = (Path(__file__).parents[1] / "data" / "hebei_form.txt").read_bytes()
NAME = Place(0, 0, "name")
VALUE = Place(0, 0, "value_text")
PAYMENTS = csv_of(
    [("1001", "120.00", "2025-03-04", "P1")],
    ("支付凭证号", "实际支付金额", "实际支付日期", "项目编码"),
)


@pytest.fixture
def desk(database: Database) -> Iterator[DraftDesk]:
    with desk_on(database) as opened:
        yield DraftDesk(opened.log, opened.lookups, REGION, META, MORNING)


@pytest.fixture
def form(desk: DraftDesk) -> Draft:
    return receive(desk, Sent("申报表.txt", FORM)).draft


def loaded(desk: DraftDesk, draft_id: UUID) -> Draft:
    return desk.drafts.load(draft_id, desk.now)


def looked_at(desk: DraftDesk, draft_id: UUID) -> FormView:
    return look_at_form(desk, loaded(desk, draft_id))


def commit(desk: DraftDesk, draft_id: UUID) -> UUID:
    view = looked_at(desk, draft_id)
    assert view.report is not None
    return commit_form(desk, draft_id, view.draft.version, view.report.targets)


def test_a_form_is_recognised_and_waits_with_its_year(desk: DraftDesk, form: Draft) -> None:
    assert (form.kind, form.options.fiscal_year) == (ImportKind.DECLARATIONS, 2025)
    assert loaded(desk, form.draft_id) == form
    (waiting,) = desk.drafts.waiting(desk.now)
    assert waiting == replace(form, content=b"", document=None)


def test_payments_are_recognised_by_their_headings(desk: DraftDesk) -> None:
    draft = receive(desk, Sent("明细.csv", PAYMENTS)).draft
    assert (draft.kind, draft.options.fiscal_year) == (ImportKind.PAYMENTS, 2025)
    assert draft.document is None


def test_a_year_that_was_said_stays(desk: DraftDesk) -> None:
    draft = receive(desk, Sent("明细.csv", PAYMENTS, fiscal_year=2024)).draft
    assert draft.options.fiscal_year == 2024


def test_the_same_file_again_is_the_draft_that_is_there(desk: DraftDesk, form: Draft) -> None:
    again = receive(desk, Sent("又一次.txt", FORM))
    assert again.known
    assert again.draft == form


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空的"),
        ("今天天气很好。".encode(), "没有认出"),
        (b"\x00\x01\x02\x03" * 50, "文本"),
    ],
)
def test_what_nothing_can_be_made_of_is_refused_and_not_kept(
    desk: DraftDesk, content: bytes, said: str
) -> None:
    with pytest.raises(UnreadableFileError, match=said):
        receive(desk, Sent("x.txt", content))
    assert desk.drafts.waiting(desk.now) == []


def test_when_too_many_wait_the_next_one_is_refused(
    desk: DraftDesk, form: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafting, "MOST_DRAFTS", 1)
    with pytest.raises(TooManyDraftsError):
        receive(desk, Sent("明细.csv", PAYMENTS))
    discard(desk, form.draft_id)
    receive(desk, Sent("明细.csv", PAYMENTS))


def test_a_draft_is_forgotten_after_a_week(desk: DraftDesk, form: Draft) -> None:
    later = replace(desk, now=desk.now + drafting.DRAFT_LIFE)
    just_before = replace(desk, now=later.now - timedelta(seconds=1))
    assert just_before.drafts.load(form.draft_id, just_before.now) == form
    with pytest.raises(DraftGoneError):
        later.drafts.load(form.draft_id, later.now)
    assert later.drafts.waiting(later.now) == []
    assert not receive(later, Sent("申报表.txt", FORM)).known
    with pytest.raises(DraftGoneError):  # its row is gone, too
        desk.drafts.load(form.draft_id, desk.now)


def test_a_correction_is_kept_with_its_place_and_its_author(desk: DraftDesk, form: Draft) -> None:
    version = correct(desk, form.draft_id, 1, [Change(VALUE, " ≥150场 ")])
    (note,) = loaded(desk, form.draft_id).notes
    assert version == 2
    assert (note.text, note.by, note.check) == ("≥150场", META.actor, None)
    assert note.where == "L74"
    assert (
        looked_at(desk, form.draft_id).file.forms[0].declared.indicators[0].value_text == "≥150场"
    )


def test_the_printed_text_again_takes_a_correction_back(desk: DraftDesk, form: Draft) -> None:
    printed = form_file(desk, form).reading.declarations[0].indicators[0].value_text
    correct(desk, form.draft_id, 1, [Change(VALUE, "≥150场"), Change(NAME, None)])
    correct(desk, form.draft_id, 2, [Change(VALUE, printed)])
    assert [note.place for note in loaded(desk, form.draft_id).notes] == [NAME]


def test_two_windows_do_not_undo_each_others_work(desk: DraftDesk, form: Draft) -> None:
    correct(desk, form.draft_id, 1, [Change(VALUE, "≥150场")])
    with pytest.raises(DraftChangedError):
        correct(desk, form.draft_id, 1, [Change(VALUE, "≥160场")])
    with pytest.raises(DraftChangedError):
        choose(desk, form.draft_id, 1, ImportKind.DECLARATIONS, DraftOptions(2026))
    with pytest.raises(DraftChangedError):
        commit_form(desk, form.draft_id, 1, ())
    assert [note.text for note in loaded(desk, form.draft_id).notes] == ["≥150场"]


@pytest.mark.parametrize(
    "place",
    [Place(9, 0, "name"), Place(0, 99, "name"), Place(0, 0, "total"), Place(0, None, "name")],
)
def test_a_place_that_the_form_does_not_have_is_refused(
    desk: DraftDesk, form: Draft, place: Place
) -> None:
    with pytest.raises(NotOnRecordError):
        correct(desk, form.draft_id, 1, [Change(place, "甲")])


def test_what_a_field_cannot_say_is_refused_and_nothing_is_kept(
    desk: DraftDesk, form: Draft
) -> None:
    wrong = [Change(VALUE, "≥150场"), Change(Place(0, None, "total"), "约三万")]
    with pytest.raises(NotSuchAValueError):
        correct(desk, form.draft_id, 1, wrong)
    assert loaded(desk, form.draft_id).notes == ()


def test_a_plan_needs_a_year_first(desk: DraftDesk) -> None:
    undated = FORM.decode().replace("2025年，", "").encode()
    draft = receive(desk, Sent("无年度.txt", undated)).draft
    plan = Change(Place(0, None, "spending_plan"), "6月底50%、12月底100%")
    with pytest.raises(NotSuchAValueError, match="预算年度"):
        correct(desk, draft.draft_id, 1, [plan])
    year = Change(Place(0, None, "fiscal_year"), "2025")
    correct(desk, draft.draft_id, 1, [year, plan])


def test_corrections_are_not_without_end(
    desk: DraftDesk, form: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafting, "MOST_CORRECTIONS", 1)
    with pytest.raises(NotSuchAValueError, match="改好原文件"):
        correct(desk, form.draft_id, 1, [Change(VALUE, "甲"), Change(NAME, "乙")])


def test_a_form_is_brought_in_as_corrected_and_its_draft_leads_there(
    desk: DraftDesk, form: Draft
) -> None:
    correct(desk, form.draft_id, 1, [Change(VALUE, "≥150场")])
    view = looked_at(desk, form.draft_id)
    import_id = commit(desk, form.draft_id)
    brought = desk.log.get(Import, import_id)
    assert view.report is not None
    target = desk.log.get(Target, view.report.targets[0].target_id)
    assert [one.corrected for one in brought.corrections] == ["≥150场"]
    assert target.declaration.corrections == brought.corrections
    left = loaded(desk, form.draft_id)
    assert (left.import_id, left.content, left.document, left.notes) == (import_id, b"", None, ())
    assert desk.drafts.waiting(desk.now) == []
    assert commit_form(desk, form.draft_id, 2, view.report.targets) == import_id


def test_what_was_brought_in_can_be_sent_again_and_says_so(desk: DraftDesk, form: Draft) -> None:
    commit(desk, form.draft_id)
    again = receive(desk, Sent("申报表.txt", FORM))
    assert not again.known
    earlier = looked_at(desk, again.draft.draft_id).earlier
    assert earlier is not None
    assert earlier.meta.actor == META.actor


def test_a_commit_does_what_the_preview_showed_or_nothing(desk: DraftDesk, form: Draft) -> None:
    view = looked_at(desk, form.draft_id)
    assert view.report is not None
    with pytest.raises(PreviewOutdatedError):
        commit_form(desk, form.draft_id, 1, view.report.targets[1:])
    assert loaded(desk, form.draft_id).import_id is None


def test_a_form_that_cannot_be_declared_is_said_and_the_others_come_in(desk: DraftDesk) -> None:
    nameless = FORM.decode().replace("送戏下乡县级配套资金\n", "\n", 2).encode()
    draft = receive(desk, Sent("缺项.txt", nameless)).draft
    correct(desk, draft.draft_id, 1, [Change(Place(1, None, "implementing_unit"), None)])
    view = looked_at(desk, draft.draft_id)
    assert "实施单位" in str(view.refusals[1])
    brought = desk.log.get(Import, commit(desk, draft.draft_id))
    assert brought.refused == len(view.refusals)


def test_given_up_is_gone(desk: DraftDesk, form: Draft) -> None:
    discard(desk, form.draft_id)
    with pytest.raises(DraftGoneError):
        loaded(desk, form.draft_id)
    with pytest.raises(DraftGoneError):
        commit_form(desk, uuid4(), 1, ())


def test_another_kind_reads_the_file_anew_and_forgets_corrections(
    desk: DraftDesk, form: Draft
) -> None:
    correct(desk, form.draft_id, 1, [Change(VALUE, "≥150场")])
    options = DraftOptions(2024, date(2024, 6, 30), None, allocation=True)
    choose(desk, form.draft_id, 2, ImportKind.ACHIEVEMENTS, options)
    draft = loaded(desk, form.draft_id)
    assert (draft.kind, draft.proposed) == (ImportKind.ACHIEVEMENTS, ImportKind.DECLARATIONS)
    assert (draft.options, draft.notes, draft.version) == (options, (), 3)
    with pytest.raises(NotOnRecordError):
        correct(desk, form.draft_id, 3, [Change(VALUE, "甲")])


def test_a_proposal_of_the_review_becomes_a_correction_with_its_check(
    desk: DraftDesk, form: Draft
) -> None:
    wrong = Change(Place(0, 1, "value_text"), "≤95%")
    correct(desk, form.draft_id, 1, [wrong])
    view = looked_at(desk, form.draft_id)
    fixable = [one for one in view.review.of_project(0) if one.fix]
    assert fixable
    changes = proposals(view, fixable[:1])
    correct(desk, form.draft_id, 2, changes)
    notes = {note.place: note for note in loaded(desk, form.draft_id).notes}
    assert {notes[change.place].check for change in changes} == {fixable[0].check}


def test_a_form_that_finance_approved_comes_in_approved(desk: DraftDesk, form: Draft) -> None:
    options = replace(form.options, approved_on=date(2025, 2, 10), document_no="财绩〔2025〕3号")
    choose(desk, form.draft_id, 1, ImportKind.DECLARATIONS, options)
    view = looked_at(desk, form.draft_id)
    assert view.report is not None
    commit(desk, form.draft_id)
    target = desk.log.get(Target, view.report.targets[0].target_id)
    assert target.standing.stage is Stage.APPROVED


def test_an_approval_after_today_is_refused_and_not_kept(desk: DraftDesk, form: Draft) -> None:
    options = replace(form.options, approved_on=date(2030, 2, 10))
    with pytest.raises(FutureDateError):
        choose(desk, form.draft_id, 1, ImportKind.DECLARATIONS, options)
    assert loaded(desk, form.draft_id).version == 1


def test_the_year_of_forms_that_print_none_is_said_for_all_at_once_and_is_a_correction(
    desk: DraftDesk,
) -> None:
    undated = FORM.decode().replace("2025年，", "").encode()
    draft = receive(desk, Sent("无年度.txt", undated)).draft
    assert set(looked_at(desk, draft.draft_id).refusals) == {0, 1, 2}
    fill_year(desk, draft.draft_id, 1, "2024")
    view = looked_at(desk, draft.draft_id)
    assert view.refusals == {}
    assert {form.declared.fiscal_year for form in view.file.forms} == {2024}
    assert view.file.key.fiscal_year == 2024
    brought = desk.log.get(Import, commit(desk, draft.draft_id))
    assert [one.field for one in brought.corrections] == ["fiscal_year"] * 3


def test_a_table_is_looked_at_and_stored_once(desk: DraftDesk) -> None:
    draft = receive(desk, Sent("明细.csv", PAYMENTS)).draft
    view = look_at_table(desk, draft)
    assert view.report is not None
    assert (view.report.stored, view.report.amount) == (1, Decimal("120.00"))
    assert view.report.columns[0].heading == "支付凭证号"
    assert "实际支付金额" in view.fields
    assert view.samples[0].rows[0][1][0] == "支付凭证号"
    import_id = commit_table(desk, draft.draft_id, 1)
    assert desk.log.get(Import, import_id).tally.stored == 1
    assert commit_table(desk, draft.draft_id, 1) == import_id
    again = receive(desk, Sent("明细.csv", PAYMENTS)).draft
    assert look_at_table(desk, again).earlier is not None


def test_a_column_is_what_a_person_says_and_remembered_so(desk: DraftDesk) -> None:
    odd = PAYMENTS.replace("实际支付金额".encode(), "花了多少".encode())
    draft = receive(desk, Sent("怪表头.csv", odd, ImportKind.PAYMENTS)).draft
    unread = look_at_table(desk, draft)
    assert (unread.report, "实际支付金额" in (unread.problem or "")) == (None, True)
    options = replace(draft.options, columns={"花了多少": "实际支付金额"})
    choose(desk, draft.draft_id, 1, ImportKind.PAYMENTS, options)
    commit_table(desk, draft.draft_id, 2)
    new = odd.replace(b"1001", b"1002")
    later = receive(desk, Sent("下月.csv", new, ImportKind.PAYMENTS)).draft
    report = look_at_table(desk, later).report
    assert report is not None
    assert report.stored == 1


def test_what_is_said_of_a_column_that_is_not_there_is_told_in_place(desk: DraftDesk) -> None:
    draft = receive(desk, Sent("明细.csv", PAYMENTS)).draft
    options = replace(draft.options, columns={"花了多少": "实际支付金额"})
    choose(desk, draft.draft_id, 1, ImportKind.PAYMENTS, options)
    view = look_at_table(desk, desk.drafts.load(draft.draft_id, desk.now))
    assert view.report is None
    assert "没有这一列：花了多少" in (view.problem or "")
    with pytest.raises(NoSuchHeadingError):
        commit_table(desk, draft.draft_id, 2)


def kept(desk: DraftDesk) -> list[str]:
    """All that is kept of files, as whoever opens the database would see it."""
    with desk.lookups.pool.connection() as connection:
        rows = connection.execute(
            "SELECT content, grid, options::text, corrections::text, name"
            " FROM operational.import_drafts"
            " UNION ALL SELECT content, NULL, options::text, NULL, name"
            " FROM operational.import_files"
        ).fetchall()
    return [str(row) + _unpacked(row[0]) for row in rows]


def _unpacked(content: bytes) -> str:
    _, _, packed = content.partition(b"\n")
    return zlib.decompress(packed).decode("utf-8", "replace") if packed else ""


def test_of_a_table_nothing_about_persons_is_kept_while_it_waits(desk: DraftDesk) -> None:
    rows = [("1001", "120.00", "2025-03-04", "P1", "赵某某", "11010519491231002X", "62220001")]
    heading = (
        "支付凭证号",
        "实际支付金额",
        "实际支付日期",
        "项目编码",
        "收款人",
        "身份证号",
        "收款人账号",
    )
    draft = receive(desk, Sent("明细.csv", csv_of(rows, heading))).draft
    (all_kept,) = kept(desk)
    assert "1001" in all_kept
    assert not [text for text in rows[0][4:] if text in all_kept]
    report = look_at_table(desk, draft).report
    assert report is not None
    assert "含个人信息的列不导入：收款人、身份证号。" in report.notes
    commit_table(desk, draft.draft_id, 1)
    assert not [text for text in rows[0][4:] if text in str(kept(desk))]


def test_a_file_that_waited_and_the_same_file_at_another_door_are_one_import(
    desk: DraftDesk,
) -> None:
    draft = receive(desk, Sent("明细.csv", PAYMENTS)).draft
    direct = import_payments(
        desk.log, desk.lookups, upload(PAYMENTS, region=REGION), meta=META, today=desk.today
    )
    assert commit_table(desk, draft.draft_id, 1) == direct.import_id


def test_a_table_is_no_form_any_more_and_sent_again_as_one_it_is_read_anew(
    desk: DraftDesk,
) -> None:
    draft = receive(desk, Sent("申报表.txt", FORM, ImportKind.PAYMENTS)).draft
    with pytest.raises(UnreadableFileError, match="请重新上传"):
        choose(desk, draft.draft_id, 1, ImportKind.DECLARATIONS, draft.options)
    assert receive(desk, Sent("申报表.txt", FORM)).draft == draft
    again = receive(desk, Sent("申报表.txt", FORM, ImportKind.DECLARATIONS))
    assert again.known
    assert again.draft == loaded(desk, draft.draft_id)
    assert (again.draft.version, again.draft.kind) == (2, ImportKind.DECLARATIONS)
    assert len(looked_at(desk, draft.draft_id).file.forms) == 3


def test_a_table_that_an_earlier_release_kept_whole_is_still_read(desk: DraftDesk) -> None:
    draft = receive(desk, Sent("明细.csv", PAYMENTS)).draft
    with desk.lookups.pool.connection() as connection:
        connection.execute("UPDATE operational.import_drafts SET content = %b", [PAYMENTS])
    report = look_at_table(desk, loaded(desk, draft.draft_id)).report
    assert report is not None
    assert report.stored == 1


def test_what_is_no_table_is_refused_whatever_it_is_said_to_be(desk: DraftDesk) -> None:
    with pytest.raises(UnreadableFileError):
        receive(desk, Sent("图.pdf", b"%PDF-1.7 nothing", ImportKind.PAYMENTS))


def test_what_another_release_read_is_read_again(desk: DraftDesk, form: Draft) -> None:
    correct(desk, form.draft_id, 1, [Change(VALUE, "≥150场")])
    with desk.lookups.pool.connection() as connection:
        connection.execute("UPDATE operational.import_drafts SET grid = '{\"rows\": []}'")
    draft = loaded(desk, form.draft_id)
    assert draft.document is None
    view = look_at_form(desk, draft)
    assert view.file.forms[0].declared.indicators[0].value_text == "≥150场"
