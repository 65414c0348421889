"""Candidates in order. Pure."""
