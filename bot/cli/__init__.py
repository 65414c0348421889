"""The command line: one file a command or a few of a kind."""
