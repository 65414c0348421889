"""Where the reports say it: the encoder, the search index, the retriever and the verdict."""

import os

# Read by numpy's OpenBLAS when it is loaded. What is multiplied here is small: threads wait for
# each other longer than they work, and many who ask at once keep every core busy anyway.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
