"""Forms in the layouts of many provinces, texts our own, are read as a person reads them."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.intake.forms.reading import read_file
from tests.form_listing import FAMILIES, listing

FORMS = sorted(FAMILIES.glob("*.txt"))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_a_layout_is_read_as_its_listing_says(form: Path) -> None:
    assert listing(read_file(form)) == form.with_suffix(".expected").read_text("utf-8")


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_every_text_that_is_read_stands_in_the_form(form: Path) -> None:
    printed = "".join(form.read_text("utf-8").split())
    for declared in read_file(form).declarations:
        texts = [declared.project_name, declared.project_code, declared.annual_objective]
        texts += [text for row in declared.indicators for text in (row.name, row.value_text)]
        missing = [text for text in texts if text and "".join(text.split()) not in printed]
        assert missing == []
