"""The API for machines: routes under /api/v1, problems, health, metrics, documentation."""
