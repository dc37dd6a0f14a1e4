"""A workshop: a group says what it expects, spends the leaders' hours, has it run, sees, and talks about it.

- `record`: what a workshop leaves, as plain data that files, and what is taken away, are made of; `kept`: that record of a
  session, and a workshop in a session's file.
- `hour`: its course, in five steps; `guesses`: what can be predicted; `hours`: how the leaders' hours are spent;
  `surprise`: how far off a group was, in words; `numbers`: as they stand within a sentence.
- `desks`: where predictions are handed in from phones, on the page of their own that `phone` serves.
- `acts`: what a group does with a session of the page; `drawn`: how all that is drawn.
"""

__all__ = ["acts", "desks", "drawn", "guesses", "hour", "hours", "kept", "numbers", "phone", "record", "surprise"]
