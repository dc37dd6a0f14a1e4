"""Behaviour that everyone shares, one topic a file. Each file is a mechanism; `on` switches it off alone."""

from importlib import import_module
from pkgutil import iter_modules

names = tuple(sorted(module.name for module in iter_modules(__path__)))
modules = {name: import_module(f"{__name__}.{name}") for name in names}
