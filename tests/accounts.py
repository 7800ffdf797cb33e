"""Accounts for tests, with rights and keys."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID, uuid5

from domain.access.account import Account, AccountKind
from domain.access.grant import Grant
from domain.access.place import REGION as WHOLE
from domain.access.place import Place
from domain.access.role import Role
from services.access.tokens import Issue
from services.bootstrap import Services
from services.log.meta import Meta

META = Meta("tests", None, "tests")
FINANCE = (Role.FINANCE_ADMINISTRATOR, Role.FINANCE_DESK, Role.DEPARTMENT)
FIRST_DAY = date(2020, 1, 1)

KEYS: dict[str, str] = {}
"""By a server's address: the key of a session of somebody who may see all.

Here, because a conftest that is imported by name as well is two modules.
"""


def account_for(
    services: Services, region: str, login: str, roles: Iterable[Role], place: Place = WHOLE
) -> UUID:
    """Open an account without a password, with roles at a place."""
    roles = tuple(roles)
    kind = AccountKind.PROGRAM if Role.SERVICE in roles else AccountKind.PERSON
    account = Account.open(region, login, login, kind)
    for role in roles:
        grant_id = uuid5(account.id, f"{role}{place}")
        account.give(Grant(grant_id, role, place, FIRST_DAY), reason="tests")
    services.log.save(account, meta=META)
    return account.id


def token_for(
    services: Services,
    region: str,
    login: str = "caizheng",
    roles: Iterable[Role] = FINANCE,
    place: Place = WHOLE,
) -> str:
    """Open an account with roles at a place, and answer the key of a token of its own."""
    account_id = account_for(services, region, login, roles, place)
    now = services.clock()
    issue = Issue(account_id, "tests", now + timedelta(days=300))
    return services.sign_in_desk.tokens.issue(issue, now=now)[1]


def session_for(services: Services, region: str, login: str = "caizheng") -> str:
    """Open an account of the finance bureau, and answer the key of a session of its own."""
    account_id = account_for(services, region, login, FINANCE)
    return services.sign_in_desk.sessions.open(
        account_id, address="127.0.0.1", agent="tests", now=services.clock()
    )
