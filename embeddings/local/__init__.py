"""The search index over SQLite, faiss and Tantivy."""
