"""The routes, one module a subject; a route is a signature and one call."""
