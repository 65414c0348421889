"""Countries, years and terms that a text names."""
