"""What every command speaks with: help and options, the terminal, columns of text, a line of progress, JSON."""

__all__ = ["commands", "documents", "progress", "terminal", "text"]
