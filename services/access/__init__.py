"""Who signs in, with what, and for how long; what they may do is decided in ``domain.access``."""
