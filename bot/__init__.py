"""Tells people: the command line, the local chat, and everything between a question and a reply."""
