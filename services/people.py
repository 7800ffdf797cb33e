"""Who can sign in, looked up by who hands it out and who watches them (账户与人员)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.access.account import Account
from domain.access.action import Action
from domain.errors import NotOnRecordError
from services.access.handovers import HandOverLists, KeptList
from services.access.permitting import permit
from services.log.application import Log
from services.readmodel.accounts import AccountList, AccountRow, GrantRow, Wanted


@dataclass(frozen=True, slots=True)
class Listed:
    """An account with its rights, ended ones too."""

    account: AccountRow
    grants: tuple[GrantRow, ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """All that is known of an account.

    ``lent`` is what it lent to others and is not over; ``names`` are the people named in it.
    """

    account: Account
    lent: tuple[GrantRow, ...]
    handovers: tuple[KeptList, ...]
    names: dict[UUID, str]


def list_people(accounts: AccountList, wanted: Wanted) -> list[Listed]:
    """Accounts that fit, by login name.

    Raises:
        NotAllowedError, NotOnRecordError: whoever is present may not see accounts.
    """
    permit(Action.READ_ACCOUNTS)
    found = accounts.search(wanted)
    grants: dict[UUID, list[GrantRow]] = {row.account_id: [] for row in found}
    for grant in accounts.grants_of(grants):
        grants[grant.account_id].append(grant)
    return [Listed(row, tuple(grants[row.account_id])) for row in found]


def look_up(
    log: Log, accounts: AccountList, lists: HandOverLists, account_id: UUID, day: date
) -> Whole:
    """One account as the log has it now; NotOnRecordError, and as of list_people."""
    permit(Action.READ_ACCOUNTS)
    account = log.get_many(Account, [account_id]).get(account_id)
    if account is None:
        raise NotOnRecordError(f"账户 {account_id}")
    lent = tuple(accounts.lent_by(account_id, day))
    handovers = tuple(lists.of_account(account_id))
    named = {grant.account_id for grant in lent}
    named |= {grant.lent_by for grant in account.grants.values() if grant.lent_by}
    for kept in handovers:
        named |= {kept.from_account, kept.to_account}
    names = {one: f"{row.name}（{row.login}）" for one, row in accounts.by_ids(named).items()}
    return Whole(account, lent, handovers, names)


def handover_list(lists: HandOverLists, handover_id: UUID) -> KeptList:
    """One list as it was printed; as of look_up."""
    permit(Action.READ_ACCOUNTS)
    return lists.one(handover_id)
