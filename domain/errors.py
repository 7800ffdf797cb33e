"""What can be wrong, in the domain's words: one small class a refusal."""

from __future__ import annotations


class MonitoringError(Exception):
    """Something was refused; ``code`` is part of the API and the logs and never changes."""

    code = "refused"
