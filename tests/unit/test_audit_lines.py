"""Which lines a request leaves in the audit."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.access.account import Account, AccountKind
from domain.access.action import Action
from domain.access.authorize import NotAllowedError
from domain.access.role import Role
from domain.errors import NotOnRecordError
from services.access.acts import (
    Acts,
    keeping,
    note_failure,
    note_nothing_read,
    note_own_line,
    note_read,
)
from services.access.audit import Entry, Outcome
from services.access.on_record import Asked, lines_of
from services.access.permitting import permit, permit_somewhere, permit_unit
from services.access.present import being
from services.access.signing_in import Person
from services.access.visitor import Visitor
from services.access.within import within

VISITOR = Visitor("10.0.0.7", "Firefox", "request-1", datetime(2025, 6, 30, tzinfo=UTC))
DESK = within("绩效股", frozenset({Role.FINANCE_DESK}))
AUDITOR = Person(
    Account("130730000", "审计", "审计", AccountKind.PERSON),
    within("审计", frozenset({Role.AUDITOR})).actor,
)
POST = Asked("POST /api/v1/payments", is_command=True)
GET = Asked("GET /api/v1/targets?year=2025", is_command=False)


def written(acts: Acts, asked: Asked, person: Person = DESK) -> list[Entry]:
    return lines_of(acts, asked, person, VISITOR)


def test_a_command_stands_there_by_its_action_with_who_when_where_and_which_request() -> None:
    with being(DESK), keeping() as acts:
        permit(Action.RECORD_PAYMENT)
    (line,) = written(acts, POST)
    assert (line.actor, line.what, line.outcome) == ("绩效股", "payment.record", Outcome.DONE)
    assert (line.address, line.request_id, line.at) == ("10.0.0.7", "request-1", VISITOR.now)
    assert line.account_id == DESK.account.id
    assert line.detail == "POST /api/v1/payments"


def test_what_was_refused_stands_there_too_a_read_as_well() -> None:
    with being(AUDITOR), keeping() as acts, pytest.raises(NotAllowedError):
        permit(Action.RECORD_PAYMENT)
    (line,) = written(acts, replace(POST, failed=True), AUDITOR)
    assert (line.what, line.outcome) == ("payment.record", Outcome.REFUSED)
    operator = within("运维", frozenset({Role.OPERATOR}))
    with being(operator), keeping() as acts:
        with pytest.raises(NotOnRecordError):
            permit(Action.READ_LOG)
        with pytest.raises(NotAllowedError):
            permit_somewhere(Action.IMPORT_FACTS)
        with pytest.raises(NotOnRecordError):
            permit_unit(Action.DECLARE, "绩效目标 甲", "450001", None)
    assert [(line.what, line.outcome) for line in written(acts, GET, operator)] == [
        ("log.read", Outcome.REFUSED),
        ("import.facts", Outcome.REFUSED),
        ("target.declare", Outcome.REFUSED),
    ]


def test_a_command_that_is_allowed_and_not_done_is_no_done_one() -> None:
    with being(DESK), keeping() as acts:
        permit(Action.RECORD_PAYMENT)
    assert written(acts, replace(POST, failed=True))[0].outcome is Outcome.FAILED
    with being(DESK), keeping() as acts:
        permit(Action.RECORD_PAYMENT)
        note_failure("target_ended")
    assert written(acts, POST)[0].outcome is Outcome.FAILED


def test_many_things_of_one_kind_are_one_line_that_counts_them() -> None:
    with being(DESK), keeping() as acts:
        for number in range(3):
            for _ in range(2):
                permit_unit(Action.SET_PLAN, f"绩效目标 {number}", None, "某局")
    (line,) = written(acts, POST)
    assert line.subject == "绩效目标 0 等3项"


def test_a_command_without_a_decision_stands_there_by_its_address() -> None:
    (line,) = written(Acts(), POST)
    assert (line.what, line.subject) == ("command", "POST /api/v1/payments")
    (failed,) = written(Acts(), replace(POST, failed=True))
    assert failed.outcome is Outcome.FAILED


def test_reads_are_on_record_where_an_auditor_reads_and_nowhere_else() -> None:
    assert written(Acts(), GET) == []
    (line,) = written(Acts(), GET, AUDITOR)
    assert (line.what, line.subject) == ("read", "GET /api/v1/targets?year=2025")
    with keeping() as acts:
        note_read("/targets/1?year=2025")
    assert written(acts, GET, AUDITOR)[0].subject == "/targets/1?year=2025"
    with keeping() as acts:
        note_nothing_read()
    assert written(acts, GET, AUDITOR) == []


def test_a_job_of_the_house_that_may_do_everything_is_no_auditor() -> None:
    assert written(Acts(), GET, within("定时任务")) == []


def test_who_reads_the_record_itself_is_on_record_whoever_it_is() -> None:
    administrator = within("管理员", frozenset({Role.FINANCE_ADMINISTRATOR}))
    with being(administrator), keeping() as acts:
        permit(Action.READ_LOG)
        permit(Action.READ_ACCOUNTS)
    assert [line.what for line in written(acts, GET, administrator)] == ["log.read"]
    with being(AUDITOR), keeping() as acts:
        permit(Action.READ_ACCOUNTS)
    assert [line.what for line in written(acts, GET, AUDITOR)] == ["account.read"]


def test_an_export_is_on_record_whoever_takes_it() -> None:
    (line,) = written(Acts(), replace(GET, is_export=True))
    assert (line.what, line.outcome) == ("export", Outcome.DONE)


def test_what_wrote_its_own_line_needs_no_general_one() -> None:
    with keeping() as acts:
        note_own_line()
    assert written(acts, POST) == []
    assert written(acts, GET, AUDITOR) == []


def test_a_subject_of_any_length_is_cut() -> None:
    (line,) = written(Acts(), replace(POST, line="x" * 10_000))
    assert (len(line.subject), len(line.detail)) == (500, 500)
