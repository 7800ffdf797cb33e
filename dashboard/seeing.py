"""Work of a callback in a thread of its own, with what whoever is present may see."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from services.bootstrap import Services

Answer = TypeVar("Answer")


async def seen(work: Callable[..., Answer], services: Services, *said: Any) -> Answer:  # noqa: ANN401  # handed on
    """Do work beside the event loop; ``work`` takes the services first."""
    return await asyncio.to_thread(_seen, work, services, *said)


def _seen(work: Callable[..., Answer], services: Services, *said: Any) -> Answer:  # noqa: ANN401
    return work(services.seen_by_present(), *said)
