"""Write what the review is compared with: the page of its checks, its findings on the seeds.

Run as ``python -m tests.golden.refresh_review``. In the findings names and values over 40
characters stand as their length and digest.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from domain.review.finding import Change, Finding, Part, Severity
from domain.review.page import page
from services.intake.forms.reading import read_file
from services.reviewing import Review, review_reading

PAGE = Path(__file__).resolve().parents[2] / "domain" / "review" / "catalogue.md"
FINDINGS = Path(__file__).with_name("findings")
SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
LONGEST = 40


def shown(text: str) -> str:
    """A name or value as it is, or its length and digest where it is long."""
    flat = " ".join(text.split())
    if len(flat) <= LONGEST:
        return flat or "（空）"
    return f"<{len(text)} {hashlib.sha256(text.encode()).hexdigest()[:12]}>"


def findings_on(seed: Path) -> str:
    """All findings of the review on one file, a line each, under their sheets."""
    return "\n".join(_lines(review_reading(read_file(seed.read_bytes(), seed.name)))) + "\n"


def _lines(reviewed: Review) -> Iterator[str]:
    counts = Counter(one.severity for one in reviewed.findings)
    yield " ".join(f"{severity.value} {counts[severity]}" for severity in Severity)

    def sheet(finding: Finding) -> tuple[Part, int]:
        return finding.spot.part, finding.spot.sheet

    for (part, number), findings in groupby(reviewed.findings, sheet):
        found = list(findings)
        yield ""
        yield f"{part.value} {number + 1} {shown(found[0].project)}"
        for finding in found:
            yield "  " + "  ".join(_columns(finding))


def _columns(finding: Finding) -> Iterator[str]:
    yield f"{finding.where or '-':<6}"
    yield f"{finding.severity:<7}"
    yield f"{finding.check:<32}"
    yield shown(finding.indicator) if finding.indicator else "-"
    if finding.also:
        yield f"also {' '.join(finding.also)}"
    if finding.fix:
        yield "fix " + ", ".join(map(_change, finding.fix))


def _change(change: Change) -> str:
    return f"{change.field.value}: {shown(change.old)} → {shown(change.new)}"


def golden_of(seed: Path) -> Path:
    """Where the findings on a seed are kept."""
    return FINDINGS / f"{seed.stem[:3]}.txt"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    FINDINGS.mkdir(exist_ok=True)
    for seed in sorted(SEEDS.glob("*.txt")):
        golden_of(seed).write_text(findings_on(seed), "utf-8")
