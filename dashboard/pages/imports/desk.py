"""The desk that drafts are worked on at, for whoever looks at a page."""

from __future__ import annotations

from services.access.present import meta_of_present
from services.bootstrap import Services
from services.drafting import DraftDesk

SOURCE = "screen"


def desk_of(services: Services) -> DraftDesk:
    """Make the desk.

    Raises:
        NotSignedInError: nobody is.
        SettingError: there is no store, and no region is configured.
    """
    return DraftDesk(
        services.log,
        services.lookups,
        services.region,
        meta_of_present(None, SOURCE),
        services.clock(),
    )
