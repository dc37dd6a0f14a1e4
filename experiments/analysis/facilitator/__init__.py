"""The facilitator's sheet of a question: what a trainer has in hand for an hour on it, its claims held to the study's results.

`sheet` reads what is written for a question, and each claim in it as data: which runs it is about, and what is to come out.
`evidence` is what did come out, kept beside the sheets with what it was made with; `measured` takes it from a result folder.
`told` puts sheet and evidence together, in sections of words that the command line and the page set out alike.
"""

__all__ = ["evidence", "measured", "sheet", "told"]
