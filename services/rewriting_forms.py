"""A declaration form of any layout, written out again on a standard template (neighbours N17)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from services.intake.forms.declaration import Declaration, FileReading
from services.intake.forms.to_target import IncompleteDeclarationError, to_domain
from services.sheets.declaration_form.differences import Difference, shown
from services.sheets.declaration_form.forms import FileFormat, TemplateKey
from services.sheets.declaration_form.paper import Imprint
from services.writing_forms import Source, WrittenForm, goals_of, write_forms

_ONLY_THE_YEAR = "表样只有年度内容，没有中期目标和期限"
_NO_REGION = "000000000"
"""Of a form that nobody declares; it shows nowhere."""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The forms of a file on another template; ``written`` is None where there was none.

    ``problems`` say which forms lack what none is written without.
    """

    written: WrittenForm | None
    forms: int
    differences: tuple[Difference, ...]
    problems: tuple[str, ...]


def rewrite(
    reading: FileReading, template: TemplateKey, format_: FileFormat, year: int | None = None
) -> Rewritten:
    """Write all that a file declares for the year on a template.

    ``year`` stands in where a form prints none.
    """
    goals = [goals_of(part) for part in reading.department_goals]
    sources: list[Source] = [replace(g, fiscal_year=g.fiscal_year or year) for g in goals]
    left_out: list[Difference] = []
    problems: list[str] = []
    for form in reading.declarations:
        try:
            sources.append(to_domain(form, region=_NO_REGION, fiscal_year=year))
        except IncompleteDeclarationError as problem:
            problems.append(str(problem))
        else:
            left_out += _left_out(form)
    if not sources:
        return Rewritten(None, 0, (), tuple(problems))
    written = write_forms(sources, template, format_, Imprint())
    return Rewritten(written, len(sources), (*left_out, *written.differences), tuple(problems))


def _left_out(form: Declaration) -> Iterator[Difference]:
    """What a form says besides the year, which the templates have no place for."""
    budget = form.medium_term_budget
    rows = len(form.medium_term_indicators)
    said = {
        "项目期": form.project_period,
        "中期目标": form.medium_term_objective,
        "中期资金总额": budget.total and f"{budget.total}{budget.unit or ''}",
        "中期绩效指标": f"{rows}项" if rows else None,
    }
    for name, text in said.items():
        if text:
            place = f"“{form.project_name}”{name}"
            yield Difference("medium_term", place, text, shown(None), _ONLY_THE_YEAR)
