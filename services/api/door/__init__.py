"""The door: who comes in, on every route there is, and the pages to sign in with."""
