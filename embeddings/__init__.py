"""Where the reports say it: the encoder, the search index, the retriever and the verdict."""
