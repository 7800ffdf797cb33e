"""What the routes work with: the services, and what the API keeps for itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, cast

from fastapi import Depends, Request

from services.access.desk import SignInDesk
from services.access.oidc.client import client_of
from services.access.oidc.provider import Provider
from services.api.answers import Answers
from services.bootstrap import Services
from services.readmodel.lookups import Lookups
from services.readmodel.operations import Operations
from services.readmodel.readmodel import ReadModel


@dataclass(frozen=True, slots=True)
class Parts:
    """One set an application."""

    services: Services
    lookups: Lookups
    answers: Answers
    operations: Operations
    desk: SignInDesk
    provider: Provider | None
    """Who else may say who somebody is; None where that is switched off."""

    @classmethod
    def of(cls, services: Services) -> Parts:
        """Make them; connections open on first use, and are the services' own."""
        lookups = services.lookups
        answers, operations = Answers(lookups.pool), Operations(lookups.pool)
        client = client_of(services.settings)
        provider = Provider(client) if client else None
        return cls(services, lookups, answers, operations, services.sign_in_desk, provider)


def parts_of(request: Request) -> Parts:
    """The application's parts, as whoever asks sees them."""
    parts = cast("Parts", request.app.state.parts)
    person = getattr(request.state, "person", None)
    if person is None:
        return parts
    services = parts.services.seen_by(person)
    return replace(parts, services=services, lookups=services.lookups)


PartsNeeded = Annotated[Parts, Depends(parts_of)]


def services_of(parts: PartsNeeded) -> Services:
    """The application's services, as whoever asks sees them."""
    return parts.services


def read_model_of(parts: PartsNeeded) -> ReadModel:
    """The application's read model, as whoever asks sees it."""
    return parts.services.read_model


ServicesNeeded = Annotated[Services, Depends(services_of)]
ReadModelNeeded = Annotated[ReadModel, Depends(read_model_of)]
