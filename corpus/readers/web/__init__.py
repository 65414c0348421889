"""A web page, from a file or fetched, to a document."""
