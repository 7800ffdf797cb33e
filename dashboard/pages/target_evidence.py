"""Files that prove what was reported: listed, sent, withdrawn and destroyed (佐证材料)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import formats
from dashboard.acting import Click, Doer, Done, NotDoneError
from dashboard.components.aria import data
from dashboard.components.badges import word_badge
from dashboard.components.tables import Column, cell, row, row_heading, table
from dashboard.texts import evidence as text
from dashboard.texts import frame
from domain.evidence import EvidenceStage
from domain.picture import TargetPicture
from services.access.present import present
from services.attaching import End, may_redact, redact, withdraw
from services.bootstrap import Services
from services.evidence.media import label_of
from services.file_size import MOST_BYTES
from services.readmodel.evidence import EvidenceRow
from services.readmodel.rows import TargetDetail

CONTENT = "/api/v1/evidence/{}/content"
SENDING = "/api/v1/targets/{}/evidence"


def evidence_section(
    services: Services, detail: TargetDetail, known_at: int, *, now: bool
) -> Component:
    """The files of a target and of its values; ``now``: something can be done about them."""
    picture = detail.judged.picture
    files = services.read_model.evidence_files.of_target(picture.target_id, known_at)
    counting = [one for one in files if one.stage == EvidenceStage.ATTACHED]
    names = {known.indicator.indicator_id: known.indicator.name for known in picture.indicators}
    return html.Section(
        [
            html.H2(text.heading(len(counting))),
            _table(files, names, now=now) if files else html.P(text.NONE_YET, className="no-match"),
            _sending(picture) if now else None,
        ],
        className="card",
    )


def _table(files: Sequence[EvidenceRow], names: Mapping[UUID, str], *, now: bool) -> Component:
    kinds = ("wide", "", "wide", "day", "", "acts")
    columns = [Column(name, kind) for name, kind in zip(text.COLUMNS, kinds, strict=True)]
    return table(text.CAPTION, columns, [_row(one, names, now=now) for one in files])


def _row(one: EvidenceRow, names: Mapping[UUID, str], *, now: bool) -> Component:
    stage = EvidenceStage(one.stage)
    readable = stage is not EvidenceStage.REDACTED and one.name is not None
    of = names.get(one.indicator_id) if one.indicator_id else None
    return row(
        [
            row_heading(
                html.A(one.name, href=CONTENT.format(one.evidence_id), title=text.DOWNLOAD)
                if readable
                else text.NO_NAME,
                "wide",
            ),
            cell(f"{label_of(one.media_type)} {formats.file_size(one.size)}"),
            cell(text.of_value(of, one.reported_on) if of else text.WHOLE, "wide"),
            cell(f"{formats.short_day(one.recorded_at.date())} {one.actor}", "day"),
            cell(_standing(one, stage)),
            cell(_ending(one) if now and readable else None, "acts"),
        ]
    )


def _standing(one: EvidenceRow, stage: EvidenceStage) -> Component:
    said = text.ended(stage, one.on_day, one.reason)
    proof = html.Code(one.sha256[:12], title=one.sha256)
    return html.Span([said if stage is EvidenceStage.ATTACHED else word_badge(said), " ", proof])


def _ending(one: EvidenceRow) -> Component:
    """What takes a file back, behind a click; destroying only for who may."""
    told = {"evidence": str(one.evidence_id)}
    verbs = [("evidence_withdraw", text.WITHDRAW)]
    if one.stage == EvidenceStage.WITHDRAWN:
        verbs = []
    if may_redact(present().actor):
        verbs.append(("evidence_redact", text.REDACT))
    if not verbs:
        return html.Span()
    buttons = [
        html.Button(verb, type="button", className="button button--small", **data(do=do, **told))
        for do, verb in verbs
    ]
    return html.Details(
        [
            html.Summary(text.END),
            html.P(text.REDACT_WHY, className="note"),
            html.Div(
                [html.Label([text.REASON, dcc.Input(name="reason", type="text")]), *buttons],
                className="form",
                **data(form="evidence"),
            ),
        ],
        className="noprint",
    )


def _sending(picture: TargetPicture) -> Component:
    """A form that a script sends, file by file; what it says comes from here."""
    said = {
        "waiting": text.WAITING,
        "lost": text.LOST,
        "large": text.TOO_LARGE,
        "choose": text.CHOOSE_FIRST,
        "limit": str(MOST_BYTES),
        "address": SENDING.format(picture.target_id),
    }
    return html.Div(
        [
            html.Label(
                [
                    text.WHAT,
                    html.Select(
                        [html.Option(words, value=value) for value, words in _values(picture)],
                        name="proves",
                    ),
                ]
            ),
            html.Label([text.FILES, html.Span(**data(files="evidence"))]),
            html.Button(text.SEND, type="button", className="button", **data(upload="evidence")),
            html.Span(role="status", className="note", **data(said="evidence")),
            html.P(text.KEPT_UNTIL_SAID, className="note"),
        ],
        className="form form--row evidence-form noprint",
        **data(evidence="form", **said),
    )


def _values(picture: TargetPicture) -> Iterator[tuple[str, str]]:
    """What can be proved: each value that was reported, each indicator, the whole."""
    yield "", text.WHOLE
    for known in picture.indicators:
        indicator = known.indicator
        for reading in known.readings:
            told = reading.achievement
            yield (
                f"{indicator.indicator_id}/{told.part}/{told.reported_on}",
                text.of_value(indicator.name, told.reported_on),
            )
        yield f"{indicator.indicator_id}//", indicator.name


# What the buttons do.


def _ends(end: End, said: str) -> Doer:
    def do(click: Click) -> Done:
        try:
            file_id = UUID(click.told.get("evidence", ""))
        except ValueError as problem:
            raise NotDoneError(frame.NO_SUCH_ACT) from problem
        desk, reason = click.services.evidence_desk, click.field("reason") or ""
        return Done(said, end(desk, file_id, reason, meta=click.meta).last_position)

    return do


def _sent(click: Click) -> Done:
    """The files are kept by now: say so, and show the page that has them."""
    kept, position = click.told.get("kept", ""), click.told.get("position", "")
    count = int(kept) if kept.isdecimal() else 0
    reached = int(position) if position.isdecimal() else 0
    remarks = [one.get("remark", "") for one in click.listed]
    if not count:
        raise NotDoneError(text.attached(0, remarks))
    return Done(text.attached(count, remarks), min(reached, click.services.log.head()))


DOERS: Mapping[str, Doer] = {
    "evidence_withdraw": _ends(withdraw, text.WITHDRAWN),
    "evidence_redact": _ends(redact, text.REDACTED),
    "evidence_sent": _sent,
}
