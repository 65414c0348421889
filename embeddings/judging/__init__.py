"""Whether the best hit answers."""
