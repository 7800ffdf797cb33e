"""Links to a target's declaration written out as a form, in each template and format."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode
from uuid import UUID

from dash import html
from dash.development.base_component import Component

from dashboard.texts import target as text
from services.readmodel.moment import Moment
from services.sheets.declaration_form.forms import FileFormat, TemplateKey

_FORM = "/api/v1/targets/{}/form?{}"


def form_links(target_id: UUID, moment: Moment) -> list[Component]:
    """Say the templates, with a link for each format; a form is of the page's own clocks."""
    return [
        html.Span(
            [f"{template.template.name}：", *_links(target_id, moment, template)], className="forms"
        )
        for template in TemplateKey
    ]


def _links(target_id: UUID, moment: Moment, template: TemplateKey) -> Iterator[Component]:
    for format_ in FileFormat:
        asked = {
            "form": template.value,
            "as": format_.value,
            "as_of": moment.as_of.isoformat(),
            "known_at": str(moment.known_at),
        }
        words = text.FORMATS[format_]
        title = f"{text.FORMS}（{template.template.name}，{words}）"
        href = _FORM.format(target_id, urlencode(asked))
        yield html.A(words, href=href, title=title)
