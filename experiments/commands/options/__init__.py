"""What several commands take: the options that make a request, NAME=VALUE pairs, and names with their completion."""
