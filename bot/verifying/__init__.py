"""Quotations of a draft, held against the library."""
