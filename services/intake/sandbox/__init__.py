"""Reading what others sent in a process of its own, which may die of it.

``in_child`` runs a pure function of bytes within limits of time and memory. A *starter* process
has loaded the readers and forks one child a file: the child knows no secret, sees no database
and is gone afterwards. What it answers is data, checked by type; never code.
"""
