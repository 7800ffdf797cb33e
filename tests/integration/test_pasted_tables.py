"""Pasted text stands for a file of every kind: by the API, and at the terminal as ``-``."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.intake.guessing import TABLES
from tests.integration.api_service import Api
from tests.integration.terminal import answer, run
from tests.table_kinds import KINDS, TableKind

NAMES = {name: kind for kind, name in TABLES.items()}
COMMANDS = {
    "payments": ("payment", "import"),
    "funds": ("fund", "import"),
    "achievements": ("achievement", "import"),
    "baselines": ("baseline", "import"),
    "units": ("unit", "import"),
    "codes": ("target", "import-codes"),
    "targets": ("target", "import"),
    "monitoring": ("sheet", "import-monitoring"),
    "self_evaluations": ("sheet", "import-self-evaluation"),
}
FORM = Path(__file__).parents[1] / "data" / "hebei_form.txt"


def pasted(kind: TableKind) -> str:
    """Its cells as the clipboard of a spreadsheet has them."""
    return "\n".join("\t".join(row) for row in [kind.heading, *kind.rows])


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_pasted_table_is_looked_at_by_the_api(kept_api: Api, kind: TableKind) -> None:
    sent = {"year": "2025", "kind": NAMES[kind.name], "text": pasted(kind)}
    response = kept_api.client.post("/api/v1/imports", data=sent)
    assert response.status_code == 200, response.text
    seen = response.json()
    assert (seen["name"], seen["outcome"], seen["rows"]) == ("粘贴的文字", "preview", 2)


def test_a_pasted_form_is_looked_at_by_the_api(kept_api: Api) -> None:
    sent = {"year": "2025", "text": FORM.read_text(encoding="utf-8")}
    seen = kept_api.client.post("/api/v1/imports", data=sent).json()
    assert (seen["kind"], len(seen["targets"])) == ("declarations", 3)


@pytest.mark.usefixtures("terminal")
def test_each_command_takes_pasted_text_from_the_standard_input() -> None:
    for kind in KINDS:
        told = (*COMMANDS[kind.name], "-", "--preview", "--year", "2025")
        seen = answer(*told, typed=pasted(kind).encode())[1]
        assert (kind.name, seen["name"], seen["rows"]) == (kind.name, "标准输入", 2)
    assert "新申报" in run("form", "import", "-", "--preview", typed=FORM.read_bytes())[1]
