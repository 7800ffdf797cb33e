"""What the declaration files say comes out the same as Word, workbook, web page and PDF."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from services.intake.forms.reading import read_file
from tests.form_printing import printed
from tests.golden.form_masking import GOLDENS
from tests.one_form import CHROMIUM, Form, as_page, as_pdf, as_text, as_word, as_workbook

pytestmark = pytest.mark.seeds

LEFT_OUT = {"where", "findings", "file"}
FORMATS: dict[str, Callable[[Sequence[Form]], bytes]] = {
    "txt": as_text,
    "docx": as_word,
    "xlsx": as_workbook,
    "html": as_page,
}


def said(answer: object, *, blanks: bool = True) -> object:
    """What was read, without the places it was read from; on paper blanks are a matter of taste."""
    if isinstance(answer, dict):
        kept = {key: value for key, value in answer.items() if key not in LEFT_OUT}
        return {key: said(value, blanks=blanks) for key, value in kept.items()}
    if isinstance(answer, list):
        return [said(value, blanks=blanks) for value in answer]
    return answer if blanks or not isinstance(answer, str) else re.sub(r"\s", "", answer)


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("seed", GOLDENS)
def test_merged_cells_in_office_files_say_the_same(seeds_dir: Path, seed: str, ending: str) -> None:
    reading = read_file(seeds_dir / seed)
    again = read_file(FORMATS[ending](printed(reading)), f"form.{ending}")
    assert said(again.to_json()) == said(reading.to_json())


@pytest.mark.skipif(shutil.which(CHROMIUM) is None, reason="Chromium is not installed")
@pytest.mark.parametrize("seed", GOLDENS)
def test_a_page_printed_to_pdf_says_the_same(seeds_dir: Path, seed: str) -> None:
    reading = read_file(seeds_dir / seed)
    again = read_file(as_pdf(printed(reading)), "form.pdf")
    plain, other = (said(one.to_json(), blanks=False) for one in (reading, again))
    assert other == plain
