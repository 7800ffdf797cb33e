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
        html.Span([f"{key.template.name}：", *_links(target_id, moment, key)], className="forms")
        for key in TemplateKey
    ]


def _links(target_id: UUID, moment: Moment, key: TemplateKey) -> Iterator[Component]:
    for format_ in FileFormat:
        asked = {
            "form": key.value,
            "as": format_.value,
            "as_of": moment.as_of.isoformat(),
            "known_at": str(moment.known_at),
        }
        words = text.FORMATS[format_]
        yield html.A(
            words,
            href=_FORM.format(target_id, urlencode(asked)),
            title=f"{text.FORMS}（{key.template.name}，{words}）",
        )
