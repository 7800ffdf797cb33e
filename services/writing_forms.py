"""Declarations written out as forms, read back, and compared (neighbours N17).

What the form did not carry is printed on it as notes, so that nothing is lost in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from uuid import UUID

from domain.declaration import Declaration
from services.intake.forms.declaration import Declaration as ReadForm
from services.intake.forms.declaration import DepartmentGoals as ReadGoals
from services.intake.forms.file import read_form_file
from services.intake.forms.to_target import IncompleteDeclarationError, to_domain, to_indicators
from services.readmodel.moment import Moment
from services.sheets.declaration_form.carried import NAMES, OF_THE_RECORD
from services.sheets.declaration_form.department import (
    DepartmentGoals,
    Goal,
    lay_out_department,
)
from services.sheets.declaration_form.department_differences import department_differences
from services.sheets.declaration_form.differences import Difference, differences
from services.sheets.declaration_form.forms import FileFormat, TemplateKey, write_papers
from services.sheets.declaration_form.layout import lay_out
from services.sheets.declaration_form.paper import Form, Imprint

_UNREADABLE = Difference("form", "整份表", "一份", "读不回", None)
_NOT_AS_DECLARED = "再导入时读法不同，请核对"
_NOBODY = UUID(int=0)
"""Goals of departments are not on record, their indicators nobody's."""
_LONGEST_NAME = 40

Source = DepartmentGoals | Declaration
"""What a form is written of."""


@dataclass(frozen=True, slots=True)
class WrittenForm:
    """A file of forms, and what reading it back does not give again."""

    content: bytes
    differences: tuple[Difference, ...]


def write_forms(
    sources: Sequence[Source], template: TemplateKey, format_: FileFormat, imprint: Imprint
) -> WrittenForm:
    """Write declarations into one file, each from a page of its own on, and read them back.

    What came back otherwise is noted on its form. Goals of departments stand before projects.
    """
    ordered = sorted(sources, key=lambda source: isinstance(source, Declaration))
    plain = [imprint] * len(ordered)
    content = _written(ordered, plain, template, format_)
    found = _differences(ordered, content, format_)
    noted = [replace(imprint, notes=tuple(_notes(each))) for each in found]
    if noted != plain:
        content = _written(ordered, noted, template, format_)
    return WrittenForm(content, tuple(_named(ordered, found)))


def _named(
    sources: Sequence[Source], found: Sequence[tuple[Difference, ...]]
) -> Iterator[Difference]:
    """Tell whose form a difference is of, where a file has several."""
    for source, each in zip(sources, found, strict=True):
        front = f"“{_name_of(source)}”" if len(sources) > 1 else ""
        yield from (replace(one, place=f"{front}{one.place}") for one in each)


def _name_of(source: Source) -> str:
    return source.project_name if isinstance(source, Declaration) else "部门整体绩效目标"


def _written(
    sources: Sequence[Source],
    imprints: Sequence[Imprint],
    template: TemplateKey,
    format_: FileFormat,
) -> bytes:
    file = BytesIO()
    papers = [
        paper
        for source, imprint in zip(sources, imprints, strict=True)
        for paper in _laid_out(source, template, imprint)
    ]
    write_papers(papers, format_, file)
    return file.getvalue()


def _laid_out(source: Source, template: TemplateKey, imprint: Imprint) -> Iterator[Form]:
    if isinstance(source, Declaration):
        yield lay_out(source, template.template, imprint)
    else:
        yield from lay_out_department(source, imprint)


def _differences(
    sources: Sequence[Source], content: bytes, format_: FileFormat
) -> list[tuple[Difference, ...]]:
    """What each form in a file does not give back."""
    reading = read_form_file(content, f"form.{format_}")
    goals, projects = iter(reading.department_goals), iter(reading.declarations)
    found = [
        _of_project(source, next(projects, None))
        if isinstance(source, Declaration)
        else _of_department(source, list(_as_many(goals, len(source.goals))))
        for source in sources
    ]
    more = next(goals, None) or next(projects, None)
    return [(_UNREADABLE,)] * len(sources) if more else found


def _of_project(declared: Declaration, read: ReadForm | None) -> tuple[Difference, ...]:
    try:
        return differences(declared, to_domain(read or ReadForm(""), region=declared.region))
    except IncompleteDeclarationError:
        return (_UNREADABLE,)


def _of_department(declared: DepartmentGoals, read: Sequence[ReadGoals]) -> tuple[Difference, ...]:
    if not read:
        return (_UNREADABLE,)
    return department_differences(declared, [goals_of(part) for part in read])


def _as_many(parts: Iterator[ReadGoals], goals: int) -> Iterator[ReadGoals]:
    """Take the parts that have so many goals together: one, or one a page."""
    left = max(1, goals)
    while left > 0 and (part := next(parts, None)):
        left -= max(1, len(part.goals))
        yield part


def goals_of(read: ReadGoals) -> DepartmentGoals:
    """Take a department's goals as they were read."""
    return DepartmentGoals(
        read.department,
        read.department_code,
        read.fiscal_year,
        read.overall_objective,
        tuple(
            Goal(goal.name, goal.objective, to_indicators(_NOBODY, goal.indicators))
            for goal in read.goals
        ),
    )


def _notes(found: Sequence[Difference]) -> Iterator[str]:
    """Say once for each field, and each reason, what a form does not carry."""
    said = {
        (NAMES.get(one.field, one.place), one.why)
        for one in found
        if one.field not in OF_THE_RECORD
    }
    for name, why in sorted(said, key=str):
        yield f"注：{name}：{why or _NOT_AS_DECLARED}。"


def imprint_of(moment: Moment, *, synthetic: bool) -> Imprint:
    """Say which record a form was printed from."""
    footer = f"按{moment.as_of.isoformat()}的绩效目标打印　记录位置{moment.known_at}"
    return Imprint(footer, synthetic=synthetic)


def file_name(declared: Declaration, format_: FileFormat) -> str:
    """A name that says year, project and form."""
    what = (declared.project_code or declared.project_name)[:_LONGEST_NAME].replace("/", "／")
    return f"{declared.fiscal_year}_{what}_绩效目标申报表.{format_}"
