"""All that is open of a person goes to another in one act, with a list to print (人员交接)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from uuid import UUID, uuid4

from domain.access.account import Account
from domain.access.action import Action
from domain.access.authorize import Actor
from domain.access.errors import ROLE_NAMES
from domain.access.grant import Grant
from domain.access.role import Role
from domain.approval import Stage
from domain.unit_tree import UnitTree
from services.access.contacts import Contact, Contacts
from services.access.handing_over import hand_over, left_of
from services.access.handovers import HandOverLists, KeptList, Listed, Section
from services.access.permitting import permit, permit_account
from services.access.signing_in import Person
from services.bootstrap import Services
from services.clock import today
from services.intake.drafts import Draft, Drafts
from services.keeping_units import Placed, place_contact
from services.log.meta import Meta
from services.readmodel.accounts import AccountList, GrantRow
from services.readmodel.readmodel import ReadModel

YEARS = 2
"""The years whose open work is listed: the newest ones."""
MOST_DUTIES = 500
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Open:
    """What is open of a person on a day.

    ``own`` rights go to the taker, ``borrowed`` ones back to their lender; what was ``lent`` to
    others ends. ``contacts`` are the posts of units that name the person. ``duties`` go with the
    rights: unit, project, and what waits there.
    """

    own: tuple[Grant, ...]
    borrowed: tuple[Grant, ...]
    lent: tuple[GrantRow, ...]
    contacts: tuple[Contact, ...]
    drafts: tuple[Draft, ...]
    duties: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class HandOn:
    """Who hands on to whom, why, and under which telephone the taker is reached."""

    from_id: UUID
    to_id: UUID
    reason: str
    telephone: str | None = None


def open_of(services: Services, account_id: UUID) -> Open:
    """What is open of somebody today.

    Raises:
        NotAllowedError, NotOnRecordError: whoever is present may not see accounts; there is none.
    """
    permit(Action.READ_ACCOUNTS)
    account = services.log.get(Account, account_id)
    day, tree = today(services.clock), services.units_today()
    left = left_of(account, day)
    pool = services.lookups.pool
    return Open(
        own=tuple(grant for grant in left if grant.lent_by is None),
        borrowed=tuple(grant for grant in left if grant.lent_by is not None),
        lent=tuple(AccountList(pool).lent_by(account.id, day)),
        contacts=tuple(Contacts(pool).of_person(account.name, tree.units, day)),
        drafts=tuple(Drafts(pool, account.login).waiting(services.clock())),
        duties=tuple(_duties(services, account, day)),
    )


def hand_on(services: Services, asked: HandOn, *, meta: Meta) -> KeptList:
    """Hand everything on, and keep the list of it.

    The rights go in one write, all or none; the posts of units and the files that wait follow,
    and the act can be repeated where it broke off: what went already is not there any more.

    Raises:
        NotOnRecordError, ToOneselfError, RolesExcludeError: as of hand_over; nothing went.
    """
    permit_account(Action.MANAGE_ACCOUNTS, services.log, asked.from_id)
    log, day = services.log, today(services.clock)
    giver, taker = log.get(Account, asked.from_id), log.get(Account, asked.to_id)
    opened = open_of(services, giver.id)
    hand_over(
        log,
        asked.from_id,
        asked.to_id,
        on=day,
        reason=asked.reason,
        meta=meta,
        borrowers={grant.account_id for grant in opened.lent},
    )
    contacts = Contacts(services.lookups.pool)
    for one in opened.contacts:
        placed = Placed(one.unit_id, one.post, taker.name, asked.telephone, day)
        place_contact(log, contacts, placed, meta=meta)
    Drafts(services.lookups.pool, giver.login).hand_on(taker.login, services.clock())
    names = names_in(AccountList(services.lookups.pool), opened)
    listed = Listed(
        f"{giver.name}（{giver.login}）",
        f"{taker.name}（{taker.login}）",
        asked.reason,
        sections_of(opened, services.units_today(), names),
    )
    kept = KeptList(uuid4(), giver.id, taker.id, day, services.clock(), meta.actor, listed)
    HandOverLists(services.lookups.pool).keep(kept)
    return kept


def sections_of(opened: Open, tree: UnitTree, names: dict[UUID, str]) -> tuple[Section, ...]:
    """The parts of the list; ``names`` are those of people by account."""
    places = {unit.segment: unit.name for unit in tree.units.values()}

    def right(grant: Grant | GrantRow) -> tuple[str, str, str, str]:
        last = grant.place[-1] if grant.place else ""
        unit = f"{last} {places.get(last, '')}".strip() or "全部"
        return ROLE_NAMES[Role(grant.role)], unit, f"{grant.starts_on}", _end(grant.ends_on)

    rights = ("岗位", "单位", "起", "止")
    lent = [("收回", names.get(one.account_id, ""), *right(one)) for one in opened.lent]
    lent += [
        ("退还", names.get(one.lent_by, "") if one.lent_by else "", *right(one))
        for one in opened.borrowed
    ]
    contacts = [
        (tree.units[one.unit_id].code, tree.units[one.unit_id].name, one.post.value)
        for one in opened.contacts
    ]
    files = [
        (one.name, f"{one.received_at:%Y-%m-%d}", f"{one.expires_at:%Y-%m-%d}")
        for one in opened.drafts
    ]
    return (
        Section("岗位（转给接手人）", rights, tuple(map(right, opened.own))),
        Section("委托（收回借出的，退还借入的）", ("处理", "对方", *rights), tuple(lent)),
        Section("单位联系人（改为接手人）", ("单位编码", "单位", "职责"), tuple(contacts)),
        Section("待核对的文件（转给接手人）", ("文件", "上传", "保留到"), tuple(files)),
        Section("随岗位移交的在办事项", ("单位", "项目", "事项"), opened.duties),
    )


def names_in(accounts: AccountList, opened: Open) -> dict[UUID, str]:
    """The names of the people on the other side of what was lent."""
    return {one: row.name for one, row in accounts.by_ids(_named(opened)).items()}


def _named(opened: Open) -> set[UUID]:
    lenders = {grant.lent_by for grant in opened.borrowed if grant.lent_by}
    return lenders | {grant.account_id for grant in opened.lent}


def _end(day: date | None) -> str:
    return f"{day}" if day else "—"


def _duties(services: Services, account: Account, day: date) -> Iterable[tuple[str, str, str]]:
    grants = tuple(grant for grant in account.grants.values() if grant.in_force(day))
    actor = Actor(account.id, account.login, grants)
    seen = services.seen_by(Person(account, actor, tree=services.units_today)).read_model
    found = list(islice(_waiting(seen, day), MOST_DUTIES + 1))
    if len(found) > MOST_DUTIES:
        found[-1] = ("", "", f"另有更多事项，未逐项列出，见监控总览（本清单列{MOST_DUTIES}项）")
    return found


def _waiting(seen: ReadModel, day: date) -> Iterator[tuple[str, str, str]]:
    for year in seen.fiscal_years()[:YEARS]:
        for alert in seen.alerts(seen.moment(year, day)):
            if alert.owed:
                yield alert.unit_name, alert.project_name, f"预警待说明：{alert.sentence}"
        after = 0
        while page := seen.targets(fiscal_year=year, after=after, limit=_AT_ONCE):
            for target in page:
                stage = Stage(target.stage)
                if stage is not Stage.APPROVED:
                    yield target.unit_name, target.project_name, f"{year}年度申报：{stage.label}"
            after = page[-1].first_position
