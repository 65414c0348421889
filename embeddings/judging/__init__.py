"""Whether the best passage answers, and with which words."""
