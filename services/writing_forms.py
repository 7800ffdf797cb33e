"""A declaration written out as a form, read back, and compared (neighbours N17).

What the form did not carry is printed on it as notes, so that nothing is lost in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO

from domain.declaration import Declaration
from services.intake.forms.file import read_form_file
from services.intake.forms.to_target import IncompleteDeclarationError, to_domain
from services.readmodel.moment import Moment
from services.sheets.declaration_form.carried import FIELDS
from services.sheets.declaration_form.differences import Difference, differences
from services.sheets.declaration_form.forms import FileFormat, TemplateKey, write_papers
from services.sheets.declaration_form.layout import lay_out
from services.sheets.declaration_form.paper import Imprint

_UNREADABLE = Difference("form", "整份表", "一份", "读不回", None)
_NOT_AS_DECLARED = "再导入时读法不同，请核对"
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class WrittenForm:
    """A file of forms, and what reading it back does not give again."""

    content: bytes
    differences: tuple[Difference, ...]


def write_forms(
    declarations: Sequence[Declaration],
    template: TemplateKey,
    format_: FileFormat,
    imprint: Imprint,
) -> WrittenForm:
    """Write declarations into one file, each from a page of its own on, and read them back.

    What came back otherwise is noted on its form.
    """
    plain = [imprint] * len(declarations)
    content = _written(declarations, plain, template, format_)
    found = _differences(declarations, content, format_)
    if any(found):
        noted = [replace(imprint, notes=tuple(_notes(each))) for each in found]
        content = _written(declarations, noted, template, format_)
    return WrittenForm(content, tuple(one for each in found for one in each))


def _written(
    declarations: Sequence[Declaration],
    imprints: Sequence[Imprint],
    template: TemplateKey,
    format_: FileFormat,
) -> bytes:
    file = BytesIO()
    papers = [
        lay_out(declared, template.template, imprint)
        for declared, imprint in zip(declarations, imprints, strict=True)
    ]
    write_papers(papers, format_, file)
    return file.getvalue()


def _differences(
    declarations: Sequence[Declaration], content: bytes, format_: FileFormat
) -> list[tuple[Difference, ...]]:
    """What each form in a file does not give back."""
    read = read_form_file(content, f"form.{format_}").declarations
    if len(read) != len(declarations):
        return [(_UNREADABLE,)] * len(declarations)
    found = []
    for declared, form in zip(declarations, read, strict=True):
        try:
            found.append(differences(declared, to_domain(form, region=declared.region)))
        except IncompleteDeclarationError:
            found.append((_UNREADABLE,))
    return found


def _notes(found: Sequence[Difference]) -> Iterator[str]:
    """Say once for each field, and each reason, what a form does not carry."""
    said = {
        (FIELDS[one.field].name if one.field in FIELDS else one.place, one.why) for one in found
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
