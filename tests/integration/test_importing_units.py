"""A list of units comes in: registered, renamed, moved, coded, its people beside the log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import msgspec
import pytest

from domain.importing import ImportKind
from domain.unit import Post
from domain.unit_tree import UnitTree
from services import importing_rows
from services.access.contacts import Contacts
from services.database.connect import Database
from services.importing import note_chunk
from services.incoming import preview_file
from services.log.errors import LogUnreachableError
from services.recording import BadLinesError, ImportReport, Outcome
from services.resuming import resume_all
from tests.declaring import REGION
from tests.integration.files import bring_in, counted, door, file_of, look_at
from tests.integration.incoming import Desk, desk_on
from tests.payment_files import TODAY

HEADING = ("单位编码", "单位名称", "主管部门编码", "主管部门", "填报人", "联系电话", "县编号")
COUNTY = [
    ("450001", "医保中心", "450", "医疗保障局", "王某", "13800000001", ""),
    ("4500010", "医保稽核所", "450", "医疗保障局", "", "", ""),
    ("450", "医疗保障局", "450", "医疗保障局", "李某", "0313-1234567", ""),
    ("", "镇卫生院", "", "卫生健康局", "", "", ""),
]


@pytest.fixture
def desk(database: Database) -> Iterator[Desk]:
    """An empty desk."""
    with desk_on(database) as opened:
        yield opened


def bring(desk: Desk, rows: Sequence[Sequence[str]], **changes: object) -> ImportReport:
    return bring_in(desk, file_of(HEADING, rows, **changes), ImportKind.UNITS)


def tree(desk: Desk) -> UnitTree:
    return desk.lookups.units(REGION, TODAY)


def told(desk: Desk) -> list[str]:
    return [f"{'/'.join(tree(desk).place(u.unit_id) or ())} {u.name}" for _, u in tree(desk).walk()]


def test_a_list_becomes_a_tree_whose_departments_may_be_implied(desk: Desk) -> None:
    upload = file_of(HEADING, COUNTY)
    assert preview_file(door(desk), upload).kind is ImportKind.UNITS
    seen = look_at(desk, upload)
    done = bring(desk, COUNTY)
    assert counted(seen) == counted(done)
    assert told(desk) == [
        "450 医疗保障局",
        "450/450001 医保中心",
        "450/4500010 医保稽核所",
        "县0001 卫生健康局",
        "县0001/县0002 镇卫生院",
    ]
    assert done.stored == 5
    assert "主管部门不在名单中，按各单位所列登记1个。" in done.notes


def test_the_same_list_again_changes_nothing(desk: Desk) -> None:
    bring(desk, COUNTY)
    assert bring(desk, COUNTY).outcome is Outcome.ALREADY_IMPORTED
    again = bring(desk, list(reversed(COUNTY)))
    assert (again.stored, again.known) == (0, 5)
    assert len(told(desk)) == 5


MANY = [
    *COUNTY,
    ("", "卫生健康局", "", "", "赵某", "0313-7654321", ""),
    ("460001", "一中", "460", "教育局", "", "", ""),
    ("460002", "二中", "460", "教育局", "", "", ""),
    ("", "村卫生室", "", "卫生健康局", "", "", ""),
]


@pytest.mark.parametrize("stored", range(1, 9))
def test_a_list_that_broke_off_anywhere_and_is_gone_on_with_is_whole(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, stored: int
) -> None:
    monkeypatch.setattr(importing_rows, "CHUNK_ROWS", 1)
    with monkeypatch.context() as broken:

        def breaks_off(log: Any, begun: Any, number: int, decide: Any) -> Any:
            if number >= stored:
                raise LogUnreachableError
            return note_chunk(log, begun, number, decide)

        broken.setattr(importing_rows, "note_chunk", breaks_off)
        with pytest.raises(LogUnreachableError):
            bring(desk, MANY)
    desk.projector.catch_up()
    (report,) = resume_all(desk.log, desk.lookups, today=TODAY)
    desk.projector.catch_up()
    assert report.stored == 9
    assert told(desk) == [
        "450 医疗保障局",
        "450/450001 医保中心",
        "450/4500010 医保稽核所",
        "460 教育局",
        "460/460001 一中",
        "460/460002 二中",
        "县0001 卫生健康局",
        "县0001/县0002 镇卫生院",
        "县0001/县0003 村卫生室",
    ]


def test_what_the_next_list_says_otherwise_is_a_change_from_a_day_on(desk: Desk) -> None:
    bring(desk, COUNTY)
    heading = (*HEADING, "变更日期", "文号")
    rows = [
        (
            "450001",
            "医疗保障服务中心",
            "451",
            "财政局",
            "王某",
            "13800000001",
            "",
            "2025-07-01",
            "",
        ),
        ("452", "镇卫生院", "", "卫生健康局", "", "", "县0002", "2025-08-01", "编办2号"),
    ]
    done = bring_in(desk, file_of(heading, rows), ImportKind.UNITS)
    assert done.stored == 3
    assert tree(desk).place_of("450001") == ("451", "450001")
    assert desk.lookups.units(REGION, date(2025, 6, 30)).place_of("450001") == ("450", "450001")
    coded = tree(desk).coded("452")
    assert coded is not None
    assert (coded.segment, coded.is_local) == ("县0002", False)
    assert {"更名1个。", "划转1个。", "启用编码1个。", "新登记1个。"} <= set(done.notes)


def test_people_are_kept_beside_the_log_and_nowhere_in_it(desk: Desk) -> None:
    bring(desk, COUNTY)
    centre = tree(desk).coded("450001")
    assert centre is not None
    known = Contacts(desk.lookups.pool).in_force([centre.unit_id], TODAY)
    contact = known[centre.unit_id, Post.REPORTER]
    assert (contact.person, contact.telephone) == ("王某", "13800000001")
    log = msgspec.json.encode([entry.event.__dict__ for entry in desk.log.read(0, 10_000)])
    for secret in ("王某", "13800000001", "0313-1234567"):
        assert secret not in log.decode()


def test_another_person_is_a_change_and_the_same_is_none(desk: Desk) -> None:
    bring(desk, COUNTY)
    rows = [("450001", "医保中心", "450", "医疗保障局", "赵某", "13800000002", "")]
    done = bring(desk, rows)
    assert (done.stored, done.notes[-1]) == (1, "变更负责人或填报人1个。")
    assert bring(desk, rows, name="另存.csv").outcome is Outcome.ALREADY_IMPORTED


BAD = [
    ("450001", "医保中心", "999", "", "", "", ""),
    ("460", "甲局", "460", "甲局", "", "", ""),
    ("460", "乙局", "460", "乙局", "", "", ""),
    ("", "", "", "", "某人", "", ""),
]


def test_each_bad_row_is_listed_with_its_place(desk: Desk) -> None:
    with pytest.raises(BadLinesError) as refusal:
        bring(desk, BAD)
    problems = refusal.value.report.problems
    assert sorted((one.place, one.field) for one in problems) == [
        ("L2", "主管部门编码"),
        ("L4", "单位编码"),
        ("L5", "单位名称"),
    ]


def test_units_that_stand_under_each_other_are_refused(desk: Desk) -> None:
    heading = ("单位编码", "单位名称", "上级单位编码")
    rows = [("1", "甲", "2"), ("2", "乙", "1")]
    report = look_at(desk, file_of(heading, rows), ImportKind.UNITS)
    assert "绕回了自己" in report.problems[0].message


def test_a_code_for_a_unit_the_county_numbered_has_to_name_the_number(desk: Desk) -> None:
    bring(desk, COUNTY)
    rows = [("452", "镇卫生院", "", "卫生健康局", "", "", "")]
    report = look_at(desk, file_of(HEADING, rows), ImportKind.UNITS)
    assert "县0002" in report.problems[0].message


def test_codes_that_lost_their_zeros_are_restored_from_the_list(desk: Desk) -> None:
    heading = ("单位编码", "单位名称")
    bring_in(desk, file_of(heading, [("045", "民政局"), ("046", "教育局")]), ImportKind.UNITS)
    done = bring_in(desk, file_of(heading, [("45", "民政局")]), ImportKind.UNITS)
    assert (done.known, done.stored) == (1, 0)
    assert "“单位编码”少了开头的0，已按名单还原1个编码：45→045。" in done.notes
