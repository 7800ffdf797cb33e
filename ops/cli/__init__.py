"""The ``jixiao`` command, one module a noun."""
