"""What every command speaks with.

`help` is what all commands have in common: help, options, near misses. `terminal` knows what can be shown, `text` sets
tables and paragraphs, `progress_line` tells how far a sweep is, `compiling` that the model is being compiled, and
`json_output` writes what programs read.
"""

__all__ = ["compiling", "help", "json_output", "progress_line", "terminal", "text"]
