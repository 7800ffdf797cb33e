"""Codes come in for projects that were declared without one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from domain.importing import ImportKind
from domain.target import Target
from services.database.connect import Database
from services.recording import BadLinesError
from tests.declaring import declaration
from tests.integration.files import bring_in, counted, file_of, look_at
from tests.integration.incoming import META, Desk, desk_on

HEADING = ("项目名称", "单位名称", "项目编码", "县编号")
NAMES = ("救助", "参保补助")


@pytest.fixture
def desk(database: Database) -> Iterator[Desk]:
    """A desk with two projects without a code."""
    with desk_on(database) as opened:
        targets = [Target(declaration(code=None, name=name)) for name in NAMES]
        opened.log.save(*targets, meta=META)
        opened.projector.catch_up()
        yield opened


def codes(desk: Desk, name: str) -> set[str | None]:
    return desk.log.get(Target, Target.create_id(declaration(code=None, name=name))).codes


def test_a_county_number_comes_first_and_the_code_finds_it_later(desk: Desk) -> None:
    first = file_of(HEADING, [("救助", "县医疗保障局", "", "县A1")])
    assert counted(look_at(desk, first, ImportKind.PROJECT_CODES)) == counted(
        bring_in(desk, first, ImportKind.PROJECT_CODES)
    )
    later = file_of(HEADING, [("改了名的救助", "", "13073025P00001", "县A1")])
    assert bring_in(desk, later, ImportKind.PROJECT_CODES).stored == 1
    assert codes(desk, "救助") == {"县A1", "13073025P00001"}
    again = file_of(HEADING, [("救助", "", "13073025P00001", "县A1")])
    assert bring_in(desk, again, ImportKind.PROJECT_CODES).known == 1


def test_a_code_of_another_project_and_a_project_nobody_knows_are_refused(desk: Desk) -> None:
    rows = [("救助", "", "X1", ""), ("参保补助", "", "X1", ""), ("无此项目", "", "X2", "")]
    with pytest.raises(BadLinesError) as refusal:
        bring_in(desk, file_of(HEADING, rows), ImportKind.PROJECT_CODES)
    assert [one.place for one in refusal.value.report.problems] == ["L3", "L4"]
