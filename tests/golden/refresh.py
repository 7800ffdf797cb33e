"""Pin event classes, or shapes of them, that are not in ``events.json`` yet.

Run as ``python -m tests.golden.refresh``. What is there is never rewritten: it is what
released logs hold.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from services.log.codec import EventMapper
from tests.golden.samples import domain_events, entry, sample_event

GOLDEN = Path(__file__).with_name("events.json")
"""Per topic the shapes it was ever stored in, oldest first."""


def pinned() -> dict[str, list[dict[str, Any]]]:
    """What the file holds."""
    if not GOLDEN.exists():
        return {}
    known: dict[str, list[dict[str, Any]]] = json.loads(GOLDEN.read_text(encoding="utf-8"))
    return known


def refresh() -> list[str]:
    """Add what is missing and say which topics those were."""
    known, mapper, added = pinned(), EventMapper(), []
    for topic, event_class in domain_events().items():
        new = entry(mapper, sample_event(event_class, topic))
        if new not in known.setdefault(topic, []):
            known[topic].append(new)
            added.append(topic)
    text = json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True)
    GOLDEN.write_text(text + "\n", encoding="utf-8")
    return added


if __name__ == "__main__":
    print("\n".join(refresh()) or "Nothing is missing.")  # noqa: T201  # a script speaks
