"""What a user types: a file for each command or family of commands, which lists them in `COMMANDS` for `cli`.

Whatever is heavy is imported inside the function that needs it, so that help appears at once. `console` is what all
commands speak with, and `options` what several take.
"""
