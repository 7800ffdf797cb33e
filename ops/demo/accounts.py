"""Logins of the sample county, one a role, and its units on the list: for looking around.

The names are those under which the sample's acts are on record. Only a store of made-up
data gets them; what they sign in with is told on the sign-in page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from domain.access.account import Account, AccountKind
from domain.access.grant import Grant
from domain.access.place import REGION as WHOLE
from domain.access.place import Place
from domain.access.role import Role
from domain.unit import Unit as ListedUnit
from domain.unit import UnitEntry
from ops.demo import stories
from ops.demo.desk import DESK, TREASURY
from ops.demo.story import COUNTY, REGION, YEAR, Unit
from services.bootstrap import Services
from services.log.meta import Meta

UNITS = (stories.INSURANCE, stories.CENTRE, stories.CULTURE, stories.FARMING)
DEPARTMENTS = {
    "450": f"{COUNTY}医疗保障局（部门）",
    "280": f"{COUNTY}文化和旅游局（部门）",
    "330": f"{COUNTY}农业农村局（部门）",
}
FIRST_DAY = date(YEAR, 1, 1)


@dataclass(frozen=True, slots=True)
class SampleAccount:
    """One login."""

    login: str
    role: Role
    place: Place = WHOLE


def open_sample_accounts(services: Services) -> None:
    """Put the units on the list and open the accounts; what is there already stays."""
    meta = Meta(DESK, None, "demo")
    wanted: list[ListedUnit | Account] = [*_listed_units(), *map(_account, _accounts())]
    known = services.log.exists([one.id for one in wanted])
    if new := [one for one in wanted if one.id not in known]:
        services.log.save(*new, meta=meta)
    desk = services.sign_in_desk
    for one in wanted:
        if isinstance(one, Account) and desk.credentials.find(one.id) is None:
            desk.credentials.set_sample(one.id, now=services.clock())


def _listed_units() -> Iterator[ListedUnit]:
    departments = {}
    for code, name in DEPARTMENTS.items():
        departments[code] = listed = ListedUnit(UnitEntry(REGION, code, name), FIRST_DAY)
        yield listed
    for unit in UNITS:
        parent = departments[unit.code[:3]].id
        yield ListedUnit(UnitEntry(REGION, unit.code, unit.name, parent), FIRST_DAY)


def _accounts() -> Iterator[SampleAccount]:
    yield SampleAccount("管理员", Role.FINANCE_ADMINISTRATOR)
    yield SampleAccount(DESK, Role.FINANCE_DESK)
    yield SampleAccount(TREASURY, Role.FINANCE_DESK)
    yield SampleAccount("医保主管", Role.DEPARTMENT, ("450",))
    for unit in UNITS:
        yield SampleAccount(unit.clerk, Role.CLERK, _place(unit))
        yield SampleAccount(unit.head, Role.HEAD, _place(unit))
    yield SampleAccount("审计", Role.AUDITOR)
    yield SampleAccount("运维", Role.OPERATOR)


def _place(unit: Unit) -> Place:
    return (unit.code[:3], unit.code)


def _account(sample: SampleAccount) -> Account:
    account = Account.open(REGION, sample.login, sample.login, AccountKind.PERSON)
    grant_id: UUID = uuid5(account.id, sample.role)
    account.give(Grant(grant_id, sample.role, sample.place, FIRST_DAY), reason="示例账户")
    return account
