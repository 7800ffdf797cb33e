"""The tree of units on a day: by segments, never by how a code begins."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.access.place import covers
from domain.unit import UnitUnderItselfError
from domain.unit_tree import UnitChange, UnitTree, units_on

JANUARY, MARCH, JULY = date(2025, 1, 1), date(2025, 3, 1), date(2025, 7, 1)
HEALTH, CENTRE, OTHER, FINANCE = (UUID(int=number) for number in range(1, 5))


def registered(unit: UUID, code: str, name: str, parent: UUID | None = None) -> UnitChange:
    return UnitChange(unit, JANUARY, unit.int, code=code, name=name, parent=parent, registered=True)


COUNTY = (
    registered(HEALTH, "450", "医疗保障局"),
    registered(CENTRE, "450001", "医保中心", HEALTH),
    registered(OTHER, "4500010", "医保稽核所", HEALTH),
    registered(FINANCE, "451", "财政局"),
)


def tree(*more: UnitChange, on: date = JULY) -> UnitTree:
    return units_on((*COUNTY, *more), on)


def test_a_place_is_a_path_of_whole_segments() -> None:
    places = {code: tree().place_of(code) for code in ("450", "450001", "4500010")}
    assert places == {
        "450": ("450",),
        "450001": ("450", "450001"),
        "4500010": ("450", "4500010"),
    }
    assert not covers(("450", "450001"), ("450", "4500010"))
    assert tree().place_of("45") is None


def test_the_tree_is_walked_from_the_departments_down() -> None:
    assert [(depth, unit.code) for depth, unit in tree().walk()] == [
        (0, "450"),
        (1, "450001"),
        (1, "4500010"),
        (0, "451"),
    ]
    assert [unit.code for unit in tree().below(None)] == ["450", "451"]


def test_before_a_day_a_change_does_not_count() -> None:
    moved = UnitChange(CENTRE, MARCH, 10, parent=FINANCE, moved=True)
    assert tree(moved, on=JANUARY).place_of("450001") == ("450", "450001")
    assert tree(moved).place_of("450001") == ("451", "450001")
    up = UnitChange(CENTRE, JULY, 11, moved=True)
    assert tree(moved, up).place_of("450001") == ("450001",)
    assert units_on(COUNTY, date(2024, 12, 31)).place_of("450") is None


def test_a_name_and_a_code_count_from_their_day_and_the_old_code_still_finds() -> None:
    county = tree(
        UnitChange(CENTRE, MARCH, 10, name="医疗保障服务中心"),
        UnitChange(CENTRE, MARCH, 11, code="450101"),
    )
    (found,) = county.named("医疗保障 服务中心")
    assert (found.code, found.segment, found.codes) == ("450101", "450001", ("450001", "450101"))
    assert county.coded("450001") == county.coded("450101") == found
    assert county.place_of("450101") == ("450", "450001")
    assert county.named("医保中心") == []


def test_a_local_number_is_local_until_the_code_comes() -> None:
    local = UnitChange(
        UUID(int=7), JANUARY, 7, code="县0001", name="镇卫生院", registered=True, is_local=True
    )
    before = tree(local).coded("县0001")
    after = tree(local, UnitChange(UUID(int=7), MARCH, 10, code="452")).coded("452")
    assert before is not None
    assert before.is_local
    assert after is not None
    assert not after.is_local


def test_a_merged_unit_stands_where_it_went() -> None:
    county = tree(UnitChange(CENTRE, MARCH, 10, merged_into=OTHER))
    assert county.place_of("450001") == ("450", "4500010")
    merged = county.coded("450001")
    assert merged is not None
    assert (merged.merged_into, merged.merged_on) == (OTHER, MARCH)
    assert county.successor(UUID(int=99)) is None
    assert county.place(UUID(int=99)) is None


def test_no_unit_comes_under_itself() -> None:
    with pytest.raises(UnitUnderItselfError):
        tree().require_outside(HEALTH, CENTRE)
    with pytest.raises(UnitUnderItselfError):
        tree().require_outside(HEALTH, HEALTH)
    tree().require_outside(HEALTH, None)
    tree().require_outside(HEALTH, FINANCE)


def test_a_ring_that_two_moves_closed_hides_nobody_and_hangs_nothing() -> None:
    ring = tree(
        UnitChange(HEALTH, MARCH, 10, parent=FINANCE, moved=True),
        UnitChange(FINANCE, MARCH, 11, parent=HEALTH, moved=True),
        UnitChange(CENTRE, MARCH, 12, merged_into=OTHER),
        UnitChange(OTHER, MARCH, 13, merged_into=CENTRE),
    )
    assert {unit.code for _, unit in ring.walk()} == {"450", "450001", "4500010", "451"}
    assert ring.place_of("450") == ("451", "450")
    assert ring.place_of("450001") is not None


def test_a_change_of_a_unit_nobody_registered_is_passed_over() -> None:
    assert tree(UnitChange(UUID(int=50), MARCH, 10, name="无")).named("无") == []


@given(st.lists(st.integers(0, 9), min_size=1, max_size=10), st.randoms())
def test_the_order_in_which_changes_are_read_changes_nothing(
    numbers: list[int], any_: object
) -> None:
    changes = [
        UnitChange(CENTRE, date(2025, 1 + number, 1), 10 + place, name=f"名{number}")
        for place, number in enumerate(numbers)
    ]
    shuffled = [*COUNTY, *changes]
    any_.shuffle(shuffled)  # type: ignore[attr-defined]  # random.Random
    in_order = units_on((*COUNTY, *changes), date(2025, 12, 31))
    assert units_on(shuffled, date(2025, 12, 31)).units == in_order.units


def test_a_unit_without_a_name_is_called_by_its_code() -> None:
    nameless = replace(registered(UUID(int=8), "453", "x"), name=None)
    found = tree(nameless).coded("453")
    assert found is not None
    assert found.name == "453"


def test_some_units_are_shown_with_those_above_them_and_no_others() -> None:
    shown = tree().only(lambda unit: unit.code == "450001")
    assert [unit.code for _, unit in shown.walk()] == ["450", "450001"]
    assert tree().only(lambda _: False).units == {}
