"""Which event classes there are, by stored topic."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from functools import cache
from importlib import import_module

import domain
from domain.event import DomainAggregate

EventClass = type[DomainAggregate.Event]


@cache
def import_domain() -> None:
    """Import every module of ``domain``, so that its events are known whoever asks."""
    for module in pkgutil.walk_packages(domain.__path__, "domain."):
        import_module(module.name)


def event_classes() -> dict[str, EventClass]:
    """Concrete event classes of all aggregates imported so far, by topic.

    The library replaces a class named in ``@event(...)`` by a subclass under the same name
    and topic; what stands on the aggregate is the one that is triggered and stored.
    """
    import_domain()
    return {
        topic: candidate
        for aggregate in _subclasses(DomainAggregate)
        for candidate in vars(aggregate).values()
        if isinstance(candidate, type)
        and issubclass(candidate, DomainAggregate.Event)
        and (topic := getattr(candidate, "TOPIC", None))
    }


def _subclasses(aggregate: type[DomainAggregate]) -> Iterator[type[DomainAggregate]]:
    for subclass in aggregate.__subclasses__():
        yield subclass
        yield from _subclasses(subclass)
