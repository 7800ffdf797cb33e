"""Accounts and their rights over time; no secret stands in the log."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from domain.access.account import Account, AccountKind
from domain.access.errors import (
    AccountDisabledError,
    GrantNotInForceError,
    LoginNotUsableError,
    RolesExcludeError,
    RoleUnfitError,
    TimeBackwardsError,
)
from domain.access.grant import Grant
from domain.access.place import REGION
from domain.access.role import Role

REGION_CODE = "130730000"
FIRST = date(2025, 1, 1)
CLERK = Grant(UUID(int=1), Role.CLERK, ("450", "450001"), FIRST)
ADMIN = Grant(UUID(int=2), Role.FINANCE_ADMINISTRATOR, REGION, FIRST, date(2025, 6, 30))


def person(login: str = "zhang") -> Account:
    return Account.open(REGION_CODE, login, "张三", AccountKind.PERSON)


def test_a_login_is_folded_and_its_id_derives_from_it() -> None:
    account = person("  ＺＨＡＮＧ ")
    assert account.login == "zhang"
    assert account.id == Account.create_id(REGION_CODE, "Zhang")
    assert person("王五").login == "王五"


@pytest.mark.parametrize("login", ["", "a", "-ab", "a b/c", "x" * 41, "<script>", "a\x00b", "../a"])
def test_a_login_with_other_signs_is_refused(login: str) -> None:
    with pytest.raises(LoginNotUsableError):
        person(login)


def test_a_name_left_blank_is_the_login() -> None:
    assert Account.open(REGION_CODE, "desk", " ", AccountKind.PERSON).name == "desk"


def test_renaming_shutting_and_opening_twice_is_once() -> None:
    account = person()
    for _ in range(2):
        account.rename("李四")
        account.disable("离职")
    assert (account.name, account.is_disabled) == ("李四", True)
    for _ in range(2):
        account.enable("返岗")
    account.rename("  ")
    assert [type(event).__name__ for event in account.pending_events] == [
        "Opened",
        "Renamed",
        "Disabled",
        "Enabled",
    ]


def test_a_right_counts_in_its_time_and_not_while_the_account_is_shut() -> None:
    account = person()
    account.give(ADMIN, reason="任命")
    account.give(ADMIN, reason="任命")
    assert account.in_force(date(2025, 6, 30)) == (ADMIN,)
    assert account.in_force(date(2025, 7, 1)) == ()
    account.disable("离职")
    assert account.in_force(FIRST) == ()
    with pytest.raises(AccountDisabledError):
        account.give(CLERK, reason="任命")


def test_a_right_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(TimeBackwardsError, match="2024-12-31"):
        person().give(replace(CLERK, ends_on=date(2024, 12, 31)), reason="任命")


def test_a_programs_role_is_a_programs() -> None:
    service = replace(CLERK, role=Role.SERVICE)
    with pytest.raises(RoleUnfitError):
        person().give(service, reason="接口")
    program = Account.open(REGION_CODE, "treasury", "国库系统", AccountKind.PROGRAM)
    with pytest.raises(RoleUnfitError):
        program.give(CLERK, reason="任命")
    program.give(service, reason="接口")
    assert program.in_force(FIRST) == (service,)


def test_who_governs_who_operates_and_who_audits_are_apart_on_the_same_day_only() -> None:
    account = person()
    account.give(ADMIN, reason="任命")
    auditor = Grant(UUID(int=3), Role.AUDITOR, REGION, date(2025, 6, 30))
    with pytest.raises(RolesExcludeError, match="审计"):
        account.give(auditor, reason="调岗")
    account.give(replace(auditor, starts_on=date(2025, 7, 1)), reason="调岗")
    account.give(CLERK, reason="兼任")
    assert len(account.in_force(FIRST)) == 2


def test_a_right_is_ended_once_and_never_made_longer_by_ending_it() -> None:
    account = person()
    account.give(CLERK, reason="任命")
    for _ in range(2):
        account.end_grant(CLERK.grant_id, ends_on=date(2025, 3, 31), reason="调岗")
    assert account.in_force(date(2025, 4, 1)) == ()
    with pytest.raises(GrantNotInForceError):
        account.end_grant(CLERK.grant_id, ends_on=date(2025, 5, 31), reason="调岗")
    with pytest.raises(GrantNotInForceError):
        account.end_grant(UUID(int=99), ends_on=date(2025, 5, 31), reason="调岗")
    assert len(account.pending_events) == 3


def test_what_is_handed_over_is_gone_from_that_day_on() -> None:
    account = person()
    account.give(CLERK, reason="任命")
    account.give(ADMIN, reason="任命")
    account.hand_over(UUID(int=9), (CLERK,), on=date(2025, 4, 1), reason="调岗")
    assert account.in_force(date(2025, 3, 31)) == (replace(CLERK, ends_on=date(2025, 3, 31)), ADMIN)
    assert account.in_force(date(2025, 4, 1)) == (ADMIN,)


def test_a_changed_credential_leaves_a_word_and_no_secret() -> None:
    account = person()
    account.note_credential("password_reset")
    (*_, last) = account.pending_events
    assert isinstance(last, Account.CredentialChanged)
    assert last.change == "password_reset"
