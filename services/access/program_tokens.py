"""Tokens of programs, issued by who governs accounts; a person issues his own (接口账户的令牌)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from domain.access.account import Account, AccountKind
from domain.access.action import Action
from domain.errors import MonitoringError
from services.access.desk import SignInDesk
from services.access.permitting import permit_account
from services.access.tokens import Issue
from services.log.application import Log
from services.log.meta import Meta


class NotAProgramError(MonitoringError):
    """Whoever issued a person's token could act in his name."""

    code = "not_a_program"

    def __init__(self) -> None:
        super().__init__("只能为接口账户签发令牌。个人的令牌由本人登录后在“我的账户”中签发。")


def issue_for_program(
    log: Log, desk: SignInDesk, asked: Issue, *, now: datetime, meta: Meta
) -> tuple[UUID, str]:
    """Issue a program's token: its id, and the key, which is shown once.

    Raises:
        NotAllowedError, NotOnRecordError: whoever is present may not; there is no such account.
        NotAProgramError: it is a person's account.
        TokenTooLongError: its end is past, or more than a year away.
    """
    account = _program(log, asked.account_id)
    issued = desk.tokens.issue(asked, now=now)
    account.note_credential("token_issued")
    log.save(account, meta=meta)
    return issued


def revoke_of_program(
    log: Log, desk: SignInDesk, account_id: UUID, token_id: UUID, *, now: datetime, meta: Meta
) -> bool:
    """End a program's token; whether there was one to end. As of issue_for_program."""
    account = _program(log, account_id)
    ended = desk.tokens.revoke(token_id, account_id, now=now)
    if ended:
        account.note_credential("token_revoked")
        log.save(account, meta=meta)
    return ended


def _program(log: Log, account_id: UUID) -> Account:
    permit_account(Action.MANAGE_ACCOUNTS, log, account_id)
    account = log.get(Account, account_id)
    if account.account_kind is not AccountKind.PROGRAM:
        raise NotAProgramError
    return account
