"""A form that was corrected before it came in: the log tells what was printed and what was not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from domain.importing import Import, Tally
from domain.target import Target
from services.database.connect import Database
from services.declaring import DeclaredAs
from services.importing_declarations import (
    DeclarationsReport,
    FormFile,
    PreviewOutdatedError,
    import_form,
    preview_form,
)
from services.intake.forms.correcting import Place, Replaced
from services.recording import Outcome, Upload
from tests.declaring import REGION, YEAR
from tests.integration.incoming import META, Desk, desk_on
from tests.payment_files import TODAY

CONTENT = (Path(__file__).parents[1] / "data" / "hebei_form.txt").read_bytes()
UPLOAD = Upload(CONTENT, "申报表.txt", REGION, YEAR)
PRINTED = FormFile.as_printed(UPLOAD)
NOTE = Replaced(Place(0, 0, "value_text"), "≥150场", "王芳", "L80", "value.round")
CORRECTED = replace(PRINTED, notes=(NOTE,))


@pytest.fixture
def desk(database: Database) -> Iterator[Desk]:
    with desk_on(database) as opened:
        yield opened


def bring_in(desk: Desk, file: FormFile, **asked: object) -> DeclarationsReport:
    return import_form(desk.log, file, meta=META, today=TODAY, **asked)  # type: ignore[arg-type]


def topics(desk: Desk) -> list[str]:
    return [type(entry.event).TOPIC for entry in desk.log.read(0, 1_000)]


def test_target_and_import_both_keep_what_was_printed_beside_what_was_put_there(
    desk: Desk,
) -> None:
    report = bring_in(desk, CORRECTED)
    target = desk.log.get(Target, report.targets[0].target_id)
    brought = desk.log.get(Import, report.summary.import_id)
    (correction,) = target.declaration.corrections
    assert target.declaration.indicators[0].value.text == "≥150场"
    assert (correction.printed, correction.corrected, correction.by, correction.where) == (
        PRINTED.reading.declarations[0].indicators[0].value_text,
        "≥150场",
        "王芳",
        "L80",
    )
    assert (correction.field, correction.check) == ("value_text", "value.round")
    assert brought.corrections == (correction,)
    others = [desk.log.get(Target, one.target_id) for one in report.targets[1:]]
    assert [one.declaration.corrections for one in others] == [(), ()]


def test_all_of_it_is_one_append(desk: Desk) -> None:
    bring_in(desk, CORRECTED)
    assert topics(desk) == [
        "import.started",
        "import.corrected",
        "import.chunk_stored",
        "import.completed",
        *["target.declared"] * 3,
    ]
    assert len({entry.recorded_at for entry in desk.log.read(0, 1_000)}) == 1


def test_the_same_file_corrected_later_is_an_import_of_its_own_and_a_proposed_revision(
    desk: Desk,
) -> None:
    first = bring_in(desk, PRINTED)
    again = bring_in(desk, CORRECTED)
    assert first.summary.import_id != again.summary.import_id
    assert [one.outcome for one in again.targets] == [
        DeclaredAs.REVISION,
        DeclaredAs.UNCHANGED,
        DeclaredAs.UNCHANGED,
    ]
    assert bring_in(desk, CORRECTED).summary.outcome is Outcome.ALREADY_IMPORTED


def test_what_a_preview_showed_is_done_and_nothing_else(desk: Desk) -> None:
    shown = preview_form(desk.log, CORRECTED, today=TODAY)
    bring_in(desk, PRINTED)
    before = topics(desk)
    with pytest.raises(PreviewOutdatedError, match="送戏下乡"):
        bring_in(desk, CORRECTED, expected=shown.targets)
    assert topics(desk) == before
    now = preview_form(desk.log, CORRECTED, today=TODAY)
    assert bring_in(desk, CORRECTED, expected=now.targets).targets == now.targets


def test_an_import_that_was_begun_and_broken_off_is_gone_on_with(desk: Desk) -> None:
    begun = Import(CORRECTED.key, UPLOAD.name, 3, 0, None)
    desk.log.save(begun, meta=META)
    assert bring_in(desk, CORRECTED).summary.outcome is Outcome.COMPLETED
    assert desk.log.get(Import, begun.id).corrections == CORRECTED.corrections


def test_a_stored_but_not_completed_import_declares_nothing_twice(desk: Desk) -> None:
    bring_in(desk, PRINTED)
    half = Import(CORRECTED.key, UPLOAD.name, 3, 0, None)
    half.store_chunk(0, Tally(stored=1, known=2))
    desk.log.save(half, meta=META)
    before = topics(desk).count("target.revision_proposed")
    bring_in(desk, CORRECTED)
    assert topics(desk).count("target.revision_proposed") == before
