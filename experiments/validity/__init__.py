"""The model held against what is known: closed forms and exact enumeration.

`selftest` runs the limits of `limits` on this machine, through the front door, and keeps what came out.
"""

__all__ = ["limits", "selftest"]
