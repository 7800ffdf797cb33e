"""What a click on 未认领支付 does: claim, split, withdraw, set and end rules, and try one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from dash import html
from dash.development.base_component import Component

from dashboard.acting import Click, Doer, Done, NotDoneError
from dashboard.address import Address, day_or_none
from dashboard.components.aria import data
from dashboard.components.banners import banner
from dashboard.pages.unclaimed.look import years_of
from dashboard.pages.unclaimed.preview import preview_shown
from dashboard.texts import unclaimed as text
from domain.claim import Share
from domain.claim_rule import LinePattern
from domain.errors import MonitoringError
from domain.payment import Payment
from services.bootstrap import Services
from services.carrying_rules import carry_rules
from services.claiming import (
    LineClaim,
    LineRef,
    WholeClaims,
    Withdrawals,
    claim_line,
    claim_lines,
    withdraw_claims,
)
from services.claiming_by_rule import (
    NewRule,
    RuleEnd,
    RulePlace,
    end_rule,
    preview_rule,
    set_rule,
)

BASIC, OPEN = "basic", "open"
"""Owners that are no target: basic expenditure, and nobody yet."""

ASKED = ("unit", "project_code", "project_name", "document_no", "fund_nature")
ASKED_TOO = ("economic_class", "summary")

Said = Mapping[str, Any]


def _said(click: Click) -> Said:
    """What the window says, as the script put it together."""
    return _read(click.told.get("said", ""))


def _read(words: str) -> Said:
    try:
        said = json.loads(words)
    except ValueError:
        said = None
    if not isinstance(said, dict):
        raise NotDoneError(text.NOT_UNDERSTOOD)
    return said


def _lines(said: Said) -> tuple[LineRef, ...]:
    try:
        return tuple(LineRef(UUID(voucher), str(key)) for voucher, key in said["lines"])
    except (KeyError, TypeError, ValueError):
        raise NotDoneError(text.NOT_UNDERSTOOD) from None


def _owner(said: Said) -> UUID | None:
    """A target's id; None for basic expenditure."""
    owner = said.get("owner")
    if owner == BASIC:
        return None
    try:
        return UUID(str(owner))
    except ValueError:
        raise NotDoneError(text.NOT_A_TARGET) from None


def _reason(said: Said) -> str:
    return str(said.get("reason") or "")


def _day(said: Said, name: str) -> date:
    given = str(said.get(name) or "").strip()
    found = day_or_none(given)
    if found is None:
        raise NotDoneError(text.no_day(given))
    return found


def _claim(click: Click) -> Done:
    said = _said(click)
    lines, owner = _lines(said), _owner(said)
    fresh = _are_fresh(click.services, lines)
    done = claim_lines(
        click.services.log, WholeClaims(lines, owner, _reason(said)), meta=click.meta
    )
    words = text.marked if owner is None else text.claimed
    undo = _undo(lines) if fresh and not done.unchanged else None
    return Done(words(done.changed, done.unchanged), done.position, undo)


def _are_fresh(services: Services, lines: Sequence[LineRef]) -> bool:
    """Whether nobody said anything of these lines before, so that a claim can be taken back."""
    payments = services.log.get_many(Payment, {line.voucher_id for line in lines})
    return not any(
        line.line_key in payments[line.voucher_id].claims
        for line in lines
        if line.voucher_id in payments
    )


def _undo(lines: Sequence[LineRef]) -> dict[str, str]:
    said = {
        "lines": [[str(line.voucher_id), line.line_key] for line in lines],
        "reason": text.UNDO_REASON,
    }
    return {"do": "withdraw_claims", "said": json.dumps(said, ensure_ascii=False)}


def _split(click: Click) -> Done:
    said = _said(click)
    lines = _lines(said)
    parts = said.get("parts")
    if len(lines) != 1 or not isinstance(parts, list):
        raise NotDoneError(text.NOT_UNDERSTOOD)
    fresh = _are_fresh(click.services, lines)
    claim = LineClaim(lines[0], tuple(map(_share, parts)), _reason(said))
    done = claim_line(click.services.log, claim, meta=click.meta)
    return Done(text.SPLIT_DONE, done.position, _undo(lines) if fresh else None)


def _share(part: Any) -> Share:  # noqa: ANN401  # whatever the browser sent
    try:
        amount = Decimal(str(part["amount"]))
    except (KeyError, TypeError, InvalidOperation):
        raise NotDoneError(text.NOT_UNDERSTOOD) from None
    if part.get("owner") == OPEN:
        return Share(None, amount, unclaimed=True)
    return Share(_owner(part), amount)


def _withdraw(click: Click) -> Done:
    said = _said(click)
    withdrawals = Withdrawals(_lines(said), _reason(said))
    done = withdraw_claims(click.services.log, withdrawals, meta=click.meta)
    return Done(text.withdrawn(done.changed, done.unchanged), done.position)


def _set_rule(click: Click) -> Done:
    said = _said(click)
    place = _place(click.services, said)
    done = set_rule(click.services.log, place, _new_rule(said), meta=click.meta)
    return Done(text.rule_set(done.number, changed=done.changed), done.position)


def _end_rule(click: Click) -> Done:
    said = _said(click)
    try:
        number = int(said["number"])
    except (KeyError, TypeError, ValueError):
        raise NotDoneError(text.NOT_UNDERSTOOD) from None
    end = RuleEnd(number, _day(said, "stops_on"), _reason(said))
    done = end_rule(click.services.log, _place(click.services, said), end, meta=click.meta)
    return Done(text.rule_ended(number, changed=done.changed), done.position)


def _carry_rules(click: Click) -> Done:
    year = click.told.get("year", "")
    if not (year.isascii() and year.isdecimal()):
        raise NotDoneError(text.NOT_UNDERSTOOD)
    services = click.services
    place = RulePlace(services.region, int(year))
    done = carry_rules(services.log, services.lookups, place, meta=click.meta)
    left = [(one.before, one.why) for one in done.rules if one.why is not None]
    return Done(text.rules_carried(done.carried, left), done.position or services.log.head())


def _place(services: Services, said: Said) -> RulePlace:
    """The year of the page."""
    address = Address.read(None, str(said.get("search") or ""))
    year = address.year or next(iter(years_of(services)))
    return RulePlace(services.region, year)


def _new_rule(said: Said) -> NewRule:
    asked = said.get("asked")
    if not isinstance(asked, dict):
        raise NotDoneError(text.NOT_UNDERSTOOD)
    given = {name: str(asked.get(name) or "").strip() or None for name in (*ASKED, *ASKED_TOO)}
    return NewRule(LinePattern(**given), _owner(said), _day(said, "from_on"), _reason(said))


def try_rule(services: Services, said: Said) -> Component:
    """What a rule would take, or why it cannot be one; it says which trial it answers."""
    trial = str(said.get("trial"))
    try:
        seen = preview_rule(
            services.log, services.read_model, _place(services, said), _new_rule(said)
        )
    except (MonitoringError, NotDoneError) as refused:
        return html.Div(banner(str(refused), "warning"), **data(trial=trial))
    return html.Div(preview_shown(seen), **data(trial=trial, sound="1"))


DOERS: Mapping[str, Doer] = {
    "claim_lines": _claim,
    "split_line": _split,
    "withdraw_claims": _withdraw,
    "set_rule": _set_rule,
    "end_rule": _end_rule,
    "carry_rules": _carry_rules,
}
