"""A unit: its names, codes and place in time, and who is named for it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from domain.unit import (
    Post,
    Unit,
    UnitEntry,
    UnitMergedError,
    UnitNotYetError,
    UnitUnderItselfError,
    latest,
)

REGION = "130730000"
JANUARY, MARCH, JULY = date(2025, 1, 1), date(2025, 3, 1), date(2025, 7, 1)
HEALTH = UUID(int=1)
FINANCE = UUID(int=2)


def unit() -> Unit:
    return Unit(UnitEntry(REGION, "450001", "医保中心", HEALTH), JANUARY)


def test_the_id_is_that_of_the_code_it_was_registered_under() -> None:
    assert unit().id == Unit.create_id(UnitEntry(REGION, "450001", "别的名字"))
    assert unit().id != Unit.create_id(UnitEntry(REGION, "4500010", "医保中心"))


def test_a_unit_is_renamed_from_a_day_on_and_once() -> None:
    one = unit()
    assert one.rename("医疗保障中心", on=MARCH)
    assert not one.rename("医疗保障中心", on=JULY)
    assert one.name == "医疗保障中心"
    assert latest(one.names, JANUARY) == "医保中心"


def test_an_earlier_name_can_be_told_later() -> None:
    one = unit()
    one.rename("医疗保障中心", on=JULY, document_no="编办1号")
    assert one.rename("医保服务中心", on=MARCH)
    assert one.name == "医疗保障中心"


def test_a_unit_moves_and_stands_under_nobody_too() -> None:
    one = unit()
    assert one.move(FINANCE, on=MARCH)
    assert not one.move(FINANCE, on=JULY)
    assert one.move(None, on=JULY)
    assert latest(one.parents, JULY) is None
    assert latest(one.parents, MARCH) == FINANCE
    with pytest.raises(UnitUnderItselfError, match="医保中心"):
        one.move(one.id, on=JULY)


def test_a_merged_unit_takes_no_more_changes_from_that_day() -> None:
    one = unit()
    assert one.merge(FINANCE, on=JULY)
    assert not one.merge(FINANCE, on=JULY)
    with pytest.raises(UnitMergedError):
        one.merge(HEALTH, on=JULY)
    with pytest.raises(UnitMergedError):
        one.rename("新名", on=JULY)
    with pytest.raises(UnitMergedError):
        one.move(FINANCE, on=JULY)
    # What was so before the merger can still be told.
    assert one.rename("旧名", on=MARCH)
    with pytest.raises(UnitUnderItselfError):
        unit().merge(unit().id, on=JULY)


def test_a_code_that_comes_later_is_an_alias() -> None:
    one = Unit(UnitEntry(REGION, "县0001", "医保中心", HEALTH, is_local=True), JANUARY)
    identity = one.id
    assert one.take_code("450001", on=MARCH)
    assert not one.take_code("450001", on=JULY)
    assert (one.id, list(one.codes)) == (identity, ["县0001", "450001"])


def test_the_log_holds_that_a_person_changed_and_not_who_it_is() -> None:
    one = unit()
    one.change_contact(Post.HEAD, UUID(int=9), on=MARCH)
    one.change_contact(Post.REPORTER, None, on=MARCH)
    assert one.contacts == {Post.HEAD: UUID(int=9), Post.REPORTER: None}
    changed = one.collect_events()[-2]
    assert {"post", "contact_id", "changed_on"} <= vars(changed).keys()


def test_nothing_is_so_before_the_units_first_day() -> None:
    one, before = unit(), date(2024, 12, 31)
    with pytest.raises(UnitNotYetError, match="2025-01-01"):
        one.rename("旧名", on=before)
    with pytest.raises(UnitNotYetError):
        one.move(FINANCE, on=before)
    with pytest.raises(UnitNotYetError):
        one.merge(FINANCE, on=before)
    with pytest.raises(UnitNotYetError):
        one.take_code("1", on=before)
