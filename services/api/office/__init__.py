"""Plain pages of the office: who may sign in, whom units name, and what was done."""
