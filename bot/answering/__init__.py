"""A question to an answer: what to search, what to say. Pure."""
