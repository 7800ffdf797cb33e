"""The catalogue as a page for people: every check, and which numbers of the papers it carries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from domain.review.catalogue import CATALOGUE

OF_DOMAIN: Mapping[int, str] = {
    1: "value empty or a placeholder",
    2: "comparator without a number, cut off",
    3: "cost with ≥",
    4: "quantity with ≤",
    5: "rate with a unit of time, or none",
    6: "% typed beside its own column",
    7: "定性 beside a number",
    8: "numeric type beside words",
    9: "word used as a unit",
    10: "total is not the sum of its sources",
    11: "amount in the text is not that of the table",
    12: "cost ceiling is not the budget",
    13: "cost in % of money",
    14: "required category missing",
    15: "same indicators on unrelated projects",
    16: "category does not fit",
    17: "two values in one cell; value against name",
    18: "scoring standard against value",
    19: "weights do not sum to 90 or 100",
    20: "absurd project period",
    21: "medium-term block is the annual one",
    22: "project weaker than department",
    23: "words after the comparator",
    24: "vague words only",
    25: "relative to last year without a baseline",
    26: "unit of money of the form",
    27: "plan not rising, not ending at 100 %",
    28: "date with a numeric unit; other year",
    29: "no money, with indicators",
    30: "below last year's achieved value",
}
"""The rules of the domain paper (§3.2, L01-L30) in a few words."""

OF_NEIGHBOURS: Mapping[int, str] = {
    1: "cost with ≥",
    2: "quantity with ≤",
    3: "operator without a value",
    4: "unit missing",
    5: "unit contradicts the name",
    6: "percent above 100",
    7: "type 定性 with a number, = with a word",
    8: "word used as a unit",
    9: "placeholder code",
    10: "two values in one cell",
    11: "target in the name, another in the value",
    12: "scoring text contradicts the value",
    13: "vacuous deadline",
    14: "relative target without a baseline",
    15: "narrative amount is not the table's",
    16: "total is not the sum of its sources",
    17: "cost far from the budget",
    18: "元 for 万元",
    19: "under the wrong category",
    20: "satisfaction counted twice",
    21: "too many in words",
    22: "required level missing",
    23: "weights do not sum",
    24: "duplicate indicators",
    25: "department and project in conflict",
    26: "plan not monotone, not ending at 100",
    27: "checkpoints outside the year, or twice",
    28: "plan from a template",
    29: "other year, past tense",
    30: "absurd project period",
}
"""The rules of the neighbours' paper (N6, L01-L30) in a few words."""


def page() -> str:
    """Write the page; a test compares it with the one that is kept."""
    return "\n".join([*_checks(), "", *_numbers()]) + "\n"


def _checks() -> Iterator[str]:
    yield "# The checks of the review"
    yield ""
    yield (
        f"{len(CATALOGUE)} checks. An error blocks approval, never recording or monitoring. "
        "This page is made by `python -m tests.golden.refresh_review`."
    )
    yield ""
    yield "| id | severity | looks at | what | why | example | from |"
    yield "|---|---|---|---|---|---|---|"
    for check in CATALOGUE:
        about = check.about
        cells = (
            f"`{check.id}`",
            check.severity.value,
            check.scope.value,
            f"{about.title}<br>{about.title_en}",
            about.why,
            about.example,
            " ".join(about.numbers),
        )
        yield f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _numbers() -> Iterator[str]:
    yield "## The numbers of both catalogues"
    yield ""
    yield "D: domain paper, §3.2, L01-L30. N: neighbours' paper, N6, L01-L30."
    yield ""
    yield "| number | rule | checks |"
    yield "|---|---|---|"
    for letter, rules in (("D", OF_DOMAIN), ("N", OF_NEIGHBOURS)):
        for number, rule in rules.items():
            ids = [f"`{one.id}`" for one in CATALOGUE if f"{letter}{number}" in one.about.numbers]
            yield f"| {letter}{number} | {rule} | {', '.join(ids)} |"
