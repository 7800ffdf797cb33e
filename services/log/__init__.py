"""The log: the only place that writes events."""
