"""The library: one folder, one SQLite file."""
