"""Facts to words: one file a kind."""
