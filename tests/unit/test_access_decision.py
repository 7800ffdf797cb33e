"""One decision for all doors: role, place, day, year (issue: who may see and do what)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.access.action import FACTS_FROM_OUTSIDE, READS, SIGHT, Action
from domain.access.authorize import (
    Actor,
    NotAllowedError,
    Resource,
    YearClosedError,
    authorize,
)
from domain.access.grant import Grant
from domain.access.place import REGION, Place, covers
from domain.access.rights import RIGHTS
from domain.access.role import Role
from domain.errors import NotOnRecordError

WHO = UUID(int=1)
DEPARTMENT: Place = ("450",)
UNIT: Place = ("450", "450001")
SISTER: Place = ("450", "450002")
NEAR: Place = ("4500",)


def actor(role: Role, place: Place) -> Actor:
    return Actor(WHO, "某人", (Grant(UUID(int=7), role, place, date(2025, 1, 1)),))


def target(place: Place, closed_year: int | None = None) -> Resource:
    return Resource("绩效目标", place, closed_year)


def test_a_clerk_reports_for_its_own_unit_and_does_not_know_of_the_sister() -> None:
    clerk = actor(Role.CLERK, UNIT)
    assert authorize(clerk, Action.REPORT_ACHIEVEMENT, target(UNIT)).role is Role.CLERK
    with pytest.raises(NotOnRecordError):
        authorize(clerk, Action.REPORT_ACHIEVEMENT, target(SISTER))
    with pytest.raises(NotOnRecordError):
        authorize(clerk, Action.READ_TARGET, target(DEPARTMENT))


def test_what_may_be_seen_and_not_done_is_refused_as_such() -> None:
    with pytest.raises(NotAllowedError):
        authorize(actor(Role.CLERK, UNIT), Action.APPROVE_REVISION, target(UNIT))
    with pytest.raises(NotAllowedError):
        authorize(actor(Role.AUDITOR, REGION), Action.DECLARE, target(UNIT))


def test_a_department_reaches_the_units_below_it_by_whole_segments() -> None:
    department = actor(Role.DEPARTMENT, DEPARTMENT)
    assert authorize(department, Action.READ_TARGET, target(SISTER)) is not None
    with pytest.raises(NotOnRecordError):
        authorize(department, Action.READ_TARGET, target(NEAR))
    with pytest.raises(NotOnRecordError):
        authorize(department, Action.READ_TARGET, target((*NEAR, "450001")))


def test_an_operator_runs_the_machine_and_sees_no_content() -> None:
    operator = actor(Role.OPERATOR, REGION)
    assert authorize(operator, Action.OPERATE, Resource("系统")) is not None
    for action in (Action.READ_TARGET, Action.READ_PAYMENT, Action.READ_ALERT, Action.READ_LOG):
        with pytest.raises(NotOnRecordError):
            authorize(operator, action, target(UNIT))


def test_a_grant_counts_from_its_first_day_to_its_last() -> None:
    grant = Grant(UUID(int=7), Role.CLERK, UNIT, date(2025, 7, 1), date(2025, 7, 2))
    days = [date(2025, 6, 30), date(2025, 7, 1), date(2025, 7, 2), date(2025, 7, 3)]
    assert [grant.in_force(day) for day in days] == [False, True, True, False]
    with pytest.raises(NotOnRecordError):
        authorize(Actor(WHO, "某人", ()), Action.READ_TARGET, target(UNIT))


def test_a_closed_year_takes_no_entries_of_people_but_facts_from_outside_and_reading() -> None:
    with pytest.raises(YearClosedError, match="2024"):
        authorize(actor(Role.HEAD, UNIT), Action.PROPOSE_REVISION, target(UNIT, 2024))
    desk = actor(Role.FINANCE_DESK, REGION)
    for action in (Action.RECORD_PAYMENT, Action.READ_TARGET):
        assert authorize(desk, action, target(UNIT, 2024)) is not None


def test_ones_own_right_is_used_before_a_lent_one() -> None:
    own = Grant(UUID(int=1), Role.HEAD, UNIT, date(2025, 1, 1))
    lent = Grant(
        UUID(int=2), Role.HEAD, UNIT, date(2025, 1, 1), date(2025, 6, 30), lent_by=UUID(int=9)
    )
    both = Actor(WHO, "某人", (lent, own))
    assert authorize(both, Action.EXPLAIN_ALERT, target(UNIT)) == own
    assert both.grants_for(Action.READ_TARGET) == (lent, own)
    assert both.grants_for(Action.SET_POLICY) == ()


def test_a_narrowed_actor_does_no_more_than_its_scope() -> None:
    desk = replace(actor(Role.FINANCE_DESK, REGION), scope=frozenset({Action.READ_PAYMENT}))
    assert authorize(desk, Action.READ_PAYMENT, target(UNIT)).role is Role.FINANCE_DESK
    with pytest.raises(NotAllowedError):
        authorize(desk, Action.RECORD_PAYMENT, target(UNIT))
    with pytest.raises(NotOnRecordError):
        authorize(desk, Action.READ_TARGET, target(UNIT))


def test_every_action_has_its_row_its_sight_and_somebody_who_may() -> None:
    assert set(RIGHTS) == set(SIGHT) == set(Action)
    assert all(RIGHTS[action] for action in Action)
    assert {SIGHT[action] for action in Action} == READS
    assert not FACTS_FROM_OUTSIDE & READS


def test_an_auditor_changes_nothing_and_whoever_may_do_may_also_see() -> None:
    assert all(Role.AUDITOR not in RIGHTS[action] for action in set(Action) - READS)
    for action in Action:
        for role in RIGHTS[action]:
            assert role in RIGHTS[SIGHT[action]], (action, role)


places = st.lists(st.sampled_from(["450", "4500", "450001", "450002"]), max_size=3).map(tuple)


@given(st.sampled_from(Action), st.sampled_from(Role), places, places)
def test_no_right_reaches_past_its_place_unless_it_is_the_regions(
    action: Action, role: Role, granted: Place, asked: Place
) -> None:
    who = actor(role, granted)
    try:
        authorize(who, action, target(asked))
    except (NotOnRecordError, NotAllowedError):
        return
    reaches_all = authorize(who, action, target(("其他部门",))) if _all(who, action) else None
    assert covers(granted, asked) or reaches_all


def _all(who: Actor, action: Action) -> bool:
    return who.grant_for(action, ("其他部门",)) is not None
