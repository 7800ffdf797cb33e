"""Last year's values come in, and what is measured against them is settled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from domain.importing import ImportKind
from domain.indicator import Comparator, Indicator, Kind, TargetValue, ToConfirm
from domain.target import Target
from services.database.connect import Database
from services.incoming import preview_file
from services.recording import BadLinesError, Outcome
from tests.declaring import declaration, visits
from tests.integration.files import bring_in, counted, door, file_of, look_at
from tests.integration.incoming import META, Desk, desk_on

HEADING = ("项目编码", "三级指标", "上年完成值", "来源")


def compared() -> Indicator:
    return replace(
        visits(),
        value=TargetValue("不低于上年", Comparator.AT_LEAST),
        kind=Kind.LEVEL,
        to_confirm=(ToConfirm.BASELINE,),
    )


def declared() -> Target:
    return Target(declaration(indicators=(compared(),)))


@pytest.fixture
def desk(database: Database) -> Iterator[Desk]:
    """A desk with one project that is measured against last year."""
    with desk_on(database) as opened:
        opened.log.save(declared(), meta=META)
        opened.projector.catch_up()
        yield opened


def settled(desk: Desk) -> Indicator:
    target = desk.log.get(Target, Target.create_id(declaration()))
    return target.indicators[compared().indicator_id]


def test_a_baseline_settles_what_is_measured_against_it(desk: Desk) -> None:
    upload = file_of(HEADING, [("P1", "救助人次", "96.5%", "2024年自评表")])
    assert preview_file(door(desk), upload).kind is ImportKind.BASELINES
    seen = look_at(desk, upload)
    done = bring_in(desk, upload)
    assert counted(seen) == counted(done)
    assert (settled(desk).baseline, settled(desk).value.unit) == (Decimal("96.5"), "%")
    assert settled(desk).to_confirm == ()
    assert bring_in(desk, upload).outcome is Outcome.ALREADY_IMPORTED


def test_the_year_is_that_of_the_heading_or_the_year_before(desk: Desk) -> None:
    for heading in ("2023年度实际完成值", "上年完成值"):
        rows = [("P1", "救助人次", "90", "")]
        bring_in(desk, file_of(("项目编码", "三级指标", heading, "计量单位"), rows))
    told = [
        entry.event.baseline.year
        for entry in desk.log.stream(Target.create_id(declaration()))
        if isinstance(entry.event, Target.BaselineSet)
    ]
    assert told == [2023]


def test_each_bad_row_is_listed(desk: Desk) -> None:
    rows = [
        ("P9", "救助人次", "90", ""),
        ("P1", "另一项", "90", ""),
        ("P1", "救助人次", "很好", ""),
        ("P1", "救助人次", "", ""),
    ]
    with pytest.raises(BadLinesError) as refusal:
        bring_in(desk, file_of(HEADING, rows))
    problems = refusal.value.report.problems
    assert [(one.place, one.field) for one in problems] == [
        ("L2", "项目编码"),
        ("L3", "三级指标"),
        ("L4", "上年完成值"),
    ]
    assert "基期值未填，略去1行。" in refusal.value.report.notes
