"""What the reports say: reports, passages, citations, and the library that holds them."""
