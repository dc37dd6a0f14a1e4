"""A report as one file of HTML that can be handed over.

`page` puts it together from its template, `answer` says what came out, `basis` what that rests on, `story` how one run
went, `origin` where it comes from, `again` which commands make it, `methods` how to write and cite it; `tables` are what
much of it is made of, and `file` is where it goes.
"""

__all__ = ["again", "answer", "basis", "file", "methods", "origin", "page", "story", "tables"]
