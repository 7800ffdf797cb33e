"""Imports under way: followed, stopped after a chunk, gone on with; every line once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from threading import Event
from typing import Any
from uuid import uuid4

import pytest

from domain.access.account import Account, AccountKind
from domain.access.authorize import Actor, NotAllowedError
from domain.access.grant import Grant
from domain.access.role import Role
from domain.errors import NotOnRecordError
from domain.importing import Import, ImportKind
from services import running, storing_payments
from services.access.present import being
from services.access.signing_in import Person
from services.background import Background, ServiceEndsError
from services.database.connect import Database
from services.drafting import DraftDesk, Sent, choose, receive
from services.incoming import FileReport, import_file
from services.intake.drafts import DraftOptions
from services.intake.runs import AlreadyRunningError, ImportRuns, RunState
from services.recording import Door, Outcome, Progress, silent
from services.remembering import forget, remembered, said_of
from services.resuming import resume_all, resume_run
from services.running import (
    ImportCancelledError,
    NotUnderWayError,
    cancel_run,
    run_file,
    standing_of,
    standings,
)
from services.storing_beside import start_import, start_resuming
from tests.declaring import REGION
from tests.integration.incoming import META, MORNING, desk_on
from tests.payment_files import big_csv, csv_of, upload

VOUCHERS = 50
CONTENT = big_csv(VOUCHERS)
KEY = upload(CONTENT, region=REGION).key(ImportKind.PAYMENTS)
IMPORT = Import.create_id(KEY)


@pytest.fixture
def desk(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[DraftDesk]:
    """A desk where ten vouchers are a chunk."""
    monkeypatch.setattr(storing_payments, "CHUNK_LINES", 10)
    with desk_on(database) as opened:
        yield DraftDesk(opened.log, opened.lookups, REGION, META, MORNING)


def store(desk: DraftDesk, progress: Progress = silent) -> FileReport:
    door = Door(desk.log, desk.lookups, desk.today, progress)
    return run_file(door, upload(CONTENT, region=REGION), ImportKind.PAYMENTS, meta=META)


def cancelling(desk: DraftDesk, at: int, said: list[int] | None = None) -> Progress:
    """Somebody who presses cancel while a chunk is stored."""

    def heard(_: str, done: int = 0, total: int = 0, /) -> None:
        if said is not None and total:
            said.append(done)
        if total and done == at:
            cancel_run(desk.log, desk.lookups, IMPORT)

    return heard


def test_a_run_that_is_cancelled_keeps_what_is_stored_and_is_gone_on_with(
    desk: DraftDesk,
) -> None:
    said: list[int] = []
    with pytest.raises(ImportCancelledError, match="已入库的行保留"):
        store(desk, cancelling(desk, 2, said))
    assert said == [1, 2]
    stopped = standing_of(desk.log, desk.lookups, IMPORT)
    assert (stopped.run.state, stopped.rows_done, stopped.rows) == (RunState.CANCELLED, 30, 50)
    assert stopped.run.cancel_asked_by is not None
    assert list(resume_all(desk.log, desk.lookups, today=desk.today)) == []
    report = resume_run(desk, IMPORT)
    assert report is not None
    assert (report.outcome, report.stored, report.known) == (Outcome.RESUMED, VOUCHERS, 0)
    done = standing_of(desk.log, desk.lookups, IMPORT)
    assert (done.run.state, done.rows_done, done.stored) == (RunState.DONE, 50, 50)
    assert (done.run.report or {})["stored"] == VOUCHERS
    with pytest.raises(NotUnderWayError):
        cancel_run(desk.log, desk.lookups, IMPORT)
    with pytest.raises(NotUnderWayError):
        resume_run(desk, IMPORT)
    assert standings(desk.log, desk.lookups, unfinished=True) == []


def test_what_is_cancelled_before_anything_is_stored_says_so_and_begins_again(
    desk: DraftDesk,
) -> None:
    draft = receive(desk, Sent("支付.csv", CONTENT)).draft

    def at_once(_: str, __: int = 0, ___: int = 0, /) -> None:
        for standing in standings(desk.log, desk.lookups):
            cancel_run(desk.log, desk.lookups, standing.run.import_id)

    door = Door(desk.log, desk.lookups, desk.today, at_once)
    sent = upload(CONTENT, region=REGION)
    with pytest.raises(ImportCancelledError):
        run_file(door, sent, ImportKind.PAYMENTS, meta=META, draft_id=draft.draft_id)
    stopped = standing_of(desk.log, desk.lookups, IMPORT)
    if stopped.rows is None:
        assert "没有入库任何一行" in stopped.run.said
    background = Background()
    start_resuming(background, desk, IMPORT)
    background.close()
    [done] = standings(desk.log, desk.lookups)
    assert (done.run.state, done.stored) == (RunState.DONE, VOUCHERS)


def test_the_same_file_is_not_stored_twice_at_a_time(desk: DraftDesk) -> None:
    with ImportRuns(desk.lookups.pool).held(IMPORT), pytest.raises(AlreadyRunningError):
        store(desk)
    assert store(desk).summary.stored == VOUCHERS
    assert store(desk).summary.outcome is Outcome.ALREADY_IMPORTED


def test_a_file_that_is_refused_leaves_no_run(desk: DraftDesk) -> None:
    door = Door(desk.log, desk.lookups, desk.today)
    with pytest.raises(Exception, match="不能读取"):
        run_file(
            door,
            upload(CONTENT + "\nP1,1,2025,,,,,,,十元,2025-01-01,".encode(), region=REGION),
            ImportKind.PAYMENTS,
            meta=META,
        )
    assert standings(desk.log, desk.lookups) == []


class Gate:
    """Holds an import after its first chunk until it is opened."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.reached, self.open = Event(), Event()
        monkeypatch.setattr(running, "import_file", self._import)
        monkeypatch.setattr("services.background.SOON_S", 0.0)

    def _import(self, door: Door, *said: Any, **more: Any) -> FileReport:
        def heard(words: str, done: int = 0, total: int = 0, /) -> None:
            door.progress(words, done, total)
            if done == 1:
                self.reached.set()
                assert self.open.wait(60)

        return import_file(Door(door.log, door.lookups, door.today, heard), *said, **more)


def test_an_import_goes_on_beside_its_request_and_stops_when_the_service_ends(
    desk: DraftDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch)
    options = receive(desk, Sent("支付.csv", CONTENT)).draft
    choose(desk, options.draft_id, 1, ImportKind.PAYMENTS, DraftOptions(2025))
    background = Background()
    import_id = start_import(background, desk, options.draft_id, 2)
    assert gate.reached.wait(60)
    going = standing_of(desk.log, desk.lookups, import_id)
    assert (going.run.state, going.rows_done, going.run.done) == (RunState.RUNNING, 10, 1)
    with pytest.raises(AlreadyRunningError):
        start_import(background, desk, options.draft_id, 2)
    with pytest.raises(AlreadyRunningError):
        start_resuming(background, desk, import_id)
    background.ending.set()
    gate.open.set()
    background.close()
    paused = standing_of(desk.log, desk.lookups, import_id)
    assert (paused.run.state, paused.run.said) == (RunState.BROKEN, str(ServiceEndsError()))
    [report] = resume_all(desk.log, desk.lookups, today=desk.today)
    assert (report.outcome, report.stored) == (Outcome.RESUMED, VOUCHERS)
    assert desk.drafts.load(options.draft_id, desk.now).import_id == import_id
    assert start_import(Background(), desk, options.draft_id, 2) == import_id


def clerk(login: str, role: Role) -> Person:
    """Somebody of one unit."""
    account = Account("", login, login, AccountKind.PROGRAM)
    grant = Grant(uuid4(), role, ("450",), date(2020, 1, 1))
    return Person(account, Actor(account.id, login, (grant,)))


def test_a_clerk_sees_and_stops_only_what_is_their_own(desk: DraftDesk) -> None:
    with pytest.raises(ImportCancelledError):
        store(desk, cancelling(desk, 1))
    with being(clerk("经办", Role.DEPARTMENT)):
        assert standings(desk.log, desk.lookups) == []
        for act in (standing_of, cancel_run):
            with pytest.raises(NotOnRecordError):
                act(desk.log, desk.lookups, IMPORT)
        with pytest.raises(NotOnRecordError):
            resume_run(desk, IMPORT)
    with being(clerk(META.actor, Role.CLERK)):
        assert standing_of(desk.log, desk.lookups, IMPORT).stopped
        with pytest.raises(NotAllowedError):
            resume_run(desk, IMPORT)


def test_what_is_remembered_of_columns_is_listed_and_forgotten(desk: DraftDesk) -> None:
    odd = csv_of([("1", "5", "2025-03-04")], ("支付凭证号", "花了多少", "支付日期"))
    draft = receive(desk, Sent("怪表头.csv", odd, ImportKind.PAYMENTS)).draft
    options = DraftOptions(2025, columns={"花了多少": "支付金额"})
    choose(desk, draft.draft_id, 1, ImportKind.PAYMENTS, options)
    start_import(Background(), desk, draft.draft_id, 2)
    [one] = remembered(desk.lookups)
    assert (one.kind, one.file_name, one.actor) == ("payments", "怪表头.csv", META.actor)
    [(heading, name)] = said_of(one)
    assert (heading, name) == ("花了多少", "实际支付金额")
    with being(clerk("经办", Role.DEPARTMENT)):
        assert remembered(desk.lookups) == []
    with pytest.raises(NotOnRecordError):
        forget(desk.lookups, ImportKind.PAYMENTS, "别的")
    forget(desk.lookups, ImportKind.PAYMENTS, one.fingerprint)
    assert remembered(desk.lookups) == []
