"""Charts as plain data; nothing here knows Dash."""
