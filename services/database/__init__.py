"""The database: the embedded server, roles, and numbered migrations (architecture §7)."""
