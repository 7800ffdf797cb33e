"""What a careful official reads from a layout, as ``expected.json`` keeps it.

It is an entry of ``jixiao form read`` with the keys that the rules decide; what they leave open
is left out. Some things are written more briefly than in the entry:

- a list of indicators as a table, ``{"columns": […], "rows": [[…], …]}``, where ``"*"`` leaves a
  key out and an object at the end of a row adds keys;
- ``{"one_of": […]}`` where two readings are equally good;
- ``all_indicators`` of a department's goals: the indicators under whatever goal they stand;
- ``needs_a_person`` of an indicator: something has to be confirmed, whatever it is called;
- ``has_findings`` of a form: there is a finding, whatever it says.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

Entry = dict[str, Any]
LEFT_OPEN = "*"
TABLES = ("indicators", "medium_term_indicators", "all_indicators")


def expected_reading(folder: Path) -> Entry:
    """The expected entry of a layout, its tables of indicators written out."""
    entry: Entry = json.loads((folder / "expected.json").read_text("utf-8"))
    for form in [*entry.get("declarations", []), *entry.get("department_goals", [])]:
        for name in TABLES:
            if isinstance(form.get(name), dict):
                form[name] = written_out(form[name])
    return entry


def written_out(table: Entry) -> list[Entry]:
    """One object an indicator.

    Raises ValueError for a row with another number of values than there are columns.
    """
    columns = table["columns"]
    indicators = []
    for row in table["rows"]:
        more = row[-1] if isinstance(row[-1], dict) and "one_of" not in row[-1] else {}
        values = row[:-1] if more else row
        keys = {
            column: value
            for column, value in zip(columns, values, strict=True)
            if value != LEFT_OPEN
        }
        indicators.append(keys | more)
    return indicators
