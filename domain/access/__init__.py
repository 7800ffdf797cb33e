"""Who may see and do what: roles, rights, grants, and the one decision."""
