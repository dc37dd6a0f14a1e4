"""A workshop: a group says what it expects, spends the leaders' hours, has it run, sees, and talks about it.

- `record`: what a workshop leaves, as plain data that files, and what is taken away, are made of.
"""

__all__ = ["record"]
