"""The review as ``jixiao form check --json`` and the API answer it; keys never change.

``form check --json`` answers a list with one entry a file::

    {"file", "projects", "indicators", "counts": {"error", "warning", "note"},
     "findings": [{"id", "severity", "where", "also", "project", "indicator",
                   "message", "message_en", "why",
                   "fix": [{"field", "from", "to", "where"}]}]}

``where`` is L212 or Sheet!C7, null where the file as a whole is meant; ``also`` lists further
places. The changes of a ``fix`` belong together; ``field`` is one of ``domain.review.finding``.
``form checks --json`` answers a list of ``{"id", "severity", "scope", "title", "title_en", "why",
"example", "numbers"}``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from domain.review.catalogue import CATALOGUE
from domain.review.check import Check
from domain.review.finding import Change, Field, Finding, Part, Severity
from services.intake.forms.reader_findings import rule_of
from services.reviewing import Review

Json = dict[str, object]

_CHECKS = {check.id: check for check in CATALOGUE}


def file_answer(file: str, reviewed: Review) -> Json:
    """Answer for one file: what it holds, how much was found, and what."""
    filing = reviewed.filing
    return {
        "file": file,
        "projects": len(filing.projects),
        "indicators": sum(len(project.rows) for project in filing.projects),
        "counts": counts(reviewed),
        "findings": [finding_answer(one, reviewed) for one in reviewed.all_findings],
    }


def counts(reviewed: Review) -> dict[str, int]:
    """Count what was found by severity, those without any included."""
    found = Counter(one.severity for one in reviewed.all_findings)
    return {severity.value: found[severity] for severity in Severity}


def finding_answer(finding: Finding, reviewed: Review) -> Json:
    """Answer for one finding; ``fix`` is a list of changes that belong together."""
    return {
        "id": finding.check,
        "severity": finding.severity.value,
        "where": finding.where,
        "also": list(finding.also),
        "project": finding.project or None,
        "indicator": finding.indicator,
        "message": finding.message,
        "message_en": finding.message_en,
        "why": why_of(finding.check),
        "fix": [_change(one, finding, reviewed) for one in finding.fix],
    }


def _change(change: Change, finding: Finding, reviewed: Review) -> Json:
    return {
        "field": change.field.value,
        "from": change.old,
        "to": change.new,
        "where": _where(change, finding, reviewed),
    }


def _where(change: Change, finding: Finding, reviewed: Review) -> str | None:
    """The place of the row that a change is about, else that of the finding."""
    if change.row is None or change.field is Field.PLAN:
        return finding.where
    spot, filing = finding.spot, reviewed.filing
    sheets = filing.projects if spot.part is Part.PROJECT else filing.departments
    return sheets[spot.sheet].rows[change.row].printed.where


FIELD_NAMES: Mapping[Field, str] = {
    Field.CLASS: "一级指标",
    Field.CATEGORY: "二级指标",
    Field.NAME: "三级指标",
    Field.VALUE: "指标值",
    Field.SIGN: "指标值类型",
    Field.COLUMN_UNIT: "计量单位",
    Field.WEIGHT: "分值",
    Field.DESCRIPTION: "指标解释",
    Field.MONEY_UNIT: "金额单位",
    Field.PLAN: "支出计划",
}
"""What a fix changes, as forms call it; no fix changes any other field."""


def proposal_text(change: Change) -> str:
    """Say a change: 指标值“≥60万元” → “≤60万元”."""
    return f"{FIELD_NAMES[change.field]}“{change.old}” → “{change.new or '（留空）'}”"


def why_of(check: str) -> str:
    """Say why a check matters, or a rule of the reader."""
    known = _CHECKS.get(check)
    return known.about.why if known else rule_of(check).why


def check_answer(check: Check) -> Json:
    """Answer for one check of the catalogue."""
    return {
        "id": check.id,
        "severity": check.severity.value,
        "scope": check.scope.value,
        "title": check.about.title,
        "title_en": check.about.title_en,
        "why": check.about.why,
        "example": check.about.example,
        "numbers": list(check.about.numbers),
    }
