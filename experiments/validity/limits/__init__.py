"""Textbook models that the model becomes by parameters and tables alone, each with what is known of it exactly.

Each limit is a scenario, built in or beside this file, with the tables that `files` writes for it; `spreading`, `crowds`
and `opinions` run them and hold what comes out against closed forms and exact enumeration.
"""

__all__ = ["crowds", "files", "opinions", "spreading"]
