"""What the tests of a drawn model need."""

from importlib.util import find_spec

if find_spec("solara") is None:  # the page needs the extra `viz`
    collect_ignore_glob = ["*"]
