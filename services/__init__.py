"""Use cases, and every adapter to the world outside."""
