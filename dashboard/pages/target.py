"""项目监控详情: one target's year, from the plan to what happened."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import formats
from dashboard.address import Address
from dashboard.clocks import Clocks, clocks_of_year
from dashboard.components import banners, states
from dashboard.components.badges import light_badge, not_reported_badge, word_badge
from dashboard.components.controls import clock_controls, controls, shown_known_at
from dashboard.components.view import View
from dashboard.pages.target_alerts import alerts_section
from dashboard.pages.target_approval import approval_section
from dashboard.pages.target_evidence import evidence_section
from dashboard.pages.target_forms import form_links
from dashboard.pages.target_goals import goals_section
from dashboard.pages.target_money import money_section
from dashboard.pages.target_record import history_section, payments_section
from dashboard.texts import frame, terms
from dashboard.texts import target as text
from dashboard.texts.approval import not_approved
from domain.approval import Stage
from domain.errors import NotOnRecordError
from domain.light import Light
from domain.picture import TargetPicture
from services.bootstrap import Services
from services.readmodel.moment import Moment
from services.readmodel.rows import TargetDetail, TargetRow


def show_target(services: Services, address: Address, target_id: UUID) -> View:
    """Answer an address with the page of a target.

    Raises:
        NotOnRecordError: there is no such target.
    """
    read_model = services.read_model
    known = read_model.target(target_id)
    clocks = clocks_of_year(services, address, known.fiscal_year)
    head = _head(known, clocks, address)
    try:
        detail = read_model.detail(target_id, clocks.moment)
    except NotOnRecordError:
        return View(known.project_name, [head, _not_yet(clocks)], clocks)
    approval = approval_section(services, detail, present=address.known_at is None)
    done = known.stage == Stage.APPROVED
    return View(
        known.project_name,
        [
            head,
            *banners.reading_banners(read_model.readings()),
            *banners.data_banners(clocks, address.known_at),
            _about(detail, clocks.moment),
            None if done else approval,
            money_section(detail),
            goals_section(detail.judged, address),
            alerts_section(detail, address),
            approval if done else None,
            evidence_section(
                services, detail, clocks.moment.known_at, now=address.known_at is None
            ),
            payments_section(detail),
            history_section(detail),
        ],
        clocks,
    )


def _head(known: TargetRow, clocks: Clocks, address: Address) -> Component:
    moment = clocks.moment
    code = f"{text.CODE} {known.project_code}" if known.project_code else text.NO_CODE
    return html.Div(
        [
            html.Div(
                [
                    html.P(
                        [
                            dcc.Link(terms.OVERVIEW, href=address.to_overview().href),
                            html.Span(" / "),
                            terms.TARGET_PAGE,
                        ],
                        className="trail",
                    ),
                    html.H1(known.project_name),
                    html.P(
                        [
                            html.Span(words)
                            for words in (
                                terms.fiscal_year(moment.fiscal_year),
                                known.unit_name,
                                code,
                                f"{terms.AS_OF}{formats.day(moment.as_of)}",
                                f"{terms.COMPLETE_TO}{formats.day(clocks.complete_to)}",
                            )
                        ],
                        className="subtitle",
                    ),
                ],
                className="page-head__words",
            ),
            controls(
                {"as_of": moment.as_of.isoformat(), "known_at": shown_known_at(address)},
                clock_controls(clocks, address),
            ),
        ],
        className="page-head",
    )


def _not_yet(clocks: Clocks) -> Component:
    return states.notice(
        frame.NO_TARGET_THAT_DAY,
        frame.no_target_then(clocks.moment.as_of),
        frame.CHOOSE_ANOTHER_DAY,
    )


def _about(detail: TargetDetail, moment: Moment) -> Component:
    """Both lights side by side, never merged, and what the project is for."""
    standing, declared = detail.judged.standing, detail.declaration
    silent = standing.goals.light is Light.NONE and standing.goals.not_reported > 0
    goals = not_reported_badge() if silent else light_badge(standing.goals.light)
    return html.Div(
        [
            html.Div(
                [
                    _light(terms.MONEY_LIGHT, light_badge(standing.money.light), ""),
                    _light(terms.GOALS_LIGHT, goals, standing.goals.text),
                ],
                className="lights",
            ),
            html.Dl(
                [part for name, words in _words(detail) for part in (html.Dt(name), html.Dd(words))]
                + [
                    html.Dt(text.FORMS),
                    html.Dd(form_links(detail.judged.picture.target_id, moment)),
                ],
                className="about",
            ),
            *_unapproved(detail.judged.picture),
            word_badge(terms.ended(detail.judged.picture.life))
            if detail.judged.picture.has_ended(standing.as_of)
            else None,
        ],
        className="card about-card",
        title=declared.project_name,
    )


def _unapproved(picture: TargetPicture) -> Iterable[Component]:
    if picture.stage is not Stage.APPROVED:
        yield word_badge(not_approved(picture.stage))


def _light(name: str, badge: Component, rests_on: str) -> Component:
    return html.Div(
        [html.Span(name, className="rests"), badge, html.Span(rests_on, className="rests")],
        className="lights__one",
    )


def _words(detail: TargetDetail) -> Iterable[tuple[str, str]]:
    declared = detail.declaration
    if declared.supervising_department:
        yield text.SUPERVISED_BY, declared.supervising_department
    if declared.project_nature:
        yield text.NATURE, declared.project_nature
    if declared.annual_objective:
        yield text.OBJECTIVE, declared.annual_objective
