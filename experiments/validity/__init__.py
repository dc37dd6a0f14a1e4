"""The model held against what is known: closed forms and exact enumeration, and patterns of real diffusion.

`selftest` runs the limits of `limits` on this machine, through the front door, and keeps what came out.

- `adoptions`: who adopted when, in which units, and to whom they look: the one form that data and runs come in.
- `reading`: such data from CSV files, as the user says in `asked`, with the ties in `tied`.
- `exporting`: a run written as such files.
- `statistics`: what analysts of diffusion compute of it, functions of arrays.
- `description`: all of that for one data set.  `picture`: the same as a figure.
- `runs`: one run of the model as such data.  `patterns`: what runs show of real diffusion, and what they do not.
"""

__all__ = [
    "adoptions",
    "asked",
    "description",
    "exporting",
    "limits",
    "patterns",
    "picture",
    "reading",
    "runs",
    "selftest",
    "statistics",
    "tied",
]
